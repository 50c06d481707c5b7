package io.github.shmlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.Rights;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.testing.FakeSource;
import io.github.shmlens.testing.Shell;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `put`, `get`, `has`, `unset`, `slots` and `check`, on a host in memory.
class StoreCommandsTest {

    private static final String TEXT = "Hello.  This is the shared memory segment.";

    private final FakeSource host = new FakeSource();

    @Test
    void getPrintsWhatPutStored() {
        shell().run("put", "987654", "1", TEXT);
        assertThat(shell().run("get", "987654", "1").out()).isEqualTo(TEXT + "\n");
    }

    @Test
    void sendAndDeleteAreTheArticlesWords() {
        shell().run("send", "987654", "1", TEXT);
        assertThat(shell().run("delete", "987654").code()).isZero();
        assertThat(shell().run("get", "987654", "1").code()).isEqualTo(1);
    }

    @Test
    void putSaysOnStderrThatItMadeTheSegment() {
        assertThat(shell().run("put", "0xf1206", "1", "x").err())
                .isEqualTo("shmlens: created 0xf1206 (id:0), 10000 bytes, mode 0666\n");
    }

    @Test
    void putSaysNothingWhenTheSegmentWasThere() {
        shell().run("put", "0xf1206", "1", "x");
        Shell.Said said = shell().run("put", "0xf1206", "1", "y", "--size", "50");
        assertThat(said).isEqualTo(said(0, "", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "json | {\"visits\":0} | {\"visits\":1} | an array | --as json stores an array",
                "json | [1] | 12 | an array | --as int stores an int",
                "int | 41 | 42 | an int | --as int stores an int",
                "float | 0.5 | 1.5 | a float | --as float stores a float",
                "bool | true | false | a bool | --as bool stores a bool",
                "null | null | null | null | --as null stores null",
                "kryo | [1] | [2] | a kryo list | --as kryo stores a Java value",
            })
    void putSaysThatAStringTookThePlaceOfAnotherType(
            String as, String old, String typed, String held, String hint) {
        shell().run("put", "7", "1", old, "--as", as);

        Shell.Said said = shell().run("put", "7", "1", typed);

        assertThat(said.code()).isZero();
        assertThat(said.out()).isEmpty();
        assertThat(said.err())
                .isEqualTo(
                        "shmlens: slot 1 held %s, and holds a string now: %s; --as string says that a string is meant\n"
                                .formatted(held, hint));
        assertThat(shell().run("get", "7", "1", "--json").json("type")).isEqualTo("string");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "put 7 1 [1] --as string | json",
                "put 7 1 [1] --as json | json",
                "put 7 1 [1 | json",
                "put 7 1 Hello | int",
                "put 7 1 [1] | string",
            })
    void putSaysNothingWhereAStringIsMeantOrWasThere(String command, String before) {
        shell().run("put", "7", "1", "42", "--as", before);
        assertThat(shell().run(command.split(" "))).isEqualTo(said(0, "", ""));
    }

    @Test
    void putMakesTheSegmentAsLargeAsAsked() {
        shell().run("put", "7", "1", "x", "--size", "1024", "--mode", "0600");
        assertThat(shell().run("slots", "7", "--json").json("header.total")).isEqualTo(1024L);
    }

    @Test
    void aNewSegmentThatNobodyMayAttachDoesNotStay() {
        assertThat(shell().run("put", "7", "1", "x", "--mode", "0").code()).isEqualTo(77);
        assertThat(exists("7")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "string, 12, string, 12",
        "int, 12, int, 12",
        "int, -7, int, -7",
        "float, 0.5, float, 0.5",
        "float, -1.5, float, -1.5",
        "bool, true, bool, true",
        "json, '[1,2]', array, '[1, 2]'",
        "php, i:5;, int, 5",
        "raw, 693a353b, int, 5",
    })
    void putStoresEachType(String as, String typed, String type, String value) {
        assertThat(shell().run("put", "7", "1", typed, "--as", as).err())
                .startsWith("shmlens: created");
        Shell.Said said = shell().run("get", "7", "1", "--json");
        assertThat(said.json("type")).isEqualTo(type);
        assertThat(said.json("value")).hasToString(value);
    }

    @Test
    void aKryoValueIsShownDecodedAndKeptAsAString() {
        shell().run("put", "7", "1", "{\"id\":7,\"tags\":[\"a\"],\"none\":{}}", "--as", "kryo");
        Shell.Said said = shell().run("get", "7", "1", "--json");
        assertThat(said.json("codec")).isEqualTo("kryo");
        assertThat(said.json("type")).isEqualTo("map");
        assertThat(said.out())
                .contains("\"value\":{\"id\":7,\"tags\":[\"a\"],\"none\":{}}")
                .contains("\"serialized\":null");
        assertThat(shell().run("get", "7", "1").out()).contains("tags").contains("array (1)");
        assertThat(shell().run("get", "7", "1", "--raw").bytes()).startsWith('s', ':');
        assertThat(shell().run("slots", "7").out()).contains("kryo map");
    }

    @Test
    void aDamagedEnvelopeStaysAPhpString() {
        shell().run("put", "7", "1", "[1]", "--as", "kryo");
        byte[] payload = shell().run("get", "7", "1", "--raw").bytes();
        payload[payload.length - 3] ^= 1;
        String hex = HexFormat.of().formatHex(payload);
        shell().run("put", "7", "1", hex, "--as", "raw");
        Shell.Said said = shell().run("get", "7", "1", "--json");
        assertThat(said.json("codec")).isEqualTo("php");
        assertThat(said.json("type")).isEqualTo("string");
    }

    @Test
    void jsonThatKryoCannotKeepIsRefused() {
        Shell.Said said = shell().run("put", "7", "1", "[".repeat(70), "--as", "kryo");
        assertThat(said.code()).isEqualTo(2);
        said = shell().run("put", "7", "1", "[".repeat(70) + "]".repeat(70), "--as", "kryo");
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains("deeper than 64 levels");
    }

    @Test
    void aNewSegmentThatIsTooSmallForTheValueIsNotMade() {
        Shell.Said said = shell().run("put", "7", "1", "x", "--size", "41");
        assertThat(said.code()).isEqualTo(3);
        assertThat(said.err())
                .isEqualTo(
                        "shmlens: 0x7 is not there, and a new one of 41 bytes has 1 for slots where the value needs 40: nothing was made; name a larger --size\n");
        assertThat(exists("7")).isFalse();
    }

    @Test
    void aSegmentTooSmallForAnyStoreIsNotOfferedOne() {
        host.add(new SegmentKey(7), 39);
        for (String more : List.of("", " --format-store")) {
            Shell.Said said = shell().run(("put 7 1 x" + more).split(" "));
            assertThat(said.code()).isEqualTo(1);
            assertThat(said.err())
                    .isEqualTo(
                            "shmlens: 0x7 (id:0): this is no PHP store: a store takes at least 40 bytes\n");
        }
    }

    @Test
    void nullNeedsNoValue() {
        shell().run("put", "7", "1", "--as", "null");
        assertThat(shell().run("get", "7", "1", "--json").json("type")).isEqualTo("null");
    }

    @Test
    void aStringNeedsAValue() {
        Shell.Said said = shell().run("put", "7", "1");
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).isEqualTo("shmlens: missing VALUE; \"shmlens help put\" explains\n");
        assertThat(exists("7")).isFalse();
    }

    @Test
    void aDashReadsStandardInputUnchanged() {
        new Shell(host).typing("two\nlines\n").run("put", "7", "1", "-");
        assertThat(shell().run("get", "7", "1", "--php").out())
                .isEqualTo("s:10:\"two\nlines\n\";\n");
    }

    @Test
    void theLineEndOfEchoIsNoPartOfANumber() {
        new Shell(host).typing("42\n").run("put", "7", "1", "-", "--as", "int");
        assertThat(shell().run("get", "7", "1").out()).isEqualTo("42\n");
    }

    @Test
    void rawBytesGoRound() {
        new Shell(host).typing("s:2:\"ab\";").run("put", "7", "1", "-", "--as", "raw");
        assertThat(shell().run("get", "7", "1", "--raw").out()).isEqualTo("s:2:\"ab\";");
    }

    @Test
    void negativeKeysSlotsAndValuesAreNoOptions() {
        shell().run("put", "-5", "-1", "-7", "--as", "int");
        assertThat(shell().run("get", "-5", "-1").out()).isEqualTo("-7\n");
    }

    @Test
    void negativeNumbersMayStandBehindTwoDashes() {
        shell().run("put", "--as", "int", "--", "-5", "-1", "-7");
        assertThat(shell().run("get", "--json", "--", "-5", "-1").json("value")).isEqualTo(-7L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-hello",
                "-",
                "@file",
                "--",
                "-5 apples",
                "=",
                "\"quoted\"",
                "ünïcödé ☃ 😀"
            })
    void anyTextCanBeAValue(String text) {
        if (text.equals("-")) {
            new Shell(host).typing("-").run("send", "7", "1", "-");
        } else if (text.equals("--")) {
            shell().run("send", "--", "7", "1", text);
        } else {
            shell().run("send", "7", "1", text);
        }
        assertThat(shell().run("get", "7", "1").out()).isEqualTo(text + "\n");
    }

    @Test
    void theNumberOfAKeyMayBeWrittenInAnyWay() {
        shell().run("put", "0xfffffffe", "1", "x");
        assertThat(shell().run("has", "-2", "1").code()).isZero();
    }

    @Test
    void hasPrintsNothing() {
        shell().run("put", "7", "1", "x");
        assertThat(shell().run("has", "7", "1")).isEqualTo(said(0, "", ""));
        assertThat(shell().run("has", "7", "2")).isEqualTo(said(1, "", ""));
    }

    @Test
    void hasSaysNoWithoutASegment() {
        assertThat(shell().run("has", "7", "1")).isEqualTo(said(1, "", ""));
    }

    @Test
    void aMissingSlotNamesThoseThatAreThere() {
        shell().run("put", "7", "1", "x");
        assertThat(shell().run("get", "7", "2"))
                .isEqualTo(said(1, "", "shmlens: 0x7 (id:0) has no slot 2: it has 1\n"));
    }

    @Test
    void aMissingSegmentIsAnAnswerOfNo() {
        assertThat(shell().run("slots", "7"))
                .isEqualTo(
                        said(
                                1,
                                "",
                                "shmlens: no segment 0x7 (ENOENT): \"shmlens ls\" lists those that are here\n"));
    }

    @Test
    void unsetRemovesOneSlot() {
        shell().run("put", "7", "1", "x");
        shell().run("put", "7", "2", "y");
        assertThat(shell().run("unset", "7", "1")).isEqualTo(said(0, "", ""));
        assertThat(shell().run("has", "7", "1").code()).isEqualTo(1);
        assertThat(shell().run("has", "7", "2").code()).isZero();
    }

    @Test
    void unsetOfAMissingSlotIsAnAnswerOfNo() {
        shell().run("put", "7", "1", "x");
        assertThat(shell().run("unset", "7", "9").code()).isEqualTo(1);
    }

    @Test
    void aValueThatDoesNotFitLeavesTheOldOne() {
        shell().run("put", "7", "1", "old", "--size", "100");
        Shell.Said said = shell().run("put", "7", "1", "x".repeat(200));
        assertThat(said.code()).isEqualTo(3);
        assertThat(said.err())
                .contains("0x7 (id:0): the value needs ")
                .contains("nothing was changed");
        assertThat(shell().run("get", "7", "1").out()).isEqualTo("old\n");
    }

    @Test
    void nothingIsMadeForAValueThatCouldNotFit() {
        assertThat(shell().run("put", "7", "1", "x".repeat(200), "--size", "100").code())
                .isEqualTo(3);
        assertThat(exists("7")).isFalse();
    }

    @Test
    void aSegmentOfZerosBecomesAStore() {
        host.add(new SegmentKey(7), 4096);
        Shell.Said said = shell().run("put", "7", "1", "x");
        assertThat(said).isEqualTo(said(0, "", "shmlens: began an empty store in 0x7 (id:0)\n"));
    }

    @Test
    void aSegmentThatHoldsSomethingElseIsRefused() {
        foreign();
        Shell.Said said = shell().run("put", "7", "1", "x");
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("--format-store");
    }

    @Test
    void formatStoreBeginsAnewWhereAsked() {
        foreign();
        assertThat(shell().run("put", "7", "1", "x", "--format-store").code()).isZero();
        assertThat(shell().run("get", "7", "1").out()).isEqualTo("x\n");
    }

    @Test
    void slotsPrintsTheContractsJson() {
        shell().run("put", "987654", "1", TEXT, "--size", "1024");
        Shell.Said said = shell().run("slots", "0xf1206", "--json");
        assertThat(said.json())
                .isEqualTo(
                        Map.of(
                                "target",
                                "0xf1206",
                                "key",
                                987654L,
                                "shmid",
                                0L,
                                "sizeBytes",
                                1024L,
                                "format",
                                "php-sysvshm",
                                "wordBits",
                                64L,
                                "byteOrder",
                                "little",
                                "header",
                                Map.of(
                                        "magic", "PHP_SM", "start", 40L, "end", 128L, "free", 896L,
                                        "total", 1024L),
                                "problems",
                                List.of(),
                                "slots",
                                List.of(
                                        Map.of(
                                                "key",
                                                1L,
                                                "offset",
                                                40L,
                                                "lengthBytes",
                                                50L,
                                                "strideBytes",
                                                88L,
                                                "codec",
                                                "php",
                                                "type",
                                                "string",
                                                "value",
                                                TEXT,
                                                "serialized",
                                                "s:42:\"" + TEXT + "\";",
                                                "raw",
                                                java.util.HexFormat.of()
                                                        .formatHex(
                                                                ("s:42:\"" + TEXT + "\";")
                                                                        .getBytes(
                                                                                StandardCharsets
                                                                                        .UTF_8))))));
    }

    @Test
    void theStoreOfA32BitPhpIsShown() {
        narrow();
        assertThat(shell().run("slots", "7").out())
                .startsWith(
                        "0x7 (id:0)  php-sysvshm of a 32-bit PHP, read-only, 128 bytes, 84 free");
        assertThat(shell().run("get", "7", "5").out()).isEqualTo("true\n");
        Shell.Said said = shell().run("slots", "7", "--json");
        assertThat(said.json("format")).isEqualTo("php-sysvshm");
        assertThat(said.json("wordBits")).isEqualTo(32L);
        assertThat(said.json("byteOrder")).isEqualTo("little");
        assertThat(said.json("header.start")).isEqualTo(24L);
        assertThat(said.json("slots.0.offset")).isEqualTo(24L);
        assertThat(said.json("problems")).isEqualTo(List.of());
    }

    @Test
    void theStoreOfA32BitPhpIsNeverWritten() {
        narrow();
        String before = shell().run("dump", "7").out();

        Shell.Said put = shell().run("put", "7", "5", "x");
        Shell.Said unset = shell().run("unset", "7", "5");
        Shell.Said check = shell().run("check", "7");

        assertThat(put.code()).isEqualTo(1);
        assertThat(put.err()).contains("made by a 32-bit PHP").contains("never written");
        assertThat(unset.code()).isEqualTo(1);
        assertThat(unset.err()).contains("made by a 32-bit PHP");
        assertThat(check.code()).isZero();
        assertThat(check.err()).contains("made by a 32-bit PHP");
        assertThat(shell().run("dump", "7").out()).isEqualTo(before);
    }

    /// One slot, as a 32-bit PHP lays it out.
    private void narrow() {
        ByteBuffer store = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
        store.put("PHP_SM\0\0".getBytes(StandardCharsets.US_ASCII));
        store.putInt(24).putInt(44).putInt(84).putInt(128);
        store.putInt(5).putInt(4).putInt(20).put("b:1;".getBytes(StandardCharsets.US_ASCII));
        SegmentId id = host.add(new SegmentKey(7), 128);
        for (int i = 0; i < store.position(); i++) {
            host.memory(id).put(i, store.get(i));
        }
    }

    @Test
    void aSegmentThatIsNoStoreHasTheMagicProblem() {
        foreign();
        Shell.Said said = shell().run("slots", "7", "--json");
        assertThat(said.json("format")).isNull();
        assertThat(said.json("problems.0.code")).isEqualTo("magic");
        assertThat(said.json("slots")).isEqualTo(List.of());
        assertThat(said.code()).isZero();
    }

    @Test
    void whoAsksForTheSlotsOfAnotherThingIsToldWhatElseShowsIt() {
        foreign();
        Shell.Said said = shell().run("slots", "7");
        assertThat(said.code()).isZero();
        assertThat(said.out())
                .isEqualTo(
                        """
                        0x7 (id:0)  no PHP store, 4096 bytes
                        ! magic at 0: the bytes do not begin with PHP_SM
                        → "shmlens hex 0x7" shows its bytes
                        """);
    }

    @Test
    void aSegmentUnderFortyBytesIsTooShort() {
        host.add(new SegmentKey(7), 8);
        assertThat(shell().run("slots", "7", "--json").json("problems.0.code"))
                .isEqualTo("too-short");
    }

    @Test
    void aValueThatDoesNotDecodeKeepsItsSlot() {
        shell().run("put", "7", "1", "6162", "--as", "raw");
        Shell.Said said = shell().run("slots", "7", "--json");
        assertThat(said.json("slots.0.codec")).isEqualTo("raw");
        assertThat(said.json("slots.0.raw")).isEqualTo("6162");
        assertThat(said.json("problems.0.code")).isEqualTo("payload-invalid");
    }

    @Test
    void getOfAValueThatDoesNotDecodeIsAnAnswerOfNo() {
        shell().run("put", "7", "1", "6162", "--as", "raw");
        assertThat(shell().run("get", "7", "1").code()).isEqualTo(1);
    }

    @Test
    void serializedIsThereOnlyForPrintableText() {
        shell().run("put", "7", "1", "733a323a22ff00223b", "--as", "raw");
        assertThat(shell().run("get", "7", "1", "--json").json("serialized")).isNull();
    }

    @Test
    void bytesThatAreNoTextAreHexInJson() {
        shell().run("put", "7", "1", "733a323a22ff00223b", "--as", "raw");
        assertThat(shell().run("get", "7", "1", "--json").json("value.__bytes")).isEqualTo("ff00");
    }

    @Test
    void jsonIsAsciiOnly() {
        shell().run("put", "7", "1", "ü😀");
        Shell.Said said = shell().run("get", "7", "1", "--json");
        assertThat(said.out()).matches("\\p{ASCII}+");
        assertThat(said.json("value")).isEqualTo("ü😀");
    }

    @Test
    void jsonNestsAsDeepAsPhp() {
        String deep = "a:1:{i:0;".repeat(4095) + "i:1;" + "}".repeat(4095);
        new Shell(host).typing(deep).run("put", "7", "1", "-", "--as", "php", "--size", "100000");
        Shell.Said said = shell().run("slots", "7", "--json");
        assertThat(said.code()).isZero();
        assertThat(said.out()).contains("[".repeat(4095));
    }

    @Test
    void aDeepValueIsPrintedForPeopleToo() {
        String deep = "a:1:{i:0;".repeat(4095) + "i:1;" + "}".repeat(4095);
        new Shell(host).typing(deep).run("put", "7", "1", "-", "--as", "php", "--size", "100000");
        assertThat(shell().run("get", "7", "1").code()).isZero();
    }

    @Test
    void anArrayIsATreeForPeople() {
        shell().run("put", "7", "1", "{\"a\":1,\"b\":[true,null]}", "--as", "json");
        assertThat(shell().run("get", "7", "1").out())
                .isEqualTo(
                        """
                        array (2)
                          "a" => 1
                          "b" => array (2)
                            0 => true
                            1 => null
                        """);
    }

    @Test
    void aTerminalIsNotSteeredByAValue() {
        new Shell(host).typing("\u001b[31mred").run("put", "7", "1", "-");
        assertThat(new Shell(host).onTerminal(80).run("get", "7", "1").out())
                .isEqualTo("\\x1b[31mred\n");
    }

    @Test
    void aPipeGetsAValueUnchanged() {
        new Shell(host).typing("\u001b[31mred").run("put", "7", "1", "-");
        assertThat(shell().run("get", "7", "1").out()).isEqualTo("\u001b[31mred\n");
    }

    @Test
    void checkIsQuietAboutASoundStore() {
        shell().run("put", "7", "1", "x");
        assertThat(shell().run("check", "7")).isEqualTo(said(0, "", ""));
    }

    @Test
    void checkExitsOneWithFindings() {
        foreign();
        Shell.Said said = shell().run("check", "7");
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).startsWith("! magic at 0: ");
    }

    @Test
    void slotsWatchedThroughAPipeEndByThemselves() {
        shell().run("put", "7", "1", "x");
        Shell.Said said = shell().run("slots", "7", "--watch");
        assertThat(said.code()).isZero();
        assertThat(said.out().lines().filter(line -> line.startsWith("0x7")))
                .hasSize(Frames.ELSEWHERE);
    }

    @Test
    void slotsFitTheTerminal() {
        shell().run("put", "7", "1", "x".repeat(500));
        assertThat(new Shell(host).onTerminal(60).run("slots", "7").out().lines())
                .allMatch(line -> line.length() <= 60);
    }

    @Test
    void aSegmentWeMayNotWriteIsNotPermitted() {
        SegmentId id = host.add(new SegmentKey(7), 4096);
        host.allow(id, new Mode(0444), new Rights(true, false, false));
        Shell.Said said = shell().run("put", "7", "1", "x");
        assertThat(said)
                .isEqualTo(
                        said(
                                77,
                                "",
                                "shmlens: 0x7 (id:0): not permitted to attach read-write (EACCES): mode is 0444, owner ada; repeat this as a user whom the mode lets in, or as root\n"));
    }

    @Test
    void aHeldLockTimesOut() {
        shell().run("put", "7", "1", "old");
        host.othersLock(new SegmentKey(9), 71);
        Shell.Said said =
                shell().run("put", "7", "1", "new", "--lock", "sem:9", "--lock-timeout", "0");
        assertThat(said)
                .isEqualTo(
                        said(
                                4,
                                "",
                                "shmlens: the lock sem:0x00000009 was not free within 0 s, held by process 71: nothing was changed\n"));
        assertThat(shell().run("get", "7", "1").out()).isEqualTo("old\n");
    }

    @Test
    void aFreeLockIsGivenBack() throws Exception {
        shell().run("put", "7", "1", "x", "--lock", "sem:9");
        assertThat(host.lock(new SegmentKey(9)).orElseThrow().held()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "put 5x 1 v | the key \"5x\" is not a whole number",
                "put 4294967296 1 v | the key 4294967296 does not fit",
                "put 7 9223372036854775808 v | the slot 9223372036854775808 does not fit",
                "put 7 one v | the slot \"one\" is not a whole number",
                "put 7 1 v --size 0 | the size 0 does not fit: it must lie between 40",
                "put 7 1 v --mode 999 | the mode \"999\" is not an octal number",
                "put 7 1 v --as nothing | there is no type \"nothing\"",
                "put 7 1 abc --as int | abc",
                "put 7 1 zz --as raw | the raw value \"zz\" is not pairs of hex digits",
                "put 7 1 v --lock 9 | the lock \"9\" is not of the form sem:KEY",
                "put 7 1 v --lock sem:0 | the lock \"sem:0\" has no key",
                "put 7 1 v --lock-timeout soon | the lock timeout \"soon\" is no span of time",
                "put 7 1 v w | one argument too many: \"w\"",
                "put 7 | missing SLOT",
                "put 7 1 v --size | --size needs a value: N",
                "put bogus 1 v | \"bogus\" is no target: a key (a number), ftok:PATH:PROJ",
                "put 7a03 1 v | the key \"7a03\" is not a whole number: in hex it is written 0x7a03",
                "unset 7 1 --dryrun | unknown option \"--dryrun\"; \"shmlens help unset\"",
                "put 7 1 v --format-stor | unknown option \"--format-stor\" (did you mean --format-store?)",
                "remove 7 --dryrun | unknown option \"--dryrun\" (did you mean --dry-run?)",
                "slot 7 | no command \"slot\" (did you mean slots?)",
                "put nonsense:7 1 v | \"nonsense:7\" is no target",
                "get 7 1 --hex | unknown option \"--hex\"",
                "get 7 1 --json --raw | shmlens: --json, --raw are mutually exclusive",
                "get ftok:/nowhere:t 1 | there is no file",
                "get ftok:/nowhere: 1 | the project is empty",
            })
    void wrongUsageIsOneSentenceAndChangesNothing(String command, String sentence) {
        Shell.Said said = shell().run(command.strip().split(" "));
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).startsWith("shmlens: ").contains(sentence.strip());
        assertThat(said.err().lines()).hasSize(1);
        assertThat(said.out()).isEmpty();
        assertThat(exists("7")).isFalse();
    }

    private Shell shell() {
        return new Shell(host);
    }

    private boolean exists(String target) {
        return shell().run("info", target).code() == 0;
    }

    private void foreign() {
        SegmentId id = host.add(new SegmentKey(7), 4096);
        host.memory(id).put(100, (byte) 1);
    }

    private static Shell.Said said(int code, String out, String err) {
        return new Shell.Said(code, out.getBytes(StandardCharsets.UTF_8), err);
    }
}
