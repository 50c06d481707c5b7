package io.github.shmlens.ui.shell;

import io.github.shmlens.ui.problem.Banner;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.text.Texts;
import org.jspecify.annotations.Nullable;

/// What a tab answers to what a person does in it, in a banner of its own. FX thread.
final class Answer {

    private static final Texts TEXTS = Texts.of(Answer.class);

    private final Banner banner;
    private @Nullable Runnable follows;
    private @Nullable Problem followed;

    Answer(Banner banner) {
        this.banner = banner;
    }

    /// Tells what can only be taken note of.
    void tell(Banner.Weight weight, Problem problem) {
        ask(weight, problem, dismiss());
    }

    /// Tells what can be answered.
    void ask(Banner.Weight weight, Problem problem, Banner.Offer... offers) {
        banner.show(weight, problem, offers);
    }

    /// Tells something of who else is there, and again with each [#tellAgain], for as long as it is
    /// what the banner shows.
    void follow(Runnable tell) {
        tell.run();
        follows = tell;
        followed = banner.shown();
    }

    /// There may be others now.
    void tellAgain() {
        Runnable tell = follows;
        if (tell != null && followed != null && banner.shown() == followed) {
            follow(tell);
        } else {
            follows = null;
            followed = null;
        }
    }

    /// Offers one thing more, which answers what is told.
    void offer(String text, Runnable action) {
        banner.offer(answering(text, action));
    }

    /// An offer that answers what is told.
    Banner.Offer answering(String text, Runnable action) {
        return new Banner.Offer(
                text,
                () -> {
                    clear();
                    action.run();
                });
    }

    Banner.Offer dismiss() {
        return new Banner.Offer(TEXTS.say("answer.dismiss"), this::clear);
    }

    void clear() {
        banner.clear();
    }
}
