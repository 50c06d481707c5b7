package io.github.shmlens.ui.slots;

import io.github.shmlens.kryo.KryoJson;
import io.github.shmlens.kryo.KryoSlot;
import io.github.shmlens.kryo.KryoValue;
import io.github.shmlens.kryo.SlotInput;
import io.github.shmlens.kryo.SlotInput.As;
import io.github.shmlens.php.Decoded;
import io.github.shmlens.php.PhpDecoder;
import io.github.shmlens.php.PhpJson;
import io.github.shmlens.php.PhpText;
import io.github.shmlens.php.PhpValue;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.ui.text.Texts;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/// Payloads as text in a field, and back. Text fields keep no control characters, so the serialized
/// form writes bytes that are no printable text as `\xNN`, and nothing else.
final class Typed {

    private static final Texts TEXTS = Texts.of(Typed.class);

    private static final int HEX_PER_LINE = 16;

    private Typed() {}

    /// How a payload is best edited: the form that gives back the same bytes.
    static As fitting(byte[] payload) {
        Decoded decoded = PhpDecoder.decode(payload);
        if (!(decoded instanceof Decoded.Value(PhpValue value, boolean trailing)) || trailing) {
            return As.RAW;
        }
        KryoValue kryo = KryoSlot.in(decoded);
        if (kryo != null && sameThroughJson(As.KRYO, KryoJson.toJson(kryo), payload)) {
            return As.KRYO;
        }
        return switch (value) {
            case PhpValue.Null _ -> As.NULL;
            case PhpValue.Bool _ -> As.BOOL;
            case PhpValue.Int _ -> As.INT;
            case PhpValue.Float _ -> As.FLOAT;
            case PhpValue.Str string -> {
                String text = string.utf8();
                yield text != null && fieldKeeps(text) ? As.STRING : As.PHP;
            }
            case PhpValue.Array array ->
                    sameThroughJson(As.JSON, PhpJson.toJson(array), payload) ? As.JSON : As.PHP;
            case PhpValue.Obj _,
                    PhpValue.Custom _,
                    PhpValue.Enum _,
                    PhpValue.ObjectRef _,
                    PhpValue.VariableRef _ ->
                    As.PHP;
        };
    }

    /// Whether a text field gives back exactly this text.
    private static boolean fieldKeeps(String text) {
        return text.chars()
                .allMatch(c -> c == '\n' || c == '\t' || c >= 0x20 && (c < 0x7f || c >= 0xa0));
    }

    private static boolean sameThroughJson(As as, String json, byte[] payload) {
        try {
            byte[] text = json.getBytes(StandardCharsets.UTF_8);
            return Arrays.equals(SlotInput.payload(as, text), payload);
        } catch (BadInput _) {
            return false;
        }
    }

    /// What a payload is in a field of this kind; for kinds that cannot hold it, what comes
    /// nearest.
    static String text(As as, byte[] payload) {
        return switch (as) {
            case RAW -> hex(payload);
            case PHP -> escaped(payload);
            case KRYO -> kryo(PhpDecoder.decode(payload));
            case STRING, INT, FLOAT, BOOL, NULL, JSON ->
                    switch (KryoSlot.shown(PhpDecoder.decode(payload))) {
                        case Decoded.Unreadable _ -> nothing(as);
                        case Decoded.Value(PhpValue value, _) -> text(as, value);
                    };
        };
    }

    private static String nothing(As as) {
        return switch (as) {
            case INT, FLOAT -> "0";
            case BOOL -> "false";
            case NULL, STRING, JSON, PHP, RAW, KRYO -> "";
        };
    }

    private static String kryo(Decoded decoded) {
        KryoValue kryo = KryoSlot.in(decoded);
        if (kryo != null) {
            return indented(KryoJson.toJson(kryo));
        }
        return switch (decoded) {
            case Decoded.Unreadable _ -> nothing(As.KRYO);
            case Decoded.Value(PhpValue value, _) -> indented(PhpJson.toJson(value));
        };
    }

    private static String text(As as, PhpValue value) {
        return switch (as) {
            case STRING -> scalar(value, "");
            case INT -> number(value, false);
            case FLOAT -> number(value, true);
            case BOOL -> Boolean.toString(truth(value));
            case JSON -> indented(PhpJson.toJson(value));
            case NULL, PHP, RAW, KRYO -> "";
        };
    }

    private static String scalar(PhpValue value, String otherwise) {
        return switch (value) {
            case PhpValue.Str string -> {
                String text = string.utf8();
                yield text != null && fieldKeeps(text) ? text : otherwise;
            }
            case PhpValue.Int number -> number.text();
            case PhpValue.Float number -> number.text();
            case PhpValue.Bool bool -> Boolean.toString(bool.value());
            case PhpValue.Null _,
                    PhpValue.Array _,
                    PhpValue.Obj _,
                    PhpValue.Custom _,
                    PhpValue.Enum _,
                    PhpValue.ObjectRef _,
                    PhpValue.VariableRef _ ->
                    otherwise;
        };
    }

    private static String number(PhpValue value, boolean fraction) {
        if (value instanceof PhpValue.Bool(boolean set)) {
            return set ? "1" : "0";
        }
        String text = scalar(value, "0").strip();
        try {
            As as = fraction ? As.FLOAT : As.INT;
            SlotInput.payload(as, text.getBytes(StandardCharsets.UTF_8));
            return text;
        } catch (BadInput _) {
            return "0";
        }
    }

    private static boolean truth(PhpValue value) {
        return switch (value) {
            case PhpValue.Bool bool -> bool.value();
            case PhpValue.Int number -> number.value() != 0;
            case PhpValue.Float number -> number.value() != 0;
            case PhpValue.Str string ->
                    string.bytes().length > 0
                            && !(string.bytes().length == 1 && string.bytes()[0] == '0');
            case PhpValue.Null _ -> false;
            case PhpValue.Array array -> !array.entries().isEmpty();
            case PhpValue.Obj _,
                    PhpValue.Custom _,
                    PhpValue.Enum _,
                    PhpValue.ObjectRef _,
                    PhpValue.VariableRef _ ->
                    true;
        };
    }

    /// The payload that a text means.
    static byte[] payload(As as, String text) throws BadInput {
        return SlotInput.payload(
                as,
                switch (as) {
                    case RAW -> bytes(text);
                    case PHP -> unescaped(text);
                    case STRING, INT, FLOAT, BOOL, NULL, JSON, KRYO ->
                            text.getBytes(StandardCharsets.UTF_8);
                });
    }

    // ---- hex

    private static String hex(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length * 3);
        for (int i = 0; i < bytes.length; i++) {
            if (i > 0) {
                text.append(i % HEX_PER_LINE == 0 ? '\n' : ' ');
            }
            text.append(HexFormat.of().toHexDigits(bytes[i]));
        }
        return text.toString();
    }

    private static byte[] bytes(String text) throws BadInput {
        StringBuilder digits = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c)) {
                continue;
            }
            if (c >= 128 || Character.digit(c, 16) < 0) {
                throw new BadInput(TEXTS.say("typed.no-hex", c, i + 1));
            }
            digits.append(c);
        }
        if (digits.length() % 2 != 0) {
            throw new BadInput(TEXTS.say("typed.half-byte"));
        }
        return HexFormat.of().parseHex(digits);
    }

    // ---- serialized text

    private static String escaped(byte[] payload) {
        StringBuilder text = new StringBuilder(payload.length);
        int at = 0;
        while (at < payload.length) {
            int length = letter(payload, at);
            boolean escape = length == 0 || looksEscaped(payload, at);
            if (escape) {
                text.append("\\x").append(HexFormat.of().toHexDigits(payload[at]));
                at++;
            } else {
                text.append(new String(payload, at, length, StandardCharsets.UTF_8));
                at += length;
            }
        }
        return text.toString();
    }

    /// Length of the letter here that a text field keeps; 0 when there is none.
    private static int letter(byte[] bytes, int at) {
        int first = bytes[at] & 0xff;
        int length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
        if (at + length > bytes.length) {
            return 0;
        }
        String text = PhpText.printable(Arrays.copyOfRange(bytes, at, at + length));
        return text != null && fieldKeeps(text) ? length : 0;
    }

    /// Whether four bytes of the payload itself read like one of our escapes.
    private static boolean looksEscaped(byte[] bytes, int at) {
        return bytes[at] == '\\'
                && at + 3 < bytes.length
                && bytes[at + 1] == 'x'
                && isHex((char) bytes[at + 2])
                && isHex((char) bytes[at + 3]);
    }

    private static byte[] unescaped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        int from = 0;
        int at = 0;
        while (at < text.length()) {
            boolean escape =
                    text.charAt(at) == '\\'
                            && at + 3 < text.length()
                            && text.charAt(at + 1) == 'x'
                            && isHex(text.charAt(at + 2))
                            && isHex(text.charAt(at + 3));
            if (escape) {
                bytes.writeBytes(text.substring(from, at).getBytes(StandardCharsets.UTF_8));
                bytes.write(Integer.parseInt(text.substring(at + 2, at + 4), 16));
                at += 4;
                from = at;
            } else {
                at++;
            }
        }
        bytes.writeBytes(text.substring(from).getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    private static boolean isHex(char c) {
        return c < 128 && Character.digit(c, 16) >= 0;
    }

    // ---- JSON

    /// Valid JSON with line ends and indents, as one would write it by hand.
    static String indented(String json) {
        StringBuilder text = new StringBuilder(json.length() * 2);
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (quoted) {
                text.append(c);
                if (c == '\\' && i + 1 < json.length()) {
                    text.append(json.charAt(++i));
                } else if (c == '"') {
                    quoted = false;
                }
                continue;
            }
            switch (c) {
                case '"' -> {
                    quoted = true;
                    text.append(c);
                }
                case '{', '[' -> {
                    char close = c == '{' ? '}' : ']';
                    if (i + 1 < json.length() && json.charAt(i + 1) == close) {
                        text.append(c).append(close);
                        i++;
                    } else {
                        text.append(c);
                        newLine(text, ++depth);
                    }
                }
                case '}', ']' -> {
                    newLine(text, --depth);
                    text.append(c);
                }
                case ',' -> {
                    text.append(c);
                    newLine(text, depth);
                }
                case ':' -> text.append(": ");
                case ' ', '\n', '\r', '\t' -> {}
                default -> text.append(c);
            }
        }
        return text.toString();
    }

    private static void newLine(StringBuilder text, int depth) {
        // Deep nesting shall not make the text grow by its square.
        text.append('\n').append("  ".repeat(Math.clamp(depth, 0, 40)));
    }
}
