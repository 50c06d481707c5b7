package io.github.shmlens.ui.problem;

import atlantafx.base.theme.Styles;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Looks;
import io.github.shmlens.ui.theme.Theme;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// A band above a view that tells one problem and offers what can be done. Takes no room while
/// there is nothing to tell, and is empty until there is: most of them never have anything to tell.
/// FX thread.
public final class Banner extends HBox {

    private static final Texts TEXTS = Texts.of(Banner.class);

    private final Label title = new Label();
    private final Label sentence = new Label();
    private final FlowPane below = new FlowPane(8, 4);
    private final HBox beside = new HBox(8);
    private final FontIcon icon = new FontIcon(Feather.ALERT_TRIANGLE);
    private final boolean oneLine;
    private final Button unfold = new Button(null, new FontIcon(Feather.CHEVRON_DOWN));
    private final Tooltip whole = new Tooltip();

    /// Kept while they say the same: whoever tells something again and again must not take the
    /// keyboard from a button, or the button from under the mouse.
    private List<Button> buttons = List.of();

    private List<Offer> offered = List.of();
    private @Nullable Problem shown;
    private Weight weight = Weight.NOTE;
    private boolean unfolded;
    private boolean folded;
    private Runnable onChange = () -> {};

    /// How much a banner calls for attention; the more, the later.
    public enum Weight {
        NOTE("shm-banner-note"),
        WARNING("shm-banner-warning"),
        DANGER("shm-banner-danger");

        private final String styleClass;

        Weight(String styleClass) {
            this.styleClass = styleClass;
        }
    }

    /// One that shows all it has to say, as high as that is.
    public Banner() {
        this(false);
    }

    /// One of a single line, whose sentence is cut where it has no room, and then can be unfolded.
    static Banner ofOneLine() {
        return new Banner(true);
    }

    private Banner(boolean oneLine) {
        this.oneLine = oneLine;
        getStyleClass().add(Looks.BANNER);
        getStylesheets().add(Theme.css(Banner.class, "problem.css"));
        title.getStyleClass().add("shm-banner-title");
        whole.setWrapText(true);
        whole.setMaxWidth(600);
        unfold.getStyleClass().addAll(Styles.FLAT, Styles.BUTTON_ICON, "shm-banner-unfold");
        unfold.setOnAction(_ -> {
            unfolded = !unfolded;
            arrange();
        });
        setAccessibleRole(AccessibleRole.TEXT);
        clear();
    }

    private void arrange() {
        boolean line = oneLine && !unfolded;
        title.setWrapText(!line);
        title.setMinWidth(line ? USE_PREF_SIZE : 0);
        sentence.setWrapText(!line);
        sentence.setMinHeight(USE_PREF_SIZE);
        sentence.setMinWidth(0);
        sentence.setMaxWidth(Double.MAX_VALUE);
        setHgrow(sentence, line ? Priority.ALWAYS : null);
        getChildren().clear();
        if (line) {
            beside.setMinWidth(USE_PREF_SIZE);
            getChildren().setAll(icon, title, sentence, unfold, beside);
            getStyleClass().add("shm-banner-line");
            setAlignment(Pos.CENTER_LEFT);
        } else {
            VBox text = new VBox(title, sentence, below);
            text.getStyleClass().add("shm-banner-text");
            setHgrow(text, Priority.ALWAYS);
            getChildren().setAll(icon, text);
            if (oneLine) {
                getChildren().add(unfold);
            }
            getStyleClass().remove("shm-banner-line");
            setAlignment(Pos.TOP_LEFT);
        }
        placeButtons();
        ((FontIcon) unfold.getGraphic())
                .setIconCode(unfolded ? Feather.CHEVRON_UP : Feather.CHEVRON_DOWN);
        String tip = unfolded ? TEXTS.say("banner.fold") : TEXTS.say("banner.unfold");
        unfold.setAccessibleText(tip);
        unfold.setTooltip(new Tooltip(tip));
    }

    /// Whether the sentence is cut is known when it has its place.
    @Override
    protected void layoutChildren() {
        if (oneLine && !unfolded) {
            boolean cut = sentence.prefWidth(-1) > room() + 0.5;
            if (cut != unfold.isManaged()) {
                unfold.setManaged(cut);
                unfold.setVisible(cut);
            }
            sentence.setTooltip(cut ? whole : null);
        }
        super.layoutChildren();
    }

    /// What the sentence has beside all that is never cut.
    private double room() {
        double taken = snappedLeftInset() + snappedRightInset();
        for (javafx.scene.Node child : getChildren()) {
            if (child.isManaged() && child != sentence && child != unfold) {
                taken += child.prefWidth(-1) + getSpacing();
            }
        }
        return getWidth() - taken;
    }

    /// Shows a problem, in the place of any other.
    ///
    /// @param offers what can be done, in order
    public void show(Weight newWeight, Problem problem, Offer... offers) {
        boolean anew = shown == null || !shown.title().equals(problem.title());
        shown = problem;
        weight = newWeight;
        boolean first = getChildren().isEmpty();
        if (first || anew && unfolded) {
            unfolded = false;
            arrange();
        }
        getStyleClass()
                .removeIf(name ->
                        name.equals(Weight.NOTE.styleClass)
                                || name.equals(Weight.WARNING.styleClass)
                                || name.equals(Weight.DANGER.styleClass));
        getStyleClass().add(weight.styleClass);
        icon.setIconCode(weight == Weight.NOTE ? Feather.INFO : Feather.ALERT_TRIANGLE);
        title.setText(problem.title());
        sentence.setText(problem.line());
        whole.setText(problem.line());
        setAccessibleText(problem.title() + ". " + problem.line());
        place(List.of(offers));
        reveal();
        onChange.run();
    }

    /// What it tells at the moment, the very problem it was given; null while there is nothing.
    public @Nullable Problem shown() {
        return shown;
    }

    Weight weight() {
        return weight;
    }

    /// Told when there is another thing to tell, or nothing any more.
    void setOnChange(Runnable callback) {
        onChange = callback;
    }

    /// Out of sight for others that come before it; it goes on telling.
    void fold(boolean now) {
        folded = now;
        reveal();
    }

    private void reveal() {
        boolean seen = shown != null && !folded;
        setManaged(seen);
        setVisible(seen);
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
            placeButtons();
        }
        for (int at = 0; at < offered.size(); at++) {
            Offer offer = offered.get(at);
            buttons.get(at).setOnAction(_ -> offer.action().run());
        }
    }

    private void placeButtons() {
        boolean line = oneLine && !unfolded;
        below.getChildren().clear();
        beside.getChildren().clear();
        (line ? beside : below).getChildren().setAll(buttons);
        below.setManaged(!line && !buttons.isEmpty());
        below.setVisible(below.isManaged());
        beside.setManaged(line && !buttons.isEmpty());
        beside.setVisible(beside.isManaged());
    }

    /// Gives the keyboard to the last offer, the one that leaves everything as it is.
    public void focusLast() {
        if (!buttons.isEmpty()) {
            buttons.getLast().requestFocus();
        }
    }

    /// Nothing to tell any more.
    public void clear() {
        boolean before = shown != null;
        shown = null;
        reveal();
        if (before) {
            onChange.run();
        }
    }

    public boolean showing() {
        return shown != null;
    }

    /// A button of a banner.
    public record Offer(String text, Runnable action) {}
}
