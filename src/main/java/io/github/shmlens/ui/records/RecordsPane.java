package io.github.shmlens.ui.records;

import io.github.shmlens.fields.FieldAt;
import io.github.shmlens.fields.FieldFormat;
import io.github.shmlens.fields.RecordLayout;
import io.github.shmlens.live.Guard;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Numbers;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.ui.fx.Background;
import io.github.shmlens.ui.fx.LatestWork;
import io.github.shmlens.ui.hex.HexEdit;
import io.github.shmlens.ui.hex.HexPalette;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Looks;
import io.github.shmlens.ui.theme.Theme;
import io.github.shmlens.ui.typing.InPlace;
import io.github.shmlens.ui.typing.TypedValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javafx.animation.AnimationTimer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// An array in a segment as a table, live: rows on the screen are read again and again, and no
/// others. Sorting and filtering look at the whole array once, in the background, and say when. It
/// writes nothing itself: what is typed is handed over as an edit of the bytes that were shown. FX
/// thread, except where a method says otherwise.
///
/// Reads from the segment while it is open and [#awake].
public final class RecordsPane extends VBox {

    private static final Texts TEXTS = Texts.of(RecordsPane.class);
    private static final long LOOK_NANOS = 33_000_000;
    private static final long AGAIN_NANOS = 500_000_000;

    private final RecordsPlace place;
    private final RecordGrid grid;
    private final Label title = new Label();
    private final Label state = new Label();
    private final Label leftOut = new Label();
    private final Label sequence = new Label();
    private final Label error = new Label();
    private final TextField goTo = new TextField();
    private final RowChoice choice;
    private final CurveStrip curves = new CurveStrip();
    private final InPlace<TypedField<Cell>, HexEdit> typing;
    private final OwnRanges ours = new OwnRanges();
    private final LatestWork<Sought, Place> seeking;
    private final AnimationTimer pulse =
            new AnimationTimer() {
                @Override
                public void handle(long now) {
                    beat();
                }
            };

    private RowReader.Share share = RowReader.Share.NONE;
    private RecordsSheet.Typed typed = RecordsSheet.Typed.NOTHING;
    private @Nullable RecordModel model;
    private @Nullable ContextMenu menu;
    private boolean open;
    private boolean awake;
    private boolean paused;
    private boolean lost;
    private boolean closed;
    private boolean reading;
    private boolean wanting;
    private boolean linking;
    private boolean untold;
    private long wantedFirst;
    private int wantedCount;
    private long lookedNanos;
    private long failedNanos;

    /// Where a record stands among rows in an order of their own.
    ///
    /// @param typed whether a person named the record, and the keyboard goes there
    private record Sought(RowSet order, long number, int column, boolean typed) {
        Place find() {
            return new Place(this, order.indexOf(number));
        }
    }

    /// @param row −1 where the record is none of them
    private record Place(Sought sought, long row) {}

    /// The place of a value that is typed.
    private record Cell(RecordModel model, long row, int column) {}

    /// What one round of reading found.
    private record Round(RowReader.Look look, List<RowReader.Look> curves) {}

    public RecordsPane(RecordsPlace place) {
        this.place = place;
        this.grid = new RecordGrid(new FromGrid());
        this.seeking =
                new LatestWork<>(
                        Duration.ofMillis(60), Sought::find, this::sought, this::notSought);
        this.choice = new RowChoice(new ForChoice());
        this.typing =
                new InPlace<>(
                        "records-editor", place, new ForTyping(), Looks.MONO, "shm-records-editor");
        setId("records");
        getStyleClass().add("shm-records");
        getStylesheets().add(Theme.css(RecordsPane.class, "records.css"));
        build();
    }

    private void build() {
        title.setId("records-title");
        title.getStyleClass().add("shm-records-title");
        title.setMinWidth(0);
        state.setId("records-state");
        state.getStyleClass().addAll(Looks.CHIP, Looks.CHIP_WARNING);
        goTo.setId("records-go-to");
        goTo.setPrefColumnCount(6);
        goTo.setPromptText(TEXTS.say("head.go-to"));
        goTo.setTooltip(new Tooltip(TEXTS.say("head.go-to-tip")));
        goTo.setAccessibleText(TEXTS.say("head.go-to-tip"));
        goTo.setOnAction(_ -> goToRecord());
        Button change = new Button(TEXTS.say("head.change"));
        change.setId("records-change");
        change.setTooltip(new Tooltip(TEXTS.say("head.change-tip")));
        change.setOnAction(_ -> ask());
        Button close = new Button(null, new FontIcon(Feather.X));
        close.setId("records-close");
        close.getStyleClass().addAll("flat", "small");
        close.setTooltip(new Tooltip(TEXTS.say("head.close")));
        close.setAccessibleText(TEXTS.say("head.close"));
        close.setOnAction(_ -> hide());
        Region room = new Region();
        HBox.setHgrow(room, Priority.ALWAYS);
        for (Region part : new Region[] {goTo, change, close, state}) {
            part.setMinWidth(USE_PREF_SIZE);
        }
        HBox head = new HBox(title, state, room, goTo, change, close);
        head.getStyleClass().add("shm-records-head");
        head.setAlignment(Pos.CENTER_LEFT);

        error.setId("records-problem");
        leftOut.setId("records-left-out");
        sequence.setId("records-sequence");
        leftOut.getStyleClass().add(Looks.FACT_NAME);
        sequence.getStyleClass().add(Looks.FACT_NAME);
        for (Label label : new Label[] {error, leftOut, sequence}) {
            label.setWrapText(true);
            label.setMinHeight(USE_PREF_SIZE);
        }
        VBox.setVgrow(grid, Priority.ALWAYS);
        setMinHeight(0);
        getChildren().setAll(head, choice, error, grid, curves, leftOut, sequence);

        addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        // Another panel can take its place for a while.
        sceneProperty().addListener((_, _, _) -> run());
        tell("", Looks.FIELD_ERROR);
        say(state, "");
        say(leftOut, "");
        say(sequence, "");
    }

    // ---- what the tab asks of it

    /// Shows a table of these records, from the first one on.
    ///
    /// @param guard the sequence that guards them; null for none
    /// @param formats how each column is written
    public void show(RecordLayout layout, @Nullable Guard guard, List<FieldFormat> formats) {
        typing.drop();
        curves.clear();
        RecordModel fresh = new RecordModel(layout, guard);
        model = fresh;
        share = RowReader.Share.NONE;
        say(sequence, "");
        try {
            fresh.expect(place.meaning().sizeBytes());
        } catch (BadInput notReadYet) {
            // The first look tells.
        }
        for (int i = 0; i < fresh.columns(); i++) {
            fresh.setFormat(i, formats.get(i));
        }
        choice.of(fresh);
        tell("", Looks.FIELD_ERROR);
        say(leftOut, layout.leftOut());
        grid.show(fresh);
        tellTitle();
        reopen();
    }

    private void reopen() {
        open = true;
        place.opened(true);
        wanting = true;
        run();
        grid.requestFocus();
    }

    /// Asks where records lie and what is in them, and shows them.
    public void ask() {
        if (typed.columns().isEmpty()) {
            askHere();
        } else {
            ask(typed);
        }
    }

    /// Asks for records that begin at the caret.
    public void askHere() {
        long here = 0;
        try {
            here = Math.max(0, place.meaning().here());
        } catch (BadInput notReadYet) {
            // Then from the beginning.
        }
        ask(
                new RecordsSheet.Typed(
                        "0x%x".formatted(here),
                        typed.columns(),
                        typed.stride(),
                        "",
                        typed.bigEndian()));
    }

    private void ask(RecordsSheet.Typed begin) {
        RecordsSheet.open(
                place,
                begin,
                (layout, now) -> {
                    typed = now;
                    show(
                            layout,
                            null,
                            Collections.nCopies(layout.columns().size(), FieldFormat.Fixed.USUAL));
                });
    }

    /// Hides the table where it is to be seen; shows the one there was, or asks for one.
    public void flip() {
        if (open && getScene() != null) {
            hide();
        } else if (model == null) {
            ask();
        } else {
            reopen();
        }
    }

    public boolean isOpen() {
        return open;
    }

    /// Takes it off the screen; the layout stays.
    public void hide() {
        if (open) {
            typing.drop();
            choice.stop();
            open = false;
            run();
            place.opened(false);
        }
    }

    /// Chooses the record that a byte lies in, without telling; nothing happens where it is in
    /// none.
    public void choose(long offset) {
        RecordModel now = model;
        if (!open || now == null || linking || typing.isOpen()) {
            return;
        }
        RecordLayout layout = now.layout();
        long number = layout.rowAt(offset, now.sizeBytes());
        if (number < 0) {
            return;
        }
        int at = layout.columnAt(number, offset);
        int chosen = at < 0 ? grid.caretColumn() : at;
        RowSet order = now.order();
        if (order == null) {
            grid.choose(number, chosen);
        } else {
            seeking.ask(new Sought(order, number, chosen, false));
        }
    }

    private void sought(Place found) {
        RecordModel now = model;
        Sought sought = found.sought();
        if (now == null || now.order() != sought.order()) {
            return;
        }
        if (found.row() >= 0) {
            grid.choose(found.row(), sought.column());
            if (sought.typed()) {
                grid.requestFocus();
            }
        } else if (sought.typed()) {
            tell(TEXTS.say("head.not-found", sought.number()), Looks.FIELD_ERROR);
        }
    }

    private void notSought(Throwable thrown) {
        // Other rows meanwhile: then nobody asks any more.
        if (!(thrown instanceof IllegalStateException)) {
            tell(Problem.of(thrown).line(), Looks.FIELD_ERROR);
        }
    }

    /// Whether the tab can be seen.
    public void awake(boolean now) {
        awake = now;
        run();
    }

    /// Paused: rows are read when they come on the screen, and then no more.
    public void pause(boolean now) {
        paused = now;
        tellState();
    }

    /// The segment is lost: what is shown is the last that was seen.
    public void lose() {
        lost = true;
        choice.lose();
        grid.setOld(true);
        tellState();
        run();
    }

    /// Bytes that we wrote ourselves. Any thread.
    public void ours(long offset, byte[] bytes) {
        ours.left(offset, bytes, System.nanoTime());
    }

    public void setPalette(HexPalette palette) {
        grid.setPalette(palette);
    }

    public void setQuiet(boolean quiet) {
        grid.setQuiet(quiet);
    }

    public void setFontSize(double size) {
        grid.setFontSize(size);
    }

    /// Reads nothing any more and frees what is held.
    public void close() {
        closed = true;
        open = false;
        run();
        seeking.close();
        choice.close();
    }

    // ---- reading

    private void run() {
        if (open && awake && !closed && getScene() != null) {
            pulse.start();
        } else {
            pulse.stop();
        }
    }

    /// Once a frame.
    private void beat() {
        long now = System.nanoTime();
        boolean due = !paused && !lost && now - lookedNanos >= LOOK_NANOS;
        boolean mayTry = failedNanos == 0 || now - failedNanos >= AGAIN_NANOS;
        if ((due || wanting) && mayTry) {
            look();
        }
        grid.cool();
    }

    private void look() {
        RecordModel now = model;
        if (reading || now == null || closed || lost || wantedCount == 0) {
            return;
        }
        reading = true;
        wanting = false;
        lookedNanos = System.nanoTime();
        RowReader.Request request = now.request(wantedFirst, wantedCount);
        List<RowReader.Request> curveRequests = paused ? List.of() : curves.requests();
        Background.run(
                () -> {
                    RowReader.Look look = RowReader.read(place.segment(), request);
                    List<RowReader.Look> each = new ArrayList<>();
                    for (RowReader.Request one : curveRequests) {
                        each.add(RowReader.read(place.segment(), one));
                    }
                    return new Round(look, each);
                },
                this::looked,
                thrown -> notLooked(request, thrown));
    }

    private void looked(Round round) {
        reading = false;
        RecordModel now = model;
        RowReader.Look look = round.look();
        if (closed || now == null) {
            return;
        }
        if (failedNanos != 0) {
            failedNanos = 0;
            grid.setOld(false);
            tellState();
        }
        long rowsBefore = now.rowCount();
        if (now.take(look, ours, paused)) {
            grid.refresh();
            grid.describe();
            typing.tellMoved();
            if (untold) {
                tellChosen();
            }
            if (now.rowCount() != rowsBefore) {
                tellTitle();
            }
        }
        curves.take(round.curves());
        tellShare(now, round);
        if (wanting) {
            look();
        }
    }

    /// How often was copied under the sequence, or that it is not there.
    private void tellShare(RecordModel now, Round round) {
        Guard guard = now.guard();
        if (guard == null || round.look().request().layout() != now.layout()) {
            return;
        }
        List<RowReader.Look> looks = new ArrayList<>(round.curves());
        looks.add(round.look());
        for (RowReader.Look one : looks) {
            RowReader.Share more = one.share();
            share = more == null ? share : share.plus(more);
        }
        say(
                sequence,
                round.look().share() == null
                        ? SequenceWords.outside(guard)
                        : SequenceWords.share(guard, share.copies(), share.repeated())
                                + TEXTS.say("sequence.rows"));
    }

    private void notLooked(RowReader.Request request, Throwable thrown) {
        reading = false;
        RecordModel now = model;
        if (closed || now == null || request.order() != now.order() || lost) {
            // Another order meanwhile, or the tab says it.
            return;
        }
        failedNanos = System.nanoTime();
        wanting = true;
        grid.setOld(true);
        say(state, TEXTS.say("state.failed", Problem.of(thrown).title()));
        state.setTooltip(new Tooltip(Problem.of(thrown).line()));
    }

    private void tellState() {
        state.setTooltip(null);
        say(state, lost ? TEXTS.say("state.lost") : paused ? TEXTS.say("state.paused") : "");
    }

    private void tellTitle() {
        RecordModel now = model;
        if (now == null) {
            return;
        }
        RecordLayout layout = now.layout();
        String words =
                TEXTS.count(
                        "head.title",
                        layout.rows(now.sizeBytes()),
                        layout.name().isEmpty() ? TEXTS.say("head.records") : layout.name(),
                        layout.strideBytes(),
                        layout.offset());
        title.setText(words);
        title.setTooltip(new Tooltip(words));
    }

    private void follow(long number, int at) {
        RecordModel now = model;
        if (now != null && now.numeric(at) && !curves.follow(now, number, at)) {
            place.notice(TEXTS.say("curve.most", CurveStrip.MOST));
        }
    }

    // ---- typing

    /// The value that is typed and not written.
    public Optional<TypedValue<HexEdit>> typed() {
        return typing.typed();
    }

    private void beginTyping(long row, int at) {
        RecordModel now = model;
        RecordModel.Shown shown = now == null ? null : now.row(row);
        if (now == null || shown == null || lost || typing.refuses()) {
            return;
        }
        boolean busy = shown.has(at, RowReader.BUSY) && !shown.has(at, RowReader.KNOWN);
        new TypedField.Offer<>(
                        new Cell(now, row, at),
                        now.layout().cell(shown.number(), at),
                        now.format(at),
                        now.guard(),
                        busy ? null : now.bytes(shown, at),
                        shown.has(at, RowReader.BEYOND),
                        busy)
                .open(
                        place.segment(),
                        place,
                        typing,
                        () -> !closed && now == model,
                        thrown -> tell(Problem.of(thrown).line(), Looks.FIELD_ERROR));
    }

    private void tell(String sentence, String look) {
        error.getStyleClass().setAll("label", look);
        say(error, sentence);
        if (sentence.isEmpty()) {
            choice.quiet();
        }
    }

    private void goToRecord() {
        RecordModel now = model;
        if (now == null) {
            return;
        }
        try {
            long number =
                    Numbers.parse(
                            TEXTS.say("head.number"),
                            goTo.getText(),
                            0,
                            Math.max(0, now.layout().rows(now.sizeBytes()) - 1));
            tell("", Looks.FIELD_ERROR);
            RowSet order = now.order();
            if (order == null) {
                grid.choose(number, grid.caretColumn());
                tellChosen();
                grid.requestFocus();
            } else {
                seeking.askNow(new Sought(order, number, grid.caretColumn(), true));
            }
        } catch (BadInput wrong) {
            tell(Problem.sentence(wrong.sentence()), Looks.FIELD_ERROR);
        }
    }

    // ---- keys and menu

    private void key(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE && !event.isConsumed()) {
            if (choice.isRunning()) {
                choice.stop();
            } else {
                hide();
            }
            event.consume();
        }
    }

    private void gridKey(KeyEvent event) {
        if (!event.isShortcutDown() || event.isAltDown()) {
            return;
        }
        boolean done = true;
        switch (event.getCode()) {
            case C, INSERT -> {
                if (event.isShiftDown()) {
                    copyRows(RowsCopy.Form.CSV);
                } else if (grid.firstChosen() == grid.lastChosen()) {
                    copyCell();
                } else {
                    copyRows(RowsCopy.Form.TSV);
                }
            }
            case A -> grid.chooseAll();
            default -> done = false;
        }
        if (done) {
            event.consume();
        }
    }

    private void copyCell() {
        RecordModel now = model;
        RecordModel.Shown row = now == null ? null : now.row(grid.caretRow());
        if (now != null && row != null) {
            clip(RowsCopy.cell(now, row, grid.caretColumn()));
        }
    }

    private void copyRows(RowsCopy.Form form) {
        RecordModel now = model;
        if (now == null || now.rowCount() == 0) {
            return;
        }
        RecordModel snapshot = now.alike();
        long first = grid.firstChosen();
        long last = grid.lastChosen();
        Background.run(
                () -> RowsCopy.copy(place.segment(), snapshot, first, last, form),
                copied -> {
                    clip(copied.text());
                    place.notice(
                            (copied.rows() < last - first + 1
                                            ? TEXTS.say(
                                                    "copy.first", copied.rows(), last - first + 1)
                                            : TEXTS.count("copy.done", copied.rows()))
                                    + (copied.busy() == 0
                                            ? ""
                                            : TEXTS.count("copy.busy", copied.busy())));
                },
                thrown -> tell(Problem.of(thrown).line(), Looks.FIELD_ERROR));
    }

    private static void clip(String text) {
        ClipboardContent content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }

    private void showMenu(int at, boolean header, double screenX, double screenY) {
        RecordModel now = model;
        if (now == null) {
            return;
        }
        ContextMenu before = menu;
        if (before != null) {
            before.hide();
        }
        ContextMenu made = new ContextMenu();
        RecordModel.Shown row = header ? null : now.row(grid.caretRow());
        if (row != null) {
            MenuItem curve = item(TEXTS.say("menu.curve"), () -> follow(row.number(), at));
            curve.setDisable(!now.numeric(at));
            made.getItems()
                    .addAll(
                            item(TEXTS.say("menu.edit"), () -> beginTyping(grid.caretRow(), at)),
                            item(TEXTS.say("menu.copy"), this::copyCell),
                            item(TEXTS.say("menu.copy-tsv"), () -> copyRows(RowsCopy.Form.TSV)),
                            item(TEXTS.say("menu.copy-csv"), () -> copyRows(RowsCopy.Form.CSV)),
                            curve,
                            new SeparatorMenuItem());
        }
        MenuItem unsorted =
                item(TEXTS.say("menu.unsorted"), () -> choice.sortBy(at, RecordGrid.Sorted.NOT));
        unsorted.setDisable(!choice.isSorted());
        made.getItems()
                .addAll(
                        formats(now, at),
                        new SeparatorMenuItem(),
                        item(
                                TEXTS.say("menu.rising"),
                                () -> choice.sortBy(at, RecordGrid.Sorted.RISING)),
                        item(
                                TEXTS.say("menu.falling"),
                                () -> choice.sortBy(at, RecordGrid.Sorted.FALLING)),
                        unsorted,
                        item(TEXTS.say("menu.filter"), () -> choice.ask(at)));
        menu = made;
        made.show(grid, screenX, screenY);
    }

    private Menu formats(RecordModel now, int at) {
        return FormatMenu.of(
                TEXTS.say("menu.format", now.title(at)),
                place.sheets(),
                now.field(at),
                now.format(at),
                chosen -> setFormat(at, chosen));
    }

    private void setFormat(int at, FieldFormat format) {
        RecordModel now = model;
        if (now != null) {
            typing.drop();
            now.setFormat(at, format);
            grid.formatChanged(at);
            grid.describe();
            choice.listColumns();
        }
    }

    private static MenuItem item(String words, Runnable action) {
        MenuItem item = new MenuItem(words);
        item.setMnemonicParsing(false);
        item.setOnAction(_ -> action.run());
        return item;
    }

    private void tellChosen() {
        RecordModel now = model;
        long number = now == null ? -1 : now.number(grid.caretRow());
        // Of rows in an order of their own the number is known once they were looked at.
        untold = now != null && number < 0;
        if (now == null || number < 0) {
            return;
        }
        FieldAt cell = now.layout().cell(number, grid.caretColumn());
        if (cell.end() <= now.sizeBytes() && cell.sizeBytes() > 0) {
            linking = true;
            try {
                place.show(cell.offset(), cell.sizeBytes());
            } finally {
                linking = false;
            }
        }
    }

    private final class ForChoice implements RowChoice.Table {
        @Override
        public AttachedSegment segment() {
            return place.segment();
        }

        @Override
        public void begins() {
            typing.drop();
        }

        @Override
        public void show(@Nullable RowSet rows, RecordScan.@Nullable Sort sort) {
            RecordModel now = model;
            if (now != null) {
                now.setOrder(rows);
            }
            grid.rowsChanged();
            grid.showSorted(
                    sort == null ? -1 : sort.column(),
                    sort == null
                            ? RecordGrid.Sorted.NOT
                            : sort.falling()
                                    ? RecordGrid.Sorted.FALLING
                                    : RecordGrid.Sorted.RISING);
            wanting = true;
        }

        @Override
        public void copied(RowReader.Share more) {
            share = share.plus(more);
        }

        @Override
        public void tell(String sentence) {
            RecordsPane.this.tell(sentence, Looks.FIELD_ERROR);
        }
    }

    private final class ForTyping implements InPlace.View<TypedField<Cell>, HexEdit> {
        @Override
        public boolean place(TypedField<Cell> value, TextField field) {
            grid.edit(value.where().row(), value.where().column(), field);
            return true;
        }

        @Override
        public void remove(TypedField<Cell> value) {
            grid.endEdit();
        }

        @Override
        public void focusValues() {
            grid.requestFocus();
        }

        @Override
        public void reveal(TypedField<Cell> value) {
            grid.choose(value.where().row(), value.where().column());
        }

        @Override
        public @Nullable String moved(TypedField<Cell> value) {
            Cell at = value.where();
            RecordModel.Shown row = at.model().row(at.row());
            return row != null && value.isOther(at.model().bytes(row, at.column()))
                    ? at.model().text(row, at.column())
                    : null;
        }

        @Override
        public void commit(TypedField<Cell> value, HexEdit edit) {
            place.commit(edit, value.change(edit));
        }

        @Override
        public void tell(String sentence, String look) {
            RecordsPane.this.tell(sentence, look);
        }
    }

    /// What the table tells.
    private final class FromGrid implements RecordGrid.Listener {
        @Override
        public void viewport(long first, int count) {
            wantedFirst = first;
            wantedCount = count;
            wanting = true;
            // At once, so that the rows are there at the next frame.
            look();
        }

        @Override
        public void chosen(long row, int at) {
            tellChosen();
        }

        @Override
        public void edit(long row, int at) {
            beginTyping(row, at);
        }

        @Override
        public void sort(int at) {
            if (!lost) {
                choice.sortBy(at);
            }
        }

        @Override
        public void menu(int at, boolean header, double screenX, double screenY) {
            showMenu(at, header, screenX, screenY);
        }

        @Override
        public void key(KeyEvent event) {
            gridKey(event);
        }
    }

    private static void say(Label line, String text) {
        if (!text.equals(line.getText())) {
            line.setText(text);
        }
        RowChoice.shown(line, !text.isEmpty());
    }
}
