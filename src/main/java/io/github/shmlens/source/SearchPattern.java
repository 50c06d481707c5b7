package io.github.shmlens.source;

/// What a search looks for. Always of one length.
public sealed interface SearchPattern {

    /// Longer ones are refused where patterns are made.
    int MOST_BYTES = 1 << 14;

    /// How many bytes a hit has.
    int lengthBytes();

    /// Whether the bytes that begin at `at` are a hit.
    boolean matches(byte[] bytes, int at);

    /// Bytes, some of which may be known only in part.
    ///
    /// @param value bits outside the mask are 0
    /// @param mask as long as `value`; which of its bits count. At least one does
    record Bytes(byte[] value, byte[] mask) implements SearchPattern {

        public Bytes {
            boolean counts = false;
            for (byte one : mask) {
                counts |= one != 0;
            }
            if (!counts || value.length != mask.length || value.length > MOST_BYTES) {
                throw new IllegalArgumentException(
                        "%d bytes, %d of mask".formatted(value.length, mask.length));
            }
        }

        @Override
        public int lengthBytes() {
            return value.length;
        }

        @Override
        public boolean matches(byte[] bytes, int at) {
            for (int i = 0; i < value.length; i++) {
                if ((bytes[at + i] & mask[i]) != value[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    /// Numbers between two others, both included.
    ///
    /// @param leastRank the rank ([ValueType#rank]) of the least that is a hit
    /// @param mostRank the rank of the greatest; not below `leastRank`
    record Between(ValueType type, long leastRank, long mostRank) implements SearchPattern {

        public Between {
            if (leastRank > mostRank) {
                throw new IllegalArgumentException("from %d to %d".formatted(leastRank, mostRank));
            }
        }

        @Override
        public int lengthBytes() {
            return type.widthBytes();
        }

        @Override
        public boolean matches(byte[] bytes, int at) {
            return fits(type.bits(bytes, at));
        }

        /// Whether the number with these bits is a hit.
        public boolean fits(long bits) {
            long rank = type.rank(bits);
            return rank >= leastRank && rank <= mostRank;
        }
    }
}
