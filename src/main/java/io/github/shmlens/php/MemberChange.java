package io.github.shmlens.php;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The one member of an array or object in which two values differ. Immutable.
///
/// @param path keys from the outermost container to the member, at least one
/// @param old the member as it was
/// @param next the member as it is then
public record MemberChange(List<PhpValue.Key> path, PhpValue old, PhpValue next) {

    /// Farther down nobody follows a path; what differs there is told from here on.
    private static final int MOST_STEPS = 16;

    public MemberChange {
        path = List.copyOf(path);
    }

    /// Looks where two payloads differ.
    ///
    /// @param old null where there was no slot
    /// @param next null where there is none then
    /// @return nothing where they differ in more than one member, in which members there are, or
    ///   are no arrays or objects that PHP reads
    public static Optional<MemberChange> between(byte @Nullable [] old, byte @Nullable [] next) {
        if (old == null
                || next == null
                || !(PhpDecoder.decode(old) instanceof Decoded.Value(PhpValue was, boolean more))
                || !(PhpDecoder.decode(next) instanceof Decoded.Value(PhpValue is, boolean rest))
                || more
                || rest) {
            return Optional.empty();
        }
        List<PhpValue.Key> path = new ArrayList<>();
        int at = onlyDifference(was, is);
        while (at >= 0 && path.size() < MOST_STEPS) {
            PhpValue.Entry entry = was.members().get(at);
            path.add(entry.key());
            was = entry.value();
            is = is.members().get(at).value();
            at = onlyDifference(was, is);
        }
        return path.isEmpty() ? Optional.empty() : Optional.of(new MemberChange(path, was, is));
    }

    /// The index of the only member that differs; −1 where there is no such one.
    private static int onlyDifference(PhpValue one, PhpValue other) {
        boolean alike =
                switch (one) {
                    case PhpValue.Array _ -> other instanceof PhpValue.Array;
                    case PhpValue.Obj object ->
                            other instanceof PhpValue.Obj that && object.name().equals(that.name());
                    case PhpValue.Null _,
                            PhpValue.Bool _,
                            PhpValue.Int _,
                            PhpValue.Float _,
                            PhpValue.Str _,
                            PhpValue.Custom _,
                            PhpValue.Enum _,
                            PhpValue.ObjectRef _,
                            PhpValue.VariableRef _ ->
                            false;
                };
        List<PhpValue.Entry> ones = one.members();
        List<PhpValue.Entry> others = other.members();
        if (!alike || ones.size() != others.size()) {
            return -1;
        }
        int found = -1;
        for (int i = 0; i < ones.size(); i++) {
            if (!ones.get(i).key().equals(others.get(i).key())) {
                return -1;
            }
            if (!ones.get(i).value().equals(others.get(i).value())) {
                if (found >= 0) {
                    return -1;
                }
                found = i;
            }
        }
        return found;
    }

    /// The member's name and what it was and became, in one line: `limits.max: 10 → 20`.
    ///
    /// @param mostChars how many characters of each value, and of each key, are shown at most
    public String text(int mostChars) {
        StringBuilder name = new StringBuilder();
        for (PhpValue.Key key : path) {
            switch (key) {
                case PhpValue.Int index -> name.append('[').append(index.text()).append(']');
                case PhpValue.Str _ ->
                        name.append(name.isEmpty() ? "" : ".")
                                .append(PhpText.keyLine(key, mostChars));
            }
        }
        return "%s: %s → %s"
                .formatted(name, PhpText.oneLine(old, mostChars), PhpText.oneLine(next, mostChars));
    }
}
