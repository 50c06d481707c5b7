package io.github.shmlens.ui.hex;

import io.github.shmlens.live.Window;
import io.github.shmlens.ui.text.Texts;

/// How often and when something was seen to change, in words: what sampling saw, not history. Pure.
public final class ChangeWords {

    private static final Texts TEXTS = Texts.of(ChangeWords.class);

    private static final int BLOCK = 64;
    private static final long SECOND = 1_000_000_000;

    private ChangeWords() {}

    /// `not seen to change`, `seen to change 14 times, last 2 s ago`.
    ///
    /// @param changedAtNanos [System#nanoTime] of the newest change; of no meaning without changes
    public static String of(long changes, long changedAtNanos, long nowNanos) {
        if (changes <= 0) {
            return TEXTS.say("changes.none");
        }
        return TEXTS.count("changes", changes, age(Math.max(0, nowNanos - changedAtNanos)));
    }

    /// The same of the block of 64 bytes that a byte lies in.
    ///
    /// @param at an offset that the window covers
    public static String ofBlock(Window window, long at, long nowNanos) {
        int from = (int) (at - window.offset()) / BLOCK * BLOCK;
        int to = Math.min(window.length(), from + BLOCK);
        long newest = 0;
        for (int i = from; i < to; i++) {
            newest = Math.max(newest, window.changedAtNanos()[i]);
        }
        return TEXTS.say("changes.block", of(window.changes(at), newest, nowNanos));
    }

    private static String age(long nanos) {
        long seconds = nanos / SECOND;
        if (seconds == 0) {
            return TEXTS.say("ago.now");
        }
        if (seconds < 120) {
            return TEXTS.say("ago.seconds", seconds);
        }
        return seconds < 7200
                ? TEXTS.say("ago.minutes", seconds / 60)
                : TEXTS.say("ago.hours", seconds / 3600);
    }
}
