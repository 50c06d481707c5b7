package io.github.shmlens.php;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The one member of an array or object in which two values differ, or the innermost array or
/// object that has all the members in which they do. Immutable.
///
/// @param path keys from the outermost container to the member or the container; empty where the
///   several members are those of the outermost
/// @param several the first keys of the members that differ, at most [#MOST_NAMED]; empty where the
///   path leads to the only one
/// @param changed how many members differ: 1, or how many of the container's
/// @param old the member, or the container, as it was
/// @param next the member, or the container, as it is then
public record MemberChange(
        List<PhpValue.Key> path,
        List<PhpValue.Key> several,
        int changed,
        PhpValue old,
        PhpValue next) {

    /// More members than these are counted and not named.
    public static final int MOST_NAMED = 3;

    /// Farther down nobody follows a path; what differs there is told from here on.
    private static final int MOST_STEPS = 16;

    public MemberChange {
        path = List.copyOf(path);
        several = List.copyOf(several);
    }

    /// Looks where two payloads differ.
    ///
    /// @param old null where there was no slot
    /// @param next null where there is none then
    /// @return nothing where they do not differ, differ in which members there are, or are no
    ///   arrays or objects that PHP reads
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
        Differing differing = Differing.of(was, is);
        while (differing.count() == 1 && path.size() < MOST_STEPS) {
            int at = differing.first().getFirst();
            PhpValue.Entry entry = was.members().get(at);
            path.add(entry.key());
            was = entry.value();
            is = is.members().get(at).value();
            differing = Differing.of(was, is);
        }
        if (differing.count() <= 1) {
            return path.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new MemberChange(path, List.of(), 1, was, is));
        }
        List<PhpValue.Entry> members = was.members();
        return Optional.of(
                new MemberChange(
                        path,
                        differing.first().stream().map(at -> members.get(at).key()).toList(),
                        differing.count(),
                        was,
                        is));
    }

    /// In which members two containers with the same keys differ; in none where they are no such.
    ///
    /// @param first the indexes of the first of them
    private record Differing(List<Integer> first, int count) {

        private static final Differing NOWHERE = new Differing(List.of(), 0);

        static Differing of(PhpValue one, PhpValue other) {
            List<PhpValue.Entry> ones = one.members();
            List<PhpValue.Entry> others = other.members();
            if (!alike(one, other) || ones.size() != others.size()) {
                return NOWHERE;
            }
            List<Integer> first = new ArrayList<>();
            int count = 0;
            for (int i = 0; i < ones.size(); i++) {
                if (!ones.get(i).key().equals(others.get(i).key())) {
                    return NOWHERE;
                }
                if (!ones.get(i).value().equals(others.get(i).value())) {
                    count++;
                    if (first.size() < MOST_NAMED) {
                        first.add(i);
                    }
                }
            }
            return new Differing(first, count);
        }

        private static boolean alike(PhpValue one, PhpValue other) {
            return switch (one) {
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
        }
    }

    /// Which member it is and what it was and became, in one line: `limits.max: 10 → 20`. Where
    /// several changed, they are named and what they are members of is told: `members 'max', 'min'
    /// of limits: [max: 10, min: 1] → [max: 20, min: 2]`; where many did, they are counted: `5
    /// members of limits: …`, `5 of 12 members: …`.
    ///
    /// @param mostChars how many characters of each value, and of each key, are shown at most
    public String text(int mostChars) {
        return "%s: %s → %s"
                .formatted(
                        changed == 1 ? place(mostChars) : which(mostChars),
                        PhpText.oneLine(old, mostChars),
                        PhpText.oneLine(next, mostChars));
    }

    private String which(int mostChars) {
        String of = path.isEmpty() ? "" : " of " + place(mostChars);
        if (changed <= several.size()) {
            return several.stream()
                            .map(key -> named(key, mostChars))
                            .collect(Collectors.joining(", ", "members ", ""))
                    + of;
        }
        return path.isEmpty()
                ? "%d of %d members".formatted(changed, old.members().size())
                : "%d members%s".formatted(changed, of);
    }

    private static String named(PhpValue.Key key, int mostChars) {
        return switch (key) {
            case PhpValue.Int index -> "[" + index.text() + "]";
            case PhpValue.Str _ -> "'" + PhpText.keyLine(key, mostChars) + "'";
        };
    }

    private String place(int mostChars) {
        StringBuilder name = new StringBuilder();
        for (PhpValue.Key key : path) {
            switch (key) {
                case PhpValue.Int _ -> name.append(named(key, mostChars));
                case PhpValue.Str _ ->
                        name.append(name.isEmpty() ? "" : ".")
                                .append(PhpText.keyLine(key, mostChars));
            }
        }
        return name.toString();
    }
}
