package io.github.shmlens.ui.find;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.source.SearchHits;
import io.github.shmlens.source.SearchListener;
import io.github.shmlens.source.SearchOutcome;
import io.github.shmlens.source.SearchPattern;
import io.github.shmlens.source.SearchRequest;
import io.github.shmlens.ui.fx.Background;
import io.github.shmlens.ui.hex.Selection;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.text.ChoiceWords;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Figures;
import io.github.shmlens.ui.theme.Looks;
import java.util.Arrays;
import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Looks for a pattern and lists every place where it lies. FX thread.
final class SearchPane extends VBox {

    private static final Texts TEXTS = Texts.of(SearchPane.class);

    /// Listed at most; a list of more helps nobody, and the count says "more than".
    static final int MOST_HITS = 1_000_000;

    private static final PseudoClass INVALID = PseudoClass.getPseudoClass("invalid");

    /// Where to look.
    enum Range {
        EVERYTHING("range.everywhere"),
        FROM_CURSOR("range.from-cursor"),
        SELECTION("range.selection");

        private final String key;

        Range(String key) {
            this.key = key;
        }
    }

    private final FindPlace place;
    private final Runnable marksChanged;
    private final ComboBox<PatternKind> kind = new ComboBox<>();
    private final ComboBox<Range> range = new ComboBox<>();
    private final ComboBox<Integer> alignment = new ComboBox<>();
    private final CheckBox ignoreCase = new CheckBox(TEXTS.say("search.ignore-case"));
    private final TextField field = new TextField();
    private final Button find = new Button(TEXTS.say("button.find"));
    private final Button previous = new Button();
    private final Button next = new Button();
    private final Label count = new Label();
    private final Label note = new Label();
    private final Label error = new Label();
    private final ProgressBar progress = new ProgressBar(0);
    private final Offsets hits = new Offsets();
    private final ListView<Long> list = new ListView<>(hits);
    private final LiveBytes live;
    private @Nullable Search running;
    private @Nullable SearchPattern pattern;
    private @Nullable PatternKind shownKind;
    private @Nullable SearchOutcome outcome;

    SearchPane(FindPlace place, Runnable marksChanged) {
        this.place = place;
        this.marksChanged = marksChanged;
        this.live = new LiveBytes(place.segment(), list);
        build();
    }

    private void build() {
        getStyleClass().add("find-pane");
        kind.getItems().setAll(PatternKind.all());
        kind.setConverter(new ChoiceWords<>(PatternKind::words));
        kind.setVisibleRowCount(20);
        kind.setId("find-kind");
        kind.setTooltip(new Tooltip(TEXTS.say("search.kind-tip")));
        range.getItems().setAll(Range.values());
        range.setConverter(new ChoiceWords<>(one -> TEXTS.say(one.key)));
        range.setValue(Range.EVERYTHING);
        range.setId("find-range");
        range.setTooltip(new Tooltip(TEXTS.say("search.range-tip")));
        alignment.getItems().setAll(1, 2, 4, 8, 16, 4096);
        alignment.setConverter(
                new ChoiceWords<>(one ->
                        one == 1
                                ? TEXTS.say("search.any-offset")
                                : TEXTS.say("search.offsets-of", one)));
        alignment.setValue(1);
        alignment.setId("find-align");
        alignment.setTooltip(new Tooltip(TEXTS.say("search.alignment-tip")));
        field.setId("find-text");
        field.setPrefColumnCount(16);
        HBox.setHgrow(field, Priority.ALWAYS);
        ignoreCase.setId("find-case");
        ignoreCase.setTooltip(new Tooltip(TEXTS.say("search.ignore-case-tip")));
        find.setId("find-go");
        icon(previous, "find-previous", Feather.CHEVRON_UP, TEXTS.say("search.previous"));
        icon(next, "find-next", Feather.CHEVRON_DOWN, TEXTS.say("search.next"));
        count.setId("find-count");
        count.getStyleClass().add(Looks.FACT_NAME);
        note.setId("find-note");
        note.getStyleClass().add(Looks.FACT_NAME);
        note.setWrapText(true);
        error.setId("find-error");
        error.getStyleClass().add(Looks.FIELD_ERROR);
        error.setWrapText(true);
        progress.setMaxWidth(Double.MAX_VALUE);
        list.setId("find-hits");
        list.setCellFactory(_ -> new OffsetCell(this::row));
        list.setFixedCellSize(24);
        list.setPlaceholder(new Label(TEXTS.say("search.placeholder")));
        list.setAccessibleText(TEXTS.say("search.list"));
        VBox.setVgrow(list, Priority.ALWAYS);

        kind.setMinWidth(USE_PREF_SIZE);
        find.setMinWidth(USE_PREF_SIZE);
        HBox steps = new HBox(previous, next, count);
        steps.getStyleClass().add("find-line");
        HBox what = new HBox(kind, field, find);
        what.getStyleClass().add("find-line");
        FlowPane how = new FlowPane(range, alignment, ignoreCase, steps);
        how.getStyleClass().add("find-choices");
        getChildren().setAll(what, error, how, note, progress, list);
        shown(error, false);
        shown(progress, false);

        kind.valueProperty()
                .subscribe(now -> {
                    if (now != null) {
                        field.setPromptText(now.prompt());
                        shown(ignoreCase, now instanceof PatternKind.Text);
                        clearError();
                    }
                });
        kind.setValue(kind.getItems().getFirst());
        field.textProperty().subscribe(_ -> clearError());
        field.setOnAction(_ -> enter());
        find.setOnAction(_ -> {
            if (running == null) {
                search();
            } else {
                stop();
            }
        });
        previous.setOnAction(_ -> step(-1));
        next.setOnAction(_ -> step(1));
        list.getSelectionModel().selectedItemProperty().subscribe(this::chosen);
        list.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                chosen(list.getSelectionModel().getSelectedItem());
                event.consume();
            }
        });
        arm();
    }

    static void icon(Button button, String id, Feather icon, String tip) {
        button.setId(id);
        button.setGraphic(new FontIcon(icon));
        button.setTooltip(new Tooltip(tip));
        button.setAccessibleText(tip);
    }

    static void shown(javafx.scene.Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    void focusField() {
        field.selectAll();
        field.requestFocus();
    }

    /// It can be seen, or no longer.
    void seen(boolean now) {
        live.run(now);
    }

    /// Ends what is under way.
    void stop() {
        Search now = running;
        if (now != null) {
            now.stop();
        }
    }

    boolean isRunning() {
        return running != null;
    }

    Offsets hits() {
        return hits;
    }

    /// How many bytes a hit has; 0 before the first search.
    int hitBytes() {
        SearchPattern now = pattern;
        return now == null ? 0 : now.lengthBytes();
    }

    // ---- searching

    /// What was searched already is stepped through, anything else is searched.
    private void enter() {
        if (running == null && outcome != null && isShownPattern()) {
            step(1);
        } else if (running == null) {
            search();
        }
    }

    private boolean isShownPattern() {
        SearchPattern shown = pattern;
        try {
            return shown != null
                    && kind.getValue() == shownKind
                    && same(shown, kind.getValue().read(field.getText(), ignoreCase.isSelected()));
        } catch (BadInput changed) {
            return false;
        }
    }

    private static boolean same(SearchPattern one, SearchPattern other) {
        return switch (one) {
            case SearchPattern.Bytes bytes ->
                    other instanceof SearchPattern.Bytes others
                            && Arrays.equals(bytes.value(), others.value())
                            && Arrays.equals(bytes.mask(), others.mask());
            case SearchPattern.Between between -> between.equals(other);
        };
    }

    private void search() {
        PatternKind chosen = kind.getValue();
        SearchRequest request;
        try {
            request = request(chosen.read(field.getText(), ignoreCase.isSelected()));
        } catch (BadInput typed) {
            fail(typed.sentence());
            field.requestFocus();
            return;
        }
        clearError();
        pattern = request.pattern();
        shownKind = chosen;
        outcome = null;
        hits.replace(new long[0]);
        live.length(chosen.previewBytes(request.pattern()));
        Search search = new Search();
        running = search;
        progress.setProgress(0);
        arm();
        marksChanged.run();
        Background.run(
                () -> place.segment().search(request, search),
                ended -> done(search, ended),
                thrown -> broken(search, thrown));
    }

    private SearchRequest request(SearchPattern wanted) throws BadInput {
        long size = place.sizeBytes();
        Selection selection = place.selection();
        long from = 0;
        long length = size;
        switch (range.getValue()) {
            case EVERYTHING -> {}
            case FROM_CURSOR -> {
                from = selection.isNone() ? 0 : Math.min(size, selection.caret());
                length = size - from;
            }
            case SELECTION -> {
                if (selection.length() < wanted.lengthBytes()) {
                    throw new BadInput(TEXTS.say("search.selection-too-short"));
                }
                from = selection.from();
                length = Math.min(selection.length(), size - from);
            }
        }
        return new SearchRequest(
                wanted, from, Math.max(0, length), alignment.getValue(), MOST_HITS);
    }

    /// A search under way: hits wait here until the FX thread takes them.
    private final class Search extends Running implements SearchListener {
        private long[] waiting = new long[SearchHits.MOST];
        private int waitingCount;

        Search() {
            super(SearchPane.this::progressed);
        }

        @Override
        public synchronized void found(SearchHits some) {
            if (waitingCount + some.count() > waiting.length) {
                waiting = Arrays.copyOf(waiting, waiting.length * 2);
            }
            System.arraycopy(some.offsets(), 0, waiting, waitingCount, some.count());
            waitingCount += some.count();
        }

        synchronized long[] take() {
            long[] taken = Arrays.copyOf(waiting, waitingCount);
            waitingCount = 0;
            return taken;
        }
    }

    private void progressed(double share) {
        Search now = running;
        if (now != null) {
            progress.setProgress(share);
            take(now);
        }
    }

    private void take(Search from) {
        long[] more = from.take();
        if (more.length > 0) {
            hits.append(more);
            marksChanged.run();
        }
        arm();
    }

    private void done(Search search, SearchOutcome ended) {
        if (running == search) {
            running = null;
            outcome = ended;
            take(search);
            Selection at = place.selection();
            if (!hits.isEmpty()) {
                int first = hits.firstAt(at.isNone() ? 0 : at.caret());
                go(first < hits.size() ? first : 0);
            }
        }
    }

    private void broken(Search search, Throwable thrown) {
        if (running == search) {
            running = null;
            take(search);
            fail(Problem.of(thrown).line());
        }
    }

    // ---- hits

    /// To the next or previous hit, seen from the cursor; from the other end when there is none.
    void step(int direction) {
        if (hits.isEmpty()) {
            if (running == null) {
                focusField();
            }
            return;
        }
        long caret = place.selection().isNone() ? -1 : place.selection().from();
        int index = direction > 0 ? hits.firstAt(caret + 1) : hits.firstAt(caret) - 1;
        if (index < 0 || index >= hits.size()) {
            place.notice(
                    direction > 0 ? TEXTS.say("search.was-last") : TEXTS.say("search.was-first"));
            index = direction > 0 ? 0 : hits.size() - 1;
        }
        go(index);
    }

    private void go(int index) {
        list.scrollTo(Math.max(0, index - 2));
        list.getSelectionModel().clearAndSelect(index);
        // A row that was chosen already tells nobody.
        chosen(hits.get(index));
    }

    private void chosen(@Nullable Long offset) {
        if (offset != null) {
            place.show(offset, Math.max(1, hitBytes()));
            arm();
        }
    }

    private OffsetCell.Row row(long offset) {
        LiveBytes.Seen seen = live.at(offset);
        PatternKind chosen = shownKind;
        SearchPattern wanted = pattern;
        String part = place.part(offset);
        if (seen == null || chosen == null || wanted == null) {
            return new OffsetCell.Row("", part, "");
        }
        if (!seen.known()) {
            return new OffsetCell.Row("", part, TEXTS.say("row.not-in-memory"));
        }
        boolean whole = seen.bytes().length >= wanted.lengthBytes();
        boolean still = whole && wanted.matches(seen.bytes(), 0);
        return new OffsetCell.Row(
                whole ? chosen.preview(seen.bytes()) : "",
                part,
                still ? "" : whole ? TEXTS.say("row.changed") : TEXTS.say("row.cut-off"));
    }

    // ---- words

    private void arm() {
        boolean busy = running != null;
        find.setText(busy ? TEXTS.say("button.stop") : TEXTS.say("button.find"));
        shown(progress, busy);
        previous.setDisable(hits.isEmpty());
        next.setDisable(hits.isEmpty());
        count.setText(words(busy));
        note.setText(reservation(busy));
        shown(note, !note.getText().isEmpty());
    }

    private String words(boolean busy) {
        SearchOutcome ended = outcome;
        if (busy) {
            return TEXTS.say("count.so-far", hits.size());
        }
        if (ended == null) {
            return "";
        }
        int index = list.getSelectionModel().getSelectedIndex();
        return switch (ended.end()) {
            case ALL -> at(index, TEXTS.count("count.hit", ended.hits()));
            case STOPPED -> TEXTS.say("count.stopped", TEXTS.count("count.hit", ended.hits()));
            case MORE_THAN_LIMIT -> at(index, TEXTS.say("count.more", ended.hits()));
        };
    }

    private static String at(int index, String hits) {
        return index < 0 ? hits : TEXTS.say("count.position", index + 1, hits);
    }

    /// What a person should know of the hits that are listed; empty when there is nothing to say.
    private String reservation(boolean busy) {
        SearchOutcome ended = outcome;
        if (busy || ended == null) {
            return "";
        }
        String more =
                ended.end() == SearchOutcome.End.MORE_THAN_LIMIT
                        ? TEXTS.say("search.only-first")
                        : "";
        return ended.skippedBytes() == 0
                ? more
                : TEXTS.say("search.skipped", more, Figures.size(ended.skippedBytes()));
    }

    private void fail(String sentence) {
        error.setText(sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1));
        shown(error, true);
        field.pseudoClassStateChanged(INVALID, true);
        arm();
    }

    private void clearError() {
        shown(error, false);
        field.pseudoClassStateChanged(INVALID, false);
    }
}
