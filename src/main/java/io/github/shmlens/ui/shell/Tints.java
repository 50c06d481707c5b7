package io.github.shmlens.ui.shell;

import io.github.shmlens.layout.Part;
import io.github.shmlens.layout.Structure;
import io.github.shmlens.live.Window;
import io.github.shmlens.ui.hex.Tint;
import io.github.shmlens.ui.text.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Which bytes of the visible stretch get which background. Only parts that touch the stretch are
/// looked at, so that 100,000 slots cost what a screenful costs. Pure.
final class Tints {

    private static final Texts TEXTS = Texts.of(Tints.class);

    private Tints() {}

    /// @param chosen the part to stand out; null for none
    static List<Tint> of(Structure structure, Window window, @Nullable Part chosen) {
        List<Tint> tints = new ArrayList<>();
        List<Part> parts = structure.parts();
        for (int index = firstAt(parts, window.offset()); index < parts.size(); index++) {
            Part part = parts.get(index);
            if (part.offset() >= window.end()) {
                break;
            }
            switch (part.kind()) {
                case HEADER -> tints.add(new Tint(part.offset(), part.length(), Tint.Kind.HEADER));
                case ENTRY -> entry(tints, part);
                case FREE -> free(tints, part, window);
            }
        }
        if (chosen != null) {
            tints.add(new Tint(chosen.offset(), chosen.length(), Tint.Kind.CHOSEN));
            tints.add(new Tint(chosen.contentOffset(), chosen.contentLength(), Tint.Kind.VALUE));
        }
        return tints;
    }

    /// The part that covers an offset; null when none does.
    static @Nullable Part at(Structure structure, long offset) {
        List<Part> parts = structure.parts();
        int index = firstAt(parts, offset);
        if (index < parts.size() && parts.get(index).covers(offset)) {
            return parts.get(index);
        }
        return null;
    }

    /// Where the content of the first entry with a key begins; empty where there is none.
    static OptionalLong content(@Nullable Structure structure, long key) {
        if (structure != null) {
            for (Part part : structure.parts()) {
                if (part.kind() == Part.Kind.ENTRY && part.key() == key) {
                    return OptionalLong.of(part.contentOffset());
                }
            }
        }
        return OptionalLong.empty();
    }

    /// What a part is called; empty for none.
    static String words(@Nullable Part part) {
        if (part == null) {
            return "";
        }
        return switch (part.kind()) {
            case HEADER -> TEXTS.say("part.header");
            case ENTRY -> TEXTS.say("part.slot", part.key());
            case FREE -> TEXTS.say("part.free");
        };
    }

    /// Index of the first part that ends behind `offset`. Parts lie in order of their offsets.
    private static int firstAt(List<Part> parts, long offset) {
        int low = 0;
        int high = parts.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (parts.get(middle).end() <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static void entry(List<Tint> tints, Part part) {
        long contentEnd = part.contentOffset() + part.contentLength();
        tints.add(
                new Tint(
                        part.offset(),
                        part.contentOffset() - part.offset(),
                        Tint.Kind.SLOT_HEADER));
        tints.add(new Tint(part.contentOffset(), part.contentLength(), Tint.Kind.VALUE));
        if (contentEnd < part.end()) {
            tints.add(new Tint(contentEnd, part.end() - contentEnd, Tint.Kind.PADDING));
        }
    }

    /// Bytes in free room that are not zero were left there by slots that moved or went: PHP clears
    /// nothing.
    private static void free(List<Tint> tints, Part part, Window window) {
        tints.add(new Tint(part.offset(), part.length(), Tint.Kind.FREE));
        int from = (int) Math.max(0, part.offset() - window.offset());
        int to = (int) Math.min(window.length(), part.end() - window.offset());
        int first = -1;
        for (int index = from; index <= to; index++) {
            boolean stale = index < to && window.bytes()[index] != 0;
            if (stale && first < 0) {
                first = index;
            } else if (!stale && first >= 0) {
                tints.add(new Tint(window.offset() + first, index - first, Tint.Kind.STALE));
                first = -1;
            }
        }
    }
}
