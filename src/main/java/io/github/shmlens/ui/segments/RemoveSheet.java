package io.github.shmlens.ui.segments;

import atlantafx.base.theme.Styles;
import io.github.shmlens.segment.Rights;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.ui.fx.Background;
import io.github.shmlens.ui.problem.Banner;
import io.github.shmlens.ui.problem.FileAsker;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.problem.Sheets;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Figures;
import io.github.shmlens.ui.theme.Looks;
import io.github.shmlens.ui.theme.Scrolling;
import io.github.shmlens.ui.theme.Theme;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The question before a segment is removed: who is attached, what will happen to them, what can be
/// saved, and a deliberate yes. FX thread; the work itself is done off it.
public final class RemoveSheet extends VBox {

    private static final Texts TEXTS = Texts.of(RemoveSheet.class);

    private final SegmentSource source;
    private final SegmentFacts asked;
    private final Sheets sheets;
    private final FileAsker files;
    private final Consumer<String> done;

    private final Banner banner = new Banner();
    private final Label what = new Label();
    private final Label prospect = new Label();
    private final VBox holders = new VBox();
    private final CheckBox save = new CheckBox(TEXTS.say("remove.save"));
    private final TextField image = new TextField();
    private final Button choose = new Button(TEXTS.say("remove.choose"));
    private final HBox imageRow = new HBox(image, choose);
    private final Label imageError = new Label();
    private final CheckBox wipe = new CheckBox(TEXTS.say("remove.wipe"));
    private final Label wipeNote = new Label();
    private final CheckBox understood = new CheckBox();
    private final Button cancel = new Button(TEXTS.say("remove.cancel"));
    private final Button remove = new Button(TEXTS.say("remove.do"));
    private @Nullable Witness seen;

    /// Ends with the work that was confirmed; null when nothing was, or it has ended.
    private @Nullable CompletableFuture<Void> working;

    private volatile boolean stopping;

    private RemoveSheet(
            SegmentSource source,
            SegmentFacts asked,
            Sheets sheets,
            FileAsker files,
            Consumer<String> done) {
        this.source = source;
        this.asked = asked;
        this.sheets = sheets;
        this.files = files;
        this.done = done;
        build();
    }

    /// Opens the question.
    ///
    /// @param facts which segment
    /// @param done told, in one sentence, what was done; not called when the user changes their
    ///   mind
    /// @return the sheet, for whoever has to know whether it is at work
    public static RemoveSheet open(
            SegmentSource source,
            SegmentFacts facts,
            Sheets sheets,
            FileAsker files,
            Consumer<String> done) {
        RemoveSheet sheet = new RemoveSheet(source, facts, sheets, files, done);
        sheets.show(sheet, sheet.cancel, sheet::leave);
        sheet.look(false);
        return sheet;
    }

    /// Whether what was confirmed is not done yet.
    public boolean working() {
        return working != null;
    }

    /// Whether the bytes are wiped first.
    public boolean wipes() {
        return wipe.isSelected();
    }

    /// What the segment is called.
    public String name() {
        return ListEntry.nameOf(asked);
    }

    /// Ends the work where it is, if it has not come to the removal itself.
    ///
    /// @return complete when it has ended. On the FX thread
    public CompletionStage<Void> stop() {
        CompletableFuture<Void> now = working;
        if (now == null) {
            return CompletableFuture.completedFuture(null);
        }
        tellStop();
        return now;
    }

    private void tellStop() {
        stopping = true;
        prospect.setText(TEXTS.say("remove.stopping"));
    }

    /// Nobody leaves work alone that goes on.
    private void leave() {
        if (working == null) {
            close();
        } else {
            tellStop();
        }
    }

    private void build() {
        setId("remove-sheet");
        getStyleClass().add("shm-remove");
        getStylesheets().add(Theme.css(RemoveSheet.class, "segments.css"));
        setPrefWidth(620);
        Label title = new Label(TEXTS.say("remove.title", ListEntry.nameOf(asked)));
        title.getStyleClass().add(Styles.TITLE_4);
        what.setText(describe(asked));
        what.getStyleClass().add(Styles.TEXT_MUTED);
        what.setWrapText(true);
        prospect.setId("remove-prospect");
        prospect.setWrapText(true);
        prospect.setMinHeight(USE_PREF_SIZE);
        prospect.setText(TEXTS.say("remove.looking"));
        holders.setId("remove-holders");
        holders.getStyleClass().add("shm-holders");
        ScrollPane holderScroll = Scrolling.direct(new ScrollPane(holders));
        holderScroll.setFitToWidth(true);
        holderScroll.setMaxHeight(150);
        holderScroll.setFocusTraversable(false);
        holderScroll.managedProperty().bind(holderScroll.visibleProperty());
        holderScroll
                .visibleProperty()
                .bind(javafx.beans.binding.Bindings.isNotEmpty(holders.getChildren()));

        save.setId("remove-save");
        image.setId("remove-image");
        image.setText(suggestedImage().toString());
        image.setAccessibleText(TEXTS.say("remove.image"));
        HBox.setHgrow(image, Priority.ALWAYS);
        imageRow.getStyleClass().add("shm-image-row");
        imageRow.setAlignment(Pos.CENTER_LEFT);
        imageRow.visibleProperty().bind(save.selectedProperty());
        imageRow.managedProperty().bind(save.selectedProperty());
        choose.setOnAction(_ -> chooseImage());
        image.textProperty().subscribe(_ -> sayImageError(""));
        imageError.getStyleClass().add(Looks.FIELD_ERROR);
        imageError.setWrapText(true);
        sayImageError("");

        wipe.setId("remove-wipe");
        wipeNote.getStyleClass().add(Styles.TEXT_MUTED);
        wipeNote.setWrapText(true);
        wipeNote.managedProperty().bind(wipeNote.visibleProperty());
        wipe.selectedProperty().subscribe(_ -> sayWipe());

        understood.setId("remove-understood");
        understood.setText(TEXTS.say("remove.understood", ListEntry.nameOf(asked)));
        understood.setWrapText(true);
        understood.selectedProperty().subscribe(_ -> enable());

        cancel.setId("remove-cancel");
        cancel.setCancelButton(true);
        cancel.setOnAction(_ -> leave());
        remove.setId("remove-confirm");
        remove.getStyleClass().add(Styles.DANGER);
        remove.setOnAction(_ -> carryOut());
        HBox buttons = new HBox(cancel, remove);
        buttons.getStyleClass().add("shm-sheet-buttons");
        getChildren()
                .setAll(
                        title,
                        what,
                        banner,
                        prospect,
                        holderScroll,
                        save,
                        imageRow,
                        imageError,
                        wipe,
                        wipeNote,
                        understood,
                        buttons);
        enable();
        sayWipe();
    }

    private void look(boolean again) {
        Background.run(
                () -> Witness.look(source, asked.id()),
                now -> {
                    show(now);
                    if (!again && !rights().remove()) {
                        banner.show(
                                Banner.Weight.WARNING,
                                new Problem(
                                        TEXTS.say("remove.denied"),
                                        TEXTS.say(
                                                "remove.denied-line",
                                                ListEntry.nameOf(asked),
                                                now.facts().owner().name(),
                                                now.facts().mode().octal()),
                                        asked.id() instanceof SegmentId.Sysv
                                                ? TEXTS.say("remove.denied-help")
                                                : TEXTS.say("remove.denied-help-posix")));
                    }
                },
                this::lookFailed);
    }

    private void lookFailed(Throwable thrown) {
        Problem problem = Problem.of(thrown);
        banner.show(Banner.Weight.WARNING, problem);
        prospect.setText(TEXTS.say("remove.nothing"));
        seen = null;
        enable();
    }

    private void show(Witness now) {
        seen = now;
        what.setText(describe(now.facts()));
        prospect.setText(RemovalWords.prospect(now));
        holders.getChildren().clear();
        for (String line : now.lines()) {
            Label label = new Label(line);
            label.setWrapText(true);
            holders.getChildren().add(label);
        }
        sayWipe();
        enable();
    }

    private Rights rights() {
        Witness now = seen;
        return now == null ? new Rights(false, false, false) : source.rights(now.facts());
    }

    private void sayWipe() {
        Witness now = seen;
        if (now != null && !rights().write()) {
            wipeNote.setText(TEXTS.say("remove.wipe-denied"));
            wipeNote.setVisible(true);
        } else if (wipe.isSelected() && now != null && now.heldByOthers()) {
            wipeNote.setText(TEXTS.say("remove.wipe-note"));
            wipeNote.setVisible(true);
        } else {
            wipeNote.setVisible(false);
        }
    }

    private void enable() {
        boolean may = seen != null && rights().remove() && !working();
        understood.setDisable(!may);
        remove.setDisable(!may || !understood.isSelected());
        save.setDisable(working() || (seen != null && !rights().read()));
        imageRow.setDisable(working());
        wipe.setDisable(working() || (seen != null && !rights().write()));
        cancel.setText(working() ? TEXTS.say("remove.stop") : TEXTS.say("remove.cancel"));
    }

    private void chooseImage() {
        files.save(
                        getScene() == null ? null : getScene().getWindow(),
                        TEXTS.say("remove.choose-image", ListEntry.nameOf(asked)),
                        suggestedName())
                .ifPresent(path -> image.setText(path.toString()));
    }

    private Path suggestedImage() {
        return Path.of(System.getProperty("user.home", "/tmp"), suggestedName());
    }

    private String suggestedName() {
        return SegmentImage.suggestedName(asked);
    }

    private void carryOut() {
        Witness decided = seen;
        if (decided == null || working()) {
            return;
        }
        Path to = null;
        if (save.isSelected()) {
            to = imagePath();
            if (to == null) {
                return;
            }
        }
        Removal removal = new Removal(asked.id(), decided, to, wipe.isSelected());
        working = new CompletableFuture<>();
        stopping = false;
        prospect.setText(
                save.isSelected() || wipe.isSelected()
                        ? TEXTS.say("remove.working")
                        : TEXTS.say("remove.removing"));
        enable();
        // Who stops it has the keyboard there.
        cancel.requestFocus();
        Background.run(() -> removal.carryOut(source, () -> stopping), this::ended, this::broke);
    }

    private @Nullable Path imagePath() {
        String text = image.getText().strip();
        if (text.isEmpty()) {
            sayImageError(TEXTS.say("remove.no-image"));
            image.requestFocus();
            return null;
        }
        try {
            return Path.of(text).toAbsolutePath();
        } catch (InvalidPathException noPath) {
            sayImageError(TEXTS.say("remove.no-path", text, noPath.getReason()));
            image.requestFocus();
            return null;
        }
    }

    private void sayImageError(String sentence) {
        imageError.setText(sentence);
        imageError.setVisible(!sentence.isEmpty());
        imageError.setManaged(!sentence.isEmpty());
    }

    /// @param tell what came of it; whoever waits for the end goes on after that
    private void endWork(Runnable tell) {
        CompletableFuture<Void> now = working;
        working = null;
        enable();
        tell.run();
        if (now != null) {
            now.complete(null);
        }
    }

    private void ended(Removal.Outcome outcome) {
        endWork(() -> tell(outcome));
    }

    private void tell(Removal.Outcome outcome) {
        switch (outcome) {
            case Removal.Outcome.Destroyed _, Removal.Outcome.Marked _ -> {
                close();
                done.accept(RemovalWords.done(asked, outcome));
            }
            case Removal.Outcome.Changed(Witness now) -> {
                understood.setSelected(false);
                show(now);
                banner.show(
                        Banner.Weight.WARNING,
                        new Problem(
                                TEXTS.say("remove.not-yet"),
                                TEXTS.say("remove.not-yet-line", now.clause()),
                                TEXTS.say("remove.not-yet-help")));
                understood.requestFocus();
            }
            case Removal.Outcome.GivenUp givenUp -> {
                understood.setSelected(false);
                banner.show(
                        Banner.Weight.WARNING,
                        new Problem(
                                TEXTS.say("remove.stopped"),
                                RemovalWords.givenUp(asked, givenUp),
                                ""));
                look(true);
            }
            case Removal.Outcome.Stopped stopped -> {
                understood.setSelected(false);
                banner.show(Banner.Weight.DANGER, RemovalWords.problem(stopped));
                cancel.requestFocus();
                look(true);
            }
        }
    }

    private void broke(Throwable defect) {
        understood.setSelected(false);
        endWork(() -> banner.show(Banner.Weight.DANGER, Problem.of(defect)));
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, defect);
    }

    private void close() {
        sheets.close(this);
    }

    private static String describe(SegmentFacts facts) {
        return TEXTS.say(
                "remove.facts",
                facts.id().text(),
                Figures.exactSize(facts.sizeBytes()),
                facts.owner().name(),
                facts.mode().octal(),
                facts.nattch() < 0 ? "" : TEXTS.say("remove.nattch", facts.nattch()));
    }
}
