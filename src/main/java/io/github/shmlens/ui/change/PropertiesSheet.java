package io.github.shmlens.ui.change;

import atlantafx.base.theme.Styles;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.Ownership;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.SegmentStatus;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.ui.fx.Background;
import io.github.shmlens.ui.problem.Banner;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.problem.Sheets;
import io.github.shmlens.ui.segments.ListEntry;
import io.github.shmlens.ui.segments.Witness;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Looks;
import io.github.shmlens.ui.theme.Theme;
import io.github.shmlens.ui.theme.WrappedLabel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Whose a segment is, what its mode lets whom do, and whether it is locked in memory. What is
/// changed is what was shown: where somebody changed it meanwhile, it is shown anew instead. FX
/// thread.
public final class PropertiesSheet extends VBox {

    private static final Texts TEXTS = Texts.of(PropertiesSheet.class);

    private final SegmentSource source;
    private final SegmentId id;
    private final Sheets sheets;
    private final Consumer<String> done;
    private final Label title = new Label();
    private final Banner banner = new Banner();
    private final TextField owner = new TextField();
    private final TextField group = new TextField();
    private final TextField mode = new TextField();
    private final List<CheckBox> bits = new ArrayList<>();
    private final CheckBox locked = new CheckBox(TEXTS.say("props.lock"));
    private final Label creator = new Label();
    private final Label who = new Label();
    private final Label error = new Label();
    private final Label prospect = new Label();
    private final Button cancel = new Button(TEXTS.say("cancel"));
    private final Button apply = new Button(TEXTS.say("props.apply"));
    private @Nullable SegmentFacts shown;
    private boolean filling;
    private boolean working;

    /// Opens the sheet.
    ///
    /// @param done told, in one sentence, what was changed
    public static void open(
            SegmentSource source, SegmentId id, Sheets sheets, Consumer<String> done) {
        PropertiesSheet sheet = new PropertiesSheet(source, id, sheets, done);
        sheets.show(sheet, sheet.mode, sheet::close);
        sheet.look();
    }

    private PropertiesSheet(
            SegmentSource source, SegmentId id, Sheets sheets, Consumer<String> done) {
        this.source = source;
        this.id = id;
        this.sheets = sheets;
        this.done = done;
        build();
    }

    private void build() {
        setId("properties-sheet");
        getStyleClass().add("shm-change");
        getStylesheets().add(Theme.css(PropertiesSheet.class, "change.css"));
        setPrefWidth(640);
        title.setId("props-title");
        title.setText(TEXTS.say("props.title", id.text()));
        title.getStyleClass().add(Styles.TITLE_4);
        owner.setId("props-owner");
        group.setId("props-group");
        mode.setId("props-mode");
        mode.getStyleClass().add(Looks.MONO);
        owner.textProperty().subscribe(_ -> typed());
        group.textProperty().subscribe(_ -> typed());
        mode.textProperty().subscribe(_ -> modeTyped());
        FactGrid grid = new FactGrid();
        grid.fact(0, TEXTS.say("props.owner"), owner);
        grid.fact(1, TEXTS.say("props.group"), group);
        grid.fact(2, TEXTS.say("props.creator"), creator);
        grid.fact(3, TEXTS.say("props.mode"), mode);
        grid.fact(4, "", ticks());
        creator.setId("props-creator");
        locked.setId("props-locked");
        locked.setWrapText(true);
        locked.selectedProperty().subscribe(_ -> typed());
        Label lockNote = new WrappedLabel(TEXTS.say("props.lock-note"));
        lockNote.getStyleClass().add(Styles.TEXT_MUTED);
        VBox lock = new VBox(locked, lockNote);
        lock.getStyleClass().add("shm-change-lock");
        boolean lockable = id instanceof SegmentId.Sysv;
        lock.setVisible(lockable);
        lock.setManaged(lockable);
        error.setId("props-error");
        error.getStyleClass().add(Looks.FIELD_ERROR);
        error.setWrapText(true);
        prospect.setId("props-prospect");
        prospect.setWrapText(true);
        prospect.setMinHeight(USE_PREF_SIZE);
        who.setId("props-who");
        who.getStyleClass().add(Styles.TEXT_MUTED);
        who.setWrapText(true);
        who.setMinHeight(USE_PREF_SIZE);
        cancel.setId("props-cancel");
        cancel.setCancelButton(true);
        cancel.setOnAction(_ -> close());
        apply.setId("props-apply");
        apply.setDefaultButton(true);
        apply.getStyleClass().add(Styles.ACCENT);
        apply.setOnAction(_ -> carryOut());
        HBox buttons = new HBox(cancel, apply);
        buttons.getStyleClass().add("shm-sheet-buttons");
        getChildren().setAll(title, banner, grid, lock, error, prospect, who, buttons);
        typed();
    }

    /// Reading and writing for owner, group and others; nothing else means anything here.
    private GridPane ticks() {
        GridPane grid = new GridPane();
        grid.getStyleClass().add("shm-change-grid");
        String[] classes = {
            TEXTS.say("props.class-owner"),
            TEXTS.say("props.class-group"),
            TEXTS.say("props.class-others")
        };
        for (int at = 0; at < classes.length; at++) {
            grid.add(new Label(classes[at]), 0, at);
            int shift = 6 - 3 * at;
            grid.add(tick(TEXTS.say("props.read"), classes[at], 4 << shift), 1, at);
            grid.add(tick(TEXTS.say("props.write"), classes[at], 2 << shift), 2, at);
        }
        return grid;
    }

    private CheckBox tick(String name, String whose, int bit) {
        CheckBox tick = new CheckBox(name);
        tick.setId("props-bit-" + Integer.toOctalString(bit));
        tick.setAccessibleText(whose + ": " + name);
        tick.setUserData(bit);
        tick.setOnAction(_ -> ticked());
        bits.add(tick);
        return tick;
    }

    private static int bit(CheckBox tick) {
        return tick.getUserData() instanceof Integer bit ? bit : 0;
    }

    private void ticked() {
        int now = 0;
        try {
            // Bits without a box stay.
            now = Mode.parse(mode.getText()).bits();
        } catch (BadInput typing) {
            now = 0;
        }
        for (CheckBox tick : bits) {
            now = tick.isSelected() ? now | bit(tick) : now & ~bit(tick);
        }
        mode.setText(new Mode(now).octal());
    }

    private void modeTyped() {
        try {
            int now = Mode.parse(mode.getText()).bits();
            bits.forEach(tick -> tick.setSelected((now & bit(tick)) != 0));
        } catch (BadInput wrong) {
            // Said where everything that is typed is checked.
            typed();
            return;
        }
        typed();
    }

    // ---- looking -----------------------------------------------------------------------------

    private record Looked(SegmentFacts facts, Witness witness, boolean may) {}

    private void look() {
        Background.run(
                () -> {
                    Witness witness = Witness.look(source, id);
                    boolean may = source.rights(witness.facts()).remove();
                    return new Looked(witness.facts(), witness, may);
                },
                this::show,
                thrown -> {
                    banner.show(Banner.Weight.WARNING, Problem.of(thrown));
                    shown = null;
                    typed();
                });
    }

    private void show(Looked now) {
        SegmentFacts facts = now.facts();
        shown = facts;
        SegmentKey key = facts.key();
        title.setText(
                key == null || key.equals(SegmentKey.PRIVATE)
                        ? TEXTS.say("props.title", ListEntry.nameOf(facts))
                        : TEXTS.say("props.title-key", ListEntry.nameOf(facts), key.value()));
        filling = true;
        owner.setText(facts.owner().name());
        group.setText(facts.group().name());
        mode.setText(facts.mode().octal());
        creator.setText(facts.creator().name());
        locked.setSelected(facts.status().contains(SegmentStatus.LOCKED));
        filling = false;
        boolean sysv = id instanceof SegmentId.Sysv;
        who.setText(
                (sysv
                                ? TEXTS.say(
                                        "props.who", facts.owner().name(), facts.creator().name())
                                : TEXTS.say("props.who-object", facts.owner().name()))
                        + " "
                        + Problem.sentence(now.witness().clause())
                        + " "
                        + TEXTS.say("props.attached-stay"));
        if (sysv && !now.may()) {
            banner.show(
                    Banner.Weight.NOTE,
                    new Problem(TEXTS.say("props.may-not"), TEXTS.say("props.may-not-why"), ""));
        }
        typed();
    }

    private void typed() {
        if (filling) {
            return;
        }
        SegmentFacts facts = shown;
        error.setText("");
        prospect.setText("");
        boolean changes = false;
        if (facts != null) {
            try {
                Mode wanted = Mode.parse(mode.getText());
                boolean lockChanges =
                        locked.isSelected() != facts.status().contains(SegmentStatus.LOCKED);
                changes =
                        lockChanges
                                || !wanted.equals(facts.mode())
                                || !owner.getText().strip().equals(facts.owner().name())
                                || !group.getText().strip().equals(facts.group().name());
                prospect.setText(meaning(wanted));
            } catch (BadInput wrong) {
                error.setText(Problem.sentence(wrong.sentence()));
            }
        }
        error.setManaged(!error.getText().isEmpty());
        apply.setDisable(!changes || working);
    }

    /// What a mode means for those who are neither owner nor in the group, and what for the owner.
    private static String meaning(Mode mode) {
        int others = mode.bits() & 7;
        int owns = mode.bits() >> 6 & 7;
        List<String> sentences = new ArrayList<>();
        sentences.add(
                (others & 6) == 6
                        ? TEXTS.say("props.mean-all")
                        : (others & 4) != 0
                                ? TEXTS.say("props.mean-read")
                                : TEXTS.say("props.mean-none"));
        if ((others & 6) == 2 || (mode.bits() >> 3 & 6) == 2 || (owns & 6) == 2) {
            sentences.add(TEXTS.say("props.mean-write-only"));
        }
        if ((owns & 6) != 6) {
            sentences.add(TEXTS.say("props.mean-owner-out"));
        }
        return String.join(" ", sentences);
    }

    // ---- changing ----------------------------------------------------------------------------

    /// What is wanted, as it was typed.
    private record Wanted(String owner, String group, Mode mode, boolean locked) {}

    /// How it ended.
    private sealed interface Outcome {
        record Changed(SegmentFacts now) implements Outcome {}

        /// It was not as shown any more.
        record Moved() implements Outcome {}
    }

    private void carryOut() {
        SegmentFacts seen = shown;
        if (seen == null || working) {
            return;
        }
        Wanted wanted;
        try {
            wanted =
                    new Wanted(
                            owner.getText().strip(),
                            group.getText().strip(),
                            Mode.parse(mode.getText()),
                            locked.isSelected());
        } catch (BadInput wrong) {
            error.setText(Problem.sentence(wrong.sentence()));
            return;
        }
        working = true;
        typed();
        Background.run(
                () -> change(seen, wanted),
                this::ended,
                thrown -> {
                    working = false;
                    typed();
                    if (thrown instanceof BadInput wrong) {
                        error.setText(Problem.sentence(wrong.sentence()));
                        error.setManaged(true);
                    } else {
                        banner.show(Banner.Weight.DANGER, refusal(thrown));
                    }
                });
    }

    /// A limit of locked memory is not helped by another size.
    private static Problem refusal(Throwable thrown) {
        Problem problem = Problem.of(thrown);
        boolean limit =
                thrown instanceof ShmException refused
                        && refused.failure() instanceof ShmFailure.LimitReached;
        return limit ? new Problem(problem.title(), problem.sentence(), "") : problem;
    }

    /// Off the FX thread.
    private Outcome change(SegmentFacts seen, Wanted wanted) throws ShmException, BadInput {
        Ownership was = Ownership.of(seen);
        SegmentFacts now = source.facts(id);
        boolean lockedNow = now.status().contains(SegmentStatus.LOCKED);
        if (!Ownership.of(now).equals(was)
                || lockedNow != seen.status().contains(SegmentStatus.LOCKED)) {
            return new Outcome.Moved();
        }
        Ownership next =
                new Ownership(
                        source.user(wanted.owner()), source.group(wanted.group()), wanted.mode());
        if (id instanceof SegmentId.Sysv sysv && wanted.locked() != lockedNow) {
            // First, while it is surely ours still.
            source.lockInMemory(sysv, wanted.locked());
        }
        if (!next.equals(was)) {
            source.change(id, next);
        }
        return new Outcome.Changed(source.facts(id));
    }

    private void ended(Outcome outcome) {
        working = false;
        switch (outcome) {
            case Outcome.Changed(SegmentFacts now) -> {
                close();
                boolean lockedNow = now.status().contains(SegmentStatus.LOCKED);
                String name = ListEntry.nameOf(now);
                String text = Ownership.of(now).text();
                done.accept(
                        lockedNow
                                ? TEXTS.say("props.done-locked", name, text)
                                : TEXTS.say("props.done", name, text));
            }
            case Outcome.Moved _ -> {
                banner.show(
                        Banner.Weight.WARNING,
                        new Problem(TEXTS.say("props.moved"), TEXTS.say("props.moved-why"), ""));
                look();
            }
        }
    }

    private void close() {
        sheets.close(this);
    }
}
