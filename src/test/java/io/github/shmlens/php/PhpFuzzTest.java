package io.github.shmlens.php;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.shmlens.layout.ByteView;
import io.github.shmlens.layout.Part;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.testing.FakeSegment;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;

/// Whatever the bytes are, nothing throws, hangs or shows what lies outside. A normal run replays
/// the stored inputs; `JAZZER_FUZZ=1 installer/test -Djazzer.hooks=true
/// -Dtest=PhpFuzzTest#walksAnyBytes` looks for new ones for ten minutes.
@Tag("fuzz")
final class PhpFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void walksAnyBytes(byte[] bytes) {
        ByteView view = ByteView.of(bytes);
        StoreReading reading = StoreReading.of(view, bytes.length);

        assertThat(new StoreShape().extentBytes(view, bytes.length))
                .isBetween(0L, (long) bytes.length);
        for (Part part : reading.parts()) {
            assertThat(part.offset()).isBetween(0L, (long) bytes.length);
            assertThat(part.end()).isBetween(part.offset(), (long) bytes.length);
        }
        for (Slot slot : reading.slots()) {
            assertThat(slot.decoded()).isNotNull();
        }
        boolean structural =
                reading.problems().stream().anyMatch(problem -> !problem.aboutPayload());
        assertThat(reading.sound()).isEqualTo(!structural);
    }

    @FuzzTest(maxDuration = "10m")
    void writesIntoAnyBytesWithoutMakingThemWorse(byte[] bytes) throws ShmException {
        FakeSegment segment = FakeSegment.of(bytes);
        PhpStore store = new PhpStore(segment);
        StoreReading before = StoreReading.of(ByteView.of(bytes.clone()), bytes.length);
        try {
            store.put(1, new byte[] {'N', ';'});
            store.unset(2);
        } catch (NotAStore refused) {
            return;
        } catch (ShmException doesNotFit) {
            return;
        }
        StoreReading after = store.read();
        assertThat(after.slot(1)).isPresent();
        assertThat(after.slot(2)).isEmpty();
        assertThat(!before.sound() || after.sound()).isTrue();
    }

    @FuzzTest(maxDuration = "10m")
    void decodesAnyBytes(byte[] payload) {
        boolean readable = PhpDecoder.decode(payload) instanceof Decoded.Value;

        assertThat(SerializedText.check(payload).readable()).isEqualTo(readable);
        if (PhpDecoder.decode(payload) instanceof Decoded.Value(var value, _)) {
            assertThat(PhpDecoder.decode(PhpEncoder.encode(value)))
                    .isEqualTo(new Decoded.Value(value, false));
            assertThat(PhpText.oneLine(value, 80).length()).isLessThanOrEqualTo(80);
            assertThat(PhpJson.toJson(value)).isNotEmpty();
        }
    }

    @FuzzTest(maxDuration = "10m")
    void takesOrRefusesAnyTypedText(byte[] text) {
        for (TypedInput.As as : TypedInput.As.values()) {
            try {
                byte[] payload = TypedInput.payload(as, text);
                boolean readable = PhpDecoder.decode(payload) instanceof Decoded.Value;
                assertThat(readable || as == TypedInput.As.RAW).isTrue();
            } catch (BadInput refused) {
                assertThat(refused.sentence()).isNotEmpty();
            }
        }
    }

    @FuzzTest(maxDuration = "10m")
    void readsBackTheJsonItWrites(byte[] text) {
        try {
            PhpValue value = PhpJson.parse(new String(text, StandardCharsets.UTF_8));
            assertThat(PhpJson.survives(value)).isTrue();
        } catch (BadInput refused) {
            assertThat(refused.sentence()).isNotEmpty();
        }
    }
}
