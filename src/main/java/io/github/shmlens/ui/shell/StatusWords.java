package io.github.shmlens.ui.shell;

import io.github.shmlens.live.Sample;
import io.github.shmlens.segment.Access;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The words of a tab's status line, made from what was seen last. Pure.
final class StatusWords {

    private static final Texts TEXTS = Texts.of(StatusWords.class);

    private StatusWords() {}

    /// What the line speaks of.
    ///
    /// @param sample the newest; null before the first
    /// @param around the newest look at the kernel's facts; null before the first
    /// @param pausedForSeconds how long no sample was wanted; −1 when not paused
    /// @param standing what became of its key or name; empty where that still leads to it
    /// @param lost the segment cannot be read any more
    record State(
            @Nullable Sample sample,
            @Nullable Surroundings around,
            Access access,
            boolean unlocked,
            long pausedForSeconds,
            String standing,
            boolean lost) {}

    static List<String> of(State state) {
        List<String> words = new ArrayList<>();
        words.add(pace(state));
        if (!state.standing().isEmpty()) {
            words.add(state.standing());
        }
        Sample sample = state.sample();
        if (sample != null) {
            Sample.Counters seen = sample.counters();
            words.add(TEXTS.say("status.changes", rate(seen.changesPerSecond())));
            words.add(torn(seen));
            words.add(sweep(sample));
        }
        words.add(
                state.access() == Access.READ_ONLY
                        ? TEXTS.say("status.read-only")
                        : state.unlocked()
                                ? TEXTS.say("status.unlocked")
                                : TEXTS.say("status.locked"));
        Surroundings around = state.around();
        if (around != null) {
            words.add(attached(around));
            words.add(
                    TEXTS.say(
                            "status.owner",
                            around.facts().owner().name(),
                            around.facts().mode().octal()));
        }
        return words;
    }

    private static String pace(State state) {
        if (state.lost()) {
            return TEXTS.say("status.lost");
        }
        if (state.pausedForSeconds() >= 0) {
            return TEXTS.count("status.paused", state.pausedForSeconds());
        }
        Sample sample = state.sample();
        if (sample == null) {
            return TEXTS.say("status.reading");
        }
        return TEXTS.say("status.live", sample.counters().rateHz());
    }

    private static String torn(Sample.Counters seen) {
        if (seen.tornSamples() == 0) {
            return TEXTS.say("status.not-torn");
        }
        double share = 100.0 * seen.tornSamples() / Math.max(1, seen.samples());
        return TEXTS.say("status.torn", seen.tornSamples(), share);
    }

    private static String sweep(Sample sample) {
        Sample.Counters seen = sample.counters();
        boolean capped = seen.watchedBytes() < sample.sizeBytes();
        String watched = Figures.size(seen.watchedBytes());
        if (seen.sweepNanos() <= 0) {
            return capped
                    ? TEXTS.say("status.capped-first", watched)
                    : TEXTS.say("status.sweep-first");
        }
        String every = seconds(seen.sweepNanos() / 1e9);
        return capped
                ? TEXTS.say("status.capped", watched, every)
                : TEXTS.say("status.sweep", every);
    }

    /// In two digits, without an exponent.
    private static String seconds(double seconds) {
        return seconds >= 10
                ? String.format(Locale.ROOT, "%.0f", seconds)
                : String.format(Locale.ROOT, "%.2g", Math.max(0.01, seconds));
    }

    private static String attached(Surroundings around) {
        long nattch = around.facts().nattch();
        if (nattch < 0) {
            return TEXTS.count("status.mapped", around.others());
        }
        return TEXTS.say("status.attached", nattch);
    }

    static String rate(double perSecond) {
        return String.format(
                Locale.ROOT, perSecond >= 10 || perSecond == 0 ? "%,.0f" : "%.1f", perSecond);
    }
}
