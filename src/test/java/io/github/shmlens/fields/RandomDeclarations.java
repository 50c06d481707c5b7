package io.github.shmlens.fields;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Makes structures at random, as C text, with a value for every field that one can hold at once.
public final class RandomDeclarations {

    /// One structure: its text, the name to ask for, and what to write.
    public record Made(String text, String name, List<Value> values) {}

    /// @param path from the structure down
    /// @param statement C that writes the value into `v`
    /// @param initial C that it begins with
    /// @param expected as [FieldValue#text] says it
    /// @param typed as [FieldEdit] takes it
    public record Value(
            String path, String statement, String initial, String expected, String typed) {}

    private record Whole(String name, int bits, boolean signed) {}

    private static final List<Whole> WHOLES =
            List.of(
                    new Whole("signed char", 8, true),
                    new Whole("unsigned char", 8, false),
                    new Whole("short", 16, true),
                    new Whole("unsigned short", 16, false),
                    new Whole("int", 32, true),
                    new Whole("unsigned int", 32, false),
                    new Whole("long long", 64, true),
                    new Whole("unsigned long long", 64, false),
                    new Whole("int8_t", 8, true),
                    new Whole("uint16_t", 16, false),
                    new Whole("uint32_t", 32, false),
                    new Whole("int64_t", 64, true),
                    new Whole("uint64_t", 64, false));

    private final Random random;
    private final boolean i386;
    private final List<Value> values = new ArrayList<>();
    private final List<String> earlier = new ArrayList<>();
    private int number;
    private int names;

    /// @param i386 leaves out what cannot be asked for there
    public RandomDeclarations(long seed, boolean i386) {
        this.random = new Random(seed);
        this.i386 = i386;
    }

    /// Shared by all structures.
    public static String prelude() {
        return """
        #define SMALL 2
        #define LARGER (SMALL * 3 - 1)
        enum mood { CALM, BUSY = 3, ANGRY = 70000 };
        enum side { LEFT = -1, RIGHT = 1 };
        enum tiny { ONE = 1, TWO } __attribute__((packed));
        typedef struct { short x; char tag; double y; } point_t;
        typedef int overaligned __attribute__((aligned(16)));
        typedef long long underaligned __attribute__((aligned(2)));
        """;
    }

    public Made next() {
        values.clear();
        names = 0;
        String name = "t" + number++;
        boolean pragma = random.nextInt(8) == 0;
        boolean union = random.nextInt(10) == 0;
        String text = compound(name, union, "", 0, true).strip() + ";\n";
        if (pragma) {
            text =
                    "#pragma pack(push, %d)\n%s#pragma pack(pop)\n"
                            .formatted(1 << random.nextInt(4), text);
        }
        String full = (union ? "union " : "struct ") + name;
        earlier.add(full);
        return new Made(text, full, List.copyOf(values));
    }

    private String compound(String tag, boolean union, String path, int depth, boolean live) {
        boolean packed = random.nextInt(5) == 0;
        StringBuilder text = new StringBuilder();
        text.append(union ? "union " : "struct ");
        boolean inFront = random.nextBoolean();
        String attributes =
                (packed ? " __attribute__((packed))" : "")
                        + (random.nextInt(8) == 0
                                ? " __attribute__((aligned(%d)))".formatted(1 << random.nextInt(6))
                                : "");
        text.append(inFront ? attributes.strip() + " " : "").append(tag).append(" {\n");
        int count = 1 + random.nextInt(depth == 0 ? 8 : 4);
        int chosen = random.nextInt(count);
        for (int i = 0; i < count; i++) {
            text.append(member(path, depth, live && (!union || i == chosen), packed, union));
        }
        return text.append("}").append(inFront ? "" : attributes).append(' ').toString();
    }

    private String member(String path, int depth, boolean live, boolean packed, boolean union) {
        String name = "m" + names++;
        String full = path + name;
        return switch (random.nextInt(16)) {
            case 0, 1, 2, 3 -> bitField(name, full, live, union);
            case 4 -> {
                if (depth >= 3) {
                    yield plain(name, full, live, packed);
                }
                yield compound("", random.nextInt(3) == 0, full + ".", depth + 1, live)
                        + name
                        + memberAttributes()
                        + ";\n";
            }
            case 5 -> {
                if (depth >= 3) {
                    yield plain(name, full, live, packed);
                }
                // Its members count as ours.
                yield compound("", random.nextInt(2) == 0, path, depth + 1, live).strip() + ";\n";
            }
            case 6 -> array(name, full, live);
            case 7 -> {
                int size = 1 + random.nextInt(9);
                String word = "abcdefgh".substring(0, random.nextInt(size));
                add(
                        live,
                        full,
                        "memcpy(v.%s, \"%s\", %d)".formatted(full, word, word.length()),
                        "\"" + word + "\"",
                        "\"" + word + "\"",
                        word);
                yield "char %s[%d];\n".formatted(name, size);
            }
            case 8 -> {
                int constant = random.nextInt(3);
                boolean side = random.nextBoolean();
                String which =
                        side
                                ? List.of("LEFT", "RIGHT", "LEFT").get(constant)
                                : List.of("CALM", "BUSY", "ANGRY").get(constant);
                assign(live, full, which, which, which);
                yield "enum %s %s%s;\n".formatted(side ? "side" : "mood", name, memberAttributes());
            }
            case 9 -> {
                long address = random.nextInt(1, Integer.MAX_VALUE);
                String shown = "0x" + Long.toHexString(address);
                assign(live, full, "(void *)" + shown, shown, shown);
                yield random.nextBoolean()
                        ? "const char *%s;\n".formatted(name)
                        : "int (*%s)(void *, struct nobody *);\n".formatted(name);
            }
            case 10 -> {
                boolean single = random.nextBoolean();
                double value = (random.nextInt(2001) - 1000) / 8.0;
                String shown = Double.toString(value);
                assign(live, full, shown, shown, shown);
                yield "%s %s%s;\n".formatted(single ? "float" : "double", name, memberAttributes());
            }
            case 11 -> {
                if (earlier.isEmpty()) {
                    yield plain(name, full, live, packed);
                }
                yield random.nextInt(3) == 0
                        ? "long double %s;\n".formatted(name)
                        : "%s %s;\n".formatted(earlier.get(random.nextInt(earlier.size())), name);
            }
            case 12 -> {
                assign(live, full + ".tag", "5", "5", "5");
                assign(live, full + ".y", "0.5", "0.5", "0.5");
                yield "point_t %s%s;\n".formatted(name, memberAttributes());
            }
            case 13 -> {
                boolean over = random.nextBoolean();
                assign(live, full, "-77", "-77", "-77");
                yield "%s %s;\n".formatted(over ? "overaligned" : "underaligned", name);
            }
            default -> plain(name, full, live, packed);
        };
    }

    private String plain(String name, String full, boolean live, boolean packed) {
        if (random.nextInt(10) == 0) {
            boolean value = random.nextBoolean();
            assign(live, full, value ? "1" : "0", Boolean.toString(value), value ? "1" : "false");
            return "_Bool %s;\n".formatted(name);
        }
        Whole type = whole();
        number(live, full, type.signed(), type.bits());
        int special = random.nextInt(12);
        String front =
                // Of atomic ones of 8 bytes GCC 12 has two minds there: 4 as the first member, 8
                // else.
                packed || (i386 && type.bits() == Long.SIZE)
                        ? ""
                        : special == 0
                                ? "_Atomic "
                                : special == 1
                                        ? "_Alignas(%d) ".formatted(8 << random.nextInt(3))
                                        : "";
        String attributes = front.isEmpty() ? memberAttributes() : "";
        return "%s%s %s%s;\n".formatted(front, type.name(), name, attributes);
    }

    private String array(String name, String full, boolean live) {
        Whole type = whole();
        int rows = 1 + random.nextInt(3);
        boolean twice = random.nextInt(3) == 0;
        for (int i = 0; i < rows; i++) {
            if (!twice) {
                number(live, full + "[" + i + "]", type.signed(), type.bits());
                continue;
            }
            for (int k = 0; k < 5; k++) {
                number(live, full + "[" + i + "][" + k + "]", type.signed(), type.bits());
            }
        }
        return "%s %s[%d]%s%s;\n"
                .formatted(type.name(), name, rows, twice ? "[LARGER]" : "", memberAttributes());
    }

    private String bitField(String name, String full, boolean live, boolean union) {
        if (random.nextInt(8) == 0) {
            Whole type = whole();
            return random.nextBoolean() || union
                    ? "%s : 0;\n".formatted(type.name())
                    : "%s : %d;\n".formatted(type.name(), 1 + random.nextInt(type.bits()));
        }
        int kind = random.nextInt(10);
        if (kind == 0) {
            assign(live, full, "1", "true", "true");
            return "_Bool %s : 1;\n".formatted(name);
        }
        if (kind == 1) {
            assign(live, full, "BUSY", "BUSY", "3");
            return "enum mood %s : %d;\n".formatted(name, 17 + random.nextInt(16));
        }
        Whole type = kind == 2 ? new Whole("underaligned", 64, true) : whole();
        int bits = random.nextInt(8) == 0 ? type.bits() : 1 + random.nextInt(type.bits());
        number(live, full, type.signed(), bits);
        return "%s %s : %d%s;\n".formatted(type.name(), name, bits, memberAttributes());
    }

    private String memberAttributes() {
        return switch (random.nextInt(14)) {
            case 0 -> " __attribute__((packed))";
            case 1 -> " __attribute__((aligned(%d)))".formatted(1 << random.nextInt(5));
            default -> "";
        };
    }

    private Whole whole() {
        if (random.nextInt(8) == 0) {
            boolean signed = random.nextBoolean();
            return new Whole(signed ? "long" : "unsigned long", i386 ? 32 : 64, signed);
        }
        return WHOLES.get(random.nextInt(WHOLES.size()));
    }

    private void number(boolean live, String full, boolean signed, int bits) {
        long raw = random.nextLong();
        long value = signed ? raw >> (64 - bits) : raw >>> (64 - bits);
        String literal =
                signed ? "(long long)0x%xULL".formatted(value) : "0x%xULL".formatted(value);
        String shown = signed ? Long.toString(value) : Long.toUnsignedString(value);
        assign(
                live,
                full,
                literal,
                shown,
                random.nextBoolean() || signed ? shown : "0x%x".formatted(value));
    }

    private void assign(boolean live, String path, String c, String expected, String typed) {
        add(live, path, "v.%s = %s".formatted(path, c), c, expected, typed);
    }

    private void add(
            boolean live,
            String path,
            String statement,
            String initial,
            String expected,
            String typed) {
        if (live) {
            values.add(new Value(path, statement, initial, expected, typed));
        }
    }
}
