package io.github.shmlens.source;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.source.ValueType.Kind;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class PatternTextTest {

    private interface Reading {
        SearchPattern read() throws BadInput;
    }

    private static ValueType type(Kind kind, int bits, ByteOrder order) {
        return new ValueType(kind, bits / 8, order);
    }

    private static ValueType ints(int bits) {
        return type(Kind.SIGNED, bits, LITTLE_ENDIAN);
    }

    private static ValueType floats(int bits) {
        return type(Kind.FLOAT, bits, LITTLE_ENDIAN);
    }

    private static String value(Reading reading) throws BadInput {
        return HexFormat.of().formatHex(((SearchPattern.Bytes) reading.read()).value());
    }

    private static String mask(Reading reading) throws BadInput {
        return HexFormat.of().formatHex(((SearchPattern.Bytes) reading.read()).mask());
    }

    private static boolean fits(SearchPattern pattern, String hex) {
        return pattern.matches(HexFormat.of().parseHex(hex), 0);
    }

    private static void refused(Reading reading, String sentence) {
        assertThatExceptionOfType(BadInput.class).isThrownBy(reading::read).withMessage(sentence);
    }

    @Test
    void textIsItsBytes() throws BadInput {
        assertThat(value(() -> PatternText.text("aé€", UTF_8, false))).isEqualTo("61c3a9e282ac");
        assertThat(value(() -> PatternText.text("é😀", UTF_16LE, false))).isEqualTo("e9003dd800de");
        assertThat(value(() -> PatternText.text("é", UTF_16BE, false))).isEqualTo("00e9");
    }

    @Test
    void bothCasesOfAsciiLettersFitWhereAsked() throws BadInput {
        SearchPattern pattern = PatternText.text("aZ1é", UTF_8, true);
        assertThat(fits(pattern, "417a31c3a9")).isTrue();
        assertThat(fits(pattern, "615a31c3a9")).isTrue();
        assertThat(fits(pattern, "615a31c389")).as("É").isFalse();
        assertThat(fits(pattern, "615a11c3a9")).as("1 has no other case").isFalse();
        assertThat(fits(PatternText.text("k", UTF_16BE, true), "004b")).isTrue();
        assertThat(fits(PatternText.text("k", UTF_16LE, true), "4b00")).isTrue();
        assertThat(fits(PatternText.text("k", UTF_16LE, true), "2a21")).as("Kelvin").isFalse();
    }

    @Test
    void hexMayLeaveDigitsOpen() throws BadInput {
        assertThat(value(() -> PatternText.hex("50 48 ?? 4? ?f"))).isEqualTo("50480040" + "0f");
        assertThat(mask(() -> PatternText.hex("50 48 ?? 4? ?f"))).isEqualTo("ffff00f00f");
        assertThat(value(() -> PatternText.hex("0xDEadBE:ef"))).isEqualTo("deadbeef");
    }

    @Test
    void hexThatCannotBeMeantIsRefusedWithAReason() {
        refused(
                () -> PatternText.hex("50 4"),
                "half a byte: the digit \"4\" needs a second one (a ? where it may be any)");
        refused(
                () -> PatternText.hex("5 048"),
                "half a byte: the digit \"5\" needs a second one (a ? where it may be any)");
        refused(() -> PatternText.hex("50 4g"), "\"g\" is no hex digit and no ? in \"50 4g\"");
        refused(
                () -> PatternText.hex("?? ??"),
                "\"?? ??\" fits everywhere: give one digit at least");
        refused(
                () -> PatternText.hex(" "),
                "there is nothing to look for: type bytes as hex digits");
        refused(
                () -> PatternText.hex("00".repeat(20_000)),
                "too long: a pattern has at most 16384 bytes");
    }

    @Test
    void wholeNumbersHaveTheBytesOfTheirTypeSignedOrNot() throws BadInput {
        assertThat(value(() -> PatternText.number("42", ints(32)))).isEqualTo("2a000000");
        assertThat(value(() -> PatternText.number("-1", ints(16)))).isEqualTo("ffff");
        assertThat(value(() -> PatternText.number("65535", ints(16)))).isEqualTo("ffff");
        assertThat(value(() -> PatternText.number("0x1234", type(Kind.SIGNED, 32, BIG_ENDIAN))))
                .isEqualTo("00001234");
        assertThat(value(() -> PatternText.number("18446744073709551615", ints(64))))
                .isEqualTo("ffffffffffffffff");
    }

    @Test
    void aRangeIsSignedOrNotAsItsEndsNeed() throws BadInput {
        SearchPattern below = PatternText.number("-2..3", ints(8));
        assertThat(fits(below, "fe")).isTrue();
        assertThat(fits(below, "03")).isTrue();
        assertThat(fits(below, "04")).isFalse();
        assertThat(fits(below, "80")).isFalse();
        SearchPattern above = PatternText.number("200 .. 255", ints(8));
        assertThat(fits(above, "c8")).isTrue();
        assertThat(fits(above, "ff")).isTrue();
        assertThat(fits(above, "7f")).isFalse();
        refused(
                () -> PatternText.number("-1..200", ints(8)),
                "-1 to 200 fits no type of 8 bits: signed ones end at 127");
        refused(
                () -> PatternText.number("9..3", ints(8)),
                "nothing lies between 9 and 3: the first is greater");
        refused(
                () -> PatternText.number("256", ints(8)),
                "256 does not fit 8 bits: they hold -128 to 255");
        refused(
                () -> PatternText.number("12a", ints(8)),
                "\"12a\" is not a whole number (decimal, 0x… hex or 0… octal)");
    }

    @Test
    void aFloatIsTheNearestOrWhatRoundsToTheDigitsTyped() throws BadInput {
        assertThat(value(() -> PatternText.number("0.1", floats(32)))).isEqualTo("cdcccc3d");
        assertThat(value(() -> PatternText.number("-1.5", floats(64))))
                .isEqualTo("000000000000f8bf");
        SearchPattern about = PatternText.number("~3.14", floats(32));
        assertThat(fits(about, bytes(32, Float.floatToIntBits(3.1449f)))).isTrue();
        assertThat(fits(about, bytes(32, Float.floatToIntBits(3.1351f)))).isTrue();
        assertThat(fits(about, bytes(32, Float.floatToIntBits(3.146f)))).isFalse();
        SearchPattern between = PatternText.number("-1.5..inf", floats(64));
        assertThat(fits(between, bytes(64, Double.doubleToLongBits(1e300)))).isTrue();
        assertThat(fits(between, bytes(64, Double.doubleToLongBits(Double.NaN)))).isFalse();
        assertThat(fits(between, bytes(64, Double.doubleToLongBits(-1.6)))).isFalse();
        assertThat(fits(PatternText.number("0", floats(64)), "0000000000000080")).isTrue();
    }

    @Test
    void floatsThatCannotBeMeantAreRefusedWithAReason() {
        refused(
                () -> PatternText.number("1e300", floats(32)),
                "1e300 does not fit a floating-point number of 32 bits");
        refused(
                () -> PatternText.number("nan", floats(32)),
                "nan is many patterns of bits: look for the bytes you mean, as hex");
        refused(
                () -> PatternText.number("1,5", floats(32)),
                "\"1,5\" is not a number (3.14, -2e9, ~3.14 for what rounds to it)");
        refused(
                () -> PatternText.number("~1..2", floats(32)),
                "\"~1..2\" is a range: a ~ goes with a single number");
    }

    @Test
    void aConditionMustFitItsType() throws BadInput {
        ValueType unsigned = type(Kind.UNSIGNED, 16, LITTLE_ENDIAN);
        Condition.Between from = PatternText.condition("3..65535", unsigned);
        assertThat(from.holds(0, unsigned.rank(0xffff))).isTrue();
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> PatternText.condition("-1", unsigned))
                .withMessage("-1 does not fit u16 LE: it is less than zero");
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> PatternText.condition("40000", ints(16)))
                .withMessage("40000 does not fit i16 LE: it is greater than the greatest");
    }

    @Test
    void aTypeWritesItsNumbersAsAPersonReadsThem() {
        assertThat(ints(8).text(0xff)).isEqualTo("-1");
        assertThat(type(Kind.UNSIGNED, 64, BIG_ENDIAN).text(-1L)).isEqualTo("18446744073709551615");
        assertThat(floats(32).text(Float.floatToIntBits(0.1f))).isEqualTo("0.1");
        assertThat(ValueType.ALL).hasSize(18).extracting(ValueType::text).doesNotHaveDuplicates();
    }

    private static String bytes(int bits, long number) {
        return HexFormat.of().formatHex(floats(bits).bytes(number));
    }
}
