package io.github.shmlens.live;

import io.github.shmlens.layout.ByteView;
import io.github.shmlens.layout.Part;
import io.github.shmlens.layout.Shape;
import io.github.shmlens.layout.Structure;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The smallest structure that can be recognised, torn and damaged.
///
/// ```
/// 0        4          8       12        16      entry: 0     8        12
/// +--------+----------+-------+---------+              +-----+--------+---------
/// | TINY   | total    | count | sum     | entries...   | key | length | content
/// +--------+----------+-------+---------+              +-----+--------+---------
/// ```
///
/// `sum` is that of all bytes behind the header, so that a half-written store is known as such.
final class TinyShape implements Shape {

    static final int HEADER = 16;
    static final int ENTRY_HEADER = 12;

    private int walks;

    record Entry(long key, String content) {}

    private record Tiny(boolean sound, List<Part> parts) implements Structure {
        @Override
        public String format() {
            return "tiny";
        }
    }

    static Entry entry(long key, String content) {
        return new Entry(key, content);
    }

    /// The bytes of a store with these entries.
    static byte[] store(Entry... entries) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Entry entry : entries) {
            byte[] content = entry.content().getBytes(StandardCharsets.ISO_8859_1);
            ByteBuffer head = ByteBuffer.allocate(ENTRY_HEADER).order(ByteOrder.LITTLE_ENDIAN);
            body.writeBytes(head.putLong(entry.key()).putInt(content.length).array());
            body.writeBytes(content);
        }
        int sum = 0;
        for (byte one : body.toByteArray()) {
            sum = sum * 31 + one;
        }
        ByteBuffer all = ByteBuffer.allocate(HEADER + body.size()).order(ByteOrder.LITTLE_ENDIAN);
        all.put("TINY".getBytes(StandardCharsets.US_ASCII));
        all.putInt(HEADER + body.size()).putInt(entries.length).putInt(sum);
        return all.put(body.toByteArray()).array();
    }

    /// How many copies were walked.
    int walks() {
        return walks;
    }

    @Override
    public String format() {
        return "tiny";
    }

    @Override
    public boolean recognises(ByteView head, long segmentBytes) {
        return head.holds(0, HEADER)
                && Arrays.equals(head.bytes(0, 4), "TINY".getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public long extentBytes(ByteView head, long segmentBytes) {
        return Math.clamp(head.int32(4, ByteOrder.LITTLE_ENDIAN), 0, segmentBytes);
    }

    @Override
    public Structure walk(ByteView copy, long segmentBytes) {
        walks++;
        List<Part> parts = new ArrayList<>();
        parts.add(Part.header(0, HEADER));
        long at = HEADER;
        while (copy.holds(at, ENTRY_HEADER)) {
            int length = copy.int32(at + 8, ByteOrder.LITTLE_ENDIAN);
            if (length < 0 || !copy.holds(at + ENTRY_HEADER, length)) {
                return new Tiny(false, parts);
            }
            long whole = ENTRY_HEADER + length;
            long content = at + ENTRY_HEADER;
            parts.add(new Part(Part.Kind.ENTRY, copy.int64(at), at, whole, content, length));
            at += whole;
        }
        int sum = 0;
        for (long i = HEADER; i < copy.size(); i++) {
            sum = sum * 31 + (byte) copy.uint8(i);
        }
        int count = copy.int32(8, ByteOrder.LITTLE_ENDIAN);
        boolean sound =
                at == copy.size()
                        && count == parts.size() - 1
                        && sum == copy.int32(12, ByteOrder.LITTLE_ENDIAN);
        return new Tiny(sound, parts);
    }
}
