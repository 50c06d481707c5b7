package io.github.shmlens.ui.inspect;

import io.github.shmlens.php.PhpText;
import io.github.shmlens.php.PhpValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Keys and property names for people to read.
final class Names {

    private Names() {}

    /// @param visibility `public`, `protected`, `private`, or `private Class` where the text names
    ///   it
    record Property(String visibility, String name) {}

    /// Takes PHP's mangled name apart: `\0*\0name` is protected, `\0Class\0name` private.
    static Property property(PhpValue.Key key) {
        byte[] name = bytes(key);
        if (name.length > 0 && name[0] == 0) {
            for (int i = 1; i < name.length; i++) {
                if (name[i] == 0) {
                    String owner = text(Arrays.copyOfRange(name, 1, i));
                    String plain = text(Arrays.copyOfRange(name, i + 1, name.length));
                    return owner.equals("*")
                            ? new Property("protected", plain)
                            : new Property("private " + owner, plain);
                }
            }
        }
        return new Property("public", text(name));
    }

    /// An array's key: a number bare, a text in quotes.
    static String arrayKey(PhpValue.Key key) {
        return switch (key) {
            case PhpValue.Int number -> Long.toString(number.value());
            case PhpValue.Str string -> "\"" + text(string.bytes()) + "\"";
        };
    }

    /// One step of a path, as PHP writes it.
    static String step(PhpValue.Key key, boolean property) {
        if (property) {
            return "->" + property(key).name();
        }
        return switch (key) {
            case PhpValue.Int number -> "[" + number.value() + "]";
            case PhpValue.Str string -> "['" + text(string.bytes()) + "']";
        };
    }

    private static byte[] bytes(PhpValue.Key key) {
        return switch (key) {
            case PhpValue.Int number -> number.text().getBytes(StandardCharsets.US_ASCII);
            case PhpValue.Str string -> string.bytes();
        };
    }

    private static String text(byte[] bytes) {
        return PhpText.php(bytes).replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
    }
}
