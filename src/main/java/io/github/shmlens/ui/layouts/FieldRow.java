package io.github.shmlens.ui.layouts;

import io.github.shmlens.known.KnownField;

/// One row of the table: a field, and how often it was seen to have another value.
final class FieldRow {

    private KnownField field;
    private long changes;
    private long changedAtNanos;

    FieldRow(KnownField field) {
        this.field = field;
    }

    KnownField field() {
        return field;
    }

    long changes() {
        return changes;
    }

    /// [System#nanoTime] of the last change; without meaning while there was none.
    long changedAtNanos() {
        return changedAtNanos;
    }

    /// Takes the same field as it is now.
    void update(KnownField now, long nanos) {
        if (!now.value().equals(field.value())) {
            changes++;
            changedAtNanos = nanos;
        }
        field = now;
    }

    /// Whether another field stands in the same place under the same name.
    boolean isSame(KnownField other) {
        return field.offset() == other.offset() && field.name().equals(other.name());
    }
}
