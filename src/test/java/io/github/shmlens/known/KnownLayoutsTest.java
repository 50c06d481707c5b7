package io.github.shmlens.known;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.layout.Part;
import io.github.shmlens.layout.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What real programs left in memory is recognised, and read as they meant it.
class KnownLayoutsTest {

    private static final List<Fixture> FIXTURES = Fixture.ALL;

    @ParameterizedTest
    @FieldSource("FIXTURES")
    void exactlyOneLayoutRecognisesWhatAProgramLeft(Fixture fixture) throws IOException {
        assertThat(Fixture.shapes(fixture.bytes(), fixture.key()))
                .extracting(Shape::format)
                .containsExactly(fixture.format());
    }

    @ParameterizedTest
    @FieldSource("FIXTURES")
    void eachFieldIsAsTheProgramMeantIt(Fixture fixture) throws IOException {
        KnownStructure walked = structure(fixture.format());
        assertThat(walked.sound()).as("%s", walked.remarks()).isTrue();
        assertThat(walked.fields().stream().map(Fixture::line))
                .containsExactlyElementsOf(fixture.expected());
    }

    @ParameterizedTest
    @FieldSource("FIXTURES")
    void partsLieInOrderWithoutOverlapInsideTheSegment(Fixture fixture) throws IOException {
        long end = 0;
        for (Part part : structure(fixture.format()).parts()) {
            assertThat(part.offset()).isGreaterThanOrEqualTo(end);
            end = part.end();
        }
        assertThat(end).isBetween(1L, (long) fixture.bytes().length);
    }

    /// Whatever is cut off or spoilt: no exception, and nothing outside.
    @ParameterizedTest
    @FieldSource("FIXTURES")
    void spoiltBytesAreReadWithoutHarm(Fixture fixture) throws IOException {
        byte[] whole = fixture.bytes();
        Random random = new Random(20261125);
        for (int round = 0; round < 2000; round++) {
            byte[] bytes = Arrays.copyOf(whole, 1 + random.nextInt(Math.min(whole.length, 2000)));
            for (int i = random.nextInt(4); i > 0; i--) {
                bytes[random.nextInt(Math.min(bytes.length, 200))] = (byte) random.nextInt();
            }
            KnownFuzzTest.walkAll(bytes);
        }
    }

    @Test
    void randomAndEmptyBytesAreNoLayout() {
        Random random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(300)];
            if (round % 2 == 0) {
                random.nextBytes(bytes);
            }
            assertThat(Fixture.shapes(bytes, 0x1234)).isEmpty();
        }
    }

    /// Small numbers in a row are what most C programs hold.
    @Test
    void smallNumbersAreNoLayout() {
        Random random = new Random(8);
        for (int round = 0; round < 20_000; round++) {
            ByteBuffer bytes = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
            while (bytes.hasRemaining()) {
                bytes.putInt(random.nextInt(8));
            }
            assertThat(Fixture.shapes(bytes.array(), 0)).isEmpty();
        }
    }

    @Test
    void aClockIsKnownByItsKeyAndSizeOnly() throws IOException {
        byte[] clock = new Fixture("ntp-shm", 0).bytes();
        assertThat(Fixture.shapes(clock, 0x4e545030)).hasSize(1);
        assertThat(Fixture.shapes(clock, 0x4e545033)).hasSize(1);
        assertThat(Fixture.shapes(clock, 0x4e54502f)).isEmpty();
        assertThat(Fixture.shapes(clock, 0)).isEmpty();
        assertThat(Fixture.shapes(Arrays.copyOf(clock, 97), 0x4e545030)).isEmpty();
    }

    @Test
    void theRedScreenIsReadAsRedPixels() throws IOException {
        byte[] bytes = new Fixture("xwd", 0).bytes();
        Picture picture = Objects.requireNonNull(structure("xwd").picture());
        assertThat(picture.width()).isEqualTo(64);
        assertThat(picture.height()).isEqualTo(48);
        bytes[(int) picture.lineOffset(5) + 4] = 0x11;
        bytes[(int) picture.lineOffset(5) + 5] = 0x22;
        bytes[(int) picture.lineOffset(5) + 6] = (byte) 0xcc;
        int[] line = new int[64];
        byte[] fifth =
                Arrays.copyOfRange(bytes, (int) picture.lineOffset(5), (int) picture.lineOffset(6));
        picture.colours(fifth, 1, line, 0);
        assertThat(line[1]).isEqualTo(0xffcc2211);
        assertThat(line[0]).isEqualTo(0xff000000);
        picture.colours(fifth, 3, line, 0);
        assertThat(line[0]).isEqualTo(0xff000000);
    }

    @Test
    void aListOfManyItemsIsShownUpToABound() {
        int count = 100_000;
        ByteBuffer list =
                ByteBuffer.allocate(8 * (count + 2) + 17 * count).order(ByteOrder.LITTLE_ENDIAN);
        list.putLong(count);
        for (int i = 0; i <= count; i++) {
            list.putLong(8L * i);
        }
        for (int i = 0; i < count; i++) {
            list.putLong(i);
        }
        for (int i = 0; i < count; i++) {
            list.putLong('q');
        }
        Shape shape = Fixture.shapes(list.array(), 0).getFirst();
        KnownStructure walked = Fixture.walk(shape, list.array());
        assertThat(walked.sound()).isTrue();
        assertThat(walked.fields()).hasSize(Walk.MOST_FIELDS);
        assertThat(walked.fields().get(4242).value()).isEqualTo("4241");
        assertThat(walked.remarks()).singleElement().asString().contains("100000 items");
    }

    private static KnownStructure structure(String format) throws IOException {
        for (Fixture fixture : FIXTURES) {
            if (fixture.format().equals(format)) {
                byte[] bytes = fixture.bytes();
                return Fixture.walk(Fixture.shapes(bytes, fixture.key()).getFirst(), bytes);
            }
        }
        throw new AssertionError(format);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": [1, -2.5e-3, {\"b\": null}], \"c\": \"\\u00e4\\n\", \"\": true}",
                "[]",
                "{}"
            })
    void anObjectOrArrayAndZerosBehindItIsJsonText(String text) {
        byte[] bytes = Arrays.copyOf(text.getBytes(UTF_8), 256);
        assertThat(Fixture.shapes(bytes, 7)).extracting(Shape::format).containsExactly("json-text");
        assertThat(Fixture.walk(Fixture.shapes(bytes, 7).getFirst(), bytes).sound()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " [true]",
                "[01]",
                "[1,]",
                "{\"a\"}",
                "{1: 2}",
                "[\"a\tb\"]",
                "[tru]",
                "[1] x",
                "[1}",
                "7",
                "[2026-11-26] started"
            })
    void whatIsNotJsonToItsEndIsNoJsonText(String text) {
        assertThat(Fixture.shapes(Arrays.copyOf(text.getBytes(UTF_8), 256), 7)).isEmpty();
    }

    @Test
    void longJsonIsKnownByItsBeginningAndReadToItsEnd() {
        String text = "{\"name\": \"" + "x".repeat(5000) + "\", \"count\": 3}";
        byte[] bytes = Arrays.copyOf(text.getBytes(UTF_8), 8192);
        Shape shape = Fixture.shapes(bytes, 0).getFirst();
        KnownStructure walked = Fixture.walk(shape, bytes);
        assertThat(walked.sound()).isTrue();
        assertThat(walked.fields())
                .extracting(KnownField::name)
                .containsExactly("text", "name", "count");
        bytes[4000] = 1;
        KnownStructure spoilt = Fixture.walk(shape, bytes);
        assertThat(spoilt.sound()).isFalse();
        assertThat(spoilt.remarks()).anyMatch(remark -> remark.contains("no JSON from 4000 on"));
    }
}
