package io.github.shmlens.fields;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Counted;
import io.github.shmlens.segment.ShmException;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where an offset leads. What it says is the segment's word for it, and may be anything.
public sealed interface Lead {

    /// A step that a path takes: each is a read, and a ring has no end.
    int MOST_STEPS = 256;

    /// Its value says that it leads nowhere.
    record Nowhere() implements Lead {}

    /// To a place that is not, or not whole, in the segment.
    ///
    /// @param offset from the segment's first byte, as a decimal number of any length
    record Outside(String offset) implements Lead {}

    record To(FieldAt field) implements Lead {}

    /// Reads a field's value.
    interface Reader {
        /// What it holds now.
        ///
        /// @throws ShmException when the segment is gone
        FieldValue read(FieldAt field) throws ShmException;
    }

    /// Where a field leads with this value; null for what is no offset, or has no value here.
    ///
    /// @param all the declarations that the field's type is from
    /// @param segmentBytes what it leads to must lie within
    static @Nullable Lead of(
            FieldAt field, @Nullable FieldValue value, Declarations all, long segmentBytes) {
        CType.Offset offset = CType.offset(field.type());
        if (offset == null) {
            return null;
        }
        long distance;
        boolean signed;
        switch (value) {
            case FieldValue.Whole(long bits, boolean negative, _) -> {
                distance = bits;
                signed = negative;
            }
            case FieldValue.Address(long address) -> {
                // A distance has a sign, also where an address has none.
                int unused = Long.SIZE - (int) field.sizeBytes() * Byte.SIZE;
                distance = address << unused >> unused;
                signed = true;
            }
            case null, default -> {
                return null;
            }
        }
        if (distance == (offset.fromField() ? 1 : 0)) {
            return new Nowhere();
        }
        long begin = offset.fromField() ? field.offset() : 0;
        long at = begin + distance;
        CType to = all.type(offset.to()).orElse(null);
        boolean inside = (signed || distance >= 0) && at >= 0 && at <= segmentBytes;
        if (to == null || !inside || to.sizeBytes() > segmentBytes - at) {
            String shown =
                    signed
                            ? BigInteger.valueOf(begin).add(BigInteger.valueOf(distance)).toString()
                            : Long.toUnsignedString(at);
            return new Outside(shown);
        }
        return new To(field.leadingTo(to, at, segmentBytes));
    }

    /// The field that a path names, also by way of offsets: `head->next->value`.
    ///
    /// @throws BadInput saying which step leads nowhere
    static FieldAt find(
            FieldAt root, String path, Declarations all, long segmentBytes, Reader reader)
            throws BadInput, ShmException {
        List<String> steps = List.of(path.split(FieldAt.STEP_AWAY, -1));
        if (steps.size() > MOST_STEPS) {
            throw new BadInput("a path goes along at most %d offsets".formatted(MOST_STEPS - 1));
        }
        FieldAt at = root;
        for (int i = 0; i < steps.size(); i++) {
            at = at.find(steps.get(i));
            if (i < steps.size() - 1) {
                at = next(at, all, segmentBytes, reader);
            }
        }
        return at;
    }

    private static FieldAt next(FieldAt field, Declarations all, long segmentBytes, Reader reader)
            throws BadInput, ShmException {
        if (CType.offset(field.type()) == null) {
            throw new BadInput(
                    "%s is of type %s and not marked as an offset, so that nothing can be followed: __attribute__((offset_from_start)) or ((offset_from_field)) marks it"
                            .formatted(
                                    field.path().isEmpty() ? "the whole" : field.path(),
                                    field.type().name()));
        }
        return switch (of(field, reader.read(field), all, segmentBytes)) {
            case To(FieldAt there) -> there;
            case Nowhere _ -> throw new BadInput(field.path() + " leads nowhere (it is null)");
            case Outside(String offset) ->
                    throw new BadInput(
                            "%s leads to offset %s, which is outside the segment of %s"
                                    .formatted(field.path(), offset, Counted.bytes(segmentBytes)));
            case null -> throw new BadInput("%s has no value to follow".formatted(field.path()));
        };
    }
}
