package io.github.shmlens.php;

import io.github.shmlens.layout.Field;
import io.github.shmlens.layout.Layout;

/// Byte layout of a PHP variable store on a 64-bit host, as php-src ext/sysvshm writes it
/// (`sysvshm_chunk_head` and `sysvshm_chunk`).
///
/// ```
/// store header, at 0                                 slot, repeated from start up to end
/// 0        8        16       24       32       40    0        8        16       24        24+length
/// +--------+--------+--------+--------+--------+     +--------+--------+--------+- - - - -+- - - -+
/// | magic  | start  |  end   |  free  | total  |     |  key   | length | stride | payload | spare |
/// +--------+--------+--------+--------+--------+     +--------+--------+--------+- - - - -+- - - -+
/// PHP_SM\0 ?        |        |        size as PHP    signed            to the next serialize()
///          40       |        bytes left     takes it                   slot's key  text
///                   just behind the last slot
/// ```
///
/// All numbers are signed, in the byte order and word size of the PHP that made the store. PHP
/// calls the stride `next`. Byte 7 of the magic is neither written nor compared by PHP. The spare
/// bytes are never cleared.
final class StoreLayout {

    /// "PHP_SM" and the NUL that ends it: what PHP compares.
    private static final byte[] MAGIC_BYTES = {'P', 'H', 'P', '_', 'S', 'M', 0};

    static final Layout HEADER;
    static final Field MAGIC;
    static final Field START;
    static final Field END;
    static final Field FREE;
    static final Field TOTAL;

    static final Layout SLOT;
    static final Field KEY;
    static final Field LENGTH;
    static final Field STRIDE;

    static {
        Layout.Builder header = Layout.named("store header");
        MAGIC = header.bytes("magic", 8);
        START = header.int64("start");
        END = header.int64("end");
        FREE = header.int64("free");
        TOTAL = header.int64("total");
        HEADER = header.build();

        Layout.Builder slot = Layout.named("slot");
        KEY = slot.int64("key");
        LENGTH = slot.int64("length");
        STRIDE = slot.int64("stride");
        SLOT = slot.build();
    }

    static final int HEADER_BYTES = HEADER.size();
    static final int SLOT_HEADER_BYTES = SLOT.size();

    /// What sizeof says of PHP's slot struct: one char stands behind the three numbers, padded to a
    /// word. Every stride counts it.
    static final int SLOT_STRUCT_BYTES = 32;

    /// Longest payload whose stride still is a number.
    private static final long MOST_PAYLOAD = Long.MAX_VALUE - SLOT_STRUCT_BYTES - 7;

    private StoreLayout() {}

    static byte[] magic() {
        return MAGIC_BYTES.clone();
    }

    static int magicBytes() {
        return MAGIC_BYTES.length;
    }

    static byte magicByte(int index) {
        return MAGIC_BYTES[index];
    }

    /// The stride PHP gives a payload of this length; −1 when no stride could be that long.
    static long strideFor(long lengthBytes) {
        if (lengthBytes < 0 || lengthBytes > MOST_PAYLOAD) {
            return -1;
        }
        return SLOT_STRUCT_BYTES + (lengthBytes + 7) / 8 * 8;
    }
}
