package io.github.shmlens.php;

import java.nio.ByteOrder;

/// The words in which a PHP writes the numbers of its store: of its own size, in its machine's byte
/// order. All are read; only those of 64-bit PHP on this kind of machine are written.
public enum StoreWords {
    LITTLE_64(64, ByteOrder.LITTLE_ENDIAN, "a 64-bit PHP"),
    LITTLE_32(32, ByteOrder.LITTLE_ENDIAN, "a 32-bit PHP"),
    BIG_64(64, ByteOrder.BIG_ENDIAN, "a PHP on a big-endian machine"),
    BIG_32(32, ByteOrder.BIG_ENDIAN, "a 32-bit PHP on a big-endian machine");

    private final int bits;
    private final ByteOrder order;
    private final String maker;

    StoreWords(int bits, ByteOrder order, String maker) {
        this.bits = bits;
        this.order = order;
        this.maker = maker;
    }

    /// 64 or 32.
    public int bits() {
        return bits;
    }

    ByteOrder order() {
        return order;
    }

    /// `little` or `big`.
    public String byteOrder() {
        return order == ByteOrder.BIG_ENDIAN ? "big" : "little";
    }

    /// Who writes such numbers: "a 32-bit PHP".
    public String maker() {
        return maker;
    }

    /// Whether stores with such numbers are written too.
    public boolean writable() {
        return this == LITTLE_64;
    }

    /// Why a store with such numbers is only shown, as a clause.
    public String whyReadOnly() {
        return "the store was made by %s, whose numbers are not ours: it is shown and never written"
                .formatted(maker);
    }
}
