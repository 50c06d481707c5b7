package io.github.shmlens.ui.shell;

import io.github.shmlens.live.Sample;
import io.github.shmlens.segment.Access;
import io.github.shmlens.ui.theme.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The words of a tab's status line, made from what was seen last. Pure.
final class StatusWords {

    private StatusWords() {}

    /// What the line speaks of.
    ///
    /// @param sample the newest; null before the first
    /// @param around the newest look at the kernel's facts; null before the first
    /// @param pausedForSeconds how long no sample was wanted; −1 when not paused
    /// @param lost the segment cannot be read any more
    record State(
            @Nullable Sample sample,
            @Nullable Surroundings around,
            Access access,
            boolean unlocked,
            long pausedForSeconds,
            boolean lost) {}

    static List<String> of(State state) {
        List<String> words = new ArrayList<>();
        words.add(pace(state));
        Sample sample = state.sample();
        if (sample != null) {
            Sample.Counters seen = sample.counters();
            words.add("%s changes/s".formatted(rate(seen.changesPerSecond())));
            words.add(torn(seen));
            words.add(sweep(sample));
        }
        words.add(
                state.access() == Access.READ_ONLY
                        ? "read-only"
                        : state.unlocked() ? "read-write, unlocked" : "read-write, locked");
        Surroundings around = state.around();
        if (around != null) {
            words.add(attached(around));
            words.add(
                    "owner %s %s"
                            .formatted(
                                    around.facts().owner().name(), around.facts().mode().octal()));
        }
        return words;
    }

    private static String pace(State state) {
        if (state.lost()) {
            return "lost: these are the last bytes";
        }
        if (state.pausedForSeconds() >= 0) {
            return "paused for " + Figures.count(state.pausedForSeconds(), "second");
        }
        Sample sample = state.sample();
        if (sample == null) {
            return "reading…";
        }
        return "live %.0f Hz".formatted(sample.counters().rateHz());
    }

    private static String torn(Sample.Counters seen) {
        if (seen.tornSamples() == 0) {
            return "0 torn";
        }
        double share = 100.0 * seen.tornSamples() / Math.max(1, seen.samples());
        return String.format(Locale.ROOT, "%d torn (%.1f %%)", seen.tornSamples(), share);
    }

    private static String sweep(Sample sample) {
        Sample.Counters seen = sample.counters();
        boolean capped = seen.watchedBytes() < sample.sizeBytes();
        String what = capped ? "these" : "whole segment";
        String every =
                seen.sweepNanos() <= 0
                        ? "first look at %s under way".formatted(capped ? what : "the " + what)
                        : "%s every %s s".formatted(what, seconds(seen.sweepNanos() / 1e9));
        return capped
                ? "changes are looked for in the first %s only, %s"
                        .formatted(Figures.size(seen.watchedBytes()), every)
                : every;
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
            return "mapped by " + Figures.count(around.others(), "other process");
        }
        return "attached: %d (1 is this window)".formatted(nattch);
    }

    private static String rate(double perSecond) {
        return perSecond >= 10 || perSecond == 0
                ? "%.0f".formatted(perSecond)
                : String.format(Locale.ROOT, "%.1f", perSecond);
    }
}
