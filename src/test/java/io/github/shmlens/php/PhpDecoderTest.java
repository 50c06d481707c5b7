package io.github.shmlens.php;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PhpDecoderTest {

    private static List<byte[]> readablePayloads() {
        return Dumps.readablePayloads();
    }

    @ParameterizedTest
    @MethodSource("readablePayloads")
    void whatPhpWroteIsWrittenBackByteForByte(byte[] payload) {
        assertThat(PhpEncoder.encode(value(payload))).isEqualTo(payload);
    }

    @ParameterizedTest
    @MethodSource("readablePayloads")
    void whatIsWrittenReadsAsTheSameValue(byte[] payload) {
        PhpValue value = value(payload);

        assertThat(value(PhpEncoder.encode(value))).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "i:+5;",
                "i:007;",
                "i:-0;",
                "i:99999999999999999999;",
                "d:.5;",
                "d:5.;",
                "d:1e3;",
                "d:1E+3;",
                "d:-INF;",
                "d:NAN;",
                "d:0.10000000000000001;",
                "S:3:\"a\\00b\";",
                "a:1:{S:1:\"\\41\";i:1;}",
                "C:3:\"Old\":4:{};\"}}",
                "C:3:\"Old\":0:{}",
                "E:11:\"Suit:Hearts\";",
                "a:2:{i:0;O:1:\"A\":0:{}i:1;r:2;}",
                "a:2:{i:0;i:7;i:1;R:2;}",
                "a:1:{i:0;R:1;}",
                "O:1:\"A\":1:{s:1:\"x\";r:1;}",
                "a:2:{i:0;C:1:\"C\":0:{}i:1;r:9;}",
                "a:2:{i:5;b:1;i:-3;N;}"
            })
    void readsWhatPhpReadsAndKeepsHowItIsWritten(String text) {
        assertThat(PhpEncoder.encode(value(bytes(text)))).isEqualTo(bytes(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "N",
                "n;",
                "b:2;",
                "b:true;",
                "i:;",
                "i:5",
                "i: 5;",
                "i:0x5;",
                "i:--5;",
                "d:;",
                "d:.;",
                "d:1e;",
                "d:-NAN;",
                "d:+INF;",
                "s:3:\"ab\";",
                "s:-1:\"\";",
                "s:+2:\"ab\";",
                "s:99999999999999999999:\"ab\";",
                "S:1:\"\\4\";",
                "S:1:\"\\4g\";",
                "a:1:{}",
                "a:0:{i:0;N;}",
                "a:-1:{}",
                "a:1:{d:0.5;N;}",
                "a:1:{a:0:{}N;}",
                "a:1:{i:0;i:1;",
                "a:2147483647:{",
                "a:9223372036854775807:{",
                "o:1:\"A\":0:{}",
                "O:1:\"A\":1:{}",
                "O:9:\"A\":0:{}",
                "C:1:\"A\":5:{abc}",
                "r:1;",
                "R:1;",
                "a:1:{i:0;r:1;}",
                "a:1:{i:0;r:2;}",
                "a:1:{i:0;R:9;}",
                "a:1:{i:0;R:0;}",
                "a:2:{i:0;i:7;i:1;r:2;}",
                "x:1;"
            })
    void refusesWhatPhpRefuses(String text) {
        assertThat(PhpDecoder.decode(bytes(text))).isInstanceOf(Decoded.Unreadable.class);
    }

    @Test
    void saysWhereATextIsAtFault() {
        assertThat(PhpDecoder.decode(bytes("a:1:{i:0;s:9:\"ab\";}")))
                .isEqualTo(new Decoded.Unreadable("a string claims 9 bytes where 5 are left", 14));
    }

    @Test
    void noticesBytesBehindTheValue() {
        assertThat(PhpDecoder.decode(bytes("i:1;garbage")))
                .isEqualTo(new Decoded.Value(PhpValue.Int.of(1), true));
    }

    @Test
    void clampsIntsBeyond64BitAsPhpDoes() {
        assertThat(value(bytes("i:99999999999999999999;")))
                .isInstanceOfSatisfying(
                        PhpValue.Int.class,
                        whole -> assertThat(whole.value()).isEqualTo(Long.MAX_VALUE));
        assertThat(value(bytes("i:-9223372036854775809;")))
                .isInstanceOfSatisfying(
                        PhpValue.Int.class,
                        whole -> assertThat(whole.value()).isEqualTo(Long.MIN_VALUE));
    }

    @Test
    void anObjectReferenceTakesANumberAndAVariableReferenceDoesNot() {
        String objects = "a:4:{i:0;O:1:\"A\":0:{}i:1;r:2;i:2;O:1:\"B\":0:{}i:3;r:4;}";
        String variables = "a:4:{i:0;O:1:\"A\":0:{}i:1;R:2;i:2;O:1:\"B\":0:{}i:3;r:4;}";

        assertThat(PhpDecoder.decode(bytes(objects))).isInstanceOf(Decoded.Value.class);
        assertThat(PhpDecoder.decode(bytes(variables))).isInstanceOf(Decoded.Unreadable.class);
    }

    @Test
    void reads4096LevelsOnASmallStack() throws Exception {
        byte[] deep = nested(4096);

        PhpValue value = onSmallStack(() -> value(deep));

        assertThat(onSmallStack(() -> PhpEncoder.encode(value))).isEqualTo(deep);
    }

    @Test
    void comparesAndPrintsADeepValueOnASmallStack() throws Exception {
        byte[] deep = nested(4096);

        assertThat(onSmallStack(() -> value(deep).equals(value(deep)))).isTrue();
        assertThat(onSmallStack(() -> value(deep).hashCode())).isEqualTo(value(deep).hashCode());
        assertThat(onSmallStack(() -> value(deep).toString())).startsWith("[[[");
    }

    @Test
    void refusesOneLevelMoreThanPhpReadsAndStatesTheLimit() {
        assertThat(PhpDecoder.decode(nested(4097)))
                .isInstanceOfSatisfying(
                        Decoded.Unreadable.class,
                        unreadable -> assertThat(unreadable.why()).contains("4096 levels"));
    }

    @Test
    void statesHowManyElementsThereCanBe() {
        assertThat(PhpDecoder.decode(bytes("a:2147483647:{i:0;N;}")))
                .isEqualTo(
                        new Decoded.Unreadable(
                                "an array or object claims 2147483647 elements where the bytes left"
                                        + " hold 3 at most",
                                14));
    }

    @Test
    void refusesAMillionLevelsWithoutOverflow() throws Exception {
        byte[] deep = bytes("a:1:{i:0;".repeat(1_000_000));

        assertThat(onSmallStack(() -> PhpDecoder.decode(deep)))
                .isInstanceOf(Decoded.Unreadable.class);
    }

    @Test
    void checkingSaysTheSameAsDecoding() {
        for (byte[] payload : Dumps.readablePayloads()) {
            assertThat(SerializedText.check(payload))
                    .isEqualTo(new SerializedText.Verdict(null, payload.length));
        }
    }

    @Test
    void seesTheKeysOfAnArrayAsAScriptDoes() {
        PhpValue.Array array =
                (PhpValue.Array)
                        value(
                                bytes(
                                        "a:6:{s:1:\"5\";i:1;s:2:\"05\";i:2;i:5;i:3;"
                                                + "s:20:\"-9223372036854775808\";i:4;"
                                                + "s:19:\"9223372036854775808\";i:5;s:2:\"-0\";i:6;}"));

        assertThat(array.asPhpSees())
                .extracting(entry -> PhpText.oneLine(entry.key(), 40) + " " + entry.value())
                .containsExactly(
                        "5 " + PhpValue.Int.of(3),
                        "\"05\" " + PhpValue.Int.of(2),
                        "-9223372036854775808 " + PhpValue.Int.of(4),
                        "\"9223372036854775808\" " + PhpValue.Int.of(5),
                        "\"-0\" " + PhpValue.Int.of(6));
    }

    private static byte[] nested(int levels) {
        return bytes("a:1:{i:0;".repeat(levels) + "N;" + "}".repeat(levels));
    }

    private static PhpValue value(byte[] payload) {
        return switch (PhpDecoder.decode(payload)) {
            case Decoded.Value read -> read.value();
            case Decoded.Unreadable unreadable -> throw new AssertionError(unreadable.toString());
        };
    }

    private static <T> T onSmallStack(Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(null, task, "small stack", 256 * 1024);
        thread.start();
        return task.get();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
