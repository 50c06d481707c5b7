package io.github.shmlens.php;

import io.github.shmlens.segment.Counted;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads one serialize() text as PHP's unserialize() accepts it, with a stack of its own, so that
/// no nesting overflows the thread's. Either builds the value or only checks it, which allocates
/// next to nothing.
final class SerializedText {

    /// PHP's `unserialize_max_depth`.
    static final int MAX_DEPTH = 4096;

    /// A custom object may hold any number of values that references can mean, and only its class
    /// knows how many.
    private static final long UNKNOWN_MANY = 1L << 40;

    private static final byte[] INFINITE = {'I', 'N', 'F'};
    private static final byte[] NOT_A_NUMBER = {'N', 'A', 'N'};

    private final byte[] text;
    private final boolean build;
    private int at;

    private long numbered;
    private boolean numbersUncertain;
    private byte[] kinds = new byte[16];

    private final Deque<Open> open = new ArrayDeque<>();

    private SerializedText(byte[] text, boolean build) {
        this.text = text;
        this.build = build;
    }

    static Decoded decode(byte[] text) {
        SerializedText reader = new SerializedText(text, true);
        try {
            PhpValue value = reader.value();
            return new Decoded.Value(value, reader.at < text.length);
        } catch (Bad refused) {
            return new Decoded.Unreadable(refused.why, refused.at);
        }
    }

    /// What [#decode] would say, without building anything: the length of the value, or the place
    /// at fault.
    static Verdict check(byte[] text) {
        SerializedText reader = new SerializedText(text, false);
        try {
            reader.value();
            return new Verdict(null, reader.at);
        } catch (Bad refused) {
            return new Verdict(refused.why, refused.at);
        }
    }

    /// @param why null when the value can be read
    /// @param at where the value ends, or where it is at fault
    record Verdict(@Nullable String why, int at) {
        boolean readable() {
            return why == null;
        }
    }

    /// An array or object whose elements are being read.
    private static final class Open {
        private final PhpValue.@Nullable Str className;
        private final List<PhpValue.Entry> entries = new ArrayList<>();
        private int left;
        private PhpValue.@Nullable Key key;

        private Open(PhpValue.@Nullable Str className, int count) {
            this.className = className;
            this.left = count;
        }

        private PhpValue close() {
            return className == null
                    ? new PhpValue.Array(entries)
                    : new PhpValue.Obj(className, entries);
        }
    }

    private PhpValue value() throws Bad {
        PhpValue done = scalarOrOpen();
        while (!open.isEmpty()) {
            Open innermost = open.getLast();
            if (done != null && innermost.key != null) {
                if (build) {
                    innermost.entries.add(new PhpValue.Entry(innermost.key, done));
                }
                innermost.key = null;
            }
            if (innermost.left == 0) {
                literal('}');
                open.removeLast();
                done = build ? innermost.close() : PhpValue.NULL;
                if (open.isEmpty()) {
                    return done;
                }
            } else {
                innermost.left--;
                innermost.key = key();
                done = scalarOrOpen();
            }
        }
        if (done == null) {
            throw new IllegalStateException("a container was closed but not given");
        }
        return done;
    }

    private PhpValue.Key key() throws Bad {
        return switch (peek()) {
            case 'i' -> whole();
            case 's' -> string();
            case 'S' -> escapedString();
            default -> throw bad("a key is neither int nor string");
        };
    }

    /// A value, or null when an array or object was opened.
    private @Nullable PhpValue scalarOrOpen() throws Bad {
        byte tag = peek();
        if (tag != 'R') {
            number(tag);
        }
        switch (tag) {
            case 'N' -> {
                literal('N');
                literal(';');
                return PhpValue.NULL;
            }
            case 'b' -> {
                tag('b');
                byte digit = peek();
                if (digit != '0' && digit != '1') {
                    throw bad("a bool is neither 0 nor 1");
                }
                at++;
                literal(';');
                return new PhpValue.Bool(digit == '1');
            }
            case 'i' -> {
                return whole();
            }
            case 'd' -> {
                return real();
            }
            case 's' -> {
                return string();
            }
            case 'S' -> {
                return escapedString();
            }
            case 'E' -> {
                tag('E');
                PhpValue.Str name = counted();
                literal(';');
                return new PhpValue.Enum(name);
            }
            case 'r', 'R' -> {
                return reference(tag);
            }
            case 'a' -> {
                tag('a');
                long count = count();
                if (count > 0) {
                    // PHP does not descend into an empty array, whatever its level.
                    checkDepth();
                }
                literal(':');
                literal('{');
                return opened(null, count);
            }
            case 'O' -> {
                tag('O');
                checkDepth();
                PhpValue.Str name = counted();
                literal(':');
                long count = signedCount();
                literal(':');
                literal('{');
                return opened(name, count);
            }
            case 'C' -> {
                return custom();
            }
            default -> throw bad("no such type");
        }
    }

    private @Nullable PhpValue opened(PhpValue.@Nullable Str className, long count) throws Bad {
        // Every element takes two bytes at the very least: a count that cannot be true must not
        // make us allocate.
        int most = (text.length - at) / 2;
        if (count > most) {
            throw bad(
                    "an array or object claims %s where the bytes left hold %d at most"
                            .formatted(Counted.of(count, "element"), most));
        }
        open.addLast(new Open(className, (int) count));
        return null;
    }

    private void checkDepth() throws Bad {
        if (open.size() >= MAX_DEPTH) {
            throw bad("nested deeper than %d levels, which PHP does not read".formatted(MAX_DEPTH));
        }
    }

    private PhpValue custom() throws Bad {
        tag('C');
        PhpValue.Str name = counted();
        literal(':');
        long length = signedCount();
        literal(':');
        literal('{');
        int from = take(length);
        literal('}');
        numbersUncertain = true;
        numbered += UNKNOWN_MANY;
        return new PhpValue.Custom(name, build ? Arrays.copyOfRange(text, from, at - 1) : text);
    }

    private PhpValue reference(byte tag) throws Bad {
        int from = at;
        tag(tag);
        long meant = count();
        literal(';');
        boolean sameVariable = tag == 'R';
        long most = sameVariable ? numbered : numbered - 1;
        if (meant < 1 || meant > most) {
            throw bad("a reference to a value that is not there", from);
        }
        if (sameVariable) {
            return new PhpValue.VariableRef(meant);
        }
        if (!numbersUncertain && !isObject(kinds[(int) meant])) {
            throw bad("an object reference to something that is no object", from);
        }
        return new PhpValue.ObjectRef(meant);
    }

    private static boolean isObject(byte tag) {
        return tag == 'O' || tag == 'C' || tag == 'E' || tag == 'r';
    }

    private void number(byte tag) {
        numbered++;
        if (numbersUncertain) {
            return;
        }
        if (numbered >= kinds.length) {
            kinds = Arrays.copyOf(kinds, kinds.length * 2);
        }
        kinds[(int) numbered] = tag;
    }

    private PhpValue.Int whole() throws Bad {
        tag('i');
        int from = at;
        if (peek() == '-' || peek() == '+') {
            at++;
        }
        boolean negative = text[from] == '-';
        int digits = digits();
        if (digits == 0) {
            throw bad("an int without digits");
        }
        long value = 0;
        for (int i = at - digits; i < at; i++) {
            value = lower(value, text[i] - '0');
        }
        if (!negative) {
            value = value == Long.MIN_VALUE ? Long.MAX_VALUE : -value;
        }
        int end = at;
        literal(';');
        return new PhpValue.Int(value, build ? asWritten(from, end, Long.toString(value)) : null);
    }

    /// Appends a digit to a number that grows downwards, because that way there is room for the
    /// least one; stops at the least one, as PHP clamps.
    private static long lower(long value, int digit) {
        if (value < Long.MIN_VALUE / 10) {
            return Long.MIN_VALUE;
        }
        long tens = value * 10;
        return tens < Long.MIN_VALUE + digit ? Long.MIN_VALUE : tens - digit;
    }

    private @Nullable String asWritten(int from, int end, String usual) {
        String written = ascii(from, end);
        return written.equals(usual) ? null : written;
    }

    private PhpValue.Float real() throws Bad {
        tag('d');
        int from = at;
        double value;
        if (matches(from, NOT_A_NUMBER)) {
            at += NOT_A_NUMBER.length;
            value = Double.NaN;
        } else if (matches(from, INFINITE)) {
            at += INFINITE.length;
            value = Double.POSITIVE_INFINITY;
        } else if (peek() == '-' && matches(from + 1, INFINITE)) {
            at += 1 + INFINITE.length;
            value = Double.NEGATIVE_INFINITY;
        } else {
            decimal();
            value = build ? Double.parseDouble(ascii(from, at)) : 0;
        }
        int end = at;
        literal(';');
        return new PhpValue.Float(value, build ? ascii(from, end) : null);
    }

    private void decimal() throws Bad {
        if (peek() == '-' || peek() == '+') {
            at++;
        }
        int digits = digits();
        if (at < text.length && text[at] == '.') {
            at++;
            digits += digits();
        }
        if (digits == 0) {
            throw bad("a float without digits");
        }
        if (at < text.length && (text[at] == 'e' || text[at] == 'E')) {
            at++;
            if (at < text.length && (text[at] == '-' || text[at] == '+')) {
                at++;
            }
            if (digits() == 0) {
                throw bad("a float's exponent has no digits");
            }
        }
    }

    private PhpValue.Str string() throws Bad {
        tag('s');
        PhpValue.Str string = counted();
        literal(';');
        return string;
    }

    private PhpValue.Str escapedString() throws Bad {
        tag('S');
        long length = count();
        literal(':');
        literal('"');
        // Every byte takes at least one in the text.
        checkLeft(length);
        int from = at;
        byte[] bytes = new byte[build ? (int) length : 0];
        for (int i = 0; i < length; i++) {
            byte one = peek();
            at++;
            if (one == '\\') {
                int high = hexDigit();
                one = (byte) (high << 4 | hexDigit());
            }
            if (build) {
                bytes[i] = one;
            }
        }
        int end = at;
        literal('"');
        literal(';');
        return new PhpValue.Str(bytes, build ? Arrays.copyOfRange(text, from, end) : bytes);
    }

    private int hexDigit() throws Bad {
        byte digit = peek();
        int value = digit < 0 ? -1 : Character.digit(digit, 16);
        if (value < 0) {
            throw bad("an escape is not two hex digits");
        }
        at++;
        return value;
    }

    /// `LEN:"bytes"`.
    private PhpValue.Str counted() throws Bad {
        long length = count();
        literal(':');
        literal('"');
        int from = take(length);
        int end = at;
        literal('"');
        return new PhpValue.Str(build ? Arrays.copyOfRange(text, from, end) : text, null);
    }

    /// Passes over so many bytes; where they began.
    private int take(long length) throws Bad {
        checkLeft(length);
        int from = at;
        at += (int) length;
        return from;
    }

    private void checkLeft(long length) throws Bad {
        int left = text.length - at;
        if (length > left) {
            throw bad(
                    "a string claims %s where %s left"
                            .formatted(Counted.bytes(length), left == 1 ? "1 is" : left + " are"));
        }
    }

    /// Digits only; as large as a long at most, which no text reaches.
    private long count() throws Bad {
        int digits = digits();
        if (digits == 0) {
            throw bad("a count or length without digits");
        }
        return count(digits);
    }

    /// The count of an object's properties, or the length of a custom text: there PHP takes a sign
    /// too, and no digits for none.
    private long signedCount() throws Bad {
        boolean negative = peek() == '-';
        if (negative || peek() == '+') {
            at++;
        }
        long value = count(digits());
        if (negative && value != 0) {
            throw bad("a count or length is negative");
        }
        return value;
    }

    /// The number whose last digits were just passed over.
    private long count(int digits) {
        long value = 0;
        for (int i = at - digits; i < at; i++) {
            value = lower(value, text[i] - '0');
        }
        return value == Long.MIN_VALUE ? Long.MAX_VALUE : -value;
    }

    private int digits() {
        int from = at;
        while (at < text.length && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        return at - from;
    }

    private boolean matches(int from, byte[] word) {
        return from + word.length <= text.length
                && Arrays.equals(text, from, from + word.length, word, 0, word.length);
    }

    private String ascii(int from, int end) {
        return new String(text, from, end - from, StandardCharsets.US_ASCII);
    }

    private void tag(int tag) throws Bad {
        literal(tag);
        literal(':');
    }

    private void literal(int wanted) throws Bad {
        if (peek() != wanted) {
            throw bad("\"" + (char) wanted + "\" is missing");
        }
        at++;
    }

    private byte peek() throws Bad {
        if (at >= text.length) {
            throw bad("the text ends too early");
        }
        return text[at];
    }

    private Bad bad(String why) {
        return bad(why, at);
    }

    private Bad bad(String why, int where) {
        return new Bad(why, where);
    }

    /// Leaves the reader; never leaves this class.
    private static final class Bad extends Exception {
        private static final long serialVersionUID = 1;

        private final String why;
        private final int at;

        private Bad(String why, int at) {
            super(why, null, false, false);
            this.why = why;
            this.at = at;
        }
    }
}
