package io.github.shmlens.layout;

import java.util.ArrayList;
import java.util.List;

/// A fixed sequence of fields, each beginning where the last one ended. Written once per structure;
/// decoder, hex colours and tests read the same object.
public record Layout(String name, List<Field> fields) {

    public Layout {
        fields = List.copyOf(fields);
    }

    /// Bytes from the first field's start to the last one's end.
    public int size() {
        Field last = fields.getLast();
        return last.offset() + last.size();
    }

    public static Builder named(String name) {
        return new Builder(name);
    }

    /// Chains fields.
    public static final class Builder {
        private final String name;
        private final List<Field> fields = new ArrayList<>();
        private int end;

        private Builder(String name) {
            this.name = name;
        }

        public Field bytes(String field, int size) {
            return add(field, size, Field.Kind.BYTES);
        }

        public Field int32(String field) {
            return add(field, Integer.BYTES, Field.Kind.INT32);
        }

        public Field int64(String field) {
            return add(field, Long.BYTES, Field.Kind.INT64);
        }

        public Layout build() {
            return new Layout(name, fields);
        }

        private Field add(String field, int size, Field.Kind kind) {
            Field added = new Field(field, end, size, kind);
            fields.add(added);
            end += size;
            return added;
        }
    }
}
