package io.github.shmlens.php;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/// Writes values as serialize() does, byte for byte. Ints, floats and escaped strings that were
/// read from a text keep how they were written there.
public final class PhpEncoder {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private PhpEncoder() {}

    /// The payload of a string of these bytes, made in one go.
    public static byte[] string(byte[] content) {
        int digits = 1;
        for (int rest = content.length; rest >= 10; rest /= 10) {
            digits++;
        }
        byte[] payload = new byte[content.length + digits + 6];
        payload[0] = 's';
        payload[1] = ':';
        int at = digits + 2;
        for (int rest = content.length, digit = at - 1; digit >= 2; digit--, rest /= 10) {
            payload[digit] = (byte) ('0' + rest % 10);
        }
        payload[at] = ':';
        payload[at + 1] = '"';
        System.arraycopy(content, 0, payload, at + 2, content.length);
        payload[payload.length - 2] = '"';
        payload[payload.length - 1] = ';';
        return payload;
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
