package io.github.shmlens.ui.problem;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerLight;
import io.github.shmlens.testing.FxTest;
import javafx.application.Application;
import javafx.scene.Node;
import javafx.scene.control.Label;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Several things to tell in little height.
final class BannersTest extends FxTest {

    private Banners banners = ask(Banners::new);
    private Banner news = ask(Banner::new);
    private Banner answer = ask(Banner::new);

    @BeforeEach
    void openThem() {
        fx(() -> {
            Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet());
            banners = new Banners();
            news = banners.add();
            answer = banners.add();
        });
        open(() -> banners, 700, 300);
    }

    private static Problem problem(String title) {
        return new Problem(title, "One sentence. ".repeat(30).strip(), "");
    }

    @Test
    void theHeaviestIsShownAndTheOthersAreOneClickAway() {
        fx(() -> {
            news.show(Banner.Weight.WARNING, problem("Marked"));
            answer.show(Banner.Weight.NOTE, problem("Unlocked"));
        });
        waitForFx();
        assertThat(ask(news::isVisible)).isTrue();
        assertThat(ask(answer::isVisible)).isFalse();
        assertThat(ask(answer::showing)).isTrue();
        robot.clickOn("and 1 more");
        waitForFx();
        assertThat(ask(answer::isVisible)).isTrue();
        fx(news::clear);
        waitForFx();
        assertThat(ask(answer::isVisible)).isTrue();
        assertThat(ask(() -> banners.lookup("#banners-more").isVisible())).isFalse();
    }

    @Test
    void aBannerIsALineUntilItIsUnfolded() {
        fx(() ->
                answer.show(
                        Banner.Weight.NOTE,
                        problem("Unlocked"),
                        new Banner.Offer("Dismiss", answer::clear)));
        waitForFx();
        double line = ask(answer::getHeight);
        assertThat(line).isLessThan(40);
        Node unfold = ask(() -> answer.lookup(".shm-banner-unfold"));
        robot.clickOn(unfold);
        waitForFx();
        assertThat(ask(answer::getHeight)).isGreaterThan(1.5 * line);
        assertThat(ask(() -> labels())).isTrue();
        robot.clickOn(unfold);
        waitForFx();
        assertThat(ask(answer::getHeight)).isEqualTo(line);
        robot.clickOn("Dismiss");
        waitForFx();
        assertThat(ask(answer::isVisible)).isFalse();
    }

    /// Whether nothing is cut.
    private boolean labels() {
        return answer.lookupAll(".label").stream()
                .filter(Label.class::isInstance)
                .map(Label.class::cast)
                .noneMatch(Label::isTextTruncated);
    }

    @Test
    void whatHasRoomIsNotFolded() {
        fx(() -> answer.show(Banner.Weight.NOTE, new Problem("Locked", "Short.", "")));
        waitForFx();
        assertThat(ask(() -> answer.lookup(".shm-banner-unfold").isVisible())).isFalse();
    }
}
