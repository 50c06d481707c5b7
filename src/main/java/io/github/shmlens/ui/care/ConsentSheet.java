package io.github.shmlens.ui.care;

import atlantafx.base.theme.Styles;
import io.github.shmlens.ui.problem.Banner;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.problem.Sheets;
import io.github.shmlens.ui.segments.Witness;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Scrolling;
import io.github.shmlens.ui.theme.Theme;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// A question that wants a deliberate yes: what will happen, who is attached, a box to tick, and
/// only then the button. FX thread.
final class ConsentSheet extends VBox {

    private static final Texts TEXTS = Texts.of(ConsentSheet.class);

    private final Sheets sheets;
    private final Banner banner = new Banner();
    private final Label what = new Label();
    private final VBox details = new VBox();
    private final ScrollPane detailScroll = Scrolling.direct(new ScrollPane(details));
    private final Label holders = new Label();
    private final CheckBox understood = new CheckBox();
    private final Button cancel = new Button(TEXTS.say("button.cancel"));
    private final Button act;
    private boolean allowed;
    private boolean working;

    /// @param id of the sheet; its parts are `id-what`, `id-understood`, `id-confirm`
    /// @param more nodes between the details and the box to tick
    ConsentSheet(
            Sheets sheets, String id, String title, String verb, String consent, Node... more) {
        this.sheets = sheets;
        setId(id);
        getStyleClass().add("shm-consent");
        getStylesheets().add(Theme.css(Witness.class, "segments.css"));
        getStylesheets().add(Stylesheet.URL);
        setPrefWidth(640);
        Label head = new Label(title);
        head.getStyleClass().add(Styles.TITLE_4);
        what.setId(id + "-what");
        what.setWrapText(true);
        what.setMinHeight(USE_PREF_SIZE);
        details.setId(id + "-details");
        details.getStyleClass().add("shm-holders");
        detailScroll.setFitToWidth(true);
        detailScroll.setMaxHeight(190);
        detailScroll.setFocusTraversable(false);
        detailScroll.managedProperty().bind(detailScroll.visibleProperty());
        detailScroll.setVisible(false);
        holders.setId(id + "-holders");
        holders.getStyleClass().add(Styles.TEXT_MUTED);
        holders.setWrapText(true);
        holders.setMinHeight(USE_PREF_SIZE);
        understood.setId(id + "-understood");
        understood.setText(consent);
        understood.setWrapText(true);
        cancel.setId(id + "-cancel");
        cancel.setCancelButton(true);
        cancel.setOnAction(_ -> close());
        act = new Button(verb);
        act.setId(id + "-confirm");
        act.getStyleClass().add(Styles.DANGER);
        HBox buttons = new HBox(cancel, act);
        buttons.getStyleClass().add("shm-sheet-buttons");
        getChildren().setAll(head, banner, what, detailScroll);
        getChildren().addAll(more);
        getChildren().addAll(holders, understood, buttons);
        understood.selectedProperty().subscribe(_ -> enable());
    }

    void open(Runnable onAct) {
        act.setOnAction(_ -> onAct.run());
        sheets.show(this, cancel, this::close);
    }

    void close() {
        sheets.close(this);
    }

    void tell(String sentence) {
        what.setText(sentence);
    }

    /// One line each; none hides the list.
    void details(Iterable<String> lines) {
        details.getChildren().clear();
        for (String line : lines) {
            Label label = new Label(line);
            label.setWrapText(true);
            details.getChildren().add(label);
        }
        detailScroll.setVisible(!details.getChildren().isEmpty());
    }

    /// Who is attached.
    void holders(@Nullable Witness witness, String lockSentence) {
        holders.setText(
                witness == null
                        ? lockSentence
                        : "%s (%s). %s"
                                .formatted(
                                        Problem.sentence(witness.clause()).replaceAll("\\.$", ""),
                                        String.join("; ", witness.lines()),
                                        lockSentence));
    }

    /// Whether it may be done at all.
    void allow(boolean may) {
        allowed = may;
        enable();
    }

    void working(boolean now) {
        working = now;
        enable();
    }

    /// It did not go as asked, or cannot: the question stays open.
    void refuse(Banner.Weight weight, Problem why) {
        working = false;
        understood.setSelected(false);
        banner.show(weight, why);
        enable();
        cancel.requestFocus();
    }

    private void enable() {
        boolean may = allowed && !working;
        understood.setDisable(!may);
        act.setDisable(!may || !understood.isSelected());
    }
}
