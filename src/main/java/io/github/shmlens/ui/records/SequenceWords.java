package io.github.shmlens.ui.records;

import io.github.shmlens.live.Guard;
import io.github.shmlens.ui.text.Texts;

/// What is said below what is read under a sequence.
public final class SequenceWords {

    private static final Texts TEXTS = Texts.of(SequenceWords.class);

    private SequenceWords() {}

    /// How often was copied, and what share of the copies was not whole and made again.
    public static String share(Guard guard, long copies, long repeated) {
        double exact = copies == 0 ? 0 : 100.0 * repeated / copies;
        // All is said of all only, and none of none.
        double share = repeated == 0 || repeated == copies ? exact : Math.clamp(exact, 0.1, 99.9);
        return TEXTS.say("sequence.share", guard.name(), copies, share);
    }

    /// A counter is not in the segment.
    public static String outside(Guard guard) {
        return TEXTS.say("sequence.outside", guard.name());
    }
}
