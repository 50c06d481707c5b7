package io.github.shmlens.kryo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.github.shmlens.kryo.KryoValue.Whole;
import io.github.shmlens.kryo.KryoValue.Width;
import io.github.shmlens.segment.BadInput;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class KryoCodecTest {

    private static final KryoValue EVERYTHING =
            new KryoValue.Tuple(
                    "Reading",
                    List.of(
                            member("nothing", KryoValue.NULL),
                            member("yes", new KryoValue.Bool(true)),
                            member("b", new Whole(Byte.MIN_VALUE, Width.BYTE)),
                            member("s", new Whole(Short.MAX_VALUE, Width.SHORT)),
                            member("i", new Whole(Integer.MIN_VALUE, Width.INT)),
                            member("l", new Whole(Long.MIN_VALUE, Width.LONG)),
                            member("f", new KryoValue.Real(0.1f, true)),
                            member("d", new KryoValue.Real(Double.NaN, false)),
                            member("c", new KryoValue.Letter('\ud800')),
                            member("t", new KryoValue.Text("grün \ud83d\ude00 \0")),
                            member("x", new KryoValue.Bytes(new byte[] {0, -1, 0x22})),
                            member(
                                    "list",
                                    new KryoValue.Listing(
                                            List.of(new Whole(1, Width.LONG), KryoValue.NULL))),
                            member(
                                    "map",
                                    new KryoValue.Mapping(
                                            List.of(
                                                    entry(new Whole(1, Width.INT), text("int")),
                                                    entry(text("1"), text("text")),
                                                    entry(
                                                            new KryoValue.Bool(false),
                                                            text("no")))))));

    @Test
    void everyKindOfValueComesBackAsItWas() throws BadInput {
        assertThat(KryoCodec.decode(KryoCodec.encode(EVERYTHING)))
                .isEqualTo(new KryoDecoded.Value(EVERYTHING));
    }

    @Test
    void anEnvelopeIsDrawnAsDocumented() throws BadInput {
        assertThat(HexFormat.of().formatHex(KryoCodec.encode(new Whole(21, Width.INT))))
                // magic, version 1, two bytes, CRC-32C; class 0 (+2), 21 zigzag
                .startsWith("8b534c4b" + "01000000" + "02000000")
                .endsWith("022a")
                .hasSize(36);
    }

    @Test
    void aSingleFlippedBitIsNoticed() throws BadInput {
        byte[] envelope = KryoCodec.encode(EVERYTHING);
        for (int bit = 0; bit < envelope.length * 8; bit++) {
            byte[] flipped = envelope.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(KryoCodec.decode(flipped)).isInstanceOf(KryoDecoded.Unreadable.class);
        }
    }

    @Test
    void oneByteMoreOrLessIsNoticed() throws BadInput {
        byte[] envelope = KryoCodec.encode(text("x"));
        for (int length = 0; length <= envelope.length + 1; length++) {
            KryoDecoded decoded = KryoCodec.decode(Arrays.copyOf(envelope, length));
            assertThat(decoded instanceof KryoDecoded.Value).isEqualTo(length == envelope.length);
        }
    }

    @Test
    void aLaterVersionIsNamed() throws BadInput {
        byte[] envelope = KryoCodec.encode(text("x"));
        envelope[4] = 2;
        assertThat(why(envelope)).contains("version 2");
    }

    @Test
    void aNameOfAClassIsNeverLookedUp() throws BadInput {
        byte[] name = "io.github.shmlens.kryo.KryoCodecTest$Trap".getBytes(StandardCharsets.UTF_8);
        // NAME (1), name number 0, ASCII text whose last byte has the high bit.
        byte[] body = new byte[name.length + 2];
        body[0] = 1;
        System.arraycopy(name, 0, body, 2, name.length);
        body[body.length - 1] |= (byte) 0x80;
        assertThat(why(sealed(body))).contains("class is named");
        assertThat(loaded).isFalse();
    }

    private static boolean loaded;

    /// Must not be initialised.
    @SuppressWarnings("unused")
    private static final class Trap {
        static {
            loaded = true;
        }
    }

    @Test
    void aCountBeyondTheBytesLeftIsRefusedBeforeAnythingIsAllocated() throws BadInput {
        // list (11 + 2), 500 million elements
        byte[] body = HexFormat.of().parseHex("0d80cab5ee01");
        long before = allocatedBytes();
        assertThat(why(sealed(body))).contains("greater than the bytes left");
        assertThat(allocatedBytes() - before).isLessThan(1 << 20);
    }

    @Test
    void nestingEndsAtTheLimitBothWays() throws BadInput {
        KryoValue deepest = nested(KryoCodec.MOST_DEPTH);
        assertThat(KryoCodec.decode(KryoCodec.encode(deepest)))
                .isEqualTo(new KryoDecoded.Value(deepest));
        assertThatThrownBy(() -> KryoCodec.encode(nested(KryoCodec.MOST_DEPTH + 1)))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("deeper than 64");

        byte[] body = new byte[200_000];
        for (int i = 0; i < body.length; i += 2) {
            body[i] = 13;
            body[i + 1] = 1;
        }
        assertThat(why(sealed(body))).contains("deeper than 64");
    }

    @Test
    void moreValuesThanAllowedAreRefusedBothWays() throws BadInput {
        int tooMany = KryoCodec.MOST_VALUES;
        List<KryoValue> nulls = new ArrayList<>();
        for (int i = 0; i < tooMany; i++) {
            nulls.add(KryoValue.NULL);
        }
        assertThatThrownBy(() -> KryoCodec.encode(new KryoValue.Listing(nulls)))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("more than 1,000,000 values");

        byte[] body = new byte[tooMany + 4];
        byte[] head = HexFormat.of().parseHex("0dc0843d");
        System.arraycopy(head, 0, body, 0, head.length);
        assertThat(why(sealed(body))).contains("more than 1,000,000 values");
    }

    @Test
    void randomBodiesCostBoundedMemory() throws BadInput {
        Random random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            byte[] body = new byte[1 + random.nextInt(64)];
            random.nextBytes(body);
            // Class numbers that mean something, so that bodies get beyond their first byte.
            body[0] = (byte) (1 + random.nextInt(15));
            byte[] envelope = sealed(body);
            long before = allocatedBytes();
            KryoCodec.decode(envelope);
            assertThat(allocatedBytes() - before).isLessThan(1 << 20);
        }
    }

    @Test
    void halfOfASurrogatePairIsRefused() {
        assertThatThrownBy(() -> KryoCodec.encode(text("a\ud800b")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("surrogate");
    }

    @Test
    void aValueThatIsTooLongIsRefused() {
        byte[] most = new byte[Envelope.MOST_BODY_BYTES];
        assertThatThrownBy(() -> KryoCodec.encode(new KryoValue.Bytes(most)))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("16,777,216 bytes");
    }

    private static KryoValue nested(int levels) {
        KryoValue value = new Whole(1, Width.INT);
        for (int i = 0; i < levels; i++) {
            value = new KryoValue.Listing(List.of(value));
        }
        return value;
    }

    private static KryoValue.Member member(String name, KryoValue value) {
        return new KryoValue.Member(name, value);
    }

    private static KryoValue.Entry entry(KryoValue.Key key, KryoValue value) {
        return new KryoValue.Entry(key, value);
    }

    private static KryoValue.Text text(String text) {
        return new KryoValue.Text(text);
    }

    private static byte[] sealed(byte[] body) throws BadInput {
        return Envelope.seal(body, body.length);
    }

    private static String why(byte[] envelope) {
        return KryoCodec.decode(envelope) instanceof KryoDecoded.Unreadable(String why) ? why : "";
    }

    private static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }
}
