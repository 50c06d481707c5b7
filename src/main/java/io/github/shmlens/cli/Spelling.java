package io.github.shmlens.cli;

import java.util.Collection;
import java.util.Optional;

/// What somebody may have meant who typed a name that there is not.
final class Spelling {

    /// Longer names than ours are no misspelled ones.
    private static final int LONGEST = 40;

    private Spelling() {}

    /// The known name that fewest strokes lead to, where those are few for its length: one in
    /// three, two at most.
    static Optional<String> nearest(String typed, Collection<String> known) {
        if (typed.length() > LONGEST) {
            return Optional.empty();
        }
        String best = null;
        int fewest = Integer.MAX_VALUE;
        for (String name : known) {
            int strokes = strokes(typed, name);
            if (strokes < fewest && strokes <= Math.min(2, name.length() / 3)) {
                fewest = strokes;
                best = name;
            }
        }
        return Optional.ofNullable(best);
    }

    /// How many letters must be put in, taken away or changed to come from one to the other
    /// (Levenshtein's distance).
    private static int strokes(String from, String to) {
        int[] before = new int[to.length() + 1];
        for (int at = 0; at < before.length; at++) {
            before[at] = at;
        }
        for (int row = 1; row <= from.length(); row++) {
            int[] now = new int[before.length];
            now[0] = row;
            for (int at = 1; at < now.length; at++) {
                int change = from.charAt(row - 1) == to.charAt(at - 1) ? 0 : 1;
                now[at] = Math.min(before[at - 1] + change, Math.min(before[at], now[at - 1]) + 1);
            }
            before = now;
        }
        return before[to.length()];
    }
}
