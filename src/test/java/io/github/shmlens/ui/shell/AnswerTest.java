package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.testing.FxTest;
import io.github.shmlens.ui.problem.Banner;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.theme.Settings;
import io.github.shmlens.ui.theme.Theme;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.scene.control.Button;
import org.junit.jupiter.api.Test;

final class AnswerTest extends FxTest {

    private final Banner banner = ask(Banner::new);
    private final Answer answer = new Answer(banner);
    private final AtomicInteger others = new AtomicInteger(1);

    private static Problem of(String title) {
        return new Problem(title, "", "");
    }

    private String shown() {
        Problem now = ask(banner::shown);
        return now == null ? "" : now.title();
    }

    private void follow() {
        fx(() -> answer.follow(() -> answer.tell(Banner.Weight.NOTE, of(others + " others"))));
    }

    @Test
    void whatIsFollowedIsToldAnewForAsLongAsItIsShown() {
        follow();
        others.set(2);
        fx(answer::tellAgain);
        others.set(3);
        fx(answer::tellAgain);
        assertThat(shown()).isEqualTo("3 others");

        fx(() -> answer.tell(Banner.Weight.DANGER, of("refused")));
        fx(answer::tellAgain);
        assertThat(shown()).isEqualTo("refused");
        fx(answer::clear);
        fx(answer::tellAgain);
        assertThat(shown()).isEmpty();
    }

    @Test
    void anAnswerTakesWhatItAnswersAwayBeforeItIsCarriedOut() {
        fx(() ->
                answer.ask(
                        Banner.Weight.WARNING,
                        of("remove?"),
                        answer.answering(
                                "Remove", () -> answer.tell(Banner.Weight.NOTE, of("removed")))));
        fx(() -> Theme.follow(Settings.inMemory()));
        open(() -> banner, 400, 120);
        robot.clickOn((Button) ask(() -> Objects.requireNonNull(banner.lookup(".button"))));
        waitUntil("carried out", () -> shown().equals("removed"));
    }
}
