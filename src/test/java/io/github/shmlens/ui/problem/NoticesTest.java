package io.github.shmlens.ui.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.testing.FxTest;
import java.util.List;
import javafx.scene.layout.StackPane;
import javafx.scene.text.Text;
import org.junit.jupiter.api.Test;

final class NoticesTest extends FxTest {

    @Test
    void aProblemIsReadToItsEndOverANarrowList() {
        Notices notices = ask(Notices::new);
        Problem problem =
                new Problem("The segment is gone", "It was removed, or cut short, meanwhile.", "");
        open(() -> new StackPane(notices), 200, 300);
        fx(() -> notices.tell(problem));
        waitForFx();
        List<String> drawn =
                ask(() ->
                        notices.lookupAll(".text").stream()
                                .filter(Text.class::isInstance)
                                .map(text -> ((Text) text).getText())
                                .toList());
        assertThat(drawn).contains(problem.title(), problem.line());
    }
}
