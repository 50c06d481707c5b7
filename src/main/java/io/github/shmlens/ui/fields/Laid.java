package io.github.shmlens.ui.fields;

import io.github.shmlens.fields.BadDeclaration;
import io.github.shmlens.fields.CType;
import io.github.shmlens.fields.Declarations;
import io.github.shmlens.fields.FieldAt;
import io.github.shmlens.live.Guard;
import io.github.shmlens.live.SequenceLock;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Numbers;
import io.github.shmlens.ui.text.Texts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An overlay whose declarations were read. Immutable.
///
/// @param type null while none of its declarations could be read
/// @param trouble why the newest declarations could not be used, as a sentence; then `type` is that
///   of the last good ones. Empty when all is well
record Laid(Overlay overlay, @Nullable Declarations all, @Nullable CType type, String trouble) {

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
            guard(FieldAt.root(type, overlay.offset(), Long.MAX_VALUE), overlay.sequence());
        }
        return type;
    }

    /// The whole, in a segment of this size; null without a layout.
    @Nullable FieldAt root(long segmentBytes) {
        return type == null ? null : FieldAt.root(type, overlay.offset(), segmentBytes);
    }

    /// What guards it; null for nothing, and without a layout.
    @Nullable Guard guard() throws BadInput {
        FieldAt root = root(Long.MAX_VALUE);
        return root == null || overlay.sequence().isEmpty()
                ? null
                : guard(root, overlay.sequence());
    }

    private static Guard guard(FieldAt root, String sequence) throws BadInput {
        List<SequenceLock.Counter> counters = new ArrayList<>();
        for (String name : sequence.split(",", -1)) {
            counters.add(counter(root, name.strip()));
            if (counters.size() > 2) {
                throw new BadInput(TEXTS.say("laid.sequence-many", sequence));
            }
        }
        return new Guard(sequence, counters);
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
