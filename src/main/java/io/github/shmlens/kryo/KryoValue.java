package io.github.shmlens.kryo;

import java.util.Arrays;
import java.util.List;

/// A Java value as a Kryo slot keeps it: a closed set, so that a reader needs none of the writer's
/// classes. Immutable (arrays of bytes by agreement).
public sealed interface KryoValue {

    Null NULL = new Null();

    /// `null` `bool` `byte` `short` `int` `long` `float` `double` `char` `string` `bytes` `list`
    /// `map` `record`.
    String typeName();

    /// What can be a key of a map.
    sealed interface Key extends KryoValue permits Bool, Whole, Real, Letter, Text {}

    /// A whole number's Java type.
    enum Width {
        BYTE(Byte.MIN_VALUE, Byte.MAX_VALUE),
        SHORT(Short.MIN_VALUE, Short.MAX_VALUE),
        INT(Integer.MIN_VALUE, Integer.MAX_VALUE),
        LONG(Long.MIN_VALUE, Long.MAX_VALUE);

        private final long least;
        private final long most;

        Width(long least, long most) {
            this.least = least;
            this.most = most;
        }
    }

    record Null() implements KryoValue {
        @Override
        public String typeName() {
            return "null";
        }
    }

    record Bool(boolean value) implements Key {
        @Override
        public String typeName() {
            return "bool";
        }
    }

    record Whole(long value, Width width) implements Key {
        public Whole {
            if (value < width.least || value > width.most) {
                throw new IllegalArgumentException(value + " is no " + width);
            }
        }

        @Override
        public String typeName() {
            return switch (width) {
                case BYTE -> "byte";
                case SHORT -> "short";
                case INT -> "int";
                case LONG -> "long";
            };
        }
    }

    /// @param single whether it is a `float`, whose value `value` then is exactly
    record Real(double value, boolean single) implements Key {
        @Override
        public String typeName() {
            return single ? "float" : "double";
        }

        /// As Java writes it.
        public String text() {
            return single ? Float.toString((float) value) : Double.toString(value);
        }
    }

    record Letter(char value) implements Key {
        @Override
        public String typeName() {
            return "char";
        }
    }

    record Text(String value) implements Key {
        @Override
        public String typeName() {
            return "string";
        }
    }

    record Bytes(byte[] bytes) implements KryoValue {
        @Override
        public String typeName() {
            return "bytes";
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    record Listing(List<KryoValue> elements) implements KryoValue {
        public Listing {
            elements = List.copyOf(elements);
        }

        @Override
        public String typeName() {
            return "list";
        }
    }

    record Entry(Key key, KryoValue value) {}

    /// @param entries in the order of the map, each key once
    record Mapping(List<Entry> entries) implements KryoValue {
        public Mapping {
            entries = List.copyOf(entries);
        }

        @Override
        public String typeName() {
            return "map";
        }
    }

    record Member(String name, KryoValue value) {}

    /// A record by the names of its components, so that it can be shown where its class is not
    /// known.
    ///
    /// @param name what writer and reader call the record; never taken for a class to load
    record Tuple(String name, List<Member> members) implements KryoValue {
        public Tuple {
            members = List.copyOf(members);
        }

        @Override
        public String typeName() {
            return "record";
        }
    }
}
