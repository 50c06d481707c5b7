package io.github.shmlens.ui.map;

import io.github.shmlens.live.LifeEvent;
import io.github.shmlens.live.LifeLine;
import java.util.ArrayList;
import java.util.List;

/// One line of the life line on the screen: a moment, or several of one kind that one look saw
/// together, as when a server ends its workers.
///
/// @param moments never empty; several are all comings, or all goings, of one command's processes
record LifeEntry(List<LifeLine.Moment> moments) {

    LifeEntry {
        moments = List.copyOf(moments);
    }

    LifeLine.Moment first() {
        return moments.getFirst();
    }

    /// Puts together what belongs together; the order stays.
    static List<LifeEntry> of(List<LifeLine.Moment> moments) {
        List<LifeEntry> entries = new ArrayList<>();
        List<LifeLine.Moment> together = new ArrayList<>();
        for (LifeLine.Moment one : moments) {
            if (!together.isEmpty() && !belong(together.getLast(), one)) {
                entries.add(new LifeEntry(together));
                together.clear();
            }
            together.add(one);
        }
        if (!together.isEmpty()) {
            entries.add(new LifeEntry(together));
        }
        return entries;
    }

    private static boolean belong(LifeLine.Moment one, LifeLine.Moment other) {
        if (one.times() != 1 || other.times() != 1 || !one.first().equals(other.first())) {
            return false;
        }
        return switch (one.event()) {
            case LifeEvent.Attached came ->
                    other.event() instanceof LifeEvent.Attached too
                            && !came.self()
                            && !too.self()
                            && came.command().equals(too.command());
            case LifeEvent.Detached went ->
                    other.event() instanceof LifeEvent.Detached too
                            && !went.self()
                            && !too.self()
                            && went.command().equals(too.command());
            case LifeEvent.FirstSeen _,
                    LifeEvent.Appeared _,
                    LifeEvent.CountChanged _,
                    LifeEvent.OutOfSightChanged _,
                    LifeEvent.Touched _,
                    LifeEvent.Marked _,
                    LifeEvent.Gone _,
                    LifeEvent.Recreated _,
                    LifeEvent.Resized _,
                    LifeEvent.ModeChanged _,
                    LifeEvent.OwnerChanged _,
                    LifeEvent.LockedInMemory _,
                    LifeEvent.NotWatched _ ->
                    false;
        };
    }
}
