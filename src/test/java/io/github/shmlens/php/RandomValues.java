package io.github.shmlens.php;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// PHP values of all kinds, the same for the same seed.
///
/// PHP scripts that read them define `enum Suit { case Hearts; case Spades; }` and, for its private
/// and protected properties, `class Child extends Point`.
final class RandomValues {

    private static final int MOST_DEPTH = 6;

    private static final long[] INTS = {
        0,
        1,
        -1,
        9,
        10,
        -10,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        1L << 32,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MAX_VALUE - 1
    };

    private static final double[] FLOATS = {
        0.0,
        -0.0,
        1.0,
        0.1,
        -2.5,
        1e15,
        1e16,
        1e17,
        1e25,
        1e-4,
        1e-5,
        1.25e-7,
        Double.MIN_VALUE,
        2 * Double.MIN_VALUE,
        Double.MIN_NORMAL,
        Double.MAX_VALUE,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        9.4e-323,
        2e-323
    };

    private static final String[] KEY_TEXTS = {
        "",
        "0",
        "-0",
        "1",
        "-1",
        "01",
        "1.5",
        " 1",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "-9223372036854775809",
        "a",
        "__class",
        "\0",
        "é"
    };

    private final Random random;
    private final boolean loose;

    // Of the value that is being made: what each number of the text stands for.
    private final List<Character> numbered = new ArrayList<>();
    private final Map<String, Long> cases = new HashMap<>();

    private RandomValues(long seed, boolean loose) {
        this.random = new Random(seed);
        this.loose = loose;
    }

    /// Values as PHP itself would write them: its keys, its floats, its references.
    static RandomValues asPhpWrites(long seed) {
        return new RandomValues(seed, false);
    }

    /// Values as others may write them and PHP reads: signs and zeros before ints, odd floats,
    /// escaped strings, keys that PHP changes or that stand there twice; no references.
    static RandomValues asOthersWrite(long seed) {
        return new RandomValues(seed, true);
    }

    PhpValue next() {
        numbered.clear();
        cases.clear();
        numbered.add(' ');
        return value(0);
    }

    /// A value whose text has about this many bytes.
    PhpValue ofAbout(int bytes) {
        return PhpValue.Str.of(bytes(Math.max(0, bytes - 8)));
    }

    /// What PHP makes of a value that others wrote, as it writes it itself.
    static PhpValue asPhpReads(PhpValue value) {
        return switch (value) {
            case PhpValue.Int whole -> PhpValue.Int.of(whole.value());
            case PhpValue.Float real -> PhpValue.Float.of(real.value());
            case PhpValue.Str text -> PhpValue.Str.of(text.bytes());
            case PhpValue.Array array ->
                    new PhpValue.Array(
                            array.asPhpSees().stream()
                                    .map(one ->
                                            new PhpValue.Entry(one.key(), asPhpReads(one.value())))
                                    .toList());
            case PhpValue.Obj object -> {
                Map<String, PhpValue.Entry> seen = new LinkedHashMap<>();
                for (PhpValue.Entry one : object.properties()) {
                    byte[] name =
                            switch (one.key()) {
                                case PhpValue.Int whole ->
                                        Long.toString(whole.value())
                                                .getBytes(StandardCharsets.US_ASCII);
                                case PhpValue.Str text -> text.bytes();
                            };
                    PhpValue.Entry read =
                            new PhpValue.Entry(PhpValue.Str.of(name), asPhpReads(one.value()));
                    seen.put(new String(name, StandardCharsets.ISO_8859_1), read);
                }
                yield new PhpValue.Obj(object.name(), List.copyOf(seen.values()));
            }
            case PhpValue.Null _,
                    PhpValue.Bool _,
                    PhpValue.Enum _,
                    PhpValue.Custom _,
                    PhpValue.ObjectRef _,
                    PhpValue.VariableRef _ ->
                    value;
        };
    }

    private PhpValue value(int depth) {
        int kind = random.nextInt(depth >= MOST_DEPTH ? 10 : 16);
        return switch (kind) {
            case 0 -> scalar(PhpValue.NULL);
            case 1 -> scalar(new PhpValue.Bool(random.nextBoolean()));
            case 2, 3 -> scalar(whole());
            case 4, 5 -> scalar(real());
            case 6, 7 -> scalar(string(random.nextInt(4) == 0 ? 200 : 12));
            case 8 -> suit();
            case 9 -> reference();
            case 10, 11, 12, 13 -> array(depth);
            default -> object(depth);
        };
    }

    private PhpValue scalar(PhpValue value) {
        numbered.add('s');
        return value;
    }

    private PhpValue.Int whole() {
        long value =
                switch (random.nextInt(3)) {
                    case 0 -> INTS[random.nextInt(INTS.length)];
                    case 1 -> random.nextInt(200) - 100;
                    default -> random.nextLong();
                };
        if (!loose || random.nextBoolean()) {
            return PhpValue.Int.of(value);
        }
        String digits = Long.toString(value);
        String written =
                value < 0
                        ? "-00" + digits.substring(1)
                        : random.nextBoolean() ? "+" + digits : "0" + digits;
        return new PhpValue.Int(value, written);
    }

    private PhpValue.Float real() {
        double value =
                switch (random.nextInt(5)) {
                    case 0 -> FLOATS[random.nextInt(FLOATS.length)];
                    case 1 -> random.nextInt(2_000_000) / 1000.0;
                    case 2 -> random.nextLong() * Math.pow(10, random.nextInt(40) - 30);
                    case 3 -> Double.longBitsToDouble(random.nextLong() >>> random.nextInt(13));
                    default -> Double.longBitsToDouble(random.nextLong());
                };
        if (!loose || Double.isNaN(value) || Double.isInfinite(value) || random.nextBoolean()) {
            return PhpValue.Float.of(Double.isNaN(value) ? Double.NaN : value);
        }
        String digits =
                "%s%d.%d"
                        .formatted(
                                random.nextBoolean() ? "+" : "-",
                                random.nextInt(3),
                                random.nextInt(99999));
        String written =
                switch (random.nextInt(4)) {
                    case 0 -> digits;
                    case 1 -> digits + "e" + (random.nextInt(700) - 350);
                    case 2 -> "." + random.nextInt(1000) + "E+0" + random.nextInt(30);
                    default -> random.nextInt(100000) + ".";
                };
        return new PhpValue.Float(Double.parseDouble(written), written);
    }

    private PhpValue.Str string(int most) {
        byte[] bytes = bytes(random.nextInt(most));
        if (!loose || random.nextInt(3) > 0) {
            return PhpValue.Str.of(bytes);
        }
        StringBuilder written = new StringBuilder();
        for (byte one : bytes) {
            boolean plain = one >= ' ' && one < 127 && one != '\\' && random.nextBoolean();
            written.append(plain ? Character.toString(one) : "\\%02x".formatted(one));
        }
        return new PhpValue.Str(bytes, written.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        if (random.nextBoolean()) {
            random.nextBytes(bytes);
        } else {
            Arrays.fill(bytes, (byte) ('a' + random.nextInt(26)));
            if (length > 2) {
                bytes[random.nextInt(length)] = '"';
                bytes[random.nextInt(length)] = ';';
                bytes[random.nextInt(length)] = '}';
            }
        }
        return bytes;
    }

    private PhpValue suit() {
        if (loose) {
            return scalar(string(3));
        }
        String name = random.nextBoolean() ? "Suit:Hearts" : "Suit:Spades";
        Long before = cases.get(name);
        if (before != null) {
            numbered.add('r');
            return new PhpValue.ObjectRef(before);
        }
        cases.put(name, (long) numbered.size());
        numbered.add('E');
        return new PhpValue.Enum(PhpValue.Str.of(name));
    }

    /// To a value that stands complete before this one, or a scalar where there is none.
    private PhpValue reference() {
        int meant = 1 + random.nextInt(numbered.size());
        if (!loose && meant < numbered.size()) {
            char kind = numbered.get(meant);
            if (kind == 'O') {
                numbered.add('r');
                return new PhpValue.ObjectRef(meant);
            }
            if (kind == 's') {
                // From now on the two are one variable, which a script could not have otherwise.
                numbered.set(meant, 'v');
                return new PhpValue.VariableRef(meant);
            }
        }
        return scalar(PhpValue.NULL);
    }

    private PhpValue array(int depth) {
        numbered.add('a');
        int count = random.nextInt(6);
        boolean list = random.nextBoolean();
        Map<PhpValue.Key, PhpValue> entries = new LinkedHashMap<>();
        List<PhpValue.Entry> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            PhpValue.Key key =
                    list ? PhpValue.Int.of(i) : loose ? looseKey() : PhpValue.arrayKey(looseKey());
            if (loose || entries.putIfAbsent(key, PhpValue.NULL) == null) {
                all.add(new PhpValue.Entry(key, value(depth + 1)));
            }
        }
        return new PhpValue.Array(all);
    }

    private PhpValue.Key looseKey() {
        return switch (random.nextInt(4)) {
            case 0 -> PhpValue.Str.of(KEY_TEXTS[random.nextInt(KEY_TEXTS.length)]);
            case 1 -> string(8);
            default -> whole();
        };
    }

    private PhpValue object(int depth) {
        numbered.add('O');
        boolean child = !loose && random.nextInt(4) == 0;
        List<PhpValue.Entry> properties = new ArrayList<>();
        if (child) {
            for (String name : List.of("x", "\0*\0y", "\0Point\0z", "\0Child\0z", "next")) {
                properties.add(new PhpValue.Entry(PhpValue.Str.of(name), value(depth + 1)));
            }
            return new PhpValue.Obj(PhpValue.Str.of("Child"), properties);
        }
        String name = random.nextBoolean() ? "stdClass" : "No\\Such\\Class";
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            PhpValue.Key key =
                    loose && random.nextBoolean()
                            ? whole()
                            : PhpValue.Str.of("p" + i + "x".repeat(random.nextInt(3)));
            properties.add(new PhpValue.Entry(key, value(depth + 1)));
        }
        return new PhpValue.Obj(PhpValue.Str.of(name), properties);
    }
}
