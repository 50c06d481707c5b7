package io.github.shmlens.ui.inspect;

import io.github.shmlens.segment.Attachment;
import io.github.shmlens.ui.text.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Where a number leads, taken as a pointer. Pure.
///
/// @param words what it may be; empty where it is nothing known
/// @param offset the place in this segment, where there is one
public record Pointed(String words, OptionalLong offset) {

    private static final Texts TEXTS = Texts.of(Pointed.class);

    /// Nothing known.
    public static final Pointed NOWHERE = new Pointed("", OptionalLong.empty());

    /// Looks first for the address in the mappings that processes have of the segment, each at
    /// another place; a number that is none may still be an offset from the segment's start.
    ///
    /// @param value unsigned
    /// @param wholeFromStart whether a mapping as large as the segment begins at its first byte: so
    ///   with System V; an object or a file can be mapped from anywhere
    public static Pointed of(
            long value, long sizeBytes, List<Attachment> attachments, boolean wholeFromStart) {
        if (value == 0) {
            return new Pointed(TEXTS.say("pointer.null"), OptionalLong.empty());
        }
        List<String> in = new ArrayList<>();
        List<Long> offsets = new ArrayList<>();
        for (Attachment one : attachments) {
            // Differences of unsigned numbers are right whatever their sign.
            long inside = value - one.address();
            if (Long.compareUnsigned(inside, one.lengthBytes()) >= 0) {
                continue;
            }
            in.add(
                    one.self()
                            ? TEXTS.say("pointer.self")
                            : "%s (%d)".formatted(one.command(), one.pid()));
            if (wholeFromStart && one.lengthBytes() >= sizeBytes && inside < sizeBytes) {
                offsets.add(inside);
            }
        }
        if (in.isEmpty()) {
            boolean offset = value > 0 && value < sizeBytes;
            return offset
                    ? new Pointed(TEXTS.say("pointer.offset"), OptionalLong.of(value))
                    : NOWHERE;
        }
        String who =
                in.size() == 1
                        ? in.getFirst()
                        : TEXTS.say("pointer.several", in.getFirst(), in.size() - 1);
        boolean one = offsets.size() == in.size() && offsets.stream().distinct().count() == 1;
        return one
                ? new Pointed(
                        TEXTS.say("pointer.mapped-at", offsets.getFirst(), who),
                        OptionalLong.of(offsets.getFirst()))
                : new Pointed(TEXTS.say("pointer.mapped", who), OptionalLong.empty());
    }
}
