package io.github.shmlens.source;

/// What a number must do to remain when candidates are narrowed down.
public sealed interface Condition {

    /// Whatever it is: a first step that only remembers.
    record Any() implements Condition {}

    /// Lies between two numbers, both included. Ranks are those of [ValueType#rank].
    record Between(long leastRank, long mostRank) implements Condition {}

    /// Differs from what it was at the step before.
    record Changed() implements Condition {}

    /// Is what it was at the step before, although it may have been something else in between.
    record Unchanged() implements Condition {}

    /// Is greater than it was at the step before.
    record Increased() implements Condition {}

    /// Is less than it was at the step before.
    record Decreased() implements Condition {}

    /// Whether it compares with the step before, and so cannot be the first.
    default boolean needsBefore() {
        return switch (this) {
            case Any _, Between _ -> false;
            case Changed _, Unchanged _, Increased _, Decreased _ -> true;
        };
    }

    /// Whether a number remains.
    ///
    /// @param before its rank at the step before; means nothing at the first
    /// @param now its rank
    default boolean holds(long before, long now) {
        return switch (this) {
            case Any _ -> true;
            case Between between -> now >= between.leastRank && now <= between.mostRank;
            case Changed _ -> now != before;
            case Unchanged _ -> now == before;
            case Increased _ -> now > before;
            case Decreased _ -> now < before;
        };
    }
}
