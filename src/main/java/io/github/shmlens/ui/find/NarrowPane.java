package io.github.shmlens.ui.find;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.source.Condition;
import io.github.shmlens.source.Narrowing;
import io.github.shmlens.source.PatternText;
import io.github.shmlens.source.ValueType;
import io.github.shmlens.ui.fx.Background;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Figures;
import io.github.shmlens.ui.theme.Looks;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.css.PseudoClass;
import javafx.scene.TraversalDirection;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Narrows down where a number lives: a first step, then one step after the other, until few
/// remain. FX thread; each step runs in the background, one at a time.
final class NarrowPane extends VBox {

    private static final Texts TEXTS = Texts.of(NarrowPane.class);

    /// Listed at most.
    static final int MOST_LISTED = 1000;

    private static final PseudoClass INVALID = PseudoClass.getPseudoClass("invalid");
    private static final PseudoClass BUSY = PseudoClass.getPseudoClass("busy");

    /// What one step brings back.
    private record Result(
            @Nullable Narrowing narrowing,
            int steps,
            long remaining,
            long skippedBytes,
            boolean taken,
            boolean canUndo,
            List<Narrowing.Candidate> listed) {}

    private interface Work {
        Result run() throws ShmException;
    }

    private final FindPlace place;
    private final Runnable marksChanged;
    private final ComboBox<ValueType> type = new ComboBox<>();
    private final CheckBox aligned = new CheckBox(TEXTS.say("narrow.aligned"));
    private final TextField field = new TextField();
    private final Button equal = new Button(TEXTS.say("narrow.equals"));
    private final Button any = new Button(TEXTS.say("narrow.any"));
    private final Button changed = new Button(TEXTS.say("narrow.changed"));
    private final Button unchanged = new Button(TEXTS.say("narrow.unchanged"));
    private final Button increased = new Button(TEXTS.say("narrow.increased"));
    private final Button decreased = new Button(TEXTS.say("narrow.decreased"));
    private final Button undo = new Button(TEXTS.say("narrow.undo"));
    private final Button reset = new Button(TEXTS.say("narrow.reset"));
    private final Button stop = new Button(TEXTS.say("narrow.stop"));
    private final Label count = new Label();
    private final Label error = new Label();
    private final ProgressBar progress = new ProgressBar(0);
    private final Offsets offsets = new Offsets();
    private final ListView<Long> list = new ListView<>(offsets);
    private final LiveBytes live;
    private Map<Long, Long> before = Map.of();
    private @Nullable Narrowing narrowing;
    private @Nullable Running running;
    private int steps;
    private boolean canUndo;
    private boolean closed;

    NarrowPane(FindPlace place, Runnable marksChanged) {
        this.place = place;
        this.marksChanged = marksChanged;
        this.live = new LiveBytes(place.segment(), list);
        build();
    }

    private void build() {
        getStyleClass().add("find-pane");
        type.getItems().setAll(ValueType.ALL);
        type.setConverter(
                new StringConverter<>() {
                    @Override
                    public String toString(@Nullable ValueType value) {
                        return value == null ? "" : value.text();
                    }

                    @Override
                    public ValueType fromString(String typed) {
                        throw new UnsupportedOperationException("chosen, never typed");
                    }
                });
        type.setVisibleRowCount(20);
        type.setId("narrow-type");
        type.setTooltip(new Tooltip(TEXTS.say("narrow.type-tip")));
        ValueType.ALL.stream()
                .filter(one -> one.text().equals("i32 LE"))
                .findFirst()
                .ifPresent(type::setValue);
        aligned.setSelected(true);
        aligned.setId("narrow-aligned");
        aligned.setTooltip(new Tooltip(TEXTS.say("narrow.aligned-tip")));
        field.setId("narrow-text");
        field.setPromptText(TEXTS.say("narrow.prompt"));
        field.setPrefColumnCount(10);
        HBox.setHgrow(field, Priority.ALWAYS);
        dress(equal, "narrow-equals", TEXTS.say("narrow.equals-tip"));
        dress(any, "narrow-any", TEXTS.say("narrow.any-tip"));
        dress(changed, "narrow-changed", TEXTS.say("narrow.changed-tip"));
        dress(unchanged, "narrow-unchanged", TEXTS.say("narrow.unchanged-tip"));
        dress(increased, "narrow-increased", TEXTS.say("narrow.increased-tip"));
        dress(decreased, "narrow-decreased", TEXTS.say("narrow.decreased-tip"));
        dress(undo, "narrow-undo", TEXTS.say("narrow.undo-tip"));
        dress(reset, "narrow-reset", TEXTS.say("narrow.reset-tip"));
        dress(stop, "narrow-stop", TEXTS.say("narrow.stop-tip"));
        undo.setGraphic(new FontIcon(Feather.CORNER_UP_LEFT));
        count.setId("narrow-count");
        count.setWrapText(true);
        error.setId("narrow-error");
        error.getStyleClass().add(Looks.FIELD_ERROR);
        error.setWrapText(true);
        progress.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(progress, Priority.ALWAYS);
        list.setId("narrow-list");
        list.setCellFactory(_ -> new OffsetCell(this::row));
        list.setFixedCellSize(24);
        Label explanation = new Label(TEXTS.say("narrow.explanation"));
        explanation.setWrapText(true);
        explanation.getStyleClass().add("find-explanation");
        list.setPlaceholder(explanation);
        list.setAccessibleText(TEXTS.say("narrow.list"));
        VBox.setVgrow(list, Priority.ALWAYS);

        type.setMinWidth(USE_PREF_SIZE);
        aligned.setMinWidth(USE_PREF_SIZE);
        HBox first = new HBox(type, aligned, field, equal);
        first.getStyleClass().add("find-line");
        FlowPane then = new FlowPane(any, changed, unchanged, increased, decreased, undo, reset);
        then.getStyleClass().add("find-choices");
        HBox busy = new HBox(progress, stop);
        busy.getStyleClass().add("find-line");
        busy.visibleProperty().bind(progress.visibleProperty());
        busy.managedProperty().bind(progress.visibleProperty());
        getChildren().setAll(first, error, then, busy, count, list);
        SearchPane.shown(error, false);

        field.textProperty().subscribe(_ -> clearError());
        field.setOnAction(_ -> equal.fire());
        whenPressed(equal, this::keepEqual);
        whenPressed(any, () -> step(new Condition.Any()));
        whenPressed(changed, () -> step(new Condition.Changed()));
        whenPressed(unchanged, () -> step(new Condition.Unchanged()));
        whenPressed(increased, () -> step(new Condition.Increased()));
        whenPressed(decreased, () -> step(new Condition.Decreased()));
        whenPressed(undo, this::undo);
        whenPressed(reset, this::reset);
        stop.setOnAction(_ -> stop());
        list.getSelectionModel()
                .selectedItemProperty()
                .subscribe(offset -> {
                    if (offset != null) {
                        place.show(offset, numberBytes());
                    }
                });
        arm("");
    }

    private static void dress(Button button, String id, String tip) {
        button.setId(id);
        button.setTooltip(new Tooltip(tip));
        button.setAccessibleHelp(tip);
        button.setMinWidth(USE_PREF_SIZE);
    }

    /// One step at a time.
    private void whenPressed(Button button, Runnable does) {
        button.setOnAction(_ -> {
            if (running == null) {
                does.run();
            }
        });
    }

    void focusField() {
        field.selectAll();
        field.requestFocus();
    }

    void seen(boolean now) {
        live.run(now);
    }

    void stop() {
        Running now = running;
        if (now != null) {
            now.stop();
        }
    }

    boolean isRunning() {
        return running != null;
    }

    Offsets offsets() {
        return offsets;
    }

    int numberBytes() {
        return narrowing == null ? type.getValue().widthBytes() : narrowing.type().widthBytes();
    }

    /// Frees what is remembered, now or when the step under way has ended.
    void close() {
        closed = true;
        live.run(false);
        stop();
        if (running == null) {
            free();
        }
    }

    private void free() {
        Narrowing old = narrowing;
        narrowing = null;
        if (old != null) {
            Background.run(
                    () -> {
                        old.close();
                        return old;
                    },
                    _ -> {},
                    thrown -> {
                        throw new IllegalStateException(thrown);
                    });
        }
    }

    // ---- steps

    private void keepEqual() {
        try {
            step(PatternText.condition(field.getText(), type.getValue()));
        } catch (BadInput typed) {
            fail(typed.sentence());
            field.pseudoClassStateChanged(INVALID, true);
            field.requestFocus();
        }
    }

    private void step(Condition condition) {
        clearError();
        Narrowing known = narrowing;
        ValueType wanted = type.getValue();
        int alignment = aligned.isSelected() ? wanted.widthBytes() : 1;
        boolean couldUndo = canUndo;
        Running watch = new Running(progress::setProgress);
        run(
                watch,
                () -> {
                    Narrowing now = known;
                    if (now == null) {
                        long size = place.segment().sizeBytes();
                        now = place.segment().narrowing(wanted, 0, size, alignment);
                    }
                    boolean kept = false;
                    try {
                        Narrowing.Step step = now.narrow(condition, watch);
                        kept = known != null || step.taken();
                        return new Result(
                                kept ? now : null,
                                now.steps(),
                                step.remaining(),
                                step.skippedBytes(),
                                step.taken(),
                                now.steps() > 1 && (step.taken() || couldUndo),
                                kept ? now.candidates(0, MOST_LISTED) : List.of());
                    } finally {
                        if (known == null && !kept) {
                            now.close();
                        }
                    }
                });
    }

    private void undo() {
        Narrowing known = narrowing;
        if (known == null) {
            return;
        }
        run(
                new Running(progress::setProgress),
                () -> {
                    known.undo();
                    return new Result(
                            known,
                            known.steps(),
                            known.remaining(),
                            0,
                            true,
                            false,
                            known.candidates(0, MOST_LISTED));
                });
    }

    private void reset() {
        free();
        steps = 0;
        canUndo = false;
        show(List.of());
        clearError();
        arm("");
        focusField();
    }

    private void run(Running watch, Work work) {
        running = watch;
        progress.setProgress(0);
        arm("");
        Background.run(work::run, result -> done(watch, result), thrown -> broken(watch, thrown));
    }

    private void done(Running watch, Result result) {
        if (running != watch) {
            return;
        }
        running = null;
        narrowing = result.narrowing();
        if (closed) {
            free();
            return;
        }
        steps = result.narrowing() == null ? 0 : result.steps();
        canUndo = result.canUndo();
        show(result.listed());
        arm(
                steps == 0
                        ? TEXTS.say("narrow.stopped-nothing")
                        : words(result) + (result.taken() ? "" : TEXTS.say("narrow.stopped")));
    }

    private void broken(Running watch, Throwable thrown) {
        if (running != watch) {
            return;
        }
        running = null;
        if (closed) {
            free();
            return;
        }
        fail(
                thrown instanceof ShmException refused
                                && refused.failure() instanceof ShmFailure.LimitReached limit
                        ? limit.limit()
                        : Problem.of(thrown).line());
        arm(steps == 0 ? "" : TEXTS.say("narrow.not-taken"));
    }

    private static String words(Result result) {
        String remain =
                TEXTS.count(
                        "narrow.remain",
                        result.remaining(),
                        TEXTS.count("count.step", result.steps()));
        String listed =
                result.remaining() > result.listed().size()
                        ? TEXTS.say("narrow.listed", result.listed().size())
                        : "";
        String skipped =
                result.skippedBytes() == 0
                        ? ""
                        : TEXTS.say("narrow.skipped", Figures.size(result.skippedBytes()));
        return remain + listed + skipped;
    }

    private void show(List<Narrowing.Candidate> candidates) {
        long[] all = new long[candidates.size()];
        Map<Long, Long> remembered = new HashMap<>();
        for (int i = 0; i < all.length; i++) {
            all[i] = candidates.get(i).offset();
            remembered.put(all[i], candidates.get(i).bits());
        }
        before = remembered;
        live.length(numberBytes());
        offsets.replace(all);
        marksChanged.run();
    }

    private OffsetCell.Row row(long offset) {
        ValueType shown = narrowing == null ? type.getValue() : narrowing.type();
        LiveBytes.Seen seen = live.at(offset);
        Long bits = before.get(offset);
        String was = bits == null ? "" : shown.text(bits);
        String part = place.part(offset);
        if (seen == null) {
            return new OffsetCell.Row(was, part, "");
        }
        if (!seen.known() || seen.bytes().length < shown.widthBytes()) {
            return new OffsetCell.Row(
                    was,
                    part,
                    seen.known() ? TEXTS.say("row.cut-off") : TEXTS.say("row.not-in-memory"));
        }
        String now = shown.text(shown.bits(seen.bytes(), 0));
        return new OffsetCell.Row(now, part, now.equals(was) ? "" : TEXTS.say("row.was", was));
    }

    // ---- words

    /// While a step runs the buttons look as if they could not be pressed, and do nothing; they are
    /// not disabled, for the one that was pressed would lose the focus.
    private void arm(String sentence) {
        boolean busy = running != null;
        boolean begun = steps > 0;
        progress.setVisible(busy);
        type.setDisable(busy || begun);
        aligned.setDisable(busy || begun);
        equal.pseudoClassStateChanged(BUSY, busy);
        any.pseudoClassStateChanged(BUSY, busy);
        for (Button later : List.of(changed, unchanged, increased, decreased, undo, reset)) {
            later.pseudoClassStateChanged(BUSY, busy);
            SearchPane.shown(later, begun);
        }
        if (begun && any.isFocused()) {
            any.requestFocusTraversal(TraversalDirection.NEXT);
        }
        SearchPane.shown(any, !begun);
        if (!busy && !canUndo && undo.isFocused()) {
            undo.requestFocusTraversal(TraversalDirection.PREVIOUS);
        }
        undo.setDisable(!busy && !canUndo);
        if (!busy) {
            count.setText(sentence);
        }
        SearchPane.shown(count, !count.getText().isEmpty());
    }

    private void fail(String sentence) {
        error.setText(sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1));
        SearchPane.shown(error, true);
    }

    private void clearError() {
        SearchPane.shown(error, false);
        field.pseudoClassStateChanged(INVALID, false);
    }
}
