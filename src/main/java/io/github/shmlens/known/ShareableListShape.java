package io.github.shmlens.known;

import io.github.shmlens.layout.ByteView;
import io.github.shmlens.layout.Shape;
import io.github.shmlens.layout.Structure;
import io.github.shmlens.segment.Counted;

/// Python's `multiprocessing.shared_memory.ShareableList`, as CPython's shared_memory.py writes it:
///
/// ```
/// 0   8                  8(n+2)          8(n+2)+offsets[n]    + 8n
/// | n | offsets, n+1 i64 | items' bytes  | n formats, 8 bytes | n codes, 1 byte |
/// ```
///
/// The offsets begin with 0 and rise by multiples of 8. A format is one of Python's `struct`
/// module; a code tells how to take the value back.
final class ShareableListShape implements Shape {

    private static final int WORD = 8;

    /// A list that goes on behind this is shown up to here.
    private static final long MOST_BYTES = 4 << 20;

    /// Sizes may have been rounded up to whole pages.
    private static final long SLACK = 4096;

    @Override
    public String format() {
        return "python-shareablelist";
    }

    @Override
    public boolean recognises(ByteView head, long segmentBytes) {
        if (!head.holds(0, 3 * WORD) || head.int64(WORD) != 0) {
            return false;
        }
        long count = head.int64(0);
        if (count < 1 || count > most(segmentBytes)) {
            return false;
        }
        long last = 0;
        for (long i = 1; i <= count && head.holds(WORD * (i + 1), WORD); i++) {
            long offset = head.int64(WORD * (i + 1));
            if (offset <= last || offset % WORD != 0 || offset > segmentBytes) {
                return false;
            }
            last = offset;
        }
        long end = end(count, last);
        boolean seenAll = head.holds(WORD * (count + 1), WORD);
        return end <= segmentBytes && (!seenAll || segmentBytes - end < SLACK);
    }

    @Override
    public long extentBytes(ByteView head, long segmentBytes) {
        return Math.min(MOST_BYTES, segmentBytes);
    }

    @Override
    public Structure walk(ByteView copy, long segmentBytes) {
        Walk walk = Walk.little(copy, segmentBytes);
        long count = walk.int64("length", 0, "items");
        if (count < 0 || count > most(segmentBytes)) {
            walk.header(WORD);
            walk.wrong("%d items do not fit.".formatted(count));
            return walk.end(format(), "Python ShareableList");
        }
        long table = WORD * (count + 2);
        walk.header(table);
        long all = WORD * (count + 1);
        if (!copy.holds(all, WORD)) {
            leftOut(walk);
            return walk.end(format(), "Python ShareableList");
        }
        long dataBytes = copy.int64(all);
        if (dataBytes < 0 || dataBytes > segmentBytes || end(count, dataBytes) > segmentBytes) {
            walk.wrong("The items would end behind the segment.");
            return walk.end(format(), "Python ShareableList");
        }
        for (long i = 0; i < count && !walk.full(); i++) {
            long from = copy.int64(WORD * (i + 1));
            long to = copy.int64(WORD * (i + 2));
            if (from < 0 || to < from || to > dataBytes) {
                walk.wrong("Item %d lies from %d to %d.".formatted(i, from, to));
                break;
            }
            long form = table + dataBytes + WORD * i;
            long code = table + dataBytes + WORD * count + i;
            if (!copy.holds(form, WORD) || !copy.holds(code, 1)) {
                leftOut(walk);
                break;
            }
            item(walk, i, table + from, to - from, form, copy.uint8(code));
        }
        if (count > Walk.MOST_FIELDS - 1) {
            walk.remark("Of %d items the first ones are shown.".formatted(count));
        }
        return walk.end(format(), "Python ShareableList");
    }

    private static void leftOut(Walk walk) {
        walk.remark(
                "What the items are stands behind the first %d bytes, which are all that is looked"
                                .formatted(walk.copy().size())
                        + " at.");
    }

    private static void item(Walk walk, long index, long at, long length, long form, int code) {
        ByteView copy = walk.copy();
        String format = walk.text(form, walk.untilNul(form, WORD));
        String name = "[%d]".formatted(index);
        walk.entry(at, length, at, length);
        // Numbers take a word; what has less room is none, whatever its format says.
        switch (length < WORD ? "" : format) {
            case "q" -> walk.add(name, at, length, "int", Long.toString(copy.int64(at)), "");
            case "d" ->
                    walk.add(
                            name,
                            at,
                            length,
                            "float",
                            Double.toString(Double.longBitsToDouble(copy.int64(at))),
                            "");
            case "xxxxxxx?" ->
                    walk.add(
                            name,
                            at,
                            length,
                            "bool",
                            copy.uint8(at + WORD - 1) != 0 ? "True" : "False",
                            "");
            case "xxxxxx?x" -> walk.add(name, at, length, "None", "None", "");
            default -> text(walk, name, at, length, format, code);
        }
    }

    private static void text(
            Walk walk, String name, long at, long length, String format, int code) {
        long room = room(format);
        if (room < 0 || room > length) {
            walk.add(name, at, length, "unknown", "", "");
            walk.wrong("Item %s has the format \"%s\".".formatted(name, format));
            return;
        }
        long held = room;
        while (held > 0 && walk.copy().uint8(at + held - 1) == 0) {
            held--;
        }
        walk.add(
                name,
                at,
                length,
                code == 2 ? "bytes" : "str",
                walk.text(at, held),
                "room for " + Counted.bytes(room));
    }

    /// The number of `24s`; negative for another format.
    private static long room(String format) {
        if (format.length() < 2 || !format.endsWith("s")) {
            return -1;
        }
        long room = 0;
        for (int i = 0; i < format.length() - 1; i++) {
            char c = format.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            room = room * 10 + (c - '0');
        }
        return room;
    }

    /// An item takes at least an offset, a word, a format and a code.
    private static long most(long segmentBytes) {
        return Math.max(0, segmentBytes - 2 * WORD) / (3 * WORD + 1);
    }

    private static long end(long count, long dataBytes) {
        return WORD * (count + 2) + dataBytes + (WORD + 1) * count;
    }
}
