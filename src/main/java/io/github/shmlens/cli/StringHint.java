package io.github.shmlens.cli;

import io.github.shmlens.kryo.KryoSlot;
import io.github.shmlens.kryo.KryoValue;
import io.github.shmlens.php.Decoded;
import io.github.shmlens.php.PhpJson;
import io.github.shmlens.php.PhpValue;
import io.github.shmlens.php.Slot;
import io.github.shmlens.segment.BadInput;
import java.util.Optional;

/// Text is stored as a string unless a type is named. Where it replaces a value that is none and
/// reads like one, another thing may have been meant.
final class StringHint {

    /// How PHP's values begin in JSON, except strings.
    private static final String BEGINNINGS = "[{-0123456789tfn";

    private final PhpValue meant;

    private StringHint(PhpValue meant) {
        this.meant = meant;
    }

    /// @return empty where the text can hardly mean anything but a string
    static Optional<StringHint> about(byte[] text) {
        String json = PhpValue.Str.of(text).utf8();
        if (json == null
                || json.isBlank()
                || BEGINNINGS.indexOf(json.stripLeading().charAt(0)) < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new StringHint(PhpJson.parse(json)));
        } catch (BadInput noJson) {
            return Optional.empty();
        }
    }

    /// What to say where the string took the place of this slot's value; empty for nothing.
    String sentence(Slot replaced) {
        KryoValue kryo = KryoSlot.in(replaced.decoded());
        String held =
                kryo != null
                        ? KryoSlot.typeName(kryo)
                        : replaced.decoded() instanceof Decoded.Value(PhpValue value, _)
                                        && !(value instanceof PhpValue.Str)
                                ? value.typeName()
                                : "";
        return held.isEmpty()
                ? ""
                : "slot %d held %s, and holds a string now: --as %s stores %s; --as string says that a string is meant"
                        .formatted(
                                replaced.key(),
                                withArticle(held),
                                kryo != null ? "kryo" : option(),
                                kryo != null ? "a Java value" : withArticle(meant.typeName()));
    }

    private String option() {
        return switch (meant) {
            case PhpValue.Null _, PhpValue.Bool _, PhpValue.Int _, PhpValue.Float _ ->
                    meant.typeName();
            case PhpValue.Str _,
                    PhpValue.Array _,
                    PhpValue.Obj _,
                    PhpValue.Custom _,
                    PhpValue.Enum _,
                    PhpValue.ObjectRef _,
                    PhpValue.VariableRef _ ->
                    "json";
        };
    }

    private static String withArticle(String type) {
        return type.equals("null")
                ? type
                : ("aeiou".indexOf(type.charAt(0)) < 0 ? "a " : "an ") + type;
    }
}
