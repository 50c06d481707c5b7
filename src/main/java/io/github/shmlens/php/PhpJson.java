package io.github.shmlens.php;

import io.github.shmlens.segment.BadInput;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/// PHP values as JSON, both ways.
///
/// Out: an array whose keys are 0 to n−1 in order is a JSON array, every other one an object; an
/// object is one with `"__class"`; an enum case `{"__enum": "Suit:Hearts"}`; bytes that are not
/// UTF-8 `{"__bytes": "hex"}`; NAN and INF `{"__float": "NAN"}`; a reference is the value again, or
/// `{"__ref": n}` in a cycle, where `n` is the number in the serialized text. An object that writes
/// a text of its own has it under `"__serialized"`. Two properties of one name (private ones of
/// parent and child) are told apart by `Class::name`; a key that is not UTF-8 reads `__bytes:hex`.
///
/// In: objects become PHP arrays, with PHP's rules for keys. Ints have 64 bit.
public final class PhpJson {

    /// As deep as PHP reads.
    private static final int MAX_DEPTH = SerializedText.MAX_DEPTH;

    /// What a caller may wrap around a value, and what we add to the innermost one.
    private static final int WRAPPING = 32;

    /// References can make a short text stand for a value of any size. So many values are shown
    /// again; the rest are `__ref`.
    private static final int MOST_SHOWN_AGAIN = 100_000;

    private static final int MOST_STRING_CHARS = 1 << 30;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_DEPTH)
                                    .maxStringLength(MOST_STRING_CHARS)
                                    .maxNameLength(MOST_STRING_CHARS)
                                    .build())
                    .streamWriteConstraints(
                            StreamWriteConstraints.builder()
                                    .maxNestingDepth(MAX_DEPTH + WRAPPING)
                                    .build())
                    // Names come from a person or a script: nothing to share between documents, and
                    // no table to be filled on purpose.
                    .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                    .build();

    private static final Pattern OWN_AFFAIRS =
            Pattern.compile(
                    "(?s)(?:: enable `| \\(not recognized| \\(start marker|\\[Source|\n).*");

    /// What stands in quotes in a message: the text that was not expected.
    private static final Pattern QUOTED = Pattern.compile("'(.+?)'(?= |,|:|$|\\))");

    private PhpJson() {}

    /// Makes generators that nest deep enough for [#write], and parsers that read as deep as PHP.
    public static JsonFactory factory() {
        return FACTORY;
    }

    public static String toJson(PhpValue value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            write(value, json);
        }
        return text.toString();
    }

    /// Writes one value.
    ///
    /// @param json made by [#factory], or as patient with nesting
    public static void write(PhpValue value, JsonGenerator json) {
        new Writer(value, json).write();
    }

    /// Whether [#parse] makes the same value of what [#toJson] shows; not so for objects, enums,
    /// references, odd bytes and numbers written in another way.
    public static boolean survives(PhpValue value) {
        try {
            return Arrays.equals(PhpEncoder.encode(parse(toJson(value))), PhpEncoder.encode(value));
        } catch (BadInput beyondJson) {
            return false;
        }
    }

    /// Reads one JSON text.
    ///
    /// @throws BadInput with line and column
    public static PhpValue parse(String json) throws BadInput {
        return parse(json, new PhpValues());
    }

    /// Reads one JSON text into values of another kind, by the same rules: ints have 64 bit, floats
    /// are finite, strings are whole.
    ///
    /// @throws BadInput with line and column
    public static <T> T parse(String json, JsonTarget<T> target) throws BadInput {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            return new Reader<>(parser, target).read();
        } catch (StreamConstraintsException limit) {
            throw new BadInput(
                    "the JSON text nests deeper than %d levels, or has a number of too many digits%s"
                            .formatted(MAX_DEPTH, place(limit.getLocation())));
        } catch (JacksonException refused) {
            throw new BadInput(
                    "the JSON text is not valid: %s%s"
                            .formatted(plain(refused), place(refused.getLocation())));
        }
    }

    /// What is wrong, without what Jackson says about its own switches and sources.
    private static String plain(JacksonException refused) {
        if (refused instanceof UnexpectedEndOfInputException) {
            return "the text ends too early";
        }
        String message = String.valueOf(refused.getOriginalMessage());
        Matcher quoted = QUOTED.matcher(message);
        String there = quoted.find() ? quoted.group(1) : "something else";
        if (message.contains("expecting a colon")) {
            return "after a name belongs a colon, not " + there;
        }
        if (message.contains("to start property name")) {
            return there.equals("}")
                    ? "a comma stands before the closing }"
                    : "a name has to stand in double quotes, not begin with " + there;
        }
        if (message.contains("expecting comma")) {
            return "a comma is missing before " + there;
        }
        if (message.contains("expected a val") || message.contains("expected a valid")) {
            return "a value is missing before " + there;
        }
        if (message.startsWith("Unrecognized token") || message.startsWith("Non-standard token")) {
            return "%s is no value; texts stand in double quotes".formatted(there);
        }
        if (message.contains("Leading zeroes")) {
            return "a number does not begin with 0";
        }
        if (message.contains("Decimal point not followed")) {
            return "after the decimal point belongs a digit";
        }
        if (message.startsWith("Illegal unquoted character")) {
            return "a text goes over the end of its line or holds a control character;"
                    + " write it as \\n or \\u00NN";
        }
        if (message.startsWith("Unrecognized character escape")) {
            return "\\%s is no escape".formatted(there);
        }
        if (message.contains("hex-digit")) {
            return "after \\u belong four hex digits";
        }
        if (message.startsWith("Unexpected close marker")) {
            return there + " closes nothing";
        }
        return OWN_AFFAIRS.matcher(message).replaceAll("");
    }

    private static String place(@Nullable TokenStreamLocation location) {
        return location == null || location.getLineNr() < 1
                ? ""
                : ", at line %d column %d"
                        .formatted(location.getLineNr(), Math.max(location.getColumnNr(), 1));
    }

    /// Writes with a stack of its own: values nest deeper than a thread's stack.
    private static final class Writer {
        private final PhpValue root;
        private final JsonGenerator json;
        private final Deque<Open> open = new ArrayDeque<>();
        private final Set<PhpValue> inside = Collections.newSetFromMap(new IdentityHashMap<>());
        private @Nullable References references;
        private int shownAgain;

        private Writer(PhpValue root, JsonGenerator json) {
            this.root = root;
            this.json = json;
        }

        /// An array or object whose elements are being written.
        ///
        /// @param names used so far; null in a JSON array
        /// @param again reached through a reference, so what is inside is shown once more
        private record Open(
                PhpValue container,
                Iterator<PhpValue.Entry> left,
                @Nullable Set<String> names,
                boolean again) {}

        private void write() {
            begin(root, false);
            while (!open.isEmpty()) {
                Open innermost = open.getLast();
                if (innermost.left().hasNext()) {
                    PhpValue.Entry entry = innermost.left().next();
                    Set<String> names = innermost.names();
                    if (names != null) {
                        json.writeName(name(innermost.container(), entry.key(), names));
                    }
                    begin(entry.value(), innermost.again());
                } else {
                    if (innermost.names() == null) {
                        json.writeEndArray();
                    } else {
                        json.writeEndObject();
                    }
                    inside.remove(innermost.container());
                    open.removeLast();
                }
            }
        }

        private void begin(PhpValue value, boolean again) {
            if (again) {
                shownAgain++;
            }
            switch (value) {
                case PhpValue.Null _ -> json.writeNull();
                case PhpValue.Bool bool -> json.writeBoolean(bool.value());
                case PhpValue.Int whole -> json.writeNumber(whole.value());
                case PhpValue.Float real -> real(real.value());
                case PhpValue.Str string -> string(string);
                case PhpValue.Array array -> array(array, again);
                case PhpValue.Obj object -> object(object, again);
                case PhpValue.Enum one -> single("__enum", PhpText.php(one.name().bytes()));
                case PhpValue.Custom custom -> {
                    json.writeStartObject();
                    json.writeName("__class");
                    json.writeString(PhpText.php(custom.name().bytes()));
                    json.writeName("__serialized");
                    string(PhpValue.Str.of(custom.content()));
                    json.writeEndObject();
                }
                case PhpValue.ObjectRef same -> reference(same.number());
                case PhpValue.VariableRef same -> reference(same.number());
            }
        }

        private void array(PhpValue.Array array, boolean again) {
            List<PhpValue.Entry> entries = array.asPhpSees();
            inside.add(array);
            if (isList(entries)) {
                json.writeStartArray();
                open.addLast(new Open(array, entries.iterator(), null, again));
            } else {
                json.writeStartObject();
                open.addLast(new Open(array, entries.iterator(), new HashSet<>(), again));
            }
        }

        private void object(PhpValue.Obj object, boolean again) {
            inside.add(object);
            json.writeStartObject();
            json.writeName("__class");
            json.writeString(PhpText.php(object.name().bytes()));
            Set<String> names = new HashSet<>(Set.of("__class"));
            open.addLast(new Open(object, object.properties().iterator(), names, again));
        }

        private static boolean isList(List<PhpValue.Entry> entries) {
            long expected = 0;
            for (PhpValue.Entry entry : entries) {
                if (!(entry.key() instanceof PhpValue.Int whole) || whole.value() != expected) {
                    return false;
                }
                expected++;
            }
            return true;
        }

        private void real(double value) {
            String text = PhpText.shortest(value);
            if (Double.isNaN(value) || Double.isInfinite(value)) {
                single("__float", text);
            } else {
                // A float stays one for whoever reads this.
                boolean looksWhole = text.indexOf('.') < 0;
                json.writeNumber(looksWhole ? text + ".0" : text);
            }
        }

        private void string(PhpValue.Str string) {
            String text = string.utf8();
            if (text == null) {
                single("__bytes", HexFormat.of().formatHex(string.bytes()));
            } else {
                json.writeString(text);
            }
        }

        private void single(String name, String value) {
            json.writeStartObject();
            json.writeName(name);
            json.writeString(value);
            json.writeEndObject();
        }

        private void reference(long number) {
            if (references == null) {
                references = References.of(root);
            }
            PhpValue meant = references.meant(number);
            if (meant != null && mayShowAgain(meant)) {
                begin(meant, true);
            } else {
                json.writeStartObject();
                json.writeName("__ref");
                json.writeNumber(number);
                json.writeEndObject();
            }
        }

        private boolean mayShowAgain(PhpValue meant) {
            return !inside.contains(meant)
                    && open.size() < MAX_DEPTH
                    && shownAgain < MOST_SHOWN_AGAIN;
        }

        private static String name(PhpValue container, PhpValue.Key key, Set<String> used) {
            String plain = plainName(container, key);
            String name = plain;
            if (!used.add(name)) {
                name = owner(key) + "::" + plain;
                for (int i = 2; !used.add(name); i++) {
                    name = owner(key) + "::" + plain + "#" + i;
                }
            }
            return name;
        }

        private static String plainName(PhpValue container, PhpValue.Key key) {
            return switch (key) {
                case PhpValue.Int whole -> Long.toString(whole.value());
                case PhpValue.Str text -> {
                    if (text.utf8() == null) {
                        yield "__bytes:" + HexFormat.of().formatHex(text.bytes());
                    }
                    yield container instanceof PhpValue.Obj
                            ? PhpText.propertyName(key)
                            : String.valueOf(text.utf8());
                }
            };
        }

        /// The class a private property belongs to, `*` for a protected one, nothing for a public.
        private static String owner(PhpValue.Key key) {
            if (key instanceof PhpValue.Str text
                    && text.bytes().length > 0
                    && text.bytes()[0] == 0) {
                String mangled =
                        new String(
                                text.bytes(), 1, text.bytes().length - 1, StandardCharsets.UTF_8);
                int end = mangled.indexOf(0);
                return end < 0 ? "" : mangled.substring(0, end);
            }
            return "";
        }
    }

    /// Every value of a text by its number.
    private static final class References {
        private final List<PhpValue> numbered = new ArrayList<>();

        /// How many numbers are certain: an object that writes a text of its own may hold values
        /// that count, and only its class knows.
        private int certain = Integer.MAX_VALUE;

        static References of(PhpValue root) {
            References references = new References();
            Deque<Iterator<PhpValue.Entry>> open = new ArrayDeque<>();
            references.number(root, open);
            while (!open.isEmpty()) {
                Iterator<PhpValue.Entry> left = open.getLast();
                if (left.hasNext()) {
                    references.number(left.next().value(), open);
                } else {
                    open.removeLast();
                }
            }
            return references;
        }

        private void number(PhpValue value, Deque<Iterator<PhpValue.Entry>> open) {
            switch (value) {
                case PhpValue.VariableRef _ -> {}
                case PhpValue.Array array -> {
                    numbered.add(value);
                    open.addLast(array.entries().iterator());
                }
                case PhpValue.Obj object -> {
                    numbered.add(value);
                    open.addLast(object.properties().iterator());
                }
                case PhpValue.Custom _ -> {
                    numbered.add(value);
                    certain = Math.min(certain, numbered.size());
                }
                case PhpValue.Null _,
                        PhpValue.Bool _,
                        PhpValue.Int _,
                        PhpValue.Float _,
                        PhpValue.Str _,
                        PhpValue.Enum _,
                        PhpValue.ObjectRef _ ->
                        numbered.add(value);
            }
        }

        /// The value with this number, or null when it is not certain which that is.
        private @Nullable PhpValue meant(long number) {
            long at = number;
            while (at >= 1 && at <= Math.min(certain, numbered.size())) {
                PhpValue value = numbered.get((int) at - 1);
                if (!(value instanceof PhpValue.ObjectRef same)) {
                    return value;
                }
                if (same.number() >= at) {
                    return null;
                }
                at = same.number();
            }
            return null;
        }
    }

    private static final class Reader<T> {
        private final JsonParser parser;
        private final JsonTarget<T> target;
        private final Deque<Open<T>> open = new ArrayDeque<>();

        private Reader(JsonParser parser, JsonTarget<T> target) {
            this.parser = parser;
            this.target = target;
        }

        /// An array or object being read.
        private static final class Open<T> {
            private final boolean list;
            private final List<T> elements = new ArrayList<>();
            private final List<String> names = new ArrayList<>();

            private Open(boolean list) {
                this.list = list;
            }

            private T close(JsonTarget<T> target) {
                return list ? target.list(elements) : target.object(names, elements);
            }
        }

        private T read() throws BadInput {
            T value = value();
            if (parser.nextToken() != null) {
                throw bad("something follows the value");
            }
            return value;
        }

        private T value() throws BadInput {
            while (true) {
                JsonToken token = parser.nextToken();
                if (token == null) {
                    throw bad("the text is empty or ends too early");
                }
                T done = null;
                switch (token) {
                    case START_ARRAY -> open.addLast(new Open<>(true));
                    case START_OBJECT -> open.addLast(new Open<>(false));
                    case END_ARRAY, END_OBJECT -> done = open.removeLast().close(target);
                    case PROPERTY_NAME -> open.getLast().names.add(whole(parser.currentName()));
                    case VALUE_STRING -> done = target.text(whole(parser.getString()));
                    case VALUE_NUMBER_INT -> done = target.integer(integer(parser.getString()));
                    case VALUE_NUMBER_FLOAT -> done = target.real(real(parser.getString()));
                    case VALUE_TRUE -> done = target.bool(true);
                    case VALUE_FALSE -> done = target.bool(false);
                    case VALUE_NULL -> done = target.nothing();
                    case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                            throw new IllegalStateException("no JSON text has " + token);
                }
                if (done != null) {
                    if (open.isEmpty()) {
                        return done;
                    }
                    open.getLast().elements.add(done);
                }
            }
        }

        private long integer(String digits) throws BadInput {
            try {
                return Long.parseLong(digits);
            } catch (NumberFormatException tooLarge) {
                throw bad("an int does not fit 64 bit; write a float (with a point) or a string");
            }
        }

        private double real(String digits) throws BadInput {
            double value = Double.parseDouble(digits);
            if (Double.isInfinite(value)) {
                throw bad("a float is too large for 64 bit");
            }
            return value;
        }

        private String whole(String text) throws BadInput {
            for (int i = 0; i < text.length(); i++) {
                char unit = text.charAt(i);
                if (Character.isHighSurrogate(unit)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    i++;
                } else if (Character.isSurrogate(unit)) {
                    throw bad("a string has half of a surrogate pair");
                }
            }
            return text;
        }

        private BadInput bad(String why) {
            return new BadInput(
                    "the JSON text is not valid: " + why + place(parser.currentTokenLocation()));
        }
    }

    /// Objects become arrays, with PHP's rules for keys.
    private static final class PhpValues implements JsonTarget<PhpValue> {
        @Override
        public PhpValue list(List<PhpValue> elements) {
            List<PhpValue.Entry> entries = new ArrayList<>(elements.size());
            for (PhpValue element : elements) {
                entries.add(new PhpValue.Entry(PhpValue.Int.of(entries.size()), element));
            }
            return new PhpValue.Array(entries);
        }

        @Override
        public PhpValue object(List<String> names, List<PhpValue> values) {
            List<PhpValue.Entry> entries = new ArrayList<>(values.size());
            for (int i = 0; i < values.size(); i++) {
                entries.add(new PhpValue.Entry(PhpValue.Str.of(names.get(i)), values.get(i)));
            }
            return new PhpValue.Array(new PhpValue.Array(entries).asPhpSees());
        }

        @Override
        public PhpValue text(String value) {
            return PhpValue.Str.of(value);
        }

        @Override
        public PhpValue integer(long value) {
            return PhpValue.Int.of(value);
        }

        @Override
        public PhpValue real(double value) {
            return PhpValue.Float.of(value);
        }

        @Override
        public PhpValue bool(boolean value) {
            return new PhpValue.Bool(value);
        }

        @Override
        public PhpValue nothing() {
            return PhpValue.NULL;
        }
    }
}
