package io.github.shmlens.php;

import io.github.shmlens.segment.BadInput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One scalar inside a serialized value, to be typed anew: all other bytes of the value stay what
/// they are, and objects are rebuilt, never instantiated.
public final class MemberEdit {

    /// Larger values are not taken apart for one of their members.
    public static final int MOST_BYTES = 1 << 20;

    private final List<PhpValue> containers;
    private final List<Integer> indices;
    private final Scalar scalar;

    /// What can be typed in one line.
    private record Scalar(TypedInput.As as, String text) {}

    private MemberEdit(List<PhpValue> containers, List<Integer> indices, Scalar scalar) {
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
            List<PhpValue.Entry> entries = at.members();
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
        return new MemberEdit(containers, indices, scalar(at));
    }

    private static Scalar scalar(PhpValue member) throws BadInput {
        return switch (member) {
            case PhpValue.Bool bool ->
                    new Scalar(TypedInput.As.BOOL, Boolean.toString(bool.value()));
            case PhpValue.Int number -> new Scalar(TypedInput.As.INT, number.text());
            case PhpValue.Float number -> new Scalar(TypedInput.As.FLOAT, number.text());
            case PhpValue.Str string -> {
                String text = string.utf8();
                if (text == null) {
                    throw new BadInput("it is no text");
                }
                if (text.chars().anyMatch(Character::isISOControl)) {
                    throw new BadInput("its text has lines or control characters");
                }
                yield new Scalar(TypedInput.As.STRING, text);
            }
            case PhpValue.Null _ -> throw new BadInput("null has no other value of its type");
            case PhpValue.Array _, PhpValue.Obj _ -> throw new BadInput("it is no single value");
            case PhpValue.Custom _ -> throw new BadInput("its class writes it in a way of its own");
            case PhpValue.Enum _ -> throw new BadInput("it is a case of an enum");
            case PhpValue.ObjectRef _, PhpValue.VariableRef _ ->
                    throw new BadInput("it is a reference");
        };
    }

    /// The member as one types it.
    public String text() {
        return scalar.text();
    }

    /// The whole value with the member as it was typed. It keeps its type.
    ///
    /// @throws BadInput the text is no such value
    public byte[] payload(String typed) throws BadInput {
        byte[] alone = TypedInput.payload(scalar.as(), typed.getBytes(StandardCharsets.UTF_8));
        if (!(PhpDecoder.decode(alone) instanceof Decoded.Value(PhpValue next, boolean _))) {
            throw new BadInput("\"%s\" cannot be stored".formatted(typed));
        }
        PhpValue whole = next;
        for (int level = containers.size() - 1; level >= 0; level--) {
            whole = with(containers.get(level), indices.get(level), whole);
        }
        return PhpEncoder.encode(whole);
    }

    private static PhpValue with(PhpValue container, int index, PhpValue next) {
        List<PhpValue.Entry> entries = new ArrayList<>(container.members());
        entries.set(index, new PhpValue.Entry(entries.get(index).key(), next));
        return container instanceof PhpValue.Obj object
                ? new PhpValue.Obj(object.name(), entries)
                : new PhpValue.Array(entries);
    }
}
