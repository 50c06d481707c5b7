package io.github.shmlens.fields;

import io.github.shmlens.fields.CType.Scalar;
import io.github.shmlens.fields.CType.Scalar.Kind;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The types that C has without a declaration.
final class Plain {

    /// Has no size; known by identity.
    static final CType VOID = opaque("void", 0, 1);

    private static final Set<String> WHOLE = Set.of("short", "int", "long", "signed", "unsigned");

    private Plain() {}

    /// The type that these words name, in any order.
    ///
    /// @param words how often each occurs
    /// @return null when they name none
    static @Nullable CType type(Map<String, Integer> words, Abi abi) {
        int longs = words.getOrDefault("long", 0);
        boolean unsigned = words.containsKey("unsigned");
        boolean signed = words.containsKey("signed");
        boolean once =
                words.entrySet().stream()
                        .allMatch(word -> word.getValue() == 1 || word.getKey().equals("long"));
        if (!once || (signed && unsigned)) {
            return null;
        }
        int count = words.values().stream().mapToInt(Integer::intValue).sum();
        int signs = signed || unsigned ? 1 : 0;
        if (words.containsKey("void")) {
            return count == 1 ? VOID : null;
        }
        if (words.containsKey("bool")) {
            return count == 1 ? number("bool", Kind.BOOL, 1, 1) : null;
        }
        if (words.containsKey("float")) {
            return count == 1 ? number("float", Kind.FLOAT, Float.BYTES, Float.BYTES) : null;
        }
        if (words.containsKey("double")) {
            if (count != 1 + longs || longs > 1) {
                return null;
            }
            return longs == 1
                    ? opaque("long double", abi.longDoubleBytes(), abi.longDoubleAlign())
                    : number("double", Kind.FLOAT, Double.BYTES, abi.doubleAlign());
        }
        if (words.containsKey("char")) {
            if (count != 1 + signs) {
                return null;
            }
            return signed
                    ? number("signed char", Kind.SIGNED, 1, 1)
                    : unsigned
                            ? number("unsigned char", Kind.UNSIGNED, 1, 1)
                            : number(
                                    "char",
                                    abi.signedChar() ? Kind.SIGNED_CHAR : Kind.UNSIGNED_CHAR,
                                    1,
                                    1);
        }
        if (words.containsKey("__int128")) {
            return count == 1 + signs && abi != Abi.I386
                    ? opaque(unsigned ? "unsigned __int128" : "__int128", 16, 16)
                    : null;
        }
        boolean isShort = words.containsKey("short");
        if (!WHOLE.containsAll(words.keySet()) || longs > 2 || (isShort && longs > 0)) {
            return null;
        }
        Kind kind = unsigned ? Kind.UNSIGNED : Kind.SIGNED;
        String sign = unsigned ? "unsigned " : "";
        if (isShort) {
            return number(sign + "short", kind, Short.BYTES, Short.BYTES);
        }
        return switch (longs) {
            case 0 -> number(sign + "int", kind, Integer.BYTES, Integer.BYTES);
            case 1 -> number(sign + "long", kind, abi.wordBytes(), abi.wordBytes());
            default -> number(sign + "long long", kind, Long.BYTES, abi.wideAlign());
        };
    }

    /// A number of network byte order, as kernel headers name it.
    static CType bigEndian(String name, int bytes, Abi abi) {
        int align = bytes == Long.BYTES ? abi.wideAlign() : bytes;
        return new Scalar(name, Kind.UNSIGNED, bytes, align, ByteOrder.BIG_ENDIAN);
    }

    private static CType number(String name, Kind kind, int bytes, long align) {
        return new Scalar(name, kind, bytes, align, ByteOrder.LITTLE_ENDIAN);
    }

    private static CType opaque(String name, int bytes, long align) {
        return new Scalar(name, Kind.OPAQUE, bytes, align, ByteOrder.LITTLE_ENDIAN);
    }
}
