package io.github.shmlens.api;

import io.github.shmlens.kryo.KryoValue;
import io.github.shmlens.kryo.KryoValue.Width;
import io.github.shmlens.php.PhpValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Plain Java values to PHP's and Kryo's, and back.
final class JavaValues {

    /// Deeper values are a mistake, a list that holds itself above all.
    private static final int MOST_DEPTH = 1000;

    private JavaValues() {}

    // ---- out of a slot

    static @Nullable Object of(PhpValue value) {
        return of(value, 0);
    }

    private static @Nullable Object of(PhpValue value, int depth) {
        return switch (value) {
            case PhpValue.Null _ -> null;
            case PhpValue.Bool(boolean set) -> set;
            case PhpValue.Int whole -> whole.value();
            case PhpValue.Float real -> real.value();
            case PhpValue.Str text -> string(text);
            case PhpValue.Array array -> depth < MOST_DEPTH ? array(array, depth) : array;
            case PhpValue.Obj _,
                    PhpValue.Custom _,
                    PhpValue.Enum _,
                    PhpValue.ObjectRef _,
                    PhpValue.VariableRef _ ->
                    value;
        };
    }

    private static Object string(PhpValue.Str text) {
        String utf8 = text.utf8();
        return utf8 == null ? text.bytes() : utf8;
    }

    private static Object array(PhpValue.Array array, int depth) {
        List<PhpValue.Entry> entries = array.asPhpSees();
        boolean list = true;
        for (int i = 0; i < entries.size() && list; i++) {
            list = entries.get(i).key() instanceof PhpValue.Int key && key.value() == i;
        }
        if (list) {
            List<@Nullable Object> elements = new ArrayList<>(entries.size());
            for (PhpValue.Entry entry : entries) {
                elements.add(of(entry.value(), depth + 1));
            }
            return Collections.unmodifiableList(elements);
        }
        return map(entries, depth);
    }

    private static Map<Object, @Nullable Object> map(List<PhpValue.Entry> entries, int depth) {
        Map<Object, @Nullable Object> map = new LinkedHashMap<>();
        for (PhpValue.Entry entry : entries) {
            Object key =
                    switch (entry.key()) {
                        case PhpValue.Int whole -> (Object) whole.value();
                        case PhpValue.Str text -> string(text);
                    };
            map.put(key, of(entry.value(), depth + 1));
        }
        return Collections.unmodifiableMap(map);
    }

    /// The value as this type where it is exactly that, else as [#of] gives it.
    static @Nullable Object as(PhpValue value, Class<?> wanted) {
        if (wanted == PhpValue.class) {
            return value;
        }
        if (value instanceof PhpValue.Str(byte[] bytes, _) && wanted == byte[].class) {
            return bytes;
        }
        if (value instanceof PhpValue.Array array && wanted == Map.class) {
            return map(array.asPhpSees(), 0);
        }
        return narrowed(of(value), wanted);
    }

    /// A number as another type that has exactly this number; anything else as it is.
    static @Nullable Object narrowed(@Nullable Object value, Class<?> wanted) {
        return switch (value) {
            case Long whole -> whole(whole, wanted);
            case Integer whole -> whole(whole, wanted);
            case Short whole -> whole(whole, wanted);
            case Byte whole -> whole(whole, wanted);
            case Double real when wanted == Float.class && exactly(real) ->
                    (Object) real.floatValue();
            case Float real when wanted == Double.class -> (Object) real.doubleValue();
            case null, default -> value;
        };
    }

    private static boolean exactly(double real) {
        return Double.compare((float) real, real) == 0;
    }

    private static Object whole(long whole, Class<?> wanted) {
        if (wanted == Integer.class && whole == (int) whole) {
            return (int) whole;
        }
        if (wanted == Short.class && whole == (short) whole) {
            return (short) whole;
        }
        if (wanted == Byte.class && whole == (byte) whole) {
            return (byte) whole;
        }
        // Beyond 2^53 not every whole number is a double.
        if (wanted == Double.class && Math.abs(whole) <= 1L << 53) {
            return (double) whole;
        }
        return whole;
    }

    static @Nullable Object of(KryoValue value) {
        return switch (value) {
            case KryoValue.Null _ -> null;
            case KryoValue.Bool(boolean set) -> set;
            case KryoValue.Whole(long whole, Width width) ->
                    switch (width) {
                        case BYTE -> (Object) (byte) whole;
                        case SHORT -> (short) whole;
                        case INT -> (int) whole;
                        case LONG -> whole;
                    };
            case KryoValue.Real(double real, boolean single) ->
                    single ? (Object) (float) real : (Object) real;
            case KryoValue.Letter(char letter) -> letter;
            case KryoValue.Text(String text) -> text;
            case KryoValue.Bytes(byte[] bytes) -> bytes;
            case KryoValue.Listing(List<KryoValue> elements) -> {
                List<@Nullable Object> list = new ArrayList<>(elements.size());
                elements.forEach(element -> list.add(of(element)));
                yield Collections.unmodifiableList(list);
            }
            case KryoValue.Mapping(List<KryoValue.Entry> entries) -> {
                Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
                entries.forEach(entry -> map.put(of(entry.key()), of(entry.value())));
                yield Collections.unmodifiableMap(map);
            }
            case KryoValue.Tuple _ -> value;
        };
    }

    // ---- into a slot

    /// @throws IllegalArgumentException when the text has half of a surrogate pair, which would
    ///   silently become a question mark
    static byte[] utf8(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        // As many bytes as chars: all ASCII, or halves that became question marks.
        boolean ascii =
                bytes.length == text.length()
                        && text.equals(new String(bytes, StandardCharsets.ISO_8859_1));
        if (!ascii) {
            checkPairs(text);
        }
        return bytes;
    }

    private static void checkPairs(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (Character.isSurrogate(unit)) {
                boolean pair =
                        Character.isHighSurrogate(unit)
                                && i + 1 < text.length()
                                && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    throw new IllegalArgumentException("a string has half of a surrogate pair");
                }
                i++;
            }
        }
    }

    /// @throws IllegalArgumentException for what PHP has no value for
    static PhpValue php(@Nullable Object value) {
        return php(value, 0);
    }

    private static PhpValue php(@Nullable Object value, int depth) {
        if (depth > MOST_DEPTH) {
            throw new IllegalArgumentException(
                    "the value nests deeper than %d levels".formatted(MOST_DEPTH));
        }
        return switch (value) {
            case null -> PhpValue.NULL;
            case PhpValue known -> known;
            case Boolean set -> new PhpValue.Bool(set);
            case Byte whole -> PhpValue.Int.of(whole);
            case Short whole -> PhpValue.Int.of(whole);
            case Integer whole -> PhpValue.Int.of(whole);
            case Long whole -> PhpValue.Int.of(whole);
            case Float real -> PhpValue.Float.of(real);
            case Double real -> PhpValue.Float.of(real);
            case String text -> PhpValue.Str.of(utf8(text));
            case byte[] bytes -> PhpValue.Str.of(bytes);
            case List<?> list -> {
                List<PhpValue.Entry> entries = new ArrayList<>(list.size());
                for (Object element : list) {
                    entries.add(
                            new PhpValue.Entry(
                                    PhpValue.Int.of(entries.size()), php(element, depth + 1)));
                }
                yield new PhpValue.Array(entries);
            }
            case Map<?, ?> map -> {
                List<PhpValue.Entry> entries = new ArrayList<>(map.size());
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    entries.add(
                            new PhpValue.Entry(
                                    key(entry.getKey()), php(entry.getValue(), depth + 1)));
                }
                PhpValue.Array array = new PhpValue.Array(entries);
                PhpValue.Array seen = new PhpValue.Array(array.asPhpSees());
                if (seen.entries().size() < entries.size()) {
                    throw new IllegalArgumentException(
                            "two keys of a map are one to PHP, such as 1 and \"1\"");
                }
                yield seen;
            }
            case Record _ ->
                    throw new IllegalArgumentException(
                            "PHP has no record like %s: putKryo keeps it"
                                    .formatted(value.getClass().getName()));
            default ->
                    throw new IllegalArgumentException(
                            "PHP has no value for a %s".formatted(value.getClass().getName()));
        };
    }

    private static PhpValue.Key key(@Nullable Object key) {
        return switch (php(key, 0)) {
            case PhpValue.Int whole -> whole;
            case PhpValue.Str text -> text;
            case PhpValue.Null _,
                    PhpValue.Bool _,
                    PhpValue.Float _,
                    PhpValue.Array _,
                    PhpValue.Obj _,
                    PhpValue.Custom _,
                    PhpValue.Enum _,
                    PhpValue.ObjectRef _,
                    PhpValue.VariableRef _ ->
                    throw new IllegalArgumentException(
                            "a key of a PHP array is a whole number or a string, not %s"
                                    .formatted(key));
        };
    }
}
