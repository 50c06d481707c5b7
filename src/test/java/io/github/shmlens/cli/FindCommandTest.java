package io.github.shmlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.testing.FakeSource;
import io.github.shmlens.testing.Shell;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindCommandTest {

    private final FakeSource host = new FakeSource();
    private SegmentId id = new SegmentId.Sysv(0);

    @BeforeEach
    void fill() {
        id = host.add(new SegmentKey(7), 3 * 4096);
        put(0, new byte[4096]);
        put(100, "Hello, hello".getBytes(StandardCharsets.UTF_8));
        put(200, "Hello".getBytes(StandardCharsets.UTF_16LE));
        put(304, (byte) 42, (byte) 0, (byte) 0, (byte) 0);
        put(400, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xd6);
        put(504, (byte) 0x40, (byte) 0x09, (byte) 0x1e, (byte) 0xb8);
        put(508, (byte) 0x51, (byte) 0xeb, (byte) 0x85, (byte) 0x1f);
    }

    private void put(long offset, byte... bytes) {
        host.memory(id).put(offset, bytes);
    }

    private Shell.Said find(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "find";
        all[1] = "7";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return new Shell(host).run(all);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Hello | 100",
                "--text hello | 107",
                "hello -i | 100 107",
                "Hello --encoding utf-16le | 200",
                "--hex 48:65?c6c | 100",
                "--int 42 | 304",
                "--int -42 --order be | 400",
                "--int 0xffffffd6 --order be | 400",
                "--int 40..42 --width 8 --offset 300 --length 20 | 304",
                "--float 3.14 --order be | 504",
                "--float ~3.1 --order be | 504",
                "--float 3.1..3.2 --order be --align 8 | 504",
                "l --align 4 | 204",
                "l --offset 103 --length 6 | 103"
            })
    void printsTheOffsetOfEachHit(String arguments, String offsets) {
        Shell.Said said = find(arguments.strip().split(" "));
        assertThat(said.out().strip().split("\n")).containsExactly(offsets.strip().split(" "));
        assertThat(said.code()).isZero();
        assertThat(said.err()).isEmpty();
    }

    @Test
    void whereNobodyEverTouchedAnythingThereIsNothingToLookAt() {
        host.add(new SegmentKey(8), 4096);
        Shell.Said said = new Shell(host).run("find", "8", "Servus");
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err())
                .isEqualTo(
                        "shmlens: \"Servus\" was not found: all of it was never touched or is swapped out\n");
    }

    @Test
    void nothingFoundIsTheAnswerNoAndSaysWhatWasNotLookedAt() {
        Shell.Said said = find("Servus");
        assertThat(said.code()).isEqualTo(ExitCode.NO);
        assertThat(said.out()).isEmpty();
        assertThat(said.err())
                .isEqualTo(
                        "shmlens: \"Servus\" was not found in 4096 bytes; 8192 more were never"
                                + " touched or are swapped out\n");
    }

    @Test
    void theLimitIsSaid() {
        Shell.Said said = find("l", "--limit", "2");
        assertThat(said.out()).isEqualTo("102\n103\n");
        assertThat(said.err()).isEqualTo("shmlens: more than 2 hits: the rest is not shown\n");
        assertThat(said.code()).isZero();
    }

    @Test
    void jsonHasTheBytesThatWereFound() {
        assertThat(find("--hex", "48 65 ?? 6c", "--json").out())
                .isEqualTo("{\"offset\":100,\"bytes\":\"48656c6c\"}\n");
        assertThat(find("--int", "41..43", "--json", "--align", "4").out())
                .isEqualTo("{\"offset\":304,\"bytes\":\"2a000000\"}\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--hex 5 | half a byte: the digit \"5\" needs a second one (a ? where it may be"
                        + " any)",
                "--int x | \"x\" is not a whole number (decimal, 0x… hex or 0… octal)",
                "--int 1 --width 12 | the width 12 is none: numbers have 8, 16, 32 or 64 bits",
                "--float 1 --width 8 | the width 8 does not fit: it must lie between 32 and 64",
                "--int 1 --order me | the order \"me\" is none of le, be",
                "x --align 3 | the alignment 3 is no power of two",
                "x --width 8 | --width goes with a PATTERN that is a number: add --int or --float",
                "--hex 00 -i | --ignore-case goes with a PATTERN that is text",
                "x --offset 99999 | the offset 99999 lies behind the end: 0x7 (id:0) has 12288 bytes",
                "--hex --int 5 | "
            })
    void whatCannotBeMeantIsWrongUsage(String arguments, String sentence) {
        Shell.Said said = find(arguments.strip().split(" "));
        assertThat(said.code()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).startsWith("shmlens: " + (sentence == null ? "" : sentence));
        assertThat(said.err().lines()).hasSize(1);
    }
}
