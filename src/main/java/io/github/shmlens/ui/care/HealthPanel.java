package io.github.shmlens.ui.care;

import atlantafx.base.theme.Styles;
import io.github.shmlens.php.Damage;
import io.github.shmlens.php.Problem;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Looks;
import io.github.shmlens.ui.theme.Scrolling;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Every finding about a store with where it is, what it means and what PHP does with it. FX
/// thread.
final class HealthPanel extends VBox {

    private static final Texts TEXTS = Texts.of(HealthPanel.class);

    private static final double HEIGHT_EM = 13;

    private final ObservableList<Problem> findings = FXCollections.observableArrayList();
    private final ListView<Problem> list = new ListView<>(findings);
    private final Label title = new Label();
    private final Button repair =
            new Button(TEXTS.say("button.repair"), new FontIcon(Feather.TOOL));
    private final Button wipe = new Button(TEXTS.say("button.wipe"), new FontIcon(Feather.WIND));
    private final Button close = new Button("", new FontIcon(Feather.X));
    private final Label message = new Label();
    private final Label meaning = new Label();
    private final Label php = new Label();
    private final Label hardened = new Label();
    private final VBox story;

    HealthPanel(LongConsumer onOffset, Runnable onRepair, Runnable onWipe, Runnable onClose) {
        setId("health-panel");
        getStyleClass().add("shm-health-panel");
        getStylesheets().add(Stylesheet.URL);
        title.setId("health-title");
        title.getStyleClass().add("shm-health-title");
        repair.setId("health-repair");
        repair.setOnAction(_ -> onRepair.run());
        repair.setTooltip(new Tooltip(TEXTS.say("findings.repair-tip")));
        repair.setMinWidth(USE_PREF_SIZE);
        wipe.setId("health-wipe");
        wipe.setOnAction(_ -> onWipe.run());
        wipe.setTooltip(new Tooltip(TEXTS.say("findings.wipe-tip")));
        wipe.setMinWidth(USE_PREF_SIZE);
        close.setId("health-close");
        close.getStyleClass().addAll(Styles.FLAT, Styles.BUTTON_ICON, Styles.SMALL);
        close.setAccessibleText(TEXTS.say("findings.close"));
        close.setOnAction(_ -> onClose.run());
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox head = new HBox(title, gap, wipe, repair, close);
        head.getStyleClass().add("shm-health-head");
        head.setAlignment(Pos.CENTER_LEFT);

        list.setId("health-list");
        list.getStyleClass().add("dense");
        list.setAccessibleText(TEXTS.say("findings.name"));
        list.setCellFactory(_ -> new Row());
        list.setPrefWidth(360);
        list.setMinWidth(160);
        list.setOnMouseClicked(_ -> go(onOffset));
        list.setOnKeyPressed(key -> {
            if (key.getCode() == KeyCode.ENTER) {
                go(onOffset);
                key.consume();
            }
        });

        message.getStyleClass().add("shm-health-message");
        story =
                new VBox(
                        message,
                        meaning,
                        named(TEXTS.say("findings.php")),
                        php,
                        named(TEXTS.say("findings.hardened-php")),
                        hardened);
        story.getStyleClass().add("shm-health-story");
        for (Label label : List.of(message, meaning, php, hardened)) {
            label.setWrapText(true);
            label.setMinHeight(USE_PREF_SIZE);
        }
        php.setId("health-php");
        ScrollPane scroll = Scrolling.direct(new ScrollPane(story));
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        HBox.setHgrow(scroll, Priority.ALWAYS);
        HBox both = new HBox(list, scroll);
        both.setMinHeight(0);
        VBox.setVgrow(both, Priority.ALWAYS);
        getChildren().setAll(head, both);
        list.getSelectionModel().selectedItemProperty().subscribe(this::explain);
        // In letters, so that larger ones get more room.
        title.fontProperty()
                .subscribe(font -> {
                    setPrefHeight(font.getSize() * HEIGHT_EM);
                    setMinHeight(font.getSize() * HEIGHT_EM);
                });
    }

    private static Label named(String text) {
        Label label = new Label(text);
        label.getStyleClass().add(Looks.FACT_NAME);
        return label;
    }

    /// @param headline what to say of the store as a whole
    /// @param all by rising offset
    void show(String headline, List<Problem> all, boolean repairable) {
        title.setText(headline);
        repair.setDisable(!repairable);
        // In a damaged store nobody can tell which bytes are free.
        wipe.setDisable(repairable);
        if (findings.equals(all)) {
            return;
        }
        Problem chosen = list.getSelectionModel().getSelectedItem();
        findings.setAll(all);
        if (all.isEmpty()) {
            explain(null);
        } else {
            int at = chosen == null ? 0 : Math.max(0, all.indexOf(chosen));
            list.getSelectionModel().select(at);
        }
    }

    void takeFocus() {
        list.requestFocus();
    }

    private void go(LongConsumer onOffset) {
        Problem chosen = list.getSelectionModel().getSelectedItem();
        if (chosen != null) {
            onOffset.accept(chosen.offset());
        }
    }

    private void explain(@Nullable Problem problem) {
        Damage damage = problem == null ? null : Damage.of(problem).orElse(null);
        story.getChildren().forEach(node -> node.setVisible(damage != null));
        message.setVisible(true);
        message.setText(
                problem == null
                        ? TEXTS.say("findings.none")
                        : io.github.shmlens.ui.problem.Problem.sentence(problem.shown()));
        meaning.setText(damage == null ? "" : damage.meaning());
        php.setText(damage == null ? "" : damage.php());
        hardened.setText(damage == null ? "" : damage.hardenedPhp());
    }

    private static final class Row extends ListCell<Problem> {
        private final Label code = new Label();
        private final Label offset = new Label();
        private final HBox line;

        Row() {
            Region gap = new Region();
            HBox.setHgrow(gap, Priority.ALWAYS);
            offset.getStyleClass().add(Looks.MONO);
            line = new HBox(code, gap, offset);
            line.setAlignment(Pos.CENTER_LEFT);
        }

        @Override
        protected void updateItem(@Nullable Problem item, boolean empty) {
            super.updateItem(item, empty);
            setText(null);
            if (empty || item == null) {
                setGraphic(null);
                return;
            }
            code.setText(item.code());
            offset.setText("0x%x".formatted(item.offset()));
            setAccessibleText(
                    TEXTS.say(
                            "findings.line",
                            Objects.requireNonNullElse(code.getText(), ""),
                            offset.getText()));
            setGraphic(line);
        }
    }
}
