package io.github.shmlens.ui.records;

import io.github.shmlens.live.Guard;
import io.github.shmlens.ui.text.Texts;

/// What is said below what is read under a sequence.
public final class SequenceWords {

    private static final Texts TEXTS = Texts.of(SequenceWords.class);

    private SequenceWords() {}

    /// How often was copied, and what share of the copies was not whole.
    public static String share(Guard guard, long copies, long repeated) {
        double share = copies == 0 ? 0 : 100.0 * repeated / copies;
        return TEXTS.say("sequence.share", guard.name(), copies, share);
    }

    /// A counter is not in the segment.
    public static String outside(Guard guard) {
        return TEXTS.say("sequence.outside", guard.name());
    }
}
