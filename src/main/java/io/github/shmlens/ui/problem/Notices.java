package io.github.shmlens.ui.problem;

import atlantafx.base.theme.Styles;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Theme;
import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Sentences over the window's foot that ask for nothing. What was done goes by itself; a problem
/// stays until it is closed. FX thread.
public final class Notices extends VBox {

    private static final Texts TEXTS = Texts.of(Notices.class);

    private static final int MOST = 4;
    private static final Duration STAY = Duration.seconds(9);

    public Notices() {
        getStyleClass().add("shm-notices");
        getStylesheets().add(Theme.css(Notices.class, "problem.css"));
        setAlignment(Pos.BOTTOM_LEFT);
        setPickOnBounds(false);
        setFillWidth(false);
    }

    /// Something was done.
    public void tell(String sentence) {
        Label text = new Label(sentence);
        text.setWrapText(true);
        HBox notice = notice(new FontIcon(Feather.CHECK), text, sentence);
        PauseTransition stay = new PauseTransition(STAY);
        stay.setOnFinished(_ -> getChildren().remove(notice));
        // Whoever reads slowly keeps it under the pointer.
        notice.hoverProperty()
                .subscribe(over -> {
                    if (over) {
                        stay.stop();
                    } else {
                        stay.playFromStart();
                    }
                });
        add(notice);
    }

    /// Something failed, and nothing on screen would say so otherwise.
    public void tell(Problem problem) {
        Label title = new Label(problem.title());
        title.getStyleClass().add(Styles.TEXT_BOLD);
        title.setWrapText(true);
        Label text = new Label(problem.line());
        text.setWrapText(true);
        HBox notice =
                notice(
                        new FontIcon(Feather.ALERT_TRIANGLE),
                        new VBox(title, text),
                        problem.title() + ". " + problem.line());
        notice.getStyleClass().add("shm-notice-problem");
        add(notice);
    }

    private void add(HBox notice) {
        getChildren().add(notice);
        while (getChildren().size() > MOST) {
            getChildren().removeFirst();
        }
    }

    private HBox notice(FontIcon icon, Region text, String spoken) {
        Button close = new Button(null, new FontIcon(Feather.X));
        close.getStyleClass().addAll(Styles.FLAT, Styles.BUTTON_ICON, Styles.SMALL);
        close.setAccessibleText(TEXTS.say("notice.close"));
        HBox.setHgrow(text, Priority.ALWAYS);
        text.setMaxWidth(Double.MAX_VALUE);
        HBox notice = new HBox(icon, text, close);
        notice.getStyleClass().add("shm-notice");
        notice.setAccessibleRole(AccessibleRole.TEXT);
        notice.setAccessibleText(spoken);
        close.setOnAction(_ -> getChildren().remove(notice));
        return notice;
    }

    /// The newest notice's words; empty when there is none.
    public String newest() {
        if (getChildren().isEmpty()) {
            return "";
        }
        Node last = getChildren().getLast();
        String spoken = last.getAccessibleText();
        return spoken == null ? "" : spoken;
    }
}
