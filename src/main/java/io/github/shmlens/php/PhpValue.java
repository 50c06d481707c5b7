package io.github.shmlens.php;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A value as serialize() writes it: a tree of what the text says. Objects are shown, never built;
/// references stay references. Immutable (arrays of bytes by agreement).
///
/// Two values are equal when their serialized texts are.
public sealed interface PhpValue {

    Null NULL = new Null();

    /// `null` `bool` `int` `float` `string` `array` `object` `enum` `reference`.
    String typeName();

    /// Elements of an array, properties of an object, in the order of the text; none of others.
    default List<Entry> members() {
        return List.of();
    }

    /// What can be a key: an int or a string.
    sealed interface Key extends PhpValue permits Int, Str {}

    /// `N;`
    record Null() implements PhpValue {
        @Override
        public String typeName() {
            return "null";
        }
    }

    /// `b:1;`
    record Bool(boolean value) implements PhpValue {
        @Override
        public String typeName() {
            return "bool";
        }
    }

    /// `i:-7;`
    ///
    /// @param value what PHP reads: numbers beyond 64 bit are clamped
    /// @param written how the text writes it where that is not how PHP would (`+5`, `007`); null
    ///   otherwise
    record Int(long value, @Nullable String written) implements Key {

        public static Int of(long value) {
            return new Int(value, null);
        }

        /// As it stands, or would stand, in the serialized text.
        public String text() {
            return written == null ? Long.toString(value) : written;
        }

        @Override
        public String typeName() {
            return "int";
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Int that && text().equals(that.text());
        }

        @Override
        public int hashCode() {
            return Long.hashCode(value);
        }
    }

    /// `d:0.1;`
    ///
    /// @param written how the text writes it; null for PHP's shortest form
    record Float(double value, @Nullable String written) implements PhpValue {

        public static Float of(double value) {
            return new Float(value, null);
        }

        /// As it stands, or would stand, in the serialized text.
        public String text() {
            return written == null ? PhpText.shortest(value) : written;
        }

        @Override
        public String typeName() {
            return "float";
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Float that && text().equals(that.text());
        }

        @Override
        public int hashCode() {
            return Double.hashCode(value);
        }
    }

    /// `s:5:"bytes";`, any bytes, often UTF-8.
    ///
    /// @param written what stands between the quotes of the form `S:`, with its escapes; null for
    ///   the form `s:`, which is all that PHP writes
    record Str(byte[] bytes, byte @Nullable [] written) implements Key {

        public static Str of(byte[] bytes) {
            return new Str(bytes, null);
        }

        public static Str of(String text) {
            return new Str(text.getBytes(StandardCharsets.UTF_8), null);
        }

        /// The text, or null where the bytes are not UTF-8.
        public @Nullable String utf8() {
            String text = new String(bytes, StandardCharsets.UTF_8);
            if (text.indexOf('\ufffd') < 0) {
                return text;
            }
            // Either the bytes say so, or they are not UTF-8.
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            } catch (CharacterCodingException notText) {
                return null;
            }
        }

        @Override
        public String typeName() {
            return "string";
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Str that
                    && Arrays.equals(bytes, that.bytes)
                    && Arrays.equals(written, that.written);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return PhpText.oneLine(this, 200);
        }
    }

    /// One element of an array, or one property of an object.
    record Entry(Key key, PhpValue value) {}

    /// `a:1:{i:0;N;}`
    ///
    /// @param entries as the text lists them; see [#asPhpSees]
    record Array(List<Entry> entries) implements PhpValue {

        public Array {
            entries = List.copyOf(entries);
        }

        @Override
        public List<Entry> members() {
            return entries;
        }

        /// The elements as a PHP script finds them: strings that are whole numbers become int keys,
        /// and a later equal key replaces the value of an earlier one, in its place.
        public List<Entry> asPhpSees() {
            Map<Key, Entry> seen = LinkedHashMap.newLinkedHashMap(entries.size());
            for (Entry entry : entries) {
                Key key = arrayKey(entry.key());
                seen.put(key, new Entry(key, entry.value()));
            }
            return new ArrayList<>(seen.values());
        }

        @Override
        public String typeName() {
            return "array";
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Array && sameText(this, (PhpValue) other);
        }

        @Override
        public int hashCode() {
            return entries.size();
        }

        @Override
        public String toString() {
            return PhpText.oneLine(this, 200);
        }
    }

    /// `O:5:"Point":1:{s:1:"x";i:1;}`
    ///
    /// @param name the class, as the text writes it
    /// @param properties names as the text writes them: protected ones begin with NUL `*` NUL,
    ///   private ones with NUL class NUL
    record Obj(Str name, List<Entry> properties) implements PhpValue {

        public Obj {
            properties = List.copyOf(properties);
        }

        @Override
        public List<Entry> members() {
            return properties;
        }

        /// The class for people to read.
        public String className() {
            return lossy(name);
        }

        @Override
        public String typeName() {
            return "object";
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Obj && sameText(this, (PhpValue) other);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }

        @Override
        public String toString() {
            return PhpText.oneLine(this, 200);
        }
    }

    /// `C:3:"Old":4:{data}`: a class that writes a text of its own, which nobody else can read.
    record Custom(Str name, byte[] content) implements PhpValue {

        /// The class for people to read.
        public String className() {
            return lossy(name);
        }

        @Override
        public String typeName() {
            return "object";
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Custom that
                    && name.equals(that.name)
                    && Arrays.equals(content, that.content);
        }

        @Override
        public int hashCode() {
            return Objects.hash(name, Arrays.hashCode(content));
        }

        @Override
        public String toString() {
            return PhpText.oneLine(this, 200);
        }
    }

    /// `E:11:"Suit:Hearts";`
    ///
    /// @param name class and case with a colon between them, as the text writes it
    record Enum(Str name) implements PhpValue {

        /// The enum for people to read.
        public String className() {
            String both = lossy(name);
            int colon = both.indexOf(':');
            return colon < 0 ? both : both.substring(0, colon);
        }

        /// The case for people to read; empty where the text names none.
        public String caseName() {
            String both = lossy(name);
            int colon = both.indexOf(':');
            return colon < 0 ? "" : both.substring(colon + 1);
        }

        @Override
        public String typeName() {
            return "enum";
        }
    }

    /// `r:2;`: the same object again.
    ///
    /// @param number of the value meant, counted from 1 in the order of the text; keys and `R:` are
    ///   not counted
    record ObjectRef(long number) implements PhpValue {
        @Override
        public String typeName() {
            return "reference";
        }
    }

    /// `R:2;`: a PHP reference to the same variable.
    ///
    /// @param number as for [ObjectRef]
    record VariableRef(long number) implements PhpValue {
        @Override
        public String typeName() {
            return "reference";
        }
    }

    /// The key PHP makes of this one in an array: a string that is a whole number of 64 bit,
    /// written as PHP would write it, is that number.
    static Key arrayKey(Key key) {
        return switch (key) {
            case Int whole -> Int.of(whole.value());
            case Str text -> {
                Long number = wholeNumber(text.bytes());
                yield number == null ? Str.of(text.bytes()) : Int.of(number);
            }
        };
    }

    private static @Nullable Long wholeNumber(byte[] bytes) {
        boolean negative = bytes.length > 0 && bytes[0] == '-';
        int first = negative ? 1 : 0;
        int digits = bytes.length - first;
        if (digits < 1 || digits > 19) {
            return null;
        }
        for (int i = first; i < bytes.length; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return null;
            }
        }
        if (bytes[first] == '0' && (digits > 1 || negative)) {
            return null;
        }
        try {
            return Long.parseLong(new String(bytes, StandardCharsets.US_ASCII));
        } catch (NumberFormatException tooLarge) {
            return null;
        }
    }

    private static String lossy(Str name) {
        return new String(name.bytes(), StandardCharsets.UTF_8);
    }

    /// Compares without recursion: values nest deeper than a thread's stack.
    private static boolean sameText(PhpValue one, PhpValue other) {
        return one == other || Arrays.equals(PhpEncoder.encode(one), PhpEncoder.encode(other));
    }
}
