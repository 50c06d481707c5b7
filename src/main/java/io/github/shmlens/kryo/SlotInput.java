package io.github.shmlens.kryo;

import io.github.shmlens.php.PhpValue;
import io.github.shmlens.php.TypedInput;
import io.github.shmlens.segment.BadInput;

/// Turns what a person typed into a slot's payload: PHP's values, and Kryo's.
public final class SlotInput {

    private SlotInput() {}

    /// How the text is meant.
    public enum As {
        /// The bytes are the string.
        STRING,
        /// Decimal, 0x hex or 0 octal, 64 bit.
        INT,
        /// Decimal, or INF, -INF, NAN.
        FLOAT,
        /// true, false, 1 or 0.
        BOOL,
        /// Nothing, or the word null.
        NULL,
        /// JSON; objects become PHP arrays.
        JSON,
        /// The text of serialize(), which must be one that PHP can read.
        PHP,
        /// The payload's bytes as they are, whatever they mean.
        RAW,
        /// JSON, kept as Java values in a Kryo envelope; see [KryoJson].
        KRYO
    }

    /// @param text the bytes as typed, UTF-8 for all but STRING, PHP and RAW, which may be any
    /// @throws BadInput naming what is wrong; for JSON, KRYO and PHP with the place
    public static byte[] payload(As as, byte[] text) throws BadInput {
        return switch (as) {
            case STRING -> TypedInput.payload(TypedInput.As.STRING, text);
            case INT -> TypedInput.payload(TypedInput.As.INT, text);
            case FLOAT -> TypedInput.payload(TypedInput.As.FLOAT, text);
            case BOOL -> TypedInput.payload(TypedInput.As.BOOL, text);
            case NULL -> TypedInput.payload(TypedInput.As.NULL, text);
            case JSON -> TypedInput.payload(TypedInput.As.JSON, text);
            case PHP -> TypedInput.payload(TypedInput.As.PHP, text);
            case RAW -> TypedInput.payload(TypedInput.As.RAW, text);
            case KRYO -> kryo(text);
        };
    }

    private static byte[] kryo(byte[] text) throws BadInput {
        String json = PhpValue.Str.of(text).utf8();
        if (json == null) {
            throw new BadInput("the JSON text is not UTF-8");
        }
        return KryoSlot.payload(KryoJson.parse(json));
    }
}
