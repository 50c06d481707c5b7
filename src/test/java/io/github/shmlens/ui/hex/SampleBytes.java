package io.github.shmlens.ui.hex;

import io.github.shmlens.live.Window;
import java.nio.charset.StandardCharsets;

/// Windows of made-up segments.
final class SampleBytes {

    static final long NOW = 1_000_000_000_000L;

    private final long offset;
    private final byte[] bytes;
    private final byte[] marks;
    private final long[] changedAt;

    private SampleBytes(long offset, int length) {
        this.offset = offset;
        bytes = new byte[length];
        marks = new byte[length];
        changedAt = new long[length];
        java.util.Arrays.fill(marks, (byte) Window.KNOWN);
    }

    /// Known zeros.
    static SampleBytes zeros(long offset, int length) {
        return new SampleBytes(offset, length);
    }

    /// Every byte differs from its neighbours.
    static SampleBytes counting(long offset, int length) {
        SampleBytes made = new SampleBytes(offset, length);
        for (int i = 0; i < length; i++) {
            made.bytes[i] = (byte) (offset + i);
        }
        return made;
    }

    SampleBytes put(long at, String text) {
        return put(at, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    SampleBytes put(long at, byte... values) {
        System.arraycopy(values, 0, bytes, index(at), values.length);
        return this;
    }

    SampleBytes mark(long from, int length, int mark) {
        for (int i = 0; i < length; i++) {
            marks[index(from) + i] |= (byte) mark;
        }
        return this;
    }

    SampleBytes untouched(long from, int length) {
        java.util.Arrays.fill(marks, index(from), index(from) + length, (byte) 0);
        return this;
    }

    SampleBytes changed(long from, int length, long agoNanos) {
        java.util.Arrays.fill(changedAt, index(from), index(from) + length, NOW - agoNanos);
        return this;
    }

    Window window() {
        return new Window(offset, bytes.clone(), marks.clone(), changedAt.clone());
    }

    private int index(long at) {
        return Math.toIntExact(at - offset);
    }
}
