package io.github.shmlens.known;

import io.github.shmlens.layout.ByteView;
import io.github.shmlens.layout.Part;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One walk over a copy: reads a number and puts it down as a field in one step, so that an offset
/// is written once. What lies behind the copy's end is no field, and makes the structure unsound.
final class Walk {

    /// So many fields are put down; more are counted only.
    static final int MOST_FIELDS = 10_000;

    /// What is wrong in thousands of places need not be said for each.
    private static final int MOST_REMARKS = 20;

    /// Longer texts are cut.
    private static final int MOST_SHOWN = 200;

    private final ByteView copy;
    private final long segmentBytes;
    private final ByteOrder order;
    private final String suffix;
    private final List<KnownField> fields = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private boolean sound = true;
    private boolean cutShort;
    private @Nullable Picture picture;

    Walk(ByteView copy, long segmentBytes, ByteOrder order) {
        this.copy = copy;
        this.segmentBytes = segmentBytes;
        this.order = order;
        this.suffix = order == ByteOrder.BIG_ENDIAN ? " big-endian" : "";
    }

    static Walk little(ByteView copy, long segmentBytes) {
        return new Walk(copy, segmentBytes, ByteOrder.LITTLE_ENDIAN);
    }

    ByteView copy() {
        return copy;
    }

    /// Whether these bytes were copied; says so once where they were not.
    boolean holds(long offset, long length) {
        if (copy.holds(offset, length)) {
            return true;
        }
        if (!cutShort) {
            cutShort = true;
            wrong("The bytes end inside the layout, at %d.".formatted(copy.size()));
        }
        return false;
    }

    long int32(String name, long offset) {
        return int32(name, offset, "");
    }

    long int32(String name, long offset, String note) {
        if (!holds(offset, Integer.BYTES)) {
            return 0;
        }
        int value = copy.int32(offset, order);
        add(name, offset, Integer.BYTES, "i32" + suffix, Integer.toString(value), note);
        return value;
    }

    long uint32(String name, long offset, String note) {
        if (!holds(offset, Integer.BYTES)) {
            return 0;
        }
        long value = Integer.toUnsignedLong(copy.int32(offset, order));
        add(name, offset, Integer.BYTES, "u32" + suffix, Long.toString(value), note);
        return value;
    }

    /// As [#uint32], shown in hex.
    long hex32(String name, long offset, String note) {
        if (!holds(offset, Integer.BYTES)) {
            return 0;
        }
        int value = copy.int32(offset, order);
        add(name, offset, Integer.BYTES, "u32" + suffix, "0x%08x".formatted(value), note);
        return Integer.toUnsignedLong(value);
    }

    long int64(String name, long offset, String note) {
        if (!holds(offset, Long.BYTES)) {
            return 0;
        }
        long value = copy.int64(offset, order);
        add(name, offset, Long.BYTES, "i64" + suffix, Long.toString(value), note);
        return value;
    }

    long uint64(String name, long offset, String note) {
        if (!holds(offset, Long.BYTES)) {
            return 0;
        }
        long value = copy.int64(offset, order);
        add(name, offset, Long.BYTES, "u64" + suffix, Long.toUnsignedString(value), note);
        return value;
    }

    /// As [#uint64], shown in hex.
    void hex64(String name, long offset, String note) {
        if (holds(offset, Long.BYTES)) {
            long value = copy.int64(offset, order);
            add(name, offset, Long.BYTES, "u64" + suffix, "0x%x".formatted(value), note);
        }
    }

    int uint8(String name, long offset, String note) {
        if (!holds(offset, 1)) {
            return 0;
        }
        int value = copy.uint8(offset);
        add(name, offset, 1, "u8", Integer.toString(value), note);
        return value;
    }

    /// Text in a fixed room, up to its first NUL.
    void text(String name, long offset, long room, String note) {
        if (holds(offset, room)) {
            add(name, offset, room, "text", text(offset, untilNul(offset, room)), note);
        }
    }

    /// Bytes that are not taken apart.
    void bytes(String name, long offset, long length, String note) {
        if (holds(offset, length)) {
            add(name, offset, length, "bytes", text(offset, length), note);
        }
    }

    /// A field that may be longer than what was copied, but not than the segment.
    void add(String name, long offset, long length, String type, String value, String note) {
        if (offset < 0 || length < 0 || offset > segmentBytes || length > segmentBytes - offset) {
            wrong("%s would lie outside of the segment, at %d.".formatted(name, offset));
        } else if (fields.size() < MOST_FIELDS) {
            fields.add(new KnownField(name, offset, length, type, value, note));
        }
    }

    boolean full() {
        return fields.size() >= MOST_FIELDS;
    }

    /// How many bytes there are before a NUL, `room` where there is none. They must be held.
    long untilNul(long offset, long room) {
        long length = 0;
        while (length < room && copy.uint8(offset + length) != 0) {
            length++;
        }
        return length;
    }

    /// Held bytes as one line: UTF-8 as it reads, anything else with escapes; cut where it is long.
    String text(long offset, long length) {
        byte[] bytes = copy.bytes(offset, (int) Math.min(length, MOST_SHOWN));
        String cut = length > MOST_SHOWN ? "…" : "";
        String read = length > MOST_SHOWN ? null : plainUtf8(bytes);
        if (read != null) {
            return read;
        }
        StringBuilder shown = new StringBuilder();
        for (byte one : bytes) {
            boolean plain = one >= 0x20 && one < 0x7f;
            shown.append(plain ? String.valueOf((char) one) : "\\x%02x".formatted(one & 0xff));
        }
        return shown + cut;
    }

    private static @Nullable String plainUtf8(byte[] bytes) {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            boolean plain =
                    text.codePoints()
                            .noneMatch(c ->
                                    Character.isISOControl(c)
                                            || Character.getType(c) == Character.FORMAT
                                            || Character.getType(c) == Character.LINE_SEPARATOR
                                            || Character.getType(c)
                                                    == Character.PARAGRAPH_SEPARATOR);
            return plain ? text : null;
        } catch (CharacterCodingException _) {
            return null;
        }
    }

    /// The structure's own header.
    void header(long length) {
        long inside = Math.min(length, segmentBytes);
        if (inside > 0) {
            parts.add(Part.header(0, inside));
        }
    }

    /// One variable: what stands before `contentOffset` describes it. Cut to the segment.
    void entry(long offset, long length, long contentOffset, long contentLength) {
        if (parts.size() <= MOST_FIELDS
                && offset >= 0
                && length > 0
                && length <= segmentBytes - offset
                && contentOffset >= offset
                && contentLength >= 0
                && contentOffset + contentLength <= offset + length) {
            parts.add(
                    new Part(
                            Part.Kind.ENTRY,
                            parts.size(),
                            offset,
                            length,
                            contentOffset,
                            contentLength));
        }
    }

    void free(long from, long to) {
        long end = Math.min(to, segmentBytes);
        if (from >= 0 && from < end) {
            parts.add(Part.free(from, end - from));
        }
    }

    void pictured(Picture what) {
        picture = what;
    }

    /// The structure does not hold together, and why, in a sentence.
    void wrong(String sentence) {
        sound = false;
        remark(sentence);
    }

    /// What a reader should know besides.
    void remark(String sentence) {
        if (remarks.size() < MOST_REMARKS) {
            remarks.add(sentence);
        }
    }

    KnownStructure end(String format, String title) {
        return new KnownStructure(format, title, sound, parts, fields, remarks, picture);
    }
}
