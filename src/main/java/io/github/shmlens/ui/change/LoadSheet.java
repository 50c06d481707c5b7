package io.github.shmlens.ui.change;

import atlantafx.base.theme.Styles;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.ui.fx.Background;
import io.github.shmlens.ui.fx.FxExecutor;
import io.github.shmlens.ui.fx.LatestOnFx;
import io.github.shmlens.ui.problem.Banner;
import io.github.shmlens.ui.problem.FileAsker;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.problem.Sheets;
import io.github.shmlens.ui.segments.ImageLoad;
import io.github.shmlens.ui.segments.ListEntry;
import io.github.shmlens.ui.segments.Witness;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Figures;
import io.github.shmlens.ui.theme.Looks;
import io.github.shmlens.ui.theme.Theme;
import io.github.shmlens.ui.theme.WrappedLabel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Loads a saved image into an attached segment, after it has shown how many bytes that changes,
/// whose they are and who is attached. What moved since is shown anew and not overwritten, unless
/// the person wants that. FX thread.
public final class LoadSheet extends VBox {

    private static final Texts TEXTS = Texts.of(LoadSheet.class);

    /// Carries a loading out, in line with the tab's other edits. FX thread; off it for the work.
    @FunctionalInterface
    public interface Loader {
        /// @param over whether what others wrote since is overwritten too
        CompletionStage<Ended> load(ImageLoad image, boolean over, ImageLoad.Watch watch);
    }

    /// How it ended.
    public sealed interface Ended {

        record So(ImageLoad.Outcome outcome) implements Ended {}

        /// It did not come to it, or broke off.
        record Refused(Problem why) implements Ended {}
    }

    /// Something that is under way: comparing, or loading.
    private final class Work implements ImageLoad.Watch {

        /// Instead of a number of bytes: others hold the lock.
        private static final long WAITING = -1;

        private final String words;
        private final LatestOnFx<Long> progress = new LatestOnFx<>(this::show);
        private volatile boolean stopped;

        private Work(String words) {
            this.words = words;
            show(0L);
        }

        @Override
        public boolean goesOn(long doneBytes) {
            progress.offer(doneBytes);
            return !stopped;
        }

        @Override
        public boolean waits() {
            return goesOn(WAITING);
        }

        private void show(long doneBytes) {
            state.setText(
                    doneBytes == WAITING
                            ? TEXTS.say("load.waiting")
                            : words.formatted(Figures.size(doneBytes)));
        }

        private void end() {
            stopped = true;
            progress.close();
        }
    }

    private final SegmentSource source;
    private final AttachedSegment segment;
    private final Sheets sheets;
    private final FileAsker files;
    private final String lockSentence;
    private final Loader loader;
    private final Banner banner = new Banner();
    private final Label path = new WrappedLabel();
    private final Button other = new Button(TEXTS.say("load.other"));
    private final Label state = new WrappedLabel();
    private final Label error = new WrappedLabel();
    private final Label holders = new WrappedLabel();
    private final CheckBox over = new CheckBox(TEXTS.say("load.over"));
    private final Button cancel = new Button(TEXTS.say("cancel"));
    private final Button load = new Button(TEXTS.say("load.act"));
    private Path file;
    private @Nullable ImageLoad shown;
    private @Nullable Work comparing;
    private @Nullable Work loading;

    /// Opens the sheet.
    ///
    /// @param file what the person chose to load
    /// @param lockSentence what is said about the lock
    public static void open(
            SegmentSource source,
            AttachedSegment segment,
            Sheets sheets,
            FileAsker files,
            Path file,
            String lockSentence,
            Loader loader) {
        LoadSheet sheet = new LoadSheet(source, segment, sheets, files, file, lockSentence, loader);
        sheets.show(sheet, sheet.cancel, sheet::leave);
        sheet.compare();
    }

    private LoadSheet(
            SegmentSource source,
            AttachedSegment segment,
            Sheets sheets,
            FileAsker files,
            Path file,
            String lockSentence,
            Loader loader) {
        this.source = source;
        this.segment = segment;
        this.sheets = sheets;
        this.files = files;
        this.file = file;
        this.lockSentence = lockSentence;
        this.loader = loader;
        build();
    }

    private void build() {
        setId("load-sheet");
        getStyleClass().add("shm-change");
        getStylesheets().add(Theme.css(LoadSheet.class, "change.css"));
        setPrefWidth(640);
        Label title =
                new WrappedLabel(TEXTS.say("load.title", ListEntry.nameOf(segment.factsBefore())));
        title.getStyleClass().add(Styles.TITLE_4);
        path.setId("load-file");
        path.getStyleClass().add(Looks.MONO);
        other.setId("load-other");
        other.setOnAction(_ -> askOther());
        FactGrid grid = new FactGrid();
        grid.fact(0, TEXTS.say("load.file"), path);
        grid.add(other, 1, 1);
        state.setId("load-prospect");
        error.setId("load-error");
        error.getStyleClass().add(Looks.FIELD_ERROR);
        holders.setId("load-holders");
        holders.getStyleClass().add(Styles.TEXT_MUTED);
        for (Label label : List.of(state, error, holders)) {
            label.managedProperty().bind(label.textProperty().isNotEmpty());
        }
        over.setId("load-over");
        over.setWrapText(true);
        over.setMinHeight(USE_PREF_SIZE);
        over.setOnAction(_ -> tellProspect());
        cancel.setId("load-cancel");
        cancel.setOnAction(_ -> leave());
        load.setId("load-confirm");
        load.getStyleClass().addAll(Styles.BUTTON_OUTLINED, Styles.DANGER);
        load.setOnAction(_ -> carryOut());
        HBox buttons = new HBox(cancel, load);
        buttons.getStyleClass().add("shm-sheet-buttons");
        getChildren().setAll(title, banner, grid, state, error, holders, over, buttons);
    }

    private void askOther() {
        files.open(
                        getScene() == null ? null : getScene().getWindow(),
                        TEXTS.say("load.other-title"))
                .ifPresent(chosen -> {
                    file = chosen;
                    banner.clear();
                    compare();
                });
    }

    /// Looks at both, from now on for this file.
    private void compare() {
        endComparing();
        shown = null;
        path.setText(file.toString());
        error.setText("");
        holders.setText("");
        Path wanted = file;
        Work work = new Work(TEXTS.say("load.comparing"));
        comparing = work;
        enable();
        Background.run(
                () -> ImageLoad.look(segment, Witness.look(source, segment.id()), wanted, work),
                found -> compared(work, found),
                thrown -> refused(work, thrown));
    }

    private void compared(Work work, Optional<ImageLoad> found) {
        if (comparing != work || found.isEmpty()) {
            return;
        }
        endComparing();
        ImageLoad image = found.get();
        Witness witness = image.witness();
        shown = image;
        tellProspect();
        holders.setText(
                TEXTS.say(
                        "load.holders",
                        witness.facts().owner().name(),
                        witness.facts().mode().octal(),
                        Problem.sentence(witness.clause()).replaceAll("\\.$", ""),
                        String.join("; ", witness.lines()),
                        lockSentence));
        enable();
    }

    private void tellProspect() {
        ImageLoad image = shown;
        if (image == null) {
            return;
        }
        String size = Figures.exactSize(image.sizeBytes());
        if (image.differingBytes() == 0) {
            state.setText(TEXTS.say("load.same", size));
            return;
        }
        List<String> sentences = new ArrayList<>();
        sentences.add(
                TEXTS.count("load.prospect", image.differingBytes(), size, image.firstOffset()));
        sentences.add(
                over.isSelected() ? TEXTS.say("load.whatever") : TEXTS.say("load.only-as-seen"));
        if (!image.reversible()) {
            sentences.add(TEXTS.say("fill.too-large-to-undo"));
        }
        state.setText(String.join(" ", sentences));
    }

    private void refused(Work work, Throwable thrown) {
        if (comparing != work) {
            return;
        }
        endComparing();
        state.setText("");
        error.setText(
                thrown instanceof BadInput wrong
                        ? Problem.sentence(wrong.sentence())
                        : Problem.of(thrown).line());
        enable();
    }

    private void endComparing() {
        Work work = comparing;
        comparing = null;
        if (work != null) {
            work.end();
        }
    }

    private void carryOut() {
        ImageLoad image = shown;
        if (image == null || loading != null) {
            return;
        }
        banner.clear();
        Work work = new Work(TEXTS.say("load.loading"));
        loading = work;
        enable();
        loader.load(image, over.isSelected(), work)
                .whenCompleteAsync((ended, thrown) -> ended(work, ended, thrown), FxExecutor.FX);
    }

    private void ended(Work work, @Nullable Ended ended, @Nullable Throwable thrown) {
        work.end();
        loading = null;
        switch (ended) {
            case null ->
                    tell(
                            Banner.Weight.DANGER,
                            Problem.of(
                                    thrown == null
                                            ? new IllegalStateException("no outcome")
                                            : thrown));
            case Ended.Refused(Problem why) -> tell(Banner.Weight.DANGER, why);
            case Ended.So(ImageLoad.Outcome outcome) -> {
                if (outcome instanceof ImageLoad.Outcome.Loaded) {
                    sheets.close(this);
                    return;
                }
                tell(Banner.Weight.WARNING, problem(outcome));
            }
        }
    }

    /// Says why, and what there is now.
    private void tell(Banner.Weight weight, Problem why) {
        banner.show(weight, why);
        compare();
        cancel.requestFocus();
    }

    private static Problem problem(ImageLoad.Outcome outcome) {
        String again = TEXTS.say("load.again");
        return switch (outcome) {
            case ImageLoad.Outcome.Moved(long written) ->
                    new Problem(
                            TEXTS.say("load.moved"),
                            before(written),
                            TEXTS.say("load.moved-again"));
            case ImageLoad.Outcome.OtherFile(long written) ->
                    new Problem(TEXTS.say("load.other-file"), before(written), again);
            case ImageLoad.Outcome.OtherSize _ ->
                    new Problem(TEXTS.say("load.other-size"), before(0), "");
            case ImageLoad.Outcome.OtherHolders _ ->
                    new Problem(TEXTS.say("load.other-holders"), before(0), again);
            case ImageLoad.Outcome.Stopped(long written) ->
                    new Problem(TEXTS.say("load.stopped"), before(written), "");
            case ImageLoad.Outcome.Unreadable(IOException why, long written) ->
                    new Problem(
                            TEXTS.say("load.unreadable"),
                            Problem.of(why).sentence() + " " + before(written),
                            "");
            case ImageLoad.Outcome.Loaded _ -> throw new IllegalStateException("it is loaded");
        };
    }

    private static String before(long writtenBytes) {
        return writtenBytes == 0
                ? TEXTS.say("load.nothing-written")
                : TEXTS.say("load.written-before", writtenBytes);
    }

    private void enable() {
        boolean working = loading != null;
        ImageLoad image = shown;
        other.setDisable(working);
        over.setDisable(working);
        load.setDisable(working || image == null || image.differingBytes() == 0);
        cancel.setText(working ? TEXTS.say("load.stop") : TEXTS.say("cancel"));
    }

    /// Stops what is under way; where nothing is, the sheet goes.
    private void leave() {
        Work work = loading;
        if (work == null) {
            endComparing();
            sheets.close(this);
        } else {
            work.stopped = true;
        }
    }
}
