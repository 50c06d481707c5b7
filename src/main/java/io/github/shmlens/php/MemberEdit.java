package io.github.shmlens.php;

import io.github.shmlens.segment.BadInput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One scalar inside a serialized value, to be typed anew: all other bytes of the value stay what
/// they are, and objects are rebuilt, never instantiated.
public final class MemberEdit {

    /// Larger values are not taken apart for one of their members.
    public static final int MOST_BYTES = 1 << 20;

    private final List<PhpValue> containers;
    private final List<Integer> indices;
    private final PhpValue scalar;

    private MemberEdit(List<PhpValue> containers, List<Integer> indices, PhpValue scalar) {
        this.containers = containers;
        this.indices = indices;
        this.scalar = scalar;
    }

    /// Looks for a member.
    ///
    /// @param payload the whole value as it is stored
    /// @param path keys from the outermost container to the member; empty for the value itself
    /// @throws BadInput why this one cannot be typed anew by itself
    public static MemberEdit of(byte[] payload, List<PhpValue.Key> path) throws BadInput {
        if (payload.length > MOST_BYTES) {
            throw new BadInput("the value is longer than %,d bytes".formatted(MOST_BYTES));
        }
        if (!(PhpDecoder.decode(payload) instanceof Decoded.Value(PhpValue value, boolean more))) {
            throw new BadInput("PHP cannot read the value");
        }
        if (more || !Arrays.equals(PhpEncoder.encode(value), payload)) {
            throw new BadInput("the value's bytes are not as PHP would write them");
        }
        List<PhpValue> containers = new ArrayList<>();
        List<Integer> indices = new ArrayList<>();
        PhpValue at = value;
        for (PhpValue.Key key : path) {
            List<PhpValue.Entry> entries = entries(at);
            int index = -1;
            for (int i = 0; i < entries.size(); i++) {
                if (entries.get(i).key().equals(key)) {
                    if (index >= 0) {
                        throw new BadInput("its key is there twice");
                    }
                    index = i;
                }
            }
            if (index < 0) {
                throw new BadInput("it is not there any more, or is reached through a reference");
            }
            containers.add(at);
            indices.add(index);
            at = entries.get(index).value();
        }
        String why = whyNot(at);
        if (why != null) {
            throw new BadInput(why);
        }
        return new MemberEdit(containers, indices, at);
    }

    private static List<PhpValue.Entry> entries(PhpValue container) {
        return switch (container) {
            case PhpValue.Array array -> array.entries();
            case PhpValue.Obj object -> object.properties();
            case PhpValue.Null _,
                    PhpValue.Bool _,
                    PhpValue.Int _,
                    PhpValue.Float _,
                    PhpValue.Str _,
                    PhpValue.Custom _,
                    PhpValue.Enum _,
                    PhpValue.ObjectRef _,
                    PhpValue.VariableRef _ ->
                    List.of();
        };
    }

    private static @Nullable String whyNot(PhpValue member) {
        return switch (member) {
            case PhpValue.Bool _, PhpValue.Int _, PhpValue.Float _ -> null;
            case PhpValue.Str string -> {
                String text = string.utf8();
                yield text == null
                        ? "it is no text"
                        : text.chars().anyMatch(Character::isISOControl)
                                ? "its text has lines or control characters"
                                : null;
            }
            case PhpValue.Null _ -> "null has no other value of its type";
            case PhpValue.Array _, PhpValue.Obj _ -> "it is no single value";
            case PhpValue.Custom _ -> "its class writes it in a way of its own";
            case PhpValue.Enum _ -> "it is a case of an enum";
            case PhpValue.ObjectRef _, PhpValue.VariableRef _ -> "it is a reference";
        };
    }

    /// The member as one types it.
    public String text() {
        return switch (scalar) {
            case PhpValue.Str string -> String.valueOf(string.utf8());
            case PhpValue.Int number -> number.text();
            case PhpValue.Float number -> number.text();
            case PhpValue.Bool bool -> Boolean.toString(bool.value());
            case PhpValue.Null _,
                    PhpValue.Array _,
                    PhpValue.Obj _,
                    PhpValue.Custom _,
                    PhpValue.Enum _,
                    PhpValue.ObjectRef _,
                    PhpValue.VariableRef _ ->
                    throw new IllegalStateException("not editable: " + scalar.typeName());
        };
    }

    /// The whole value with the member as it was typed. It keeps its type.
    ///
    /// @throws BadInput the text is no such value
    public byte[] payload(String typed) throws BadInput {
        TypedInput.As as =
                switch (scalar) {
                    case PhpValue.Str _ -> TypedInput.As.STRING;
                    case PhpValue.Int _ -> TypedInput.As.INT;
                    case PhpValue.Float _ -> TypedInput.As.FLOAT;
                    case PhpValue.Bool _ -> TypedInput.As.BOOL;
                    case PhpValue.Null _,
                            PhpValue.Array _,
                            PhpValue.Obj _,
                            PhpValue.Custom _,
                            PhpValue.Enum _,
                            PhpValue.ObjectRef _,
                            PhpValue.VariableRef _ ->
                            throw new IllegalStateException("not editable: " + scalar.typeName());
                };
        byte[] alone = TypedInput.payload(as, typed.getBytes(StandardCharsets.UTF_8));
        if (!(PhpDecoder.decode(alone) instanceof Decoded.Value(PhpValue next, boolean _))) {
            throw new BadInput("\"%s\" is no %s".formatted(typed, scalar.typeName()));
        }
        PhpValue whole = next;
        for (int level = containers.size() - 1; level >= 0; level--) {
            whole = with(containers.get(level), indices.get(level), whole);
        }
        return PhpEncoder.encode(whole);
    }

    private static PhpValue with(PhpValue container, int index, PhpValue next) {
        List<PhpValue.Entry> entries = new ArrayList<>(entries(container));
        entries.set(index, new PhpValue.Entry(entries.get(index).key(), next));
        return container instanceof PhpValue.Obj object
                ? new PhpValue.Obj(object.name(), entries)
                : new PhpValue.Array(entries);
    }
}
