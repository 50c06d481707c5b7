package io.github.shmlens.live;

import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.Principal;
import io.github.shmlens.segment.SegmentId;
import java.time.Duration;

/// What two looks at a segment, one after the other, tell to have happened between them. What came
/// and went in between leaves no trace, or only the kernel's last pid.
public sealed interface LifeEvent {

    /// The first look at it.
    ///
    /// @param nattch −1 where the kernel does not count
    record FirstSeen(long nattch, long sizeBytes) implements LifeEvent {}

    /// It was not there at the look before.
    ///
    /// @param nattch −1 where the kernel does not count
    record Appeared(long nattch, long sizeBytes) implements LifeEvent {}

    /// A process has it mapped that did not before.
    ///
    /// @param self this program
    /// @param mappings how many mappings it has got
    record Attached(int pid, String command, boolean self, int mappings) implements LifeEvent {}

    /// A process has let go of it.
    ///
    /// @param mappings how many mappings it had, or gave up
    record Detached(int pid, String command, boolean self, int mappings) implements LifeEvent {}

    /// The kernel counts more or fewer attaches; who came or went was not looked for.
    ///
    /// @param lastPid who attached or detached last, by the kernel; 0 where that is not visible
    record CountChanged(long before, long now, int lastPid) implements LifeEvent {}

    /// The kernel counts more or fewer attaches than those whose processes let us see them.
    ///
    /// @param before how many are out of sight
    /// @param lastPid who attached or detached last, by the kernel; 0 where that is not visible
    record OutOfSightChanged(long before, long now, int lastPid) implements LifeEvent {}

    /// Somebody attached and let go again: the kernel's last pid or times have changed and nothing
    /// else.
    ///
    /// @param lastPid 0 where it is not visible from here
    record Touched(int lastPid) implements LifeEvent {}

    /// Marked for removal: it goes at the last detach, and its key finds it no more.
    record Marked() implements LifeEvent {}

    /// It is not there any more; of an object, its name.
    record Gone() implements LifeEvent {}

    /// Its key or name leads to another one from now on.
    ///
    /// @param heir which one; the same id where an object was made anew under its name
    record Recreated(SegmentId heir) implements LifeEvent {}

    record Resized(long beforeBytes, long nowBytes) implements LifeEvent {}

    record ModeChanged(Mode before, Mode now) implements LifeEvent {}

    record OwnerChanged(Principal before, Principal now, Principal groupBefore, Principal groupNow)
            implements LifeEvent {}

    /// Locked in memory (SHM_LOCK), or no more.
    record LockedInMemory(boolean locked) implements LifeEvent {}

    /// Nobody looked for a while, as when the window was minimised: what happened then is not
    /// known.
    record NotWatched(Duration length) implements LifeEvent {}

    /// Whether it is about who came and went: there may be many of these, and they are the first to
    /// be forgotten.
    default boolean passing() {
        return switch (this) {
            case Attached _, Detached _, CountChanged _, OutOfSightChanged _, Touched _ -> true;
            case FirstSeen _,
                    Appeared _,
                    Marked _,
                    Gone _,
                    Recreated _,
                    Resized _,
                    ModeChanged _,
                    OwnerChanged _,
                    LockedInMemory _,
                    NotWatched _ ->
                    false;
        };
    }
}
