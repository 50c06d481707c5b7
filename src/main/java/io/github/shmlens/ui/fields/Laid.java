package io.github.shmlens.ui.fields;

import io.github.shmlens.fields.BadDeclaration;
import io.github.shmlens.fields.CType;
import io.github.shmlens.fields.Declarations;
import io.github.shmlens.fields.FieldAt;
import io.github.shmlens.live.SequenceLock;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Numbers;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.ui.text.Texts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An overlay whose declarations were read. Immutable.
///
/// @param type null while none of its declarations could be read
/// @param trouble why the newest declarations could not be used, as a sentence; then `type` is that
///   of the last good ones. Empty when all is well
record Laid(Overlay overlay, @Nullable Declarations all, @Nullable CType type, String trouble) {

    /// A larger one is never copied between two writes.
    private static final int MOST_SEQUENCED_BYTES = 1 << 20;

    private static final Texts TEXTS = Texts.of(Laid.class);

    /// Reads the declarations. Takes time in proportion to them; not for the FX thread.
    ///
    /// @param before what the overlay was so far, whose layout stays where the new one has none
    static Laid of(Overlay overlay, @Nullable Laid before) {
        try {
            Declarations all = Declarations.parse(overlay.text(), overlay.abi());
            return new Laid(overlay, all, type(all, overlay), "");
        } catch (BadDeclaration wrong) {
            return kept(overlay, before, overlay.origin() + wrong.sentence());
        } catch (BadInput wrong) {
            return kept(overlay, before, overlay.origin() + wrong.sentence());
        }
    }

    private static Laid kept(Overlay overlay, @Nullable Laid before, String sentence) {
        if (before == null || before.type() == null) {
            return new Laid(overlay, null, null, sentence);
        }
        return new Laid(
                overlay.with(before.overlay().text()), before.all(), before.type(), sentence);
    }

    /// The same, with this trouble.
    Laid in(String sentence) {
        return new Laid(overlay, all, type, sentence);
    }

    /// The same layout under a changed overlay.
    Laid as(Overlay changed) {
        return new Laid(changed, all, type, trouble);
    }

    /// The type that an overlay names in its declarations.
    ///
    /// @throws BadInput when they have none of that name, or it cannot be so often
    static CType type(Declarations all, Overlay overlay) throws BadInput {
        CType one =
                all.type(overlay.type())
                        .orElseThrow(() -> new BadInput(TEXTS.say("laid.no-type", overlay.type())));
        String count = overlay.count();
        CType type;
        if (count.isEmpty()) {
            type = one;
        } else if (one.sizeBytes() == 0) {
            throw new BadInput(TEXTS.say("laid.no-size", overlay.type()));
        } else if (count.equals(Overlay.ALL)) {
            type = new CType.Array(one, CType.Array.TO_THE_END);
        } else {
            long most = CType.MAX_BYTES / one.sizeBytes();
            type = new CType.Array(one, Numbers.parse(TEXTS.say("laid.count"), count, 1, most));
        }
        if (overlay.offset() > Long.MAX_VALUE - CType.MAX_BYTES) {
            throw new BadInput(TEXTS.say("laid.too-far", overlay.offset()));
        }
        if (!overlay.sequence().isEmpty()) {
            counters(FieldAt.root(type, overlay.offset(), 0), overlay.sequence());
        }
        return type;
    }

    /// The whole, in a segment of this size; null without a layout.
    @Nullable FieldAt root(long segmentBytes) {
        return type == null ? null : FieldAt.root(type, overlay.offset(), segmentBytes);
    }

    /// What guards it; null for nothing, and where its counters are not in the segment.
    @Nullable SequenceLock lock(AttachedSegment segment, long segmentBytes) throws BadInput {
        FieldAt root = root(segmentBytes);
        if (root == null || overlay.sequence().isEmpty()) {
            return null;
        }
        List<SequenceLock.Counter> counters = counters(root, overlay.sequence());
        for (SequenceLock.Counter counter : counters) {
            if (counter.offset() + counter.bytes() > segmentBytes) {
                return null;
            }
        }
        return counters.size() == 1
                ? SequenceLock.of(segment, counters.getFirst())
                : SequenceLock.ofPair(segment, counters.getFirst(), counters.getLast());
    }

    private static List<SequenceLock.Counter> counters(FieldAt root, String sequence)
            throws BadInput {
        if (root.sizeBytes() > MOST_SEQUENCED_BYTES) {
            throw new BadInput(
                    TEXTS.say("laid.sequence-large", MOST_SEQUENCED_BYTES, root.sizeBytes()));
        }
        List<String> names = List.of(sequence.split(",", -1));
        if (names.size() > 2) {
            throw new BadInput(TEXTS.say("laid.sequence-many", sequence));
        }
        SequenceLock.Counter first = counter(root, names.getFirst().strip());
        return names.size() == 1
                ? List.of(first)
                : List.of(first, counter(root, names.getLast().strip()));
    }

    private static SequenceLock.Counter counter(FieldAt root, String name) throws BadInput {
        FieldAt field = root.find(name);
        boolean whole =
                field.type().resolved() instanceof CType.Scalar scalar
                        && (scalar.kind() == CType.Scalar.Kind.SIGNED
                                || scalar.kind() == CType.Scalar.Kind.UNSIGNED)
                        && scalar.sizeBytes() <= Long.BYTES;
        if (!whole || field.bitField() || name.isEmpty()) {
            throw new BadInput(TEXTS.say("laid.no-sequence", name, field.type().name()));
        }
        return new SequenceLock.Counter(field.offset(), (int) field.sizeBytes());
    }
}
