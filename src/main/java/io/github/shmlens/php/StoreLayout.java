package io.github.shmlens.php;

import io.github.shmlens.layout.ByteView;
import io.github.shmlens.layout.Field;
import io.github.shmlens.layout.Layout;
import java.nio.ByteOrder;

/// Byte layout of a PHP variable store, as php-src ext/sysvshm writes it (`sysvshm_chunk_head` and
/// `sysvshm_chunk`). On a 64-bit host:
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
/// All numbers are signed, in the byte order and word size of the PHP that made the store: on a
/// 32-bit host each has four bytes, so the header ends at 24 and a slot's payload begins at 12. PHP
/// calls the stride `next`. Byte 7 of the magic is neither written nor compared by PHP. The spare
/// bytes are never cleared.
///
/// The constants are those of [StoreWords#LITTLE_64], the only words this program writes.
final class StoreLayout {

    /// "PHP_SM" and the NUL that ends it: what PHP compares.
    private static final byte[] MAGIC_BYTES = {'P', 'H', 'P', '_', 'S', 'M', 0};

    /// Where the magic's room ends, whatever the words.
    private static final int MAGIC_ROOM = 8;

    /// The words this program writes.
    static final StoreLayout OURS = new StoreLayout(StoreWords.LITTLE_64);

    private static final StoreLayout LITTLE_32 = new StoreLayout(StoreWords.LITTLE_32);
    private static final StoreLayout BIG_64 = new StoreLayout(StoreWords.BIG_64);
    private static final StoreLayout BIG_32 = new StoreLayout(StoreWords.BIG_32);

    static final Layout HEADER = OURS.header;
    static final Field MAGIC = OURS.magic;
    static final Field START = OURS.start;
    static final Field END = OURS.end;
    static final Field FREE = OURS.free;
    static final Field TOTAL = OURS.total;

    static final Layout SLOT = OURS.slot;
    static final Field KEY = OURS.key;
    static final Field LENGTH = OURS.length;
    static final Field STRIDE = OURS.stride;

    static final int HEADER_BYTES = HEADER.size();
    static final int SLOT_HEADER_BYTES = SLOT.size();

    /// What sizeof says of PHP's slot struct: one char stands behind the three numbers, padded to a
    /// word. Every stride counts it.
    static final int SLOT_STRUCT_BYTES = OURS.slotStructBytes();

    private final StoreWords words;
    final Layout header;
    final Field magic;
    final Field start;
    final Field end;
    final Field free;
    final Field total;
    final Layout slot;
    final Field key;
    final Field length;
    final Field stride;

    private StoreLayout(StoreWords words) {
        this.words = words;
        Layout.Builder store = Layout.named("store header");
        magic = store.bytes("magic", MAGIC_ROOM);
        start = word(store, "start");
        end = word(store, "end");
        free = word(store, "free");
        total = word(store, "total");
        header = store.build();

        Layout.Builder variable = Layout.named("slot");
        key = word(variable, "key");
        length = word(variable, "length");
        stride = word(variable, "stride");
        slot = variable.build();
    }

    private Field word(Layout.Builder builder, String name) {
        return words.bits() == 32 ? builder.int32(name) : builder.int64(name);
    }

    /// The layout of the store that begins with these bytes, told by the offset of the first slot:
    /// PHP always writes the same there. Ours where it says nothing of the kind.
    ///
    /// @param head begins with the magic
    static StoreLayout of(ByteView head) {
        if (head.holds(0, HEADER_BYTES)) {
            if (head.read(0, START) == HEADER_BYTES) {
                return OURS;
            }
            if (BIG_64.number(head, 0, BIG_64.start) == HEADER_BYTES) {
                return BIG_64;
            }
        }
        if (LITTLE_32.isNarrow(head)) {
            return LITTLE_32;
        }
        return BIG_32.isNarrow(head) ? BIG_32 : OURS;
    }

    /// In a 64-bit header with the same first word, a damaged one, the next word would be zero.
    private boolean isNarrow(ByteView head) {
        return head.holds(0, header.size())
                && number(head, 0, start) == header.size()
                && number(head, 0, end) != 0;
    }

    StoreWords words() {
        return words;
    }

    int headerBytes() {
        return header.size();
    }

    int slotHeaderBytes() {
        return slot.size();
    }

    int slotStructBytes() {
        return slot.size() + wordBytes();
    }

    /// Slots begin at multiples of this.
    int wordBytes() {
        return words.bits() / Byte.SIZE;
    }

    /// One number of a header or slot that begins at `base`.
    long number(ByteView copy, long base, Field field) {
        return words.order() == ByteOrder.LITTLE_ENDIAN
                ? copy.read(base, field)
                : copy.read(base, field, words.order());
    }

    /// The stride this PHP gives a payload of this length; −1 when no stride could be that long.
    long strideOf(long lengthBytes) {
        int word = wordBytes();
        int struct = slotStructBytes();
        if (lengthBytes < 0 || lengthBytes > Long.MAX_VALUE - struct - word) {
            return -1;
        }
        return struct + (lengthBytes + word - 1) / word * word;
    }

    static byte[] magic() {
        return MAGIC_BYTES.clone();
    }

    static int magicBytes() {
        return MAGIC_BYTES.length;
    }

    static byte magicByte(int index) {
        return MAGIC_BYTES[index];
    }

    /// The stride of a payload of this length in a store of ours; −1 when no stride could be that
    /// long.
    static long strideFor(long lengthBytes) {
        return OURS.strideOf(lengthBytes);
    }
}
