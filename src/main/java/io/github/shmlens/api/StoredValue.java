package io.github.shmlens.api;

import io.github.shmlens.kryo.KryoValue;
import io.github.shmlens.php.PhpValue;
import org.jspecify.annotations.Nullable;

/// A value as it lies in a slot, with all that is known about its type.
public sealed interface StoredValue {

    /// A value of PHP's.
    record Php(PhpValue value) implements StoredValue {
        @Override
        public String typeName() {
            return value.typeName();
        }

        @Override
        public @Nullable Object toJava() {
            return JavaValues.of(value);
        }
    }

    /// A value of a Java program, in a Kryo envelope.
    record Kryo(KryoValue value) implements StoredValue {
        @Override
        public String typeName() {
            return value.typeName();
        }

        @Override
        public @Nullable Object toJava() {
            return JavaValues.of(value);
        }
    }

    /// `string`, `int`, `map`, …
    String typeName();

    /// The value as plain Java.
    ///
    /// PHP's: null, Boolean, Long, Double; a String, or `byte[]` where the bytes are not UTF-8; a
    /// List where the keys are 0 to n−1 in order, any other array a Map with Long and String keys;
    /// objects, enums, references and arrays nested deeper than 1000 levels stay [PhpValue]s.
    ///
    /// Kryo's: what was put, records as [KryoValue.Tuple].
    @Nullable Object toJava();
}
