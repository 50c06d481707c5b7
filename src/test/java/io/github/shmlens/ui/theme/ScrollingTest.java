package io.github.shmlens.ui.theme;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.testing.FxTest;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.junit.jupiter.api.Test;

class ScrollingTest extends FxTest {

    @Test
    void nothingInsideIsKeptAsAPicture() {
        VBox content =
                ask(() -> {
                    Region large = new Region();
                    large.setMinSize(900, 900);
                    return new VBox(
                            Scrolling.direct(new ScrollPane(large)),
                            Scrolling.direct(new TextArea("text")),
                            new ScrollPane(new Region()));
                });
        open(() -> content, 400, 400);
        waitForFx();
        assertThat(pictures(content.getChildren().get(0))).isEmpty();
        assertThat(pictures(content.getChildren().get(1))).isEmpty();
        // Were this empty too, the toolkit would not do it any more.
        assertThat(pictures(content.getChildren().get(2))).isNotEmpty();
    }

    private List<Node> pictures(Node node) {
        return ask(() -> {
            List<Node> found = new ArrayList<>();
            gather(node, found);
            return found;
        });
    }

    private static void gather(Node node, List<Node> found) {
        if (node.isCache()) {
            found.add(node);
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> gather(child, found));
        }
    }
}
