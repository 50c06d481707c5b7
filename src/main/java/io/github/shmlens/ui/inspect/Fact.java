package io.github.shmlens.ui.inspect;

import io.github.shmlens.fields.EpochTime;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Numbers;
import io.github.shmlens.source.ValueType;
import io.github.shmlens.source.ValueType.Kind;
import io.github.shmlens.ui.hex.Paste;
import io.github.shmlens.ui.text.Texts;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What bytes can mean, and which bytes have a meaning that a person types. Pure.
///
/// What is read back writes the same bytes, with one exception: all NaNs read `NaN`. An edit that
/// leaves the text as it is must therefore write nothing.
enum Fact {
    I8("i8", Words.TEXTS.say("fact.i8"), 1),
    U8("u8", Words.TEXTS.say("fact.u8"), 1),
    I16("i16", Words.TEXTS.say("fact.i16"), 2),
    U16("u16", Words.TEXTS.say("fact.u16"), 2),
    I32("i32", Words.TEXTS.say("fact.i32"), 4),
    U32("u32", Words.TEXTS.say("fact.u32"), 4),
    F16("f16", Words.TEXTS.say("fact.f16"), 2),
    BITS("bits", Words.TEXTS.say("fact.bits"), 1),
    I64("i64", Words.TEXTS.say("fact.i64"), 8),
    U64("u64", Words.TEXTS.say("fact.u64"), 8),
    F32("f32", Words.TEXTS.say("fact.f32"), 4),
    F64("f64", Words.TEXTS.say("fact.f64"), 8),
    IPV4("IPv4", Words.TEXTS.say("fact.ipv4"), 4),
    UTF8("UTF-8", Words.TEXTS.say("fact.utf8"), 1),
    UTF16("UTF-16", Words.TEXTS.say("fact.utf16"), 2),
    SECONDS("UTC s", Words.TEXTS.say("fact.seconds"), 8),
    MILLIS("UTC ms", Words.TEXTS.say("fact.millis"), 8),
    MICROS("UTC µs", Words.TEXTS.say("fact.micros"), 8),
    NANOS("UTC ns", Words.TEXTS.say("fact.nanos"), 8),
    POINTER("pointer", Words.TEXTS.say("fact.pointer"), 8);

    /// What stands for a value that is not there.
    static final String NOTHING = "–";

    private static final Pattern OCTETS =
            Pattern.compile("([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})");

    private final String label;
    private final String meaning;
    private final int widthBytes;

    Fact(String label, String meaning, int widthBytes) {
        this.label = label;
        this.meaning = meaning;
        this.widthBytes = widthBytes;
    }

    /// An enum's constants are made before its own static fields.
    private static final class Words {
        private static final Texts TEXTS = Texts.of(Fact.class);
    }

    /// Its short name.
    String label() {
        return label;
    }

    /// What it is, in words.
    String meaning() {
        return meaning;
    }

    /// How the bytes read; [#NOTHING] where they are too few, were not read or mean nothing.
    String text(Seen seen, ByteOrder order) {
        if (!seen.knows(widthBytes)) {
            return NOTHING;
        }
        return switch (this) {
            case I8, I16, I32, I64 -> number(seen, Kind.SIGNED, order);
            case U8, U16, U32, U64 -> number(seen, Kind.UNSIGNED, order);
            case F32, F64 -> number(seen, Kind.FLOAT, order);
            case F16 -> Float.toString(Float.float16ToFloat((short) bits(seen, order)));
            case BITS -> binary((int) bits(seen, order));
            case IPV4 ->
                    "%d.%d.%d.%d"
                            .formatted(
                                    seen.bytes()[0] & 0xff,
                                    seen.bytes()[1] & 0xff,
                                    seen.bytes()[2] & 0xff,
                                    seen.bytes()[3] & 0xff);
            case UTF8 -> SeenText.utf8(seen.first(seen.known()));
            case UTF16 -> SeenText.utf16(seen.first(seen.known() & ~1), order);
            case SECONDS -> EpochTime.SECONDS.text(bits(seen, order)).orElse(NOTHING);
            case MILLIS -> EpochTime.MILLIS.text(bits(seen, order)).orElse(NOTHING);
            case MICROS -> EpochTime.MICROS.text(bits(seen, order)).orElse(NOTHING);
            case NANOS -> EpochTime.NANOS.text(bits(seen, order)).orElse(NOTHING);
            case POINTER -> "0x%x".formatted(bits(seen, order));
        };
    }

    /// What an edit begins with: the value as it reads, or, of text, what of it is printable from
    /// the first byte on, so that no dot is written that only stands for something else.
    String beginning(Seen seen, ByteOrder order) {
        String text =
                switch (this) {
                    case UTF8 -> SeenText.printable(text(seen, order), seen.bytes(), order, false);
                    case UTF16 -> SeenText.printable(text(seen, order), seen.bytes(), order, true);
                    case I8,
                            U8,
                            I16,
                            U16,
                            I32,
                            U32,
                            F16,
                            F32,
                            BITS,
                            IPV4,
                            I64,
                            U64,
                            F64,
                            SECONDS,
                            MILLIS,
                            MICROS,
                            NANOS,
                            POINTER ->
                            text(seen, order);
                };
        return text.equals(NOTHING) ? "" : text;
    }

    /// The value as unsigned bits; 0 where it is not known.
    long bits(Seen seen, ByteOrder order) {
        if (!seen.knows(widthBytes)) {
            return 0;
        }
        return new ValueType(Kind.UNSIGNED, widthBytes, order).bits(seen.bytes(), 0);
    }

    /// The bytes that a typed value has.
    ///
    /// @param roomBytes how many bytes there are
    /// @throws BadInput when it has none, or more than there is room for
    byte[] bytes(String typed, ByteOrder order, int roomBytes) throws BadInput {
        String text = typed.strip();
        if (text.isEmpty() && this != UTF8 && this != UTF16) {
            throw new BadInput(Words.TEXTS.say("fact.empty", label));
        }
        byte[] bytes =
                switch (this) {
                    case I8, I16, I32, I64 -> {
                        long most = Long.MAX_VALUE >>> (Long.SIZE - widthBytes * Byte.SIZE);
                        yield inOrder(Numbers.parse(label, text, -most - 1, most), order);
                    }
                    case U8, U16, U32 -> {
                        long most = (1L << (widthBytes * Byte.SIZE)) - 1;
                        yield inOrder(Numbers.parse(label, text, 0, most), order);
                    }
                    case U64, POINTER -> inOrder(Numbers.parseUnsigned(label, text), order);
                    case F16 -> inOrder(half(text), order);
                    case F32 -> inOrder(Float.floatToIntBits((float) real(text, true)), order);
                    case F64 -> inOrder(Double.doubleToLongBits(real(text, false)), order);
                    case BITS -> inOrder(binary(text), order);
                    case IPV4 -> octets(text);
                    case UTF8 -> Paste.bytes(typed, Paste.As.TEXT);
                    case UTF16 -> SeenText.utf16Bytes(typed, order);
                    case SECONDS -> inOrder(EpochTime.SECONDS.count(text), order);
                    case MILLIS -> inOrder(EpochTime.MILLIS.count(text), order);
                    case MICROS -> inOrder(EpochTime.MICROS.count(text), order);
                    case NANOS -> inOrder(EpochTime.NANOS.count(text), order);
                };
        if (bytes.length > roomBytes) {
            throw new BadInput(Words.TEXTS.say("fact.no-room", label, bytes.length, roomBytes));
        }
        return bytes;
    }

    private String number(Seen seen, Kind kind, ByteOrder order) {
        ValueType type = new ValueType(kind, widthBytes, order);
        return type.text(type.bits(seen.bytes(), 0));
    }

    private byte[] inOrder(long bits, ByteOrder order) {
        return new ValueType(Kind.UNSIGNED, widthBytes, order).bytes(bits);
    }

    private static String binary(int value) {
        String all = Integer.toBinaryString(value | 0x100).substring(1);
        return all.substring(0, 4) + " " + all.substring(4);
    }

    private static long binary(String text) throws BadInput {
        String digits = text.replaceAll("[ _]", "");
        digits = digits.startsWith("0b") ? digits.substring(2) : digits;
        if (!digits.matches("[01]{1,8}")) {
            throw new BadInput(Words.TEXTS.say("fact.no-bits", SeenText.shortened(text)));
        }
        return Integer.parseInt(digits, 2);
    }

    private static byte[] octets(String text) throws BadInput {
        Matcher parts = OCTETS.matcher(text);
        byte[] bytes = new byte[4];
        boolean good = parts.matches();
        for (int i = 0; good && i < bytes.length; i++) {
            int octet = Integer.parseInt(parts.group(i + 1));
            good = octet <= 255;
            bytes[i] = (byte) octet;
        }
        if (!good) {
            throw new BadInput(Words.TEXTS.say("fact.no-ipv4", SeenText.shortened(text)));
        }
        return bytes;
    }

    /// The nearest number of the type.
    private double real(String text, boolean single) throws BadInput {
        Double special = special(text);
        if (special != null) {
            return special;
        }
        BigDecimal exact = decimal(text);
        if (exact.signum() == 0 && text.startsWith("-")) {
            return -0.0;
        }
        double value = single ? exact.floatValue() : exact.doubleValue();
        if (Double.isInfinite(value)) {
            throw tooLarge(text);
        }
        return value;
    }

    /// The nearest number of 16 bits. By way of 32 bits it would be rounded twice; what 32 bits
    /// cannot hold is therefore first made odd there, towards the exact value (Boldo and Melquiond,
    /// "When double rounding is odd", 2005).
    private long half(String text) throws BadInput {
        Double special = special(text);
        if (special != null) {
            return Float.floatToFloat16(special.floatValue()) & 0xffffL;
        }
        BigDecimal exact = decimal(text);
        if (exact.signum() == 0) {
            return text.startsWith("-") ? 0x8000 : 0;
        }
        float single = exact.floatValue();
        if (Float.isInfinite(single)) {
            throw tooLarge(text);
        }
        int side = exact.compareTo(new BigDecimal(single));
        if (side != 0 && (Float.floatToIntBits(single) & 1) == 0) {
            single = side > 0 ? Math.nextUp(single) : Math.nextDown(single);
        }
        short bits = Float.floatToFloat16(single);
        if (Float.isInfinite(Float.float16ToFloat(bits))) {
            throw tooLarge(text);
        }
        return bits & 0xffffL;
    }

    private static @Nullable Double special(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan" -> Double.NaN;
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> null;
        };
    }

    private BigDecimal decimal(String text) throws BadInput {
        if (!Numbers.isDecimal(text)) {
            throw new BadInput(Words.TEXTS.say("fact.no-real", label, SeenText.shortened(text)));
        }
        return new BigDecimal(text);
    }

    private BadInput tooLarge(String text) {
        return new BadInput(Words.TEXTS.say("fact.too-large", label, SeenText.shortened(text)));
    }

    /// Those whose values need little room.
    static List<Fact> shortOnes() {
        return List.copyOf(EnumSet.range(I8, BITS));
    }

    static List<Fact> longOnes() {
        return List.copyOf(EnumSet.range(I64, MICROS));
    }

    /// Those that need all the room there is.
    static List<Fact> wideOnes() {
        return List.of(NANOS, POINTER);
    }
}
