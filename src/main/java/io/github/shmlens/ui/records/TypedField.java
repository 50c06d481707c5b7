package io.github.shmlens.ui.records;

import io.github.shmlens.fields.FieldAt;
import io.github.shmlens.fields.FieldEdit;
import io.github.shmlens.fields.FieldFormat;
import io.github.shmlens.fields.FieldValue;
import io.github.shmlens.layout.ByteView;
import io.github.shmlens.live.Guard;
import io.github.shmlens.live.SequenceLock;
import io.github.shmlens.live.Stretch;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.ui.fx.Background;
import io.github.shmlens.ui.hex.HexEdit;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.typing.InPlace;
import io.github.shmlens.ui.typing.TypedValue;
import io.github.shmlens.ui.typing.ValuePlace;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A field's value that is typed over the bytes that were seen when typing began. FX thread.
///
/// @param <W> what the view knows the place of a value by
public record TypedField<W>(W where, FieldAt field, FieldFormat format, byte[] seen) {

    private static final Texts TEXTS = Texts.of(TypedField.class);
    private static final int ATTEMPTS = 1000;

    /// A value that somebody wants to type anew.
    ///
    /// @param guard the sequence that guards it; null for none
    /// @param seen its bytes as they are shown, or fewer where it is longer; null where there are
    ///   none yet
    /// @param beyond whether some of it lies behind the segment's end
    /// @param busy whether it was being written whenever it was looked at
    public record Offer<W>(
            W where,
            FieldAt field,
            FieldFormat format,
            @Nullable Guard guard,
            byte @Nullable [] seen,
            boolean beyond,
            boolean busy) {

        /// Begins to type, where that can be; else says why not.
        ///
        /// @param isThere whether there still is such a value
        /// @param failed told where it could not be read
        public void open(
                AttachedSegment segment,
                ValuePlace place,
                InPlace<TypedField<W>, HexEdit> typing,
                BooleanSupplier isThere,
                Consumer<Throwable> failed) {
            if (beyond) {
                place.notice(TEXTS.say("edit.beyond"));
            } else if (busy && seen == null) {
                place.notice(TEXTS.say("edit.busy"));
            } else if (seen != null && seen.length == field.sizeBytes()) {
                begin(typing, seen);
            } else if (field.sizeBytes() > FieldValue.MOST_BYTES) {
                place.notice(TEXTS.say("edit.too-long", FieldValue.MOST_BYTES));
            } else {
                Background.run(
                        () -> read(segment),
                        bytes -> {
                            if (bytes.isEmpty()) {
                                place.notice(TEXTS.say("edit.busy"));
                            } else if (!typing.isOpen()
                                    && isThere.getAsBoolean()
                                    && place.unlocked().getValue()) {
                                begin(typing, bytes.get());
                            }
                        },
                        failed);
            }
        }

        /// Not for the FX thread.
        ///
        /// @return nothing where it was never whole
        private Optional<byte[]> read(AttachedSegment segment) throws ShmException {
            Stretch bytes = new Stretch(field.offset(), (int) field.sizeBytes());
            SequenceLock lock = guard == null ? null : guard.lock(segment, segment.sizeBytes());
            if (lock == null) {
                bytes.copy(segment);
                return Optional.of(bytes.bytes());
            }
            return lock.read(List.of(bytes), ATTEMPTS)
                    ? Optional.of(bytes.bytes())
                    : Optional.empty();
        }

        private void begin(InPlace<TypedField<W>, HexEdit> typing, byte[] whole) {
            TypedField<W> value = new TypedField<>(where, field, format, whole);
            FieldValue now = FieldValue.read(field, ByteView.of(whole), field.offset());
            typing.begin(value, field.path(), format.beginning(field, now), value::edit);
        }
    }

    /// Null where no byte would change.
    private @Nullable HexEdit edit(String text) throws BadInput {
        byte[] next = format.edit(field, text).over(seen);
        return Arrays.equals(seen, next)
                ? null
                : new HexEdit(
                        field.offset(), seen, next, field.bitField() ? FieldEdit.own(field) : null);
    }

    /// Both sides as the view writes them, whatever way the new one was typed.
    public String change(HexEdit edit) {
        return TypedValue.change(field.path(), text(edit.seen()), text(edit.next()));
    }

    private String text(byte[] bytes) {
        return format.text(field, FieldValue.read(field, ByteView.of(bytes), field.offset()));
    }

    /// Whether it is another value now.
    ///
    /// @param now its bytes; of another length where not all of them are known
    public boolean isOther(byte[] now) {
        return now.length == seen.length && !FieldEdit.same(field, seen, now);
    }
}
