package io.github.shmlens.php;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Writes values as serialize() does, byte for byte. Ints, floats and escaped strings that were
/// read from a text keep how they were written there.
public final class PhpEncoder {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private PhpEncoder() {}

    /// The payload of a text, made in one go.
    ///
    /// @return null when the text is not all ASCII
    // What is deprecated here puts the low byte of each char where it belongs, and takes no array
    // in between.
    @SuppressWarnings("deprecation")
    public static byte @Nullable [] asciiString(String text) {
        int length = text.length();
        int digits = digits(length);
        byte[] payload = new byte[length + digits + 6];
        payload[0] = 's';
        payload[1] = ':';
        int rest = length;
        for (int digit = digits + 1; digit > 1; digit--) {
            payload[digit] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        payload[digits + 2] = ':';
        payload[digits + 3] = '"';
        int from = digits + 4;
        text.getBytes(0, length, payload, from);
        payload[from + length] = '"';
        payload[from + length + 1] = ';';
        boolean ascii = text.equals(new String(payload, from, length, StandardCharsets.US_ASCII));
        return ascii ? payload : null;
    }

    private static int digits(int number) {
        if (number < 100) {
            return number < 10 ? 1 : 2;
        }
        return 2 + digits(number / 100);
    }

    public static byte[] encode(PhpValue value) {
        PhpEncoder encoder = new PhpEncoder();
        // A stack of our own: values nest deeper than a thread's stack is.
        Deque<Iterator<PhpValue.Entry>> open = new ArrayDeque<>();
        encoder.begin(value, open);
        while (!open.isEmpty()) {
            Iterator<PhpValue.Entry> elements = open.getLast();
            if (elements.hasNext()) {
                PhpValue.Entry entry = elements.next();
                encoder.begin(entry.key(), open);
                encoder.begin(entry.value(), open);
            } else {
                encoder.ascii("}");
                open.removeLast();
            }
        }
        return encoder.out.toByteArray();
    }

    private void begin(PhpValue value, Deque<Iterator<PhpValue.Entry>> open) {
        switch (value) {
            case PhpValue.Null _ -> ascii("N;");
            case PhpValue.Bool bool -> ascii(bool.value() ? "b:1;" : "b:0;");
            case PhpValue.Int whole -> ascii("i:" + whole.text() + ";");
            case PhpValue.Float real -> ascii("d:" + real.text() + ";");
            case PhpValue.Str text -> string(text);
            case PhpValue.Enum one -> {
                counted("E:", one.name());
                ascii(";");
            }
            case PhpValue.ObjectRef same -> ascii("r:" + same.number() + ";");
            case PhpValue.VariableRef same -> ascii("R:" + same.number() + ";");
            case PhpValue.Custom custom -> {
                counted("C:", custom.name());
                ascii(":" + custom.content().length + ":{");
                out.writeBytes(custom.content());
                ascii("}");
            }
            case PhpValue.Array array -> {
                ascii("a:" + array.entries().size() + ":{");
                open.addLast(array.entries().iterator());
            }
            case PhpValue.Obj object -> {
                counted("O:", object.name());
                ascii(":" + object.properties().size() + ":{");
                open.addLast(object.properties().iterator());
            }
        }
    }

    private void string(PhpValue.Str text) {
        byte[] written = text.written();
        if (written == null) {
            counted("s:", text);
        } else {
            ascii("S:" + text.bytes().length + ":\"");
            out.writeBytes(written);
            ascii("\"");
        }
        ascii(";");
    }

    private void counted(String tag, PhpValue.Str name) {
        ascii(tag + name.bytes().length + ":\"");
        out.writeBytes(name.bytes());
        ascii("\"");
    }

    private void ascii(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
