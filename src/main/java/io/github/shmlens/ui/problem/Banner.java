package io.github.shmlens.ui.problem;

import io.github.shmlens.ui.theme.Looks;
import io.github.shmlens.ui.theme.Theme;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// A band above a view that tells one problem and offers what can be done. Takes no room while
/// there is nothing to tell. FX thread.
public final class Banner extends HBox {

    private final Label title = new Label();
    private final Label sentence = new Label();
    private final FlowPane actions = new FlowPane(8, 4);
    private final FontIcon icon = new FontIcon(Feather.ALERT_TRIANGLE);

    /// Kept while they say the same: whoever tells something again and again must not take the
    /// keyboard from a button, or the button from under the mouse.
    private List<Button> buttons = List.of();

    private List<Offer> offered = List.of();
    private @Nullable Problem shown;

    /// How much a banner calls for attention.
    public enum Weight {
        NOTE("shm-banner-note"),
        WARNING("shm-banner-warning"),
        DANGER("shm-banner-danger");

        private final String styleClass;

        Weight(String styleClass) {
            this.styleClass = styleClass;
        }
    }

    public Banner() {
        getStyleClass().add(Looks.BANNER);
        getStylesheets().add(Theme.css(Banner.class, "problem.css"));
        title.getStyleClass().add("shm-banner-title");
        title.setWrapText(true);
        sentence.setWrapText(true);
        sentence.setMinHeight(USE_PREF_SIZE);
        VBox text = new VBox(title, sentence, actions);
        text.getStyleClass().add("shm-banner-text");
        setHgrow(text, Priority.ALWAYS);
        getChildren().setAll(icon, text);
        setAlignment(Pos.TOP_LEFT);
        setAccessibleRole(AccessibleRole.TEXT);
        clear();
    }

    /// Shows a problem, in the place of any other.
    ///
    /// @param offers what can be done, in order
    public void show(Weight weight, Problem problem, Offer... offers) {
        shown = problem;
        getStyleClass().removeIf(name -> name.startsWith("shm-banner-"));
        getStyleClass().add(weight.styleClass);
        icon.setIconCode(weight == Weight.NOTE ? Feather.INFO : Feather.ALERT_TRIANGLE);
        title.setText(problem.title());
        sentence.setText(problem.line());
        setAccessibleText(problem.title() + ". " + problem.line());
        place(List.of(offers));
        setManaged(true);
        setVisible(true);
    }

    /// What it tells at the moment, the very problem it was given; null while there is nothing.
    public @Nullable Problem shown() {
        return shown;
    }

    /// Offers one thing more, before all others.
    public void offer(Offer first) {
        List<Offer> more = new ArrayList<>(offered);
        more.addFirst(first);
        place(more);
    }

    private void place(List<Offer> offers) {
        offered = List.copyOf(offers);
        List<String> wanted = offers.stream().map(Offer::text).toList();
        if (!wanted.equals(buttons.stream().map(Button::getText).toList())) {
            buttons = wanted.stream().map(Button::new).toList();
            actions.getChildren().setAll(buttons);
        }
        for (int at = 0; at < offered.size(); at++) {
            Offer offer = offered.get(at);
            buttons.get(at).setOnAction(_ -> offer.action().run());
        }
        actions.setManaged(!offered.isEmpty());
        actions.setVisible(!offered.isEmpty());
    }

    /// Gives the keyboard to the last offer, the one that leaves everything as it is.
    public void focusLast() {
        if (!buttons.isEmpty()) {
            buttons.getLast().requestFocus();
        }
    }

    /// Nothing to tell any more.
    public void clear() {
        shown = null;
        setManaged(false);
        setVisible(false);
    }

    public boolean showing() {
        return isVisible();
    }

    /// A button of a banner.
    public record Offer(String text, Runnable action) {}
}
