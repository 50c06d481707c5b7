package io.github.shmlens.fields;

import io.github.shmlens.fields.CType.Scalar;
import io.github.shmlens.fields.CType.Scalar.Kind;
import io.github.shmlens.fields.RecordLayout.Column;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Numbers;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Columns as a person lists them, without any declaration:
///
/// ```
/// i32 f64        id:u32@0 x:f64@8 y:f64        u8[4] tag:char[8]
/// ```
///
/// Types are `i8` to `i64`, `u8` to `u64`, `f32`, `f64`, `bool`, `char` and `ptr`. A name may stand
/// before the type. `[n]` makes n columns, of `char` one text. `@offset` is where the column begins
/// in the record; without it, it follows the one before, aligned to its size as a compiler would.
/// Pure.
///
/// @param columns in the order listed
/// @param strideBytes the size of a C structure with these members
public record RecordColumns(List<Column> columns, long strideBytes) {

    private static final int MOST_CHARACTERS = 4000;
    private static final int MOST_TEXT = 1 << 20;
    private static final long MOST_OFFSET = 1L << 40;

    private static final Pattern COLUMN =
            Pattern.compile(
                    "(?:([A-Za-z_][A-Za-z_0-9.]*):)?([A-Za-z][A-Za-z0-9_]*)"
                            + "(?:\\[([0-9xXa-fA-F]{1,20})])?(?:@([0-9xXa-fA-F]{1,20}))?");

    private static final Map<String, Kind> KINDS =
            Map.ofEntries(
                    Map.entry("i8", Kind.SIGNED),
                    Map.entry("i16", Kind.SIGNED),
                    Map.entry("i32", Kind.SIGNED),
                    Map.entry("i64", Kind.SIGNED),
                    Map.entry("u8", Kind.UNSIGNED),
                    Map.entry("u16", Kind.UNSIGNED),
                    Map.entry("u32", Kind.UNSIGNED),
                    Map.entry("u64", Kind.UNSIGNED),
                    Map.entry("f32", Kind.FLOAT),
                    Map.entry("f64", Kind.FLOAT),
                    Map.entry("bool", Kind.BOOL),
                    Map.entry("char", Kind.SIGNED_CHAR));

    /// What other languages call them.
    private static final Map<String, String> ELSEWHERE =
            Map.ofEntries(
                    Map.entry("byte", "u8"),
                    Map.entry("double", "f64"),
                    Map.entry("float", "f32"),
                    Map.entry("int", "i32"),
                    Map.entry("int16_t", "i16"),
                    Map.entry("int32_t", "i32"),
                    Map.entry("int64_t", "i64"),
                    Map.entry("int8_t", "i8"),
                    Map.entry("long", "i64"),
                    Map.entry("short", "i16"),
                    Map.entry("size_t", "u64"),
                    Map.entry("string", "char[16]"),
                    Map.entry("uint16_t", "u16"),
                    Map.entry("uint32_t", "u32"),
                    Map.entry("uint64_t", "u64"),
                    Map.entry("uint8_t", "u8"),
                    Map.entry("unsigned", "u32"));

    private static final String TYPES =
            "types are i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 bool char ptr";

    public RecordColumns {
        columns = List.copyOf(columns);
    }

    /// Reads a list of columns, with blanks or commas between them.
    ///
    /// @param order of the bytes of every number
    /// @throws BadInput naming the column that cannot be meant
    public static RecordColumns parse(String list, ByteOrder order) throws BadInput {
        if (list.length() > MOST_CHARACTERS) {
            throw new BadInput(
                    "a list of columns has at most %d characters".formatted(MOST_CHARACTERS));
        }
        List<Column> columns = new ArrayList<>();
        long next = 0;
        long align = 1;
        int number = 0;
        String before = "";
        for (String word : list.strip().split("[\\s,;]+", -1)) {
            if (word.isEmpty()) {
                continue;
            }
            number++;
            Matcher parts = COLUMN.matcher(word);
            if (!parts.matches()) {
                throw new BadInput(
                        "column %d, \"%s\", is not written as i32, x:f64@8 or char[16]"
                                .formatted(number, shortened(word)));
            }
            CType one = type(parts.group(2), order);
            if (one == null) {
                throw new BadInput(
                        "column %d, \"%s\": %s"
                                .formatted(number, shortened(word), noType(parts, before)));
            }
            before = parts.group(1) == null ? word : "";
            boolean text = one instanceof Scalar scalar && scalar.character();
            int many =
                    parts.group(3) == null
                            ? 1
                            : (int)
                                    Numbers.parse(
                                            "number of elements of " + shortened(word),
                                            parts.group(3),
                                            1,
                                            text ? MOST_TEXT : RecordLayout.MOST_COLUMNS);
            long at =
                    parts.group(4) == null
                            ? roundUp(next, one.alignBytes())
                            : Numbers.parse(
                                    "offset of " + shortened(word), parts.group(4), 0, MOST_OFFSET);
            String name = parts.group(1);
            String plain = parts.group(2).toLowerCase(Locale.ROOT);
            if (text && parts.group(3) != null) {
                String shown = name == null ? "%s[%d]@%d".formatted(plain, many, at) : name;
                columns.add(column(shown, new CType.Array(one, many), at));
            } else {
                for (int i = 0; i < many; i++) {
                    long there = at + i * one.sizeBytes();
                    String shown =
                            name == null
                                    ? "%s@%d".formatted(plain, there)
                                    : many == 1 ? name : "%s[%d]".formatted(name, i);
                    columns.add(column(shown, one, there));
                }
            }
            next = at + many * one.sizeBytes();
            align = Math.max(align, one.alignBytes());
            if (columns.size() > RecordLayout.MOST_COLUMNS) {
                throw new BadInput(
                        "a record has at most %d columns".formatted(RecordLayout.MOST_COLUMNS));
            }
        }
        if (columns.isEmpty()) {
            throw new BadInput("a record has at least one column, such as i32");
        }
        long reach = 1;
        for (Column column : columns) {
            reach = Math.max(reach, column.end());
        }
        return new RecordColumns(columns, roundUp(reach, align));
    }

    private static Column column(String name, CType type, long offset) {
        return new Column(name, FieldAt.alone(name, type, offset));
    }

    /// What is wrong with a column whose type is none, and how it is written.
    ///
    /// @param before the column before it, where that has no name; empty otherwise
    private static String noType(Matcher parts, String before) {
        String name = parts.group(2);
        String usual = ELSEWHERE.get(name.toLowerCase(Locale.ROOT));
        if (usual != null) {
            return "%s is called %s here; %s".formatted(name, usual, TYPES);
        }
        boolean bare = parts.group(1) == null && parts.group(3) == null && parts.group(4) == null;
        if (bare && !before.isEmpty()) {
            return "%s is no type; as the name of the column before it stands in front: %s:%s; %s"
                    .formatted(shortened(name), shortened(name), shortened(before), TYPES);
        }
        return bare
                ? "%s is no type; a name stands in front of one: %s:i32; %s"
                        .formatted(shortened(name), shortened(name), TYPES)
                : "%s is no type; %s".formatted(shortened(name), TYPES);
    }

    private static @Nullable CType type(String typed, ByteOrder order) {
        String name = typed.toLowerCase(Locale.ROOT);
        if (name.equals("ptr")) {
            return new CType.Pointer("ptr", Long.BYTES);
        }
        Kind kind = KINDS.get(name);
        if (kind == null) {
            return null;
        }
        int bits = kind == Kind.BOOL || kind == Kind.SIGNED_CHAR ? Byte.SIZE : width(name);
        int bytes = bits / Byte.SIZE;
        return new Scalar(name, kind, bytes, bytes, order);
    }

    private static int width(String name) {
        return Integer.parseInt(name.substring(1));
    }

    private static long roundUp(long value, long step) {
        return (value + step - 1) / step * step;
    }

    private static String shortened(String word) {
        return word.length() <= 40 ? word : word.substring(0, 40) + "…";
    }
}
