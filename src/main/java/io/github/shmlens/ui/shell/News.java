package io.github.shmlens.ui.shell;

import io.github.shmlens.php.StoreWords;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.segment.Target;
import io.github.shmlens.ui.problem.Banner;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.text.Texts;
import java.util.function.Consumer;

/// Tells what became of a tab's segment without anybody in the tab doing it, in a banner of its
/// own. FX thread.
final class News {

    private static final Texts TEXTS = Texts.of(News.class);

    private final Banner banner;
    private final SegmentId id;
    private final Target named;
    private final Consumer<Target> attachAnew;
    private final Runnable saveImage;

    /// @param named how the user named the segment
    /// @param attachAnew asked for the segment that took this one's place
    /// @param saveImage asks for a file and saves the bytes to it
    News(
            Banner banner,
            SegmentId id,
            Target named,
            Consumer<Target> attachAnew,
            Runnable saveImage) {
        this.banner = banner;
        this.id = id;
        this.named = named;
        this.attachAnew = attachAnew;
        this.saveImage = saveImage;
    }

    /// It was attached for reading because writing was refused.
    void readOnly(ShmFailure writeRefused) {
        Problem why = Problem.of(writeRefused);
        banner.show(
                Banner.Weight.NOTE,
                new Problem(TEXTS.say("news.read-only"), why.sentence(), why.whatToDo()),
                understood());
    }

    /// The store is of this kind of PHP; where it is another than ours, nobody edits it here.
    void madeBy(StoreWords words) {
        if (words.writable()) {
            banner.clear();
            return;
        }
        banner.show(
                Banner.Weight.NOTE,
                new Problem(
                        TEXTS.say("news.shown-read-only"),
                        TEXTS.say(
                                "news.other-maker", words.maker(), words.bits(), words.byteOrder()),
                        TEXTS.say("news.other-maker-help")),
                understood());
    }

    /// It can be read no more.
    void lost(ShmFailure failure) {
        warn(
                new Problem(
                        TEXTS.say("news.lost"),
                        Problem.of(failure).sentence(),
                        TEXTS.say("news.lost-help")));
    }

    /// Its name leads nowhere any more; the bytes are there for whoever holds it.
    ///
    /// @param onlyOurs whether nobody else is seen to hold it
    void nameless(boolean onlyOurs) {
        warn(
                new Problem(
                        TEXTS.say("news.nameless"),
                        TEXTS.say("news.nameless-line"),
                        onlyOurs
                                ? TEXTS.say("news.nameless-only-us")
                                : TEXTS.say("news.nameless-others")),
                new Banner.Offer(TEXTS.say("news.save-image"), saveImage));
    }

    /// Its name leads to it again.
    void named() {
        banner.clear();
    }

    /// The kernel does not answer for it at the moment, though we still hold it.
    void outOfSight(ShmFailure failure) {
        Problem what = Problem.of(failure);
        warn(new Problem(what.title(), what.sentence(), TEXTS.say("news.removed-help")));
    }

    /// It is marked for removal, and there may be another one under its key.
    void marked(Surroundings now) {
        SegmentId heir = now.heir();
        long others = now.others();
        String stays = others == 0 ? TEXTS.say("news.only-us") : TEXTS.count("news.others", others);
        String line = TEXTS.say("news.key-gone", stays);
        if (heir == null) {
            warn(new Problem(TEXTS.say("news.marked"), line, ""));
        } else {
            warn(
                    new Problem(TEXTS.say("news.marked-anew"), line, ""),
                    new Banner.Offer(
                            TEXTS.say("news.attach-heir", heir.text()),
                            () ->
                                    attachAnew.accept(
                                            named instanceof Target.Id ? Target.of(heir) : named)));
        }
    }

    /// Its name leads to another one.
    void superseded() {
        warn(
                new Problem(
                        TEXTS.say("news.superseded"),
                        TEXTS.say("news.superseded-line", id.text()),
                        ""),
                new Banner.Offer(
                        TEXTS.say("news.attach-new"), () -> attachAnew.accept(Target.of(id))));
    }

    private void warn(Problem problem, Banner.Offer... offers) {
        banner.show(Banner.Weight.WARNING, problem, offers);
    }

    private Banner.Offer understood() {
        return new Banner.Offer(TEXTS.say("news.understood"), banner::clear);
    }
}
