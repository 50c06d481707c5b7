package io.github.shmlens.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.shmlens.source.SearchPattern;
import io.github.shmlens.source.ValueType;
import io.github.shmlens.testing.PlainSearch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Both ways of searching, with vectors and without, against the plain one.
final class SearchKernelsTest {

    private static final int ROUNDS = 3000;

    private final Random random = new Random(20261125);

    /// A search over a whole stretch with both kernels.
    private interface Kernels {
        void with(MemorySegment memory, long to, Hits fast, Hits words);
    }

    @Test
    void theTestsRunWithVectors() {
        assertThat(VectorUnit.isUsable()).isTrue();
    }

    @Test
    void needlesAreFoundWhereverTheyAre() {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = fewLetters(random.nextInt(700), 1 + random.nextInt(4));
            int length = 1 + random.nextInt(random.nextInt(10) == 0 ? 100 : 6);
            byte[] value = fewLetters(length, 2);
            byte[] mask = new byte[length];
            Arrays.fill(mask, (byte) -1);
            agree(bytes, value, mask, 1 << random.nextInt(5));
        }
    }

    @Test
    void needlesThatAreKnownInPartAreFoundToo() {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = new byte[random.nextInt(700)];
            random.nextBytes(bytes);
            int length = 1 + random.nextInt(5);
            byte[] value = new byte[length];
            byte[] mask = new byte[length];
            int known = random.nextInt(length);
            for (int i = 0; i < length; i++) {
                int all = i == known ? 1 + random.nextInt(255) : random.nextInt(256);
                mask[i] = (byte) (all & random.nextInt(256) | (i == known ? 1 : 0));
                value[i] = (byte) (random.nextInt(256) & mask[i]);
            }
            agree(bytes, value, mask, 1 << random.nextInt(3));
        }
    }

    @Test
    void needlesAreFoundInLongStretchesInRisingOrder() {
        byte[] value = "shmlens's needle".getBytes(StandardCharsets.ISO_8859_1);
        byte[] whole = new byte[value.length];
        Arrays.fill(whole, (byte) -1);
        byte[] inPart = new byte[value.length];
        Arrays.fill(inPart, (byte) 0xdf);
        byte[] bytes = new byte[150_001];
        random.nextBytes(bytes);
        for (int at = 3; at + value.length <= bytes.length; at += 1021) {
            System.arraycopy(value, 0, bytes, at, value.length);
        }

        agree(bytes, value, whole, 1);
        agree(bytes, value, inPart, 1);
        agree(bytes, value, whole, 4);
        agree(Arrays.copyOf(bytes, 16_384 + 15), value, whole, 1);
        agree(Arrays.copyOf(bytes, (1 << 20) + 20_000), value, whole, 1);
        agree(fewLetters(70_000, 2), new byte[] {'a', 'b'}, new byte[] {-1, -1}, 1);
    }

    @Test
    void hitsOverlap() {
        byte[] bytes = new byte[200];
        Arrays.fill(bytes, (byte) 'a');
        agree(bytes, new byte[] {'a', 'a', 'a'}, new byte[] {-1, -1, -1}, 1);
    }

    @Test
    void numbersBetweenTwoOthersAreFoundInEveryType() {
        for (ValueType type : ValueType.ALL) {
            for (int round = 0; round < 150; round++) {
                byte[] bytes = numbers(type, random.nextInt(600));
                long one = type.rank(random.nextLong());
                long other = random.nextInt(3) == 0 ? one : type.rank(type.bits(bytes16(), 0));
                long least = Math.min(one, other);
                long most = Math.max(one, other);
                if (type.kind() == ValueType.Kind.FLOAT
                        && most > ValueType.rankOf(Double.POSITIVE_INFINITY)) {
                    continue;
                }
                SearchPattern.Between pattern = new SearchPattern.Between(type, least, most);
                RangeSearch search = range(pattern);
                int alignment = 1 << random.nextInt(6);
                agree(
                        bytes,
                        pattern,
                        alignment,
                        (memory, to, fast, words) -> {
                            search.find(memory, 0, to, fast);
                            search.findOneByOne(memory, words.aligned(0), to, words);
                        });
            }
        }
    }

    @Test
    void zerosOfBothSignsAreEqualAndNoNanFits() {
        ValueType type = new ValueType(ValueType.Kind.FLOAT, 8, ByteOrder.LITTLE_ENDIAN);
        byte[] bytes = new byte[256];
        System.arraycopy(type.bytes(Double.doubleToLongBits(-0.0)), 0, bytes, 8, 8);
        System.arraycopy(type.bytes(Double.doubleToLongBits(Double.NaN)), 0, bytes, 16, 8);
        Hits hits = new Hits(8);
        RangeSearch.floats(8, type.order(), 0.0, 0.0)
                .find(MemorySegment.ofArray(bytes), 0, 249, hits);
        assertThat(offsets(hits)).contains(0L, 8L, 24L).doesNotContain(16L).hasSize(31);
    }

    @Test
    void aHitBehindTheEndIsRefusedBeforeAnythingIsRead() {
        NeedleSearch needle = new NeedleSearch(new byte[] {1, 2}, new byte[] {-1, -1});
        MemorySegment memory = MemorySegment.ofArray(new byte[64]);
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> needle.find(memory, 0, 64, new Hits(1)));
    }

    private void agree(byte[] bytes, byte[] value, byte[] mask, int alignment) {
        byte[] known = value.clone();
        for (int i = 0; i < known.length; i++) {
            known[i] &= mask[i];
        }
        NeedleSearch needle = new NeedleSearch(value, mask);
        agree(
                bytes,
                new SearchPattern.Bytes(known, mask),
                alignment,
                (memory, to, fast, words) -> {
                    needle.find(memory, 0, to, fast);
                    needle.findByWords(memory, 0, to, words);
                });
    }

    private static void agree(byte[] bytes, SearchPattern pattern, int alignment, Kernels kernels) {
        // Native memory of the exact size: a read behind the end is an exception.
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(bytes.length, 1);
            MemorySegment.copy(MemorySegment.ofArray(bytes), 0, memory, 0, bytes.length);
            long to = bytes.length - pattern.lengthBytes() + 1;
            Hits fast = new Hits(alignment);
            Hits words = new Hits(alignment);
            if (to > 0) {
                kernels.with(memory, to, fast, words);
            }
            List<Long> wanted = PlainSearch.hits(bytes, pattern, alignment);
            assertThat(offsets(fast)).as("vectors, %s", pattern).isEqualTo(wanted);
            assertThat(offsets(words)).as("words, %s", pattern).isEqualTo(wanted);
        }
    }

    private static List<Long> offsets(Hits hits) {
        List<Long> offsets = new ArrayList<>();
        for (int i = 0; i < hits.count(); i++) {
            offsets.add((long) hits.get(i));
        }
        return offsets;
    }

    private static RangeSearch range(SearchPattern.Between pattern) {
        ValueType type = pattern.type();
        return type.kind() == ValueType.Kind.FLOAT
                ? RangeSearch.floats(
                        type.widthBytes(),
                        type.order(),
                        ValueType.numberOf(pattern.leastRank()),
                        ValueType.numberOf(pattern.mostRank()))
                : RangeSearch.integers(
                        type.widthBytes(),
                        type.order(),
                        type.bitsOf(pattern.leastRank()),
                        type.bitsOf(pattern.mostRank()));
    }

    private byte[] bytes16() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return bytes;
    }

    /// Bytes among which the ends of types, and zeros, are frequent.
    private byte[] numbers(ValueType type, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        int width = type.widthBytes();
        long[] ends = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << type.bits() - 1};
        for (int at = random.nextInt(width); at + width <= length; at += width * 3) {
            long end = ends[random.nextInt(ends.length)];
            System.arraycopy(type.bytes(end), 0, bytes, at, width);
        }
        return bytes;
    }

    private byte[] fewLetters(int length, int letters) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (random.nextInt(letters) * 0x41);
        }
        return bytes;
    }
}
