package io.github.shmlens.php;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Numbers;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Turns what a person typed into a payload.
public final class TypedInput {

    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");

    private static final int SHOWN_CHARS = 40;

    private TypedInput() {}

    /// How the text is meant.
    public enum As {
        /// The bytes are the string.
        STRING,
        /// Decimal, 0x hex or 0 octal, 64 bit.
        INT,
        /// Decimal, or INF, -INF, NAN.
        FLOAT,
        /// true, false, 1 or 0.
        BOOL,
        /// Nothing, or the word null.
        NULL,
        /// JSON; objects become PHP arrays.
        JSON,
        /// The text of serialize(), which must be one that PHP can read.
        PHP,
        /// The payload's bytes as they are, whatever they mean.
        RAW
    }

    /// @param text the bytes as typed, UTF-8 for all but STRING, PHP and RAW, which may be any
    /// @throws BadInput naming what is wrong; for JSON and PHP with the place
    public static byte[] payload(As as, byte[] text) throws BadInput {
        return switch (as) {
            case RAW -> text.clone();
            case PHP -> serialized(text);
            case STRING -> PhpEncoder.encode(PhpValue.Str.of(text));
            case INT ->
                    PhpEncoder.encode(
                            PhpValue.Int.of(
                                    Numbers.parse(
                                            "int",
                                            characters("int", text),
                                            Long.MIN_VALUE,
                                            Long.MAX_VALUE)));
            case FLOAT -> PhpEncoder.encode(PhpValue.Float.of(real(characters("float", text))));
            case BOOL -> PhpEncoder.encode(new PhpValue.Bool(bool(characters("bool", text))));
            case NULL -> nothing(characters("null", text));
            case JSON -> PhpEncoder.encode(PhpJson.parse(characters("JSON text", text)));
        };
    }

    private static byte[] serialized(byte[] text) throws BadInput {
        byte[] trimmed = withoutLineEnd(text);
        return switch (PhpDecoder.decode(trimmed)) {
            case Decoded.Unreadable unreadable ->
                    throw new BadInput(
                            "PHP could not read this text: %s, at byte %d"
                                    .formatted(unreadable.why(), unreadable.at()));
            case Decoded.Value read -> {
                if (read.trailing()) {
                    throw new BadInput(
                            "the serialized text has more bytes after its value, at byte %d"
                                    .formatted(PhpEncoder.encode(read.value()).length));
                }
                String name = impossibleClass(read.value());
                if (name != null) {
                    throw new BadInput("\"%s\" is no name of a class or case".formatted(name));
                }
                yield trimmed;
            }
        };
    }

    /// A shell's `echo` ends its line; no serialized text ends so.
    private static byte[] withoutLineEnd(byte[] text) {
        int length = text.length;
        while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r')) {
            length--;
        }
        return length == text.length ? text.clone() : Arrays.copyOf(text, length);
    }

    /// A name that PHP would refuse, or null.
    private static @Nullable String impossibleClass(PhpValue value) {
        Deque<PhpValue> left = new ArrayDeque<>();
        left.add(value);
        while (!left.isEmpty()) {
            PhpValue next = left.removeLast();
            PhpValue.@Nullable Str name = null;
            boolean wantsCase = false;
            switch (next) {
                case PhpValue.Array array ->
                        array.entries().forEach(entry -> left.add(entry.value()));
                case PhpValue.Obj object -> {
                    name = object.name();
                    object.properties().forEach(entry -> left.add(entry.value()));
                }
                case PhpValue.Custom custom -> name = custom.name();
                case PhpValue.Enum one -> {
                    name = one.name();
                    wantsCase = true;
                }
                case PhpValue.Null _,
                        PhpValue.Bool _,
                        PhpValue.Int _,
                        PhpValue.Float _,
                        PhpValue.Str _,
                        PhpValue.ObjectRef _,
                        PhpValue.VariableRef _ -> {}
            }
            if (name != null && !isName(name.bytes(), wantsCase)) {
                return PhpText.php(name.bytes());
            }
        }
        return null;
    }

    private static boolean isName(byte[] name, boolean wantsCase) {
        if (name.length == 0 || name[0] == '\\' || name[0] == ':') {
            return false;
        }
        int colons = 0;
        for (byte one : name) {
            boolean inName =
                    one < 0
                            || one == '_'
                            || one == '\\'
                            || (one >= '0' && one <= '9')
                            || (one >= 'A' && one <= 'Z')
                            || (one >= 'a' && one <= 'z');
            if (one == ':') {
                colons++;
            } else if (!inName) {
                return false;
            }
        }
        boolean endsInCase = name[name.length - 1] != ':';
        return wantsCase ? colons == 1 && endsInCase : colons == 0;
    }

    private static double real(String text) throws BadInput {
        String number = text.strip();
        switch (number.toUpperCase(Locale.ROOT)) {
            case "NAN" -> {
                return Double.NaN;
            }
            case "INF", "+INF" -> {
                return Double.POSITIVE_INFINITY;
            }
            case "-INF" -> {
                return Double.NEGATIVE_INFINITY;
            }
            default -> {
                if (!DECIMAL.matcher(number).matches()) {
                    throw new BadInput(
                            "the float \"%s\" is not a decimal number, INF, -INF or NAN"
                                    .formatted(shortened(text)));
                }
            }
        }
        double value = Double.parseDouble(number);
        if (Double.isInfinite(value)) {
            throw new BadInput(
                    "the float %s is too large for 64 bit; write INF if that is meant"
                            .formatted(shortened(number)));
        }
        return value;
    }

    private static boolean bool(String text) throws BadInput {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default ->
                    throw new BadInput(
                            "the bool \"%s\" is not true, false, 1 or 0"
                                    .formatted(shortened(text)));
        };
    }

    private static byte[] nothing(String text) throws BadInput {
        String word = text.strip();
        if (!word.isEmpty() && !word.equalsIgnoreCase("null")) {
            throw new BadInput("null takes no value, but got \"%s\"".formatted(shortened(text)));
        }
        return PhpEncoder.encode(PhpValue.NULL);
    }

    private static String characters(String what, byte[] text) throws BadInput {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
        } catch (CharacterCodingException notText) {
            throw new BadInput("the " + what + " is not UTF-8");
        }
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN_CHARS ? text : text.substring(0, SHOWN_CHARS) + "…";
    }
}
