package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.php.StoreWords;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.Target;
import io.github.shmlens.testing.FakeSource;
import io.github.shmlens.testing.FxTest;
import io.github.shmlens.ui.problem.Banner;
import io.github.shmlens.ui.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Button;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class NewsTest extends FxTest {

    private static final SegmentKey KEY = new SegmentKey(0xf1206);

    private final FakeSource host = new FakeSource();
    private final SegmentId id = host.add(KEY, 4096);
    private final SegmentId heir = host.add(new SegmentKey(0x77), 4096);
    private final Banner banner = ask(Banner::new);
    private final List<Target> attached = new ArrayList<>();
    private int saves;

    private News news(Target named) {
        return new News(banner, id, named, attached::add, () -> saves++);
    }

    private Surroundings look(@Nullable SegmentId successor) throws ShmException {
        return new Surroundings(host.facts(id), host.attachments(id), Optional.empty(), successor);
    }

    private String told() {
        Problem now = ask(banner::shown);
        return now == null ? "" : now.title() + ": " + now.line();
    }

    private List<Button> offers() {
        return ask(() ->
                banner.lookupAll(".button").stream()
                        .map(Button.class::cast)
                        .filter(button -> button.getText() != null && !button.getText().isEmpty())
                        .toList());
    }

    @Test
    void whoTookTheKeyIsAttachedAsTheUserNamedTheSegmentButNeverByTheOldId() throws ShmException {
        Surroundings now = look(heir);
        fx(() -> news(new Target.Key(KEY)).marked(now));
        fx(offers().getFirst()::fire);
        fx(() -> news(Target.of(id)).marked(now));
        fx(offers().getFirst()::fire);
        assertThat(attached).containsExactly(new Target.Key(KEY), Target.of(heir));
    }

    @Test
    void withoutAnHeirNothingIsOfferedAndItIsSaidWhoStillHoldsIt() throws ShmException {
        host.othersAttach(id, 77, "php");
        host.othersAttach(id, 78, "php");
        Surroundings two = look(null);
        fx(() -> news(new Target.Key(KEY)).marked(two));
        assertThat(told()).contains("%d other".formatted(two.others()));
        assertThat(offers()).isEmpty();
    }

    @Test
    void ofWhatHasNoNameAnImageIsOfferedUntilItHasOneAgain() {
        News news = news(Target.of(id));
        fx(() -> news.nameless(false));
        assertThat(told()).startsWith("Its name is gone").contains("this window too");
        fx(() -> news.nameless(true));
        assertThat(told()).contains("Nobody but this window").doesNotContain("this window too");
        fx(offers().getFirst()::fire);
        assertThat(saves).isEqualTo(1);
        fx(news::named);
        assertThat(told()).isEmpty();
    }

    @Test
    void aStoreOfAnotherPhpIsToldUntilItIsOneOfOurs() {
        News news = news(new Target.Key(KEY));
        fx(() -> news.madeBy(StoreWords.BIG_64));
        assertThat(told()).contains("64");
        fx(() -> news.madeBy(StoreWords.LITTLE_64));
        assertThat(told()).isEmpty();
    }
}
