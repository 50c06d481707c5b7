package io.github.shmlens.ui.care;

import io.github.shmlens.php.Repair;
import io.github.shmlens.php.StaleBytes;
import io.github.shmlens.ui.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// What the sheets of this package have done: one change after the other with all other edits of
/// the segment, under the semaphore that is chosen. FX thread; the work is done off it.
public interface CareActions {

    /// How it ended.
    sealed interface Outcome {

        /// @param stays what is still found afterwards
        /// @param how a clause: "under the semaphore 0x5"
        record Repaired(
                Repair.Plan plan, Path image, List<io.github.shmlens.php.Problem> stays, String how)
                implements Outcome {}

        record Wiped(StaleBytes bytes, String how) implements Outcome {}

        record Refused(Problem why) implements Outcome {}
    }

    /// Saves an image to a new file, then repairs.
    CompletionStage<Outcome> repair(Repair.Plan plan, Path image);

    CompletionStage<Outcome> wipe();

    /// Whether the segment is unlocked for editing.
    boolean unlocked();

    /// What a wipe does not reach, as a sentence; empty when there is nothing.
    String beyondWipe();

    /// What is said about the lock before a change: one sentence.
    String lockSentence();
}
