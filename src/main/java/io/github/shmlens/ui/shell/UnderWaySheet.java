package io.github.shmlens.ui.shell;

import atlantafx.base.theme.Styles;
import io.github.shmlens.ui.fx.FxExecutor;
import io.github.shmlens.ui.problem.Sheets;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.WrappedLabel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// Asks before the window goes while something is still being written, what shall become of it. Who
/// stays lets it go on.
final class UnderWaySheet extends VBox {

    private static final Texts TEXTS = Texts.of(UnderWaySheet.class);

    private final Label state = new WrappedLabel();
    private final Button stay = new Button(TEXTS.say("underway.stay"));
    private final Button stop = new Button(TEXTS.say("underway.stop"));

    private UnderWaySheet(List<UnderWay> all) {
        setId("underway-sheet");
        setPrefWidth(620);
        Label title = new Label(TEXTS.say("underway.title"));
        title.getStyleClass().add(Styles.TITLE_4);
        VBox lines = new VBox(4);
        lines.setId("underway-lines");
        for (UnderWay one : all) {
            lines.getChildren().add(new WrappedLabel(one.sentence()));
        }
        state.getStyleClass().add(Styles.TEXT_MUTED);
        state.managedProperty().bind(state.textProperty().isNotEmpty());
        stay.setId("underway-stay");
        stop.setId("underway-stop");
        stop.getStyleClass().addAll(Styles.BUTTON_OUTLINED, Styles.DANGER);
        HBox buttons = new HBox(stay, stop);
        buttons.getStyleClass().add("shm-sheet-buttons");
        getChildren().setAll(title, lines, state, buttons);
    }

    /// @param go called when all of it has ended
    /// @param stays called when the person stays
    static void open(Sheets sheets, List<UnderWay> all, Runnable go, Runnable stays) {
        UnderWaySheet sheet = new UnderWaySheet(all);
        Runnable leave =
                () -> {
                    if (!sheet.stay.isDisabled()) {
                        sheets.close(sheet);
                        stays.run();
                    }
                };
        sheet.stay.setOnAction(_ -> leave.run());
        sheet.stop.setOnAction(_ -> {
            sheet.stop.setDisable(true);
            sheet.stay.setDisable(true);
            sheet.state.setText(TEXTS.say("underway.stopping"));
            CompletableFuture.allOf(
                            all.stream()
                                    .map(one -> one.stop().toCompletableFuture())
                                    .toArray(CompletableFuture[]::new))
                    .whenCompleteAsync(
                            (_, _) -> {
                                sheets.close(sheet);
                                go.run();
                            },
                            FxExecutor.FX);
        });
        sheets.show(sheet, sheet.stay, leave);
    }
}
