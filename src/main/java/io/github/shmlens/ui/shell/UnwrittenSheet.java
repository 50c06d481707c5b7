package io.github.shmlens.ui.shell;

import atlantafx.base.theme.Styles;
import io.github.shmlens.ui.fx.FxExecutor;
import io.github.shmlens.ui.problem.Sheets;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.WrappedLabel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// The question before what is typed and not written would go: write it, discard it, or stay. FX
/// thread.
final class UnwrittenSheet extends VBox {

    private static final Texts TEXTS = Texts.of(UnwrittenSheet.class);

    /// What the person was about to do.
    enum Ending {
        DETACH,
        QUIT,
        LOCK;

        private String write() {
            return switch (this) {
                case DETACH -> TEXTS.say("unwritten.write-detach");
                case QUIT -> TEXTS.say("unwritten.write-quit");
                case LOCK -> TEXTS.say("unwritten.write-lock");
            };
        }

        private String discard() {
            return switch (this) {
                case DETACH -> TEXTS.say("unwritten.discard-detach");
                case QUIT -> TEXTS.say("unwritten.discard-quit");
                case LOCK -> TEXTS.say("unwritten.discard-lock");
            };
        }

        private String stay() {
            return switch (this) {
                case DETACH -> TEXTS.say("unwritten.stay-attached");
                case QUIT -> TEXTS.say("unwritten.stay");
                case LOCK -> TEXTS.say("unwritten.stay-unlocked");
            };
        }
    }

    private final Sheets sheets;
    private final List<Unwritten> all;
    private final Button stay;
    private final Button discard;
    private final Button write;
    private final Label state = new WrappedLabel();
    private boolean working;

    private UnwrittenSheet(Sheets sheets, List<Unwritten> all, Ending ending) {
        this.sheets = sheets;
        this.all = List.copyOf(all);
        stay = new Button(ending.stay());
        discard = new Button(ending.discard());
        write = new Button(ending.write());
        setId("unwritten-sheet");
        setPrefWidth(620);
        Label title = new Label(TEXTS.say("unwritten.title"));
        title.getStyleClass().add(Styles.TITLE_4);
        VBox lines = new VBox(4);
        lines.setId("unwritten-lines");
        for (Unwritten one : all) {
            lines.getChildren().add(new WrappedLabel(one.sentence()));
        }
        boolean writable = all.stream().allMatch(Unwritten::writable);
        state.setText(writable ? TEXTS.say("unwritten.how") : TEXTS.say("unwritten.nowhere"));
        state.getStyleClass().add(Styles.TEXT_MUTED);
        stay.setId("unwritten-stay");
        discard.setId("unwritten-discard");
        discard.getStyleClass().addAll(Styles.BUTTON_OUTLINED, Styles.DANGER);
        write.setId("unwritten-write");
        write.getStyleClass().add(Styles.ACCENT);
        write.setVisible(writable);
        write.setManaged(writable);
        HBox buttons = new HBox(stay, discard, write);
        buttons.getStyleClass().add("shm-sheet-buttons");
        getChildren().setAll(title, lines, state, buttons);
    }

    /// Asks once, about all of them.
    ///
    /// @param go called when all is written or discarded
    /// @param refused called with those that were not written, or not whole, and stay typed; none
    ///   when the person stays
    static void open(
            Sheets sheets,
            List<Unwritten> all,
            Ending ending,
            Runnable go,
            Consumer<List<Unwritten>> refused) {
        UnwrittenSheet sheet = new UnwrittenSheet(sheets, all, ending);
        Runnable stays =
                () -> {
                    if (!sheet.working) {
                        sheets.close(sheet);
                        refused.accept(List.of());
                    }
                };
        sheet.stay.setOnAction(_ -> stays.run());
        sheet.discard.setOnAction(_ -> {
            sheets.close(sheet);
            sheet.all.forEach(Unwritten::drop);
            go.run();
        });
        sheet.write.setOnAction(_ -> sheet.write(go, refused));
        sheets.show(sheet, sheet.stay, stays);
    }

    private void write(Runnable go, Consumer<List<Unwritten>> refused) {
        working = true;
        for (Button button : List.of(stay, discard, write)) {
            button.setDisable(true);
        }
        state.setText(TEXTS.say("unwritten.writing"));
        List<Unwritten> left = new ArrayList<>();
        List<CompletableFuture<?>> under = new ArrayList<>();
        for (Unwritten one : all) {
            under.add(
                    one.write()
                            .whenCompleteAsync(
                                    (done, _) -> {
                                        if (!Boolean.TRUE.equals(done)) {
                                            left.add(one);
                                        }
                                    },
                                    FxExecutor.FX)
                            .toCompletableFuture());
        }
        CompletableFuture.allOf(under.toArray(CompletableFuture[]::new))
                .whenCompleteAsync(
                        (_, _) -> {
                            sheets.close(this);
                            if (left.isEmpty()) {
                                go.run();
                            } else {
                                refused.accept(List.copyOf(left));
                            }
                        },
                        FxExecutor.FX);
    }
}
