package io.github.shmlens.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BlockCompareTest {

    private static final int MOST = 20_000;

    static Stream<BlockCompare> kernels() {
        return Stream.of(new VectorCompare(), new LongCompare());
    }

    private record Difference(int offset, long bytes) {}

    private static List<Difference> found(Differences differences) {
        List<Difference> list = new ArrayList<>();
        for (int i = 0; i < differences.count(); i++) {
            list.add(new Difference(differences.offset(i), differences.bytes(i)));
        }
        return list;
    }

    /// Byte by byte, as nobody could get wrong.
    private static List<Difference> expected(byte[] now, byte[] old) {
        List<Difference> list = new ArrayList<>();
        for (int block = 0; block < now.length; block += 64) {
            long bytes = 0;
            for (int i = block; i < Math.min(now.length, block + 64); i++) {
                if (now[i] != old[i]) {
                    bytes |= 1L << (i - block);
                }
            }
            if (bytes != 0) {
                list.add(new Difference(block, bytes));
            }
        }
        return list;
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void findsWhatALoopOverBytesFinds(BlockCompare kernel) {
        Random random = new Random(11);
        Differences differences = new Differences(MOST);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment live = arena.allocate(MOST + 64);
            MemorySegment shadow = arena.allocate(MOST + 64);
            for (int round = 0; round < 3000; round++) {
                int length = random.nextInt(random.nextBoolean() ? 200 : MOST);
                int liveAt = random.nextInt(64);
                int shadowAt = random.nextInt(64);
                byte[] old = new byte[length];
                random.nextBytes(old);
                byte[] now = old.clone();
                for (int change = random.nextInt(40); change > 0 && length > 0; change--) {
                    now[random.nextInt(length)] = (byte) random.nextInt();
                }
                shadow.fill((byte) 0x5a);
                MemorySegment.copy(old, 0, shadow, ValueLayout.JAVA_BYTE, shadowAt, length);
                MemorySegment.copy(now, 0, live, ValueLayout.JAVA_BYTE, liveAt, length);

                kernel.update(live, liveAt, shadow, shadowAt, length, differences);

                assertThat(found(differences)).isEqualTo(expected(now, old));
                assertThat(bytes(shadow, shadowAt, length)).isEqualTo(now);
                assertThat(bytes(shadow, 0, shadowAt)).isEqualTo(untouched(shadowAt));
                assertThat(bytes(shadow, shadowAt + length, 64 - shadowAt))
                        .isEqualTo(untouched(64 - shadowAt));
            }
        }
    }

    private static byte[] bytes(MemorySegment from, long at, int length) {
        return from.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE);
    }

    private static byte[] untouched(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 0x5a);
        return bytes;
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void namesEverySingleByteOfABlock(BlockCompare kernel) {
        Differences differences = new Differences(64);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment live = arena.allocate(64);
            MemorySegment shadow = arena.allocate(64);
            for (int i = 0; i < 64; i++) {
                for (int bit = 0; bit < 8; bit++) {
                    byte was = live.get(ValueLayout.JAVA_BYTE, i);
                    live.set(ValueLayout.JAVA_BYTE, i, (byte) (was ^ 1 << bit));
                    kernel.update(live, 0, shadow, 0, 64, differences);
                    assertThat(found(differences)).containsExactly(new Difference(0, 1L << i));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void seesASingleByteThatIsNotZeroWhereverItLies(BlockCompare kernel) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment live = arena.allocate(400);
            for (int length = 0; length < 300; length++) {
                assertThat(kernel.isZero(live, 3, length)).isTrue();
            }
            for (int at = 0; at < 300; at++) {
                live.set(ValueLayout.JAVA_BYTE, 50 + at, (byte) 0x80);
                assertThat(kernel.isZero(live, 50, 300)).isFalse();
                assertThat(kernel.isZero(live, 50, at)).isTrue();
                live.set(ValueLayout.JAVA_BYTE, 50 + at, (byte) 0);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void readsNothingBehindTheEnd(BlockCompare kernel) {
        Differences differences = new Differences(256);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment live = arena.allocate(200);
            MemorySegment shadow = arena.allocate(200);
            kernel.update(live, 0, shadow, 0, 200, differences);
            assertThatThrownBy(() -> kernel.update(live, 0, shadow, 0, 201, differences))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void aSegmentThatIsClosedIsAnExceptionAndNoCrash(BlockCompare kernel) {
        Differences differences = new Differences(256);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment shadow = arena.allocate(256);
            MemorySegment live;
            try (Arena closed = Arena.ofShared()) {
                live = closed.allocate(256);
            }
            assertThatThrownBy(() -> kernel.update(live, 0, shadow, 0, 256, differences))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void vectorsAreChosenWhereTheyAreFast() {
        assertThat(VectorUnit.isUsable()).isTrue();
        assertThat(BlockCompare.best()).isInstanceOf(VectorCompare.class);
    }

    @Test
    void vectorsAreLeftAloneWithoutTheOptimisingCompiler() {
        assertThat(VectorUnit.optimises("mixed mode, sharing")).isTrue();
        assertThat(VectorUnit.optimises("mixed mode, emulated-client, sharing")).isFalse();
        assertThat(VectorUnit.optimises("interpreted mode")).isFalse();
    }
}
