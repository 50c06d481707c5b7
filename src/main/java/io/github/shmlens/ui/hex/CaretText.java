package io.github.shmlens.ui.hex;

import io.github.shmlens.live.Window;
import io.github.shmlens.ui.hex.PendingEdits.Typed;
import io.github.shmlens.ui.text.Texts;
import org.jspecify.annotations.Nullable;

/// What the caret is on, in words, for people who do not see it.
final class CaretText {

    private static final Texts TEXTS = Texts.of(CaretText.class);

    private CaretText() {}

    static String of(HexModel model) {
        Selection selection = model.selection();
        if (selection.isNone()) {
            return TEXTS.say("caret.none");
        }
        long at = selection.caret();
        StringBuilder text = new StringBuilder(TEXTS.say("caret.offset", at));
        int live = model.live(at);
        if (live >= 0) {
            text.append(TEXTS.say("caret.byte", live, live));
            if (GlyphAtlas.isPrintable(live)) {
                text.append(", '%c'".formatted(live));
            }
        } else {
            text.append(
                    model.window().covers(at)
                            ? TEXTS.say("caret.absent")
                            : TEXTS.say("caret.not-read"));
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
            text.append(TEXTS.say("caret.typed", typed.next()));
            text.append(model.conflicts(at, typed) ? TEXTS.say("caret.conflict") : "");
        }
        if (selection.length() > 1) {
            text.append(TEXTS.say("caret.selected", selection.length()));
        }
        return text.toString();
    }

    private static void appendMarks(StringBuilder text, Window window, long at) {
        if (!window.covers(at)) {
            return;
        }
        int index = (int) (at - window.offset());
        if (window.has(index, Window.SINCE_BASELINE)) {
            text.append(
                    window.has(index, Window.OURS)
                            ? TEXTS.say("caret.baseline-ours")
                            : TEXTS.say("caret.baseline"));
        }
        text.append(window.has(index, Window.TORN) ? TEXTS.say("caret.torn") : "");
    }
}
