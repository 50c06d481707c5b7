package io.github.shmlens.ui.shell;

import atlantafx.base.theme.Styles;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.ui.fx.Background;
import io.github.shmlens.ui.problem.Banner;
import io.github.shmlens.ui.problem.FileAsker;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.problem.Sheets;
import io.github.shmlens.ui.segments.ListEntry;
import io.github.shmlens.ui.segments.SegmentImage;
import io.github.shmlens.ui.segments.Witness;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Figures;
import io.github.shmlens.ui.theme.WrappedLabel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The question before the last attach of a removed segment is given up: the kernel destroys its
/// bytes then. Save them, let them go, or stay. FX thread.
final class LastBytesSheet extends VBox {

    private static final Texts TEXTS = Texts.of(LastBytesSheet.class);

    /// A segment that goes with this window's attach.
    ///
    /// @param now fresh facts; of what has no name any more those from before
    /// @param before as it was attached, still with its key
    /// @param nameless what we have open, where no name leads to it; null for System V
    record Last(
            SegmentFacts now,
            SegmentFacts before,
            long sizeBytes,
            @Nullable AttachedSegment nameless) {

        private String sentence() {
            String size = Figures.exactSize(sizeBytes);
            return nameless == null
                    ? TEXTS.say("last.line", name(), size)
                    : TEXTS.say("last.line-nameless", name(), size);
        }

        /// Blocks.
        private void save(SegmentSource source, Path to) throws ShmException, IOException {
            AttachedSegment ours = nameless;
            if (ours == null) {
                SegmentImage.save(source, now, to);
            } else {
                SegmentImage.save(ours, now, to);
            }
        }

        /// The key it was attached by may name another one by now: with its id, unless that says
        /// the name too.
        private String name() {
            String named = ListEntry.nameOf(before);
            String id = now.id().text();
            return id.endsWith(named) ? id : named + " " + id;
        }
    }

    private final SegmentSource source;
    private final Sheets sheets;
    private final FileAsker files;
    private final Deque<Last> unsaved;
    private final Banner banner = new Banner();
    private final Label state = new WrappedLabel();
    private final Button stay;
    private final Button letGo;
    private final Button save;
    private final Consumer<String> tell;
    private final Runnable go;
    private boolean working;

    private LastBytesSheet(
            SegmentSource source,
            Sheets sheets,
            FileAsker files,
            List<Last> all,
            boolean quitting,
            Consumer<String> tell,
            Runnable go) {
        this.source = source;
        this.sheets = sheets;
        this.files = files;
        this.unsaved = new ArrayDeque<>(all);
        this.tell = tell;
        this.go = go;
        stay =
                new Button(
                        quitting
                                ? TEXTS.say("unwritten.stay")
                                : TEXTS.say("unwritten.stay-attached"));
        letGo = new Button(quitting ? TEXTS.say("last.go-quit") : TEXTS.say("last.go-detach"));
        save = new Button(quitting ? TEXTS.say("last.save-quit") : TEXTS.say("last.save-detach"));
        setId("last-sheet");
        setPrefWidth(620);
        Label title = new Label(TEXTS.say("last.title"));
        title.getStyleClass().add(Styles.TITLE_4);
        VBox lines = new VBox(4);
        lines.setId("last-lines");
        for (Last one : all) {
            lines.getChildren().add(new WrappedLabel(one.sentence()));
        }
        state.setManaged(false);
        stay.setId("last-stay");
        letGo.setId("last-go");
        letGo.getStyleClass().addAll(Styles.BUTTON_OUTLINED, Styles.DANGER);
        save.setId("last-save");
        save.getStyleClass().add(Styles.ACCENT);
        HBox buttons = new HBox(stay, letGo, save);
        buttons.getStyleClass().add("shm-sheet-buttons");
        getChildren().setAll(title, lines, banner, state, buttons);
    }

    /// Those that the kernel destroys when this window lets go: marked, or without a name, and held
    /// by nobody else. Blocks.
    static List<Last> among(SegmentSource source, List<AttachedSegment> ending) {
        List<Last> last = new ArrayList<>();
        for (AttachedSegment one : ending) {
            try {
                look(source, one).ifPresent(last::add);
            } catch (ShmException unknown) {
                // What the kernel tells nothing about cannot be asked about, and closing has to
                // remain possible; what became of it is told after the detach.
                continue;
            }
        }
        return last;
    }

    private static Optional<Last> look(SegmentSource source, AttachedSegment one)
            throws ShmException {
        SegmentFacts before = one.factsBefore();
        return switch (one.id()) {
            case SegmentId.Sysv id -> {
                if (!source.facts(id).markedForRemoval()) {
                    yield Optional.empty();
                }
                Witness now = Witness.look(source, id);
                yield now.heldByOthers()
                        ? Optional.empty()
                        : Optional.of(new Last(now.facts(), before, before.sizeBytes(), null));
            }
            case SegmentId.Posix _, SegmentId.File _ ->
                    one.isLastHolder()
                            ? Optional.of(new Last(before, before, one.sizeBytes(), one))
                            : Optional.empty();
        };
    }

    /// Asks once, about all of them.
    ///
    /// @param tell told where an image was saved
    /// @param go called when all are saved, or may go
    /// @param stayed called when the person stays
    static void open(
            SegmentSource source,
            Sheets sheets,
            FileAsker files,
            List<Last> all,
            boolean quitting,
            Consumer<String> tell,
            Runnable go,
            Runnable stayed) {
        LastBytesSheet sheet = new LastBytesSheet(source, sheets, files, all, quitting, tell, go);
        Runnable stays =
                () -> {
                    if (!sheet.working) {
                        sheets.close(sheet);
                        stayed.run();
                    }
                };
        sheet.stay.setOnAction(_ -> stays.run());
        sheet.letGo.setOnAction(_ -> sheet.end());
        sheet.save.setOnAction(_ -> sheet.saveNext());
        sheets.show(sheet, sheet.stay, stays);
    }

    private void end() {
        sheets.close(this);
        go.run();
    }

    /// One file for each; who names none stays asked.
    private void saveNext() {
        Last next = unsaved.peek();
        if (next == null) {
            end();
            return;
        }
        files.save(
                        getScene() == null ? null : getScene().getWindow(),
                        TEXTS.say("save.title", next.name()),
                        SegmentImage.suggestedName(next.before()))
                .ifPresent(to -> save(next, to));
    }

    private void save(Last one, Path to) {
        banner.clear();
        working(TEXTS.say("save.working", one.name(), to));
        Background.run(
                () -> {
                    one.save(source, to);
                    return to;
                },
                saved -> {
                    working("");
                    unsaved.remove(one);
                    tell.accept(
                            TEXTS.say(
                                    "save.done",
                                    Figures.exactSize(one.sizeBytes()),
                                    one.name(),
                                    saved));
                    saveNext();
                },
                thrown -> {
                    working("");
                    Problem why = Problem.of(thrown);
                    banner.show(
                            Banner.Weight.WARNING,
                            new Problem(TEXTS.say("save.failed"), why.sentence(), why.whatToDo()));
                    stay.requestFocus();
                });
    }

    /// @param doing what is being done; empty when nothing is
    private void working(String doing) {
        working = !doing.isEmpty();
        state.setText(doing);
        state.setManaged(working);
        for (Button button : List.of(stay, letGo, save)) {
            button.setDisable(working);
        }
    }
}
