package io.github.shmlens.cli;

import io.github.shmlens.php.PhpText;
import io.github.shmlens.php.PhpValue;
import java.util.List;

/// A value for people: a scalar as it is, an array or an object as an indented tree.
final class ValueText {

    /// Deeper values go on one line: the indent would only push them off the screen.
    private static final int LEVELS = 30;

    private static final int ONE_LINE_CHARS = 1000;

    private ValueText() {}

    static void print(Console console, PhpValue value) {
        if (value instanceof PhpValue.Str text) {
            string(console, text);
        } else {
            tree(console, value, "", "", 0);
        }
    }

    /// A string goes out unchanged where a program reads it; a terminal gets escapes for what would
    /// steer it.
    private static void string(Console console, PhpValue.Str text) {
        String utf8 = text.utf8();
        if (console.terminal()) {
            console.line(
                    utf8 == null ? PhpText.oneLine(text, ONE_LINE_CHARS) : Printable.lines(utf8));
        } else {
            console.bytes(text.bytes(), 0, text.bytes().length);
            console.text("\n");
        }
    }

    private static void tree(
            Console console, PhpValue value, String indent, String label, int level) {
        String head = indent + label;
        switch (value) {
            case PhpValue.Array array when level < LEVELS -> {
                List<PhpValue.Entry> entries = array.asPhpSees();
                console.line("%sarray (%d)".formatted(head, entries.size()));
                entries(console, entries, indent, level);
            }
            case PhpValue.Obj object when level < LEVELS -> {
                console.line(
                        "%sobject %s (%d)"
                                .formatted(
                                        head,
                                        Printable.line(object.className()),
                                        object.properties().size()));
                entries(console, object.properties(), indent, level);
            }
            case PhpValue.Array _,
                    PhpValue.Obj _,
                    PhpValue.Null _,
                    PhpValue.Bool _,
                    PhpValue.Int _,
                    PhpValue.Float _,
                    PhpValue.Str _,
                    PhpValue.Custom _,
                    PhpValue.Enum _,
                    PhpValue.ObjectRef _,
                    PhpValue.VariableRef _ ->
                    console.line(head + Printable.line(PhpText.oneLine(value, ONE_LINE_CHARS)));
        }
    }

    private static void entries(
            Console console, List<PhpValue.Entry> entries, String indent, int level) {
        for (PhpValue.Entry entry : entries) {
            String key = Printable.line(PhpText.oneLine(entry.key(), ONE_LINE_CHARS));
            tree(console, entry.value(), indent + "  ", key + " => ", level + 1);
        }
    }
}
