package io.github.shmlens.kryo;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.shmlens.php.PhpText;
import io.github.shmlens.segment.BadInput;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;

/// Whatever the bytes are, nothing throws, nests deeper than allowed or costs more than a multiple
/// of their length. A normal run replays the stored inputs; to look for new ones:
///
/// ```
/// JAZZER_FUZZ=1 mvn test -Dtest='KryoFuzzTest#readsAnyBody' -Djazzer.hooks=true
/// ```
@Tag("fuzz")
final class KryoFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void readsAnyBody(byte[] body) throws BadInput {
        byte[] envelope = Envelope.seal(body, body.length);
        if (KryoCodec.decode(envelope) instanceof KryoDecoded.Value(KryoValue value)) {
            assertThat(KryoCodec.decode(KryoCodec.encode(value)))
                    .isEqualTo(new KryoDecoded.Value(value));
            assertThat(KryoJson.toJson(value)).isNotEmpty();
            assertThat(PhpText.oneLine(KryoSlot.asPhp(value), 80).length()).isLessThanOrEqualTo(80);
        }
    }

    @FuzzTest(maxDuration = "1m")
    void takesNothingElseForAnEnvelope(byte[] bytes) {
        if (KryoCodec.decode(bytes) instanceof KryoDecoded.Value) {
            assertThat(Envelope.trouble(bytes)).isNull();
        }
    }

    @FuzzTest(maxDuration = "1m")
    void readsBackTheJsonItTakes(byte[] text) throws BadInput {
        try {
            KryoValue value = KryoJson.parse(new String(text, StandardCharsets.UTF_8));
            assertThat(KryoJson.survives(value)).isTrue();
            assertThat(KryoCodec.decode(KryoCodec.encode(value)))
                    .isEqualTo(new KryoDecoded.Value(value));
        } catch (BadInput refused) {
            assertThat(refused.sentence()).isNotEmpty();
        }
    }
}
