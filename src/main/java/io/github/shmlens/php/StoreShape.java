package io.github.shmlens.php;

import io.github.shmlens.layout.ByteView;
import io.github.shmlens.layout.Shape;
import io.github.shmlens.layout.Structure;

/// Recognises the store that PHP's `shm_attach` makes.
public final class StoreShape implements Shape {

    @Override
    public String format() {
        return StoreReading.FORMAT;
    }

    @Override
    public boolean recognises(ByteView head, long segmentBytes) {
        return hasMagic(head) && segmentBytes >= StoreLayout.of(head).headerBytes();
    }

    /// Everything up to where the header says the slots end, and a slot's header more, which a
    /// damaged chain may reach into.
    @Override
    public long extentBytes(ByteView head, long segmentBytes) {
        long least = Math.min(StoreLayout.HEADER_BYTES, segmentBytes);
        if (!recognises(head, segmentBytes)) {
            return least;
        }
        StoreLayout layout = StoreLayout.of(head);
        if (!head.holds(0, layout.headerBytes())) {
            return least;
        }
        long end = layout.number(head, 0, layout.end);
        if (end > segmentBytes - layout.slotStructBytes()) {
            return segmentBytes;
        }
        return Math.max(least, end + layout.slotStructBytes());
    }

    /// The copy must not change afterwards: values are read from it when they are asked for.
    @Override
    public Structure walk(ByteView copy, long segmentBytes) {
        return StoreReading.of(copy, segmentBytes);
    }

    static boolean hasMagic(ByteView head) {
        if (!head.holds(0, StoreLayout.magicBytes())) {
            return false;
        }
        for (int i = 0; i < StoreLayout.magicBytes(); i++) {
            if (head.uint8(i) != StoreLayout.magicByte(i)) {
                return false;
            }
        }
        return true;
    }
}
