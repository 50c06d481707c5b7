package io.github.shmlens.ui.hex;

import io.github.shmlens.live.Window;
import io.github.shmlens.ui.hex.PendingEdits.Typed;
import org.jspecify.annotations.Nullable;

/// What the caret is on, in words, for people who do not see it.
final class CaretText {

    private CaretText() {}

    static String of(HexModel model) {
        Selection selection = model.selection();
        if (selection.isNone()) {
            return "no bytes";
        }
        long at = selection.caret();
        StringBuilder text = new StringBuilder("offset 0x%x, ".formatted(at));
        int live = model.live(at);
        if (live >= 0) {
            text.append("byte %02x, %d".formatted(live, live));
            if (GlyphAtlas.isPrintable(live)) {
                text.append(", '%c'".formatted(live));
            }
        } else {
            text.append(
                    model.window().covers(at) ? "never touched or swapped out" : "not read yet");
        }
        for (Tint tint : model.tints().reversed()) {
            if (at >= tint.offset() && at < tint.end()) {
                text.append(", ").append(tint.kind().words());
                break;
            }
        }
        appendMarks(text, model.window(), at);
        @Nullable Typed typed = model.pending().at(at);
        if (typed != null) {
            text.append(", typed over with %02x, not written".formatted(typed.next()));
            text.append(model.conflicts(at, typed) ? ", and changed meanwhile" : "");
        }
        if (selection.length() > 1) {
            text.append(", %d bytes selected".formatted(selection.length()));
        }
        return text.toString();
    }

    private static void appendMarks(StringBuilder text, Window window, long at) {
        if (!window.covers(at)) {
            return;
        }
        int index = (int) (at - window.offset());
        if (window.has(index, Window.SINCE_BASELINE)) {
            text.append(", changed since the baseline");
            text.append(window.has(index, Window.OURS) ? " by us" : "");
        }
        text.append(window.has(index, Window.TORN) ? ", a writer was at work" : "");
    }
}
