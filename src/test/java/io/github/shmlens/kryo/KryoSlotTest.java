package io.github.shmlens.kryo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.kryo.KryoValue.Whole;
import io.github.shmlens.kryo.KryoValue.Width;
import io.github.shmlens.php.Decoded;
import io.github.shmlens.php.PhpDecoder;
import io.github.shmlens.php.PhpEncoder;
import io.github.shmlens.php.PhpText;
import io.github.shmlens.php.PhpValue;
import io.github.shmlens.segment.BadInput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class KryoSlotTest {

    private static final KryoValue POINT =
            new KryoValue.Tuple(
                    "Point",
                    List.of(
                            new KryoValue.Member("x", new Whole(1, Width.INT)),
                            new KryoValue.Member("y", new KryoValue.Real(0.1f, true))));

    @Test
    void aRecordIsShownWithItsComponentsThoughItsClassIsUnknown() throws BadInput {
        Decoded decoded = PhpDecoder.decode(KryoSlot.payload(POINT));

        assertThat(KryoSlot.in(decoded)).isEqualTo(POINT);
        assertThat(KryoSlot.shown(decoded)).isInstanceOf(Decoded.Value.class);
        assertThat(PhpText.oneLine(KryoSlot.asPhp(POINT), 100))
                .contains("Point")
                .contains("x")
                .contains("0.1");
    }

    @Test
    void aStringThatOnlyBeginsLikeAnEnvelopeStaysAString() throws BadInput {
        byte[] envelope = KryoCodec.encode(POINT);
        envelope[envelope.length - 1] ^= 1;
        Decoded damaged = PhpDecoder.decode(PhpEncoder.encode(PhpValue.Str.of(envelope)));

        assertThat(KryoSlot.in(damaged)).isNull();
        assertThat(KryoSlot.shown(damaged)).isSameAs(damaged);
    }

    @Test
    void anEnvelopeInsideAnArrayStaysAString() throws BadInput {
        PhpValue.Str inside = PhpValue.Str.of(KryoCodec.encode(POINT));
        PhpValue array =
                new PhpValue.Array(List.of(new PhpValue.Entry(PhpValue.Int.of(0), inside)));
        assertThat(KryoSlot.in(PhpDecoder.decode(PhpEncoder.encode(array)))).isNull();
    }

    @Test
    void aMapWhoseKeysPhpWouldMergeIsShownAsPairs() {
        KryoValue map =
                new KryoValue.Mapping(
                        List.of(
                                new KryoValue.Entry(new Whole(1, Width.INT), KryoValue.NULL),
                                new KryoValue.Entry(new KryoValue.Text("1"), KryoValue.NULL)));
        assertThat(((PhpValue.Array) KryoSlot.asPhp(map)).asPhpSees())
                .hasSize(2)
                .allSatisfy(entry -> assertThat(entry.value()).isInstanceOf(PhpValue.Array.class));
    }

    @Test
    void typedJsonBecomesAKryoValue() throws BadInput {
        byte[] payload =
                SlotInput.payload(
                        SlotInput.As.KRYO, "{\"a\":[1]}".getBytes(StandardCharsets.UTF_8));
        KryoValue value = Objects.requireNonNull(KryoSlot.in(PhpDecoder.decode(payload)));
        assertThat(KryoJson.toJson(value)).isEqualTo("{\"a\":[1]}");
    }
}
