package io.github.shmlens.ui.slots;

import io.github.shmlens.kryo.KryoJson;
import io.github.shmlens.kryo.KryoSlot;
import io.github.shmlens.kryo.KryoValue;
import io.github.shmlens.live.PartTrack;
import io.github.shmlens.live.Sample;
import io.github.shmlens.live.Window;
import io.github.shmlens.php.Decoded;
import io.github.shmlens.php.PhpJson;
import io.github.shmlens.php.PhpText;
import io.github.shmlens.php.Problem;
import io.github.shmlens.php.Slot;
import io.github.shmlens.php.StoreHeader;
import io.github.shmlens.php.StoreReading;
import io.github.shmlens.ui.fx.FxExecutor;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Figures;
import io.github.shmlens.ui.theme.ShortenedPrompt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import javafx.animation.AnimationTimer;
import javafx.animation.PauseTransition;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.TitledPane;
import javafx.scene.control.Tooltip;
import javafx.scene.control.skin.TableRowSkin;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// The slots of a store, live: one row each, known by its key wherever PHP moves it. On the FX
/// thread only.
///
/// Shows samples and tells what the user wants; reads and writes no memory itself.
public final class SlotTable extends Region {

    private static final Texts TEXTS = Texts.of(SlotTable.class);

    /// Why nothing can be changed where nobody says otherwise.
    public static final String LOCKED = TEXTS.say("button.locked");

    private static final long FADE_NANOS = 1_000_000_000;

    /// A store that is busy for shorter than this is not worth a word.
    private static final long BUSY_NANOS = 250_000_000;

    /// Copies up to this size are checked at once, larger ones on another thread and seldom.
    private static final int CHECK_AT_ONCE_BYTES = 256 << 10;

    private static final long CHECK_AGAIN_NANOS = 2_000_000_000;
    private static final long SORT_AGAIN_NANOS = 1_000_000_000;

    /// The theme's letters when nobody changed their size; column widths are meant for it.
    private static final double USUAL_FONT = 14;

    /// A narrower table leaves out the size, then the type, so that values and counts can be read.
    /// The pane of the chosen slot says both.
    private static final double ROOM_FOR_SIZE = 370;

    private static final double ROOM_FOR_TYPE = 320;

    /// Still narrower, with larger letters, it leaves out the counts and then the ages rather than
    /// cut them.
    private static final double ROOM_FOR_CHANGES = 240;

    private static final double ROOM_FOR_AGE = 186;

    /// A narrower one has no room for what the buttons above it say.
    private static final double ROOM_FOR_WORDS = 330;

    /// The value column takes what is left; an unlimited width would overflow when it is rounded.
    private static final double WIDEST = 5000;

    private static final int COPY_CHARS = 16 << 20;

    private static final KeyCombination COPY =
            new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);

    private final SlotRows rows = new SlotRows();
    private final ObservableList<SlotRow> shown = FXCollections.observableArrayList();
    private final TableView<SlotRow> table = new TableView<>(shown);
    private final Set<LiveRow> liveRows = Collections.newSetFromMap(new WeakHashMap<>());
    private final Map<TableColumn<SlotRow, ?>, Order> orders = new HashMap<>();

    private final TextField filterField = new TextField();
    private final Button put = new Button(TEXTS.say("button.put"));
    private final Button edit = new Button(TEXTS.say("button.edit"));
    private final Button remove = new Button(TEXTS.say("button.remove"));
    private final Label status = new Label();
    private final Label emptyText = new Label();
    private final Label noticeHead = Stylesheet.wrapped("", "notice-head");
    private final Label noticeText = Stylesheet.wrapped("", "notice-text");
    private final VBox notice = new VBox(noticeHead, noticeText);
    private final ObservableList<Problem> findings = FXCollections.observableArrayList();
    private final ListView<Problem> findingList = new ListView<>(findings);
    private final TitledPane findingPane = new TitledPane("", findingList);
    private final ObservableList<String> gone = FXCollections.observableArrayList();
    private final ListView<String> goneList = new ListView<>(gone);
    private final TitledPane gonePane = new TitledPane("", goneList);
    private final VBox content;

    private final BooleanProperty editable = new SimpleBooleanProperty(this, "editable", false);
    private final StringProperty lockedReason =
            new SimpleStringProperty(this, "lockedReason", LOCKED);
    private final BooleanProperty findingsElsewhere =
            new SimpleBooleanProperty(this, "findingsElsewhere", false);
    private final BooleanProperty quiet = new SimpleBooleanProperty(this, "quiet", false);
    private final ReadOnlyObjectWrapper<@Nullable SlotId> selected =
            new ReadOnlyObjectWrapper<>(this, "selected", null);

    private Consumer<Slot> onChoose = _ -> {};
    private Consumer<Slot> onEdit = _ -> {};
    private Consumer<Slot> onRemove = _ -> {};
    private Runnable onPut = () -> {};
    private LongConsumer onShowOffset = _ -> {};

    private SlotRow.Filter filter = SlotRow.Filter.of(0, "");
    private @Nullable Sample sample;
    private @Nullable StoreReading reading;
    private List<PartTrack> tracks = List.of();
    private final Map<Long, String> lastValues = new HashMap<>();
    // Nanoseconds that the caller's clock is ahead of the one the pulse uses.
    private long clockAhead;
    private long sortedAtNanos;
    private long checkedAtNanos = Long.MIN_VALUE;
    private boolean checking;
    private boolean updating;
    private boolean choosingQuietly;
    private boolean damageShown;
    private String statusText = "";
    private final Tooltip busyTip = new Tooltip(TEXTS.say("status.busy-tip"));
    private final PauseTransition hint = new PauseTransition(Duration.seconds(5));

    private final AnimationTimer fading =
            new AnimationTimer() {
                @Override
                public void handle(long now) {
                    if (!paintHeat()) {
                        running = false;
                        stop();
                    }
                }
            };
    private boolean running;
    private double columnScale = 1;
    private final List<DoubleConsumer> scaled = new ArrayList<>();

    /// How a column orders rows, and whether that can change while the rows stay.
    private record Order(Comparator<SlotRow> by, boolean restless) {}

    public SlotTable() {
        getStyleClass().add("slot-table");
        getStylesheets().add(Stylesheet.URL);
        buildColumns();
        scaled.forEach(column -> column.accept(columnScale));
        buildTable();
        buildFindings();
        buildGone();

        status.setId("slot-status");
        status.getStyleClass().add("slot-status");
        status.setMaxWidth(Double.MAX_VALUE);
        // Columns are as wide as the letters ask for, also when the user makes those larger.
        status.fontProperty()
                .addListener((_, _, font) -> scaleColumns(font.getSize() / USUAL_FONT));
        hint.setOnFinished(_ -> sayStatus());

        noticeHead.setId("slot-notice");
        notice.getStyleClass().add("slot-notice");
        notice.setVisible(false);
        StackPane middle = new StackPane(table, notice);
        VBox.setVgrow(middle, Priority.ALWAYS);

        content = new VBox(tools(), findingPane, middle, gonePane, status);
        content.getStyleClass().add("slot-content");
        getChildren().add(content);

        editable.addListener((_, _, _) -> allowButtons());
        selected.addListener((_, _, _) -> allowButtons());
        lockedReason.addListener((_, _, _) -> allowButtons());
        quiet.addListener((_, _, _) -> startFading());
        findingsElsewhere.addListener((_, _, _) -> showFindings());
        visibleProperty().addListener((_, _, _) -> startFading());
        allowButtons();
        clear();
    }

    /// Shows a newer sample. Cheap when nothing came or went.
    ///
    /// @param nowNanos the present [System#nanoTime]; ages are counted from it
    public void show(Sample newest, long nowNanos) {
        clockAhead = nowNanos - System.nanoTime();
        sample = newest;
        if (newest.structure() instanceof StoreReading store) {
            boolean same = store == reading && newest.tracks() == tracks;
            reading = store;
            tracks = newest.tracks();
            if (!same) {
                rememberValuesOfThoseThatMayGo(newest);
                arrange(rows.update(store, tracks), nowNanos);
                check(store, newest.structureCopy().length, nowNanos);
            } else {
                arrange(SlotRows.Effect.NONE, nowNanos);
            }
        } else {
            reading = null;
            tracks = List.of();
            rows.clear();
            findings.clear();
            arrange(SlotRows.Effect.OTHERS, nowNanos);
        }
        showGone(newest, nowNanos);
        tellState(newest, nowNanos);
        refreshVisible();
        startFading();
        allowButtons();
    }

    /// Shows that there is no sample yet.
    public void clear() {
        sample = null;
        reading = null;
        tracks = List.of();
        rows.clear();
        replace(List.of());
        findings.clear();
        gone.clear();
        lastValues.clear();
        showFindings();
        gonePane.setVisible(false);
        gonePane.setManaged(false);
        notice(TEXTS.say("reading.title"), TEXTS.say("reading.line"));
        statusText = "";
        sayStatus();
    }

    /// Which slot is chosen. Stays while the slot is away, so that it is chosen again when it comes
    /// back; null when none is.
    public ReadOnlyObjectProperty<@Nullable SlotId> selectedProperty() {
        return selected.getReadOnlyProperty();
    }

    /// The chosen slot as the newest sample has it.
    public Optional<Slot> selectedSlot() {
        return selectedRow().map(SlotRow::slot);
    }

    /// Chooses the first slot with this key and scrolls to it. Does not call [#setOnChoose].
    public void select(long key) {
        select(SlotId.first(key));
    }

    /// Chooses a slot and scrolls to it; null chooses none. Does not call [#setOnChoose].
    public void select(@Nullable SlotId id) {
        selected.set(id);
        SlotRow row = id == null ? null : rows.row(id);
        choosingQuietly = true;
        try {
            if (row == null || row.shownAt < 0) {
                table.getSelectionModel().clearSelection();
            } else {
                choose(row);
                reveal(row.shownAt);
            }
        } finally {
            choosingQuietly = false;
        }
    }

    /// Whether slots may be changed.
    public BooleanProperty editableProperty() {
        return editable;
    }

    /// Why they may not be changed, as one sentence.
    public StringProperty lockedReasonProperty() {
        return lockedReason;
    }

    /// Whether changes are shown without light.
    public BooleanProperty quietProperty() {
        return quiet;
    }

    /// The user chose a slot, by mouse or keyboard.
    public void setOnChoose(Consumer<Slot> action) {
        onChoose = action;
    }

    /// The user wants to edit a slot. Called only while editable.
    public void setOnEdit(Consumer<Slot> action) {
        onEdit = action;
    }

    /// The user wants to remove a slot, and has not confirmed it yet. Called only while editable.
    public void setOnRemove(Consumer<Slot> action) {
        onRemove = action;
    }

    /// The user wants to put a new slot. Called only while editable.
    public void setOnPut(Runnable action) {
        onPut = action;
    }

    /// Everything that is wrong with the store, as far as it is known by now. Not to be changed.
    public ObservableList<Problem> findings() {
        return FXCollections.unmodifiableObservableList(findings);
    }

    /// Whether the findings are told elsewhere, and not here.
    public BooleanProperty findingsElsewhereProperty() {
        return findingsElsewhere;
    }

    /// The user wants to see the bytes at an offset: of a finding.
    public void setOnShowOffset(LongConsumer action) {
        onShowOffset = action;
    }

    // ---- what the table is made of

    private void buildColumns() {
        column(
                "key",
                TEXTS.say("column.key"),
                TEXTS.say("column.key-tip"),
                84,
                56,
                row -> Long.toString(row.id().key()),
                Comparator.comparingLong(row -> row.id().key()),
                false);
        column(
                "type",
                TEXTS.say("column.type"),
                TEXTS.say("column.type-tip"),
                64,
                52,
                SlotRow::type,
                Comparator.comparing(SlotRow::type),
                true);
        column(
                "value",
                TEXTS.say("column.value"),
                TEXTS.say("column.value-tip"),
                220,
                60,
                SlotRow::value,
                null,
                false);
        column(
                "size",
                TEXTS.say("column.size"),
                TEXTS.say("column.size-tip"),
                64,
                44,
                row -> "%,d".formatted(row.slot().lengthBytes()),
                Comparator.comparingLong(row -> row.slot().lengthBytes()),
                true);
        column(
                "age",
                TEXTS.say("column.age"),
                TEXTS.say("column.age-tip"),
                60,
                58,
                row -> row.age(now()),
                Comparator.comparingLong(SlotRow::changedAtNanos).reversed(),
                true);
        column(
                "changes",
                TEXTS.say("column.changes"),
                TEXTS.say("column.changes-tip"),
                66,
                64,
                row -> Figures.count(row.changes()),
                Comparator.comparingLong(SlotRow::changes),
                true);
        table.widthProperty().subscribe(_ -> leaveOut());
    }

    /// What a narrow table has no room for.
    private void leaveOut() {
        double width = table.getWidth() / columnScale;
        for (TableColumn<SlotRow, ?> column : table.getColumns()) {
            switch (column.getId()) {
                case "slot-column-size" -> column.setVisible(width >= ROOM_FOR_SIZE);
                case "slot-column-type" -> column.setVisible(width >= ROOM_FOR_TYPE);
                case "slot-column-changes" -> column.setVisible(width >= ROOM_FOR_CHANGES);
                case "slot-column-age" -> column.setVisible(width >= ROOM_FOR_AGE);
                default -> {}
            }
        }
    }

    private void column(
            String id,
            String title,
            String meaning,
            double width,
            double least,
            Function<SlotRow, String> text,
            @Nullable Comparator<SlotRow> order,
            boolean restless) {
        TableColumn<SlotRow, SlotRow> column = new TableColumn<>();
        column.setId("slot-column-" + id);
        Label head = new Label(title);
        head.setTooltip(new Tooltip(meaning));
        head.getStyleClass().add("slot-column-title");
        column.setGraphic(head);
        scaled.add(scale -> {
            column.setMaxWidth(id.equals("value") ? WIDEST : width * scale * 3);
            column.setMinWidth(least * scale);
            column.setPrefWidth(width * scale);
        });
        boolean number = id.equals("size") || id.equals("age") || id.equals("changes");
        if (number) {
            column.getStyleClass().add("align-right");
        }
        column.setReorderable(false);
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(cell.getValue()));
        column.setCellFactory(_ -> new LiveCell(text, id));
        column.setSortable(order != null);
        if (order != null) {
            orders.put(column, new Order(order, restless));
        }
        table.getColumns().add(column);
    }

    private void scaleColumns(double scale) {
        if (scale != columnScale) {
            columnScale = scale;
            scaled.forEach(column -> column.accept(scale));
            leaveOut();
            // Only a change of policy makes the table share out its width anew.
            table.setColumnResizePolicy(TableView.UNCONSTRAINED_RESIZE_POLICY);
            table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_NEXT_COLUMN);
        }
    }

    private void buildTable() {
        table.setId("slots");
        table.setAccessibleText(TEXTS.say("table.name"));
        table.getStyleClass().addAll("dense", "slots");
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_NEXT_COLUMN);
        table.setRowFactory(_ -> new LiveRow());
        emptyText.setId("slot-empty");
        emptyText.setWrapText(true);
        emptyText.getStyleClass().add("slot-empty");
        table.setPlaceholder(emptyText);
        table.getSortOrder().add(table.getColumns().getFirst());
        table.setSortPolicy(_ -> {
            sortedAtNanos = now();
            arrangeAnew();
            return true;
        });
        table.setContextMenu(menu());
        table.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        table.getSelectionModel()
                .selectedItemProperty()
                .addListener((_, _, row) -> {
                    if (updating || choosingQuietly || row == null) {
                        return;
                    }
                    selected.set(row.id());
                    onChoose.accept(row.slot());
                });
    }

    private HBox tools() {
        filterField.setId("slot-filter");
        ShortenedPrompt.in(filterField, TEXTS.say("filter.prompt"));
        filterField.setAccessibleText(TEXTS.say("filter.name"));
        filterField.setMinWidth(40);
        filterField.setPrefColumnCount(12);
        HBox.setHgrow(filterField, Priority.ALWAYS);
        filterField
                .textProperty()
                .addListener((_, _, text) -> {
                    filter = SlotRow.Filter.of(filter.number() + 1, text);
                    arrangeAnew();
                    if (sample != null) {
                        tellState(sample, now());
                    }
                });
        filterField.setOnKeyPressed(key -> {
            if (key.getCode() == KeyCode.ESCAPE && !filterField.getText().isEmpty()) {
                filterField.clear();
                key.consume();
            } else if (key.getCode() == KeyCode.DOWN) {
                table.requestFocus();
                if (selectedRow().isEmpty() && !shown.isEmpty()) {
                    table.getSelectionModel().select(0);
                }
                key.consume();
            }
        });
        put.setId("slot-put");
        edit.setId("slot-edit");
        remove.setId("slot-remove");
        put.setOnAction(_ -> doPut());
        edit.setOnAction(_ -> doEdit());
        remove.setOnAction(_ -> doRemove());
        HBox tools = new HBox(filterField, reasoned(put), reasoned(edit), reasoned(remove));
        tools.getStyleClass().add("slot-tools");
        put.setGraphic(new FontIcon("fth-plus"));
        edit.setGraphic(new FontIcon("fth-edit-2"));
        remove.setGraphic(new FontIcon("fth-trash-2"));
        tools.widthProperty().subscribe(_ -> leaveWordsOut(tools));
        scaled.add(_ -> leaveWordsOut(tools));
        return tools;
    }

    /// In a narrow pane the buttons are icons; what surrounds them says in a tip what they do.
    private void leaveWordsOut(HBox tools) {
        boolean narrow = tools.getWidth() < ROOM_FOR_WORDS * columnScale;
        for (Button button : new Button[] {put, edit, remove}) {
            button.setContentDisplay(
                    narrow ? ContentDisplay.GRAPHIC_ONLY : ContentDisplay.TEXT_ONLY);
        }
    }

    /// A disabled button hears no mouse, so what tells why is around it.
    private static HBox reasoned(Button button) {
        button.setMinWidth(USE_PREF_SIZE);
        button.getStyleClass().add("small");
        HBox around = new HBox(button);
        around.setId(button.getId() + "-why");
        return around;
    }

    private void allowButtons() {
        boolean store = reading != null;
        String noStore = TEXTS.say("button.no-store");
        String locked = lockedReason.get();
        boolean open = editable.get();
        allow(put, !open ? locked : !store ? noStore : null, TEXTS.say("button.put-tip"));
        String chosen =
                !open
                        ? locked
                        : !store
                                ? noStore
                                : selectedRow().isEmpty() ? TEXTS.say("button.choose-first") : null;
        allow(edit, chosen, TEXTS.say("button.edit-tip"));
        allow(remove, chosen, TEXTS.say("button.remove-tip"));
    }

    private static void allow(Button button, @Nullable String why, String what) {
        button.setDisable(why != null);
        button.setAccessibleHelp(why == null ? what : why);
        if (button.getParent() instanceof HBox around) {
            String text = why == null ? what : why;
            if (around.getUserData() instanceof Tooltip tip) {
                tip.setText(text);
            } else {
                Tooltip tip = new Tooltip(text);
                around.setUserData(tip);
                Tooltip.install(around, tip);
            }
        }
    }

    private void buildFindings() {
        findingPane.setId("slot-findings");
        findingPane.setAnimated(false);
        findingPane.setMinHeight(USE_PREF_SIZE);
        findingPane.setExpanded(false);
        findingPane.setGraphic(new FontIcon("fth-alert-triangle"));
        findingPane.getStyleClass().addAll("dense", "slot-findings");
        findingList.getStyleClass().add("dense");
        findingList.setAccessibleText(TEXTS.say("findings.name"));
        findingList.setCellFactory(_ -> new FindingCell());
        findingList.setOnKeyPressed(key -> {
            Problem problem = findingList.getSelectionModel().getSelectedItem();
            if (problem == null) {
                return;
            }
            if (key.getCode() == KeyCode.ENTER) {
                onShowOffset.accept(problem.offset());
                key.consume();
            } else if (COPY.match(key)) {
                copy(tell(problem));
                key.consume();
            }
        });
        findingList.setOnMouseClicked(click -> {
            Problem problem = findingList.getSelectionModel().getSelectedItem();
            if (problem != null && click.getClickCount() == 2) {
                onShowOffset.accept(problem.offset());
            }
        });
        fitToLines(findingList, findings, 5);
    }

    /// As high as its lines, up to so many; never squeezed by the table.
    private static <T> void fitToLines(ListView<T> list, ObservableList<T> lines, int most) {
        list.prefHeightProperty()
                .bind(
                        Bindings.createDoubleBinding(
                                () ->
                                        Math.max(18, list.getFixedCellSize())
                                                        * Math.clamp(lines.size(), 1, most)
                                                + 4,
                                lines,
                                list.fixedCellSizeProperty()));
        list.setMinHeight(USE_PREF_SIZE);
        list.setMaxHeight(USE_PREF_SIZE);
    }

    private void buildGone() {
        gonePane.setId("slot-gone");
        gonePane.setAnimated(false);
        gonePane.setMinHeight(USE_PREF_SIZE);
        gonePane.setExpanded(false);
        gonePane.getStyleClass().addAll("dense", "slot-gone");
        goneList.setAccessibleText(TEXTS.say("gone.name"));
        goneList.getStyleClass().add("dense");
        fitToLines(goneList, gone, 5);
        gonePane.setTooltip(new Tooltip(TEXTS.say("gone.tip")));
        goneList.setOnKeyPressed(key -> {
            String line = goneList.getSelectionModel().getSelectedItem();
            if (COPY.match(key) && line != null) {
                copy(line);
                key.consume();
            }
        });
    }

    private ContextMenu menu() {
        MenuItem editItem = new MenuItem(TEXTS.say("button.edit"));
        editItem.setOnAction(_ -> doEdit());
        MenuItem removeItem = new MenuItem(TEXTS.say("button.remove"));
        removeItem.setOnAction(_ -> doRemove());
        MenuItem value = new MenuItem(TEXTS.say("copy.value"));
        value.setAccelerator(COPY);
        value.setOnAction(_ -> copyValue());
        MenuItem key = new MenuItem(TEXTS.say("copy.key"));
        key.setOnAction(_ -> selectedRow().ifPresent(row -> copy(Long.toString(row.id().key()))));
        MenuItem serialized = new MenuItem(TEXTS.say("copy.serialized"));
        serialized.setOnAction(_ ->
                selectedRow()
                        .map(row -> row.slot().payload())
                        .ifPresent(payload -> copy(PhpText.php(payload))));
        MenuItem json = new MenuItem(TEXTS.say("copy.json"));
        json.setOnAction(_ ->
                selectedRow()
                        .map(row -> row.slot().decoded())
                        .ifPresent(decoded -> {
                            KryoValue kryo = KryoSlot.in(decoded);
                            if (kryo != null) {
                                copy(KryoJson.toJson(kryo));
                            } else if (decoded instanceof Decoded.Value(var known, _)) {
                                copy(PhpJson.toJson(known));
                            }
                        }));
        ContextMenu menu =
                new ContextMenu(
                        editItem,
                        removeItem,
                        new SeparatorMenuItem(),
                        value,
                        key,
                        serialized,
                        json);
        menu.setOnShowing(_ -> {
            Optional<SlotRow> row = selectedRow();
            boolean none = row.isEmpty();
            editItem.setDisable(none || !editable.get());
            removeItem.setDisable(none || !editable.get());
            value.setDisable(none);
            key.setDisable(none);
            serialized.setDisable(row.map(known -> known.slot().payload() == null).orElse(true));
            json.setDisable(
                    row.map(known -> known.slot().decoded() instanceof Decoded.Unreadable)
                            .orElse(true));
        });
        return menu;
    }

    // ---- what the user does

    private void pressed(KeyEvent key) {
        if (COPY.match(key)) {
            copyValue();
            key.consume();
            return;
        }
        if (key.isShortcutDown() || key.isAltDown() || key.isShiftDown()) {
            return;
        }
        // Every other key is the table's own: arrows, pages, home and end.
        if (key.getCode() == KeyCode.ENTER) {
            doEdit();
            key.consume();
        } else if (key.getCode() == KeyCode.DELETE) {
            doRemove();
            key.consume();
        } else if (key.getCode() == KeyCode.INSERT) {
            doPut();
            key.consume();
        }
    }

    private void doPut() {
        if (mayChange()) {
            onPut.run();
        }
    }

    private void doEdit() {
        if (mayChange()) {
            selectedSlot().ifPresentOrElse(onEdit, () -> hint(TEXTS.say("button.choose-first")));
        }
    }

    private void doRemove() {
        if (mayChange()) {
            selectedSlot().ifPresentOrElse(onRemove, () -> hint(TEXTS.say("button.choose-first")));
        }
    }

    private boolean mayChange() {
        if (!editable.get()) {
            hint(lockedReason.get());
            return false;
        }
        if (reading == null) {
            hint(TEXTS.say("button.no-store"));
            return false;
        }
        return true;
    }

    private void copyValue() {
        selectedRow()
                .map(SlotRow::slot)
                .ifPresent(slot ->
                        copy(
                                switch (KryoSlot.shown(slot.decoded())) {
                                    case Decoded.Value(var value, _) ->
                                            SlotText.copied(value, COPY_CHARS);
                                    case Decoded.Unreadable _ -> {
                                        byte[] payload = slot.payload();
                                        yield payload == null
                                                ? ""
                                                : SlotText.hex(payload, payload.length);
                                    }
                                }));
    }

    private static void copy(String text) {
        ClipboardContent clip = new ClipboardContent();
        clip.putString(text);
        Clipboard.getSystemClipboard().setContent(clip);
    }

    private void hint(String sentence) {
        status.setText(sentence);
        status.getStyleClass().setAll("label", "slot-status", "slot-hint");
        hint.playFromStart();
    }

    // ---- what a sample changes

    private long now() {
        return System.nanoTime() + clockAhead;
    }

    private Optional<SlotRow> selectedRow() {
        SlotId id = selected.get();
        if (id == null) {
            return Optional.empty();
        }
        SlotRow chosen = table.getSelectionModel().getSelectedItem();
        if (chosen != null && chosen.id().equals(id) && chosen.shownAt >= 0) {
            return Optional.of(chosen);
        }
        return Optional.ofNullable(rows.row(id));
    }

    /// Puts the rows in order again where a sample may have changed it.
    private void arrange(SlotRows.Effect effect, long nowNanos) {
        Order order = order();
        boolean restless = order != null && order.restless();
        boolean due = nowNanos - sortedAtNanos >= SORT_AGAIN_NANOS;
        boolean touched =
                switch (effect) {
                    case NONE -> false;
                    case MOVED -> order == null;
                    case OTHERS -> true;
                };
        if (touched || !filter.all() || restless && due) {
            if (due) {
                sortedAtNanos = nowNanos;
            }
            arrangeAnew();
        }
    }

    private @Nullable Order order() {
        List<TableColumn<SlotRow, ?>> by = table.getSortOrder();
        return by.isEmpty() ? null : orders.get(by.getFirst());
    }

    /// Filters and sorts all rows, and tells the table only when the outcome is another one.
    private void arrangeAnew() {
        List<SlotRow> all = rows.all();
        List<SlotRow> wanted = new ArrayList<>(all.size());
        Order order = order();
        if (order != null) {
            // Those shown are in order already, or nearly; sorting is quick then.
            for (SlotRow row : shown) {
                if (rows.has(row) && wanted(row)) {
                    wanted.add(row);
                }
            }
        }
        for (SlotRow row : all) {
            if ((order == null || row.shownAt < 0) && wanted(row)) {
                wanted.add(row);
            }
        }
        if (order != null) {
            boolean descending =
                    table.getSortOrder().getFirst().getSortType()
                            == TableColumn.SortType.DESCENDING;
            Comparator<SlotRow> by = descending ? order.by().reversed() : order.by();
            wanted.sort(
                    by.thenComparingLong(row -> row.id().key())
                            .thenComparingInt(row -> row.id().occurrence()));
        }
        if (same(wanted, shown)) {
            return;
        }
        replace(wanted);
    }

    private boolean wanted(SlotRow row) {
        return filter.all() || row.matches(filter);
    }

    private static boolean same(List<SlotRow> one, List<SlotRow> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (one.get(i) != other.get(i)) {
                return false;
            }
        }
        return true;
    }

    /// Shows other rows; the one at the top of the view stays there, and so does the selection.
    private void replace(List<SlotRow> wanted) {
        VirtualFlow<?> flow = flow();
        int firstAt =
                flow == null || flow.getFirstVisibleCell() == null
                        ? -1
                        : flow.getFirstVisibleCell().getIndex();
        List<SlotRow> before = List.of();
        if (firstAt > 0 && firstAt < shown.size()) {
            // When the topmost row goes, one below it holds the place.
            before = List.copyOf(shown.subList(firstAt, Math.min(shown.size(), firstAt + 40)));
        }
        for (SlotRow row : shown) {
            row.shownAt = -1;
        }
        for (int i = 0; i < wanted.size(); i++) {
            wanted.get(i).shownAt = i;
        }
        updating = true;
        try {
            shown.setAll(wanted);
            SlotId id = selected.get();
            SlotRow chosen = id == null ? null : rows.row(id);
            if (chosen == null || chosen.shownAt < 0) {
                table.getSelectionModel().clearSelection();
            } else {
                choose(chosen);
            }
        } finally {
            updating = false;
        }
        for (int i = 0; i < before.size(); i++) {
            SlotRow held = before.get(i);
            if (held.shownAt >= 0) {
                if (held.shownAt - i != firstAt && flow != null) {
                    flow.scrollToTop(Math.max(0, held.shownAt - i));
                }
                break;
            }
        }
    }

    private void choose(SlotRow row) {
        if (table.getSelectionModel().getSelectedIndex() != row.shownAt
                || table.getSelectionModel().getSelectedItem() != row) {
            table.getSelectionModel().clearAndSelect(row.shownAt);
        }
    }

    private void reveal(int index) {
        VirtualFlow<?> flow = flow();
        if (flow == null || flow.getFirstVisibleCell() == null) {
            table.scrollTo(index);
            return;
        }
        int first = flow.getFirstVisibleCell().getIndex();
        int last = flow.getLastVisibleCell() == null ? first : flow.getLastVisibleCell().getIndex();
        if (index <= first || index >= last) {
            table.scrollTo(Math.max(0, index - (last - first) / 2));
        }
    }

    private @Nullable VirtualFlow<?> flow() {
        return table.lookup(".virtual-flow") instanceof VirtualFlow<?> flow ? flow : null;
    }

    private void refreshVisible() {
        for (LiveRow row : liveRows) {
            row.refresh();
        }
    }

    /// Paints how brightly each visible row is lit.
    ///
    /// @return whether any still is
    private boolean paintHeat() {
        long now = now();
        boolean any = false;
        for (LiveRow row : liveRows) {
            any |= row.paint(now);
        }
        return any;
    }

    private void startFading() {
        if (paintHeat() && !running) {
            running = true;
            fading.start();
        }
    }

    // ---- findings

    private void check(StoreReading store, int copyBytes, long nowNanos) {
        if (copyBytes <= CHECK_AT_ONCE_BYTES) {
            found(store);
            return;
        }
        if (checking
                || nowNanos - checkedAtNanos < CHECK_AGAIN_NANOS
                        && checkedAtNanos != Long.MIN_VALUE) {
            return;
        }
        checking = true;
        checkedAtNanos = nowNanos;
        CompletableFuture.supplyAsync(store::problems, Thread::startVirtualThread)
                .whenCompleteAsync(
                        (_, failed) -> {
                            checking = false;
                            if (failed == null && reading != null) {
                                found(store);
                                refreshVisible();
                            }
                        },
                        FxExecutor.FX);
    }

    private void found(StoreReading store) {
        rows.place(store);
        if (!findings.equals(store.problems())) {
            findings.setAll(store.problems());
        }
        showFindings();
    }

    private void showFindings() {
        boolean any = !findings.isEmpty() && !findingsElsewhere.get();
        findingPane.setVisible(any);
        findingPane.setManaged(any);
        if (any) {
            StoreReading store = reading;
            boolean sound = store != null && store.sound();
            String count = TEXTS.count("count.findings", findings.size());
            setTextOf(
                    findingPane,
                    sound
                            ? TEXTS.say("findings.values", count)
                            : TEXTS.say("findings.damaged", count));
            // Damage opens the list by itself, once; values that cannot be read are no alarm.
            if (damageShown == sound) {
                damageShown = !sound;
                findingPane.setExpanded(!sound);
            }
        }
    }

    private static String tell(Problem problem) {
        return TEXTS.say("findings.line", problem.code(), problem.offset(), problem.shown());
    }

    // ---- those that went

    /// What a slot held is in the sample before the one that misses it.
    private void rememberValuesOfThoseThatMayGo(Sample newest) {
        Set<Long> stillListed =
                newest.removed().stream().map(PartTrack::key).collect(Collectors.toSet());
        lastValues.keySet().retainAll(stillListed);
        for (PartTrack track : newest.removed()) {
            if (!lastValues.containsKey(track.key())) {
                SlotRow row = rows.row(SlotId.first(track.key()));
                if (row != null) {
                    lastValues.put(
                            track.key(),
                            row.type()
                                    + (row.value().isEmpty() ? "" : " " + shortened(row.value())));
                }
            }
        }
    }

    private static String shortened(String value) {
        return value.length() <= 60 ? value : value.substring(0, 60) + "…";
    }

    private void showGone(Sample newest, long nowNanos) {
        List<PartTrack> removed = newest.removed();
        boolean any = !removed.isEmpty();
        gonePane.setVisible(any);
        gonePane.setManaged(any);
        if (!any) {
            gone.clear();
            return;
        }
        String first =
                removed.stream()
                        .limit(4)
                        .map(track -> Long.toString(track.key()))
                        .collect(Collectors.joining(", "));
        setTextOf(gonePane, TEXTS.say("gone.title", first, removed.size() > 4 ? ", …" : ""));
        if (gonePane.isExpanded()) {
            List<String> lines = new ArrayList<>(removed.size());
            for (PartTrack track : removed) {
                String value = lastValues.get(track.key());
                lines.add(
                        TEXTS.say(
                                "gone.line",
                                track.key(),
                                value == null ? "" : " · " + value,
                                SlotText.ago(nowNanos - track.changedAtNanos()),
                                track.changes()));
            }
            if (!gone.equals(lines)) {
                gone.setAll(lines);
            }
        }
    }

    private static void setTextOf(TitledPane pane, String text) {
        if (!text.equals(pane.getText())) {
            pane.setText(text);
        }
    }

    // ---- states

    private void tellState(Sample newest, long nowNanos) {
        StoreReading store = reading;
        if (store == null) {
            switch (newest.state()) {
                case BUSY -> notice(TEXTS.say("busy.title"), TEXTS.say("busy.line"));
                case PLAIN, WHOLE, DAMAGED ->
                        notice(TEXTS.say("no-slots.title"), whyNoSlots(newest));
            }
            statusText = "";
            showFindings();
            sayStatus();
            return;
        }
        notice.setVisible(false);
        table.setVisible(true);
        StoreHeader header = store.header();
        if (shown.isEmpty()) {
            boolean filtered = !filter.all() && !rows.all().isEmpty();
            emptyText.setText(
                    filtered
                            ? TEXTS.say("empty.filtered")
                            : !store.sound()
                                    ? TEXTS.say("empty.damaged")
                                    : header == null
                                            ? TEXTS.say("empty.store")
                                            : TEXTS.say("empty.store-free", header.free()));
        }
        int count = rows.all().size();
        long age = nowNanos - newest.structureAtNanos();
        boolean busy = newest.state() == Sample.State.BUSY && age >= BUSY_NANOS;
        StringBuilder text = new StringBuilder();
        if (busy) {
            text.append(TEXTS.say("status.busy", SlotText.ago(age))).append(" · ");
        } else if (newest.state() == Sample.State.DAMAGED) {
            text.append(TEXTS.say("status.damaged")).append(" · ");
        }
        String slots = TEXTS.count("count.slots", count);
        if (!filter.all()) {
            slots = TEXTS.say("status.filtered", shown.size(), slots);
        }
        text.append(
                store.words().writable()
                        ? slots
                        : TEXTS.say("status.made-by", slots, store.words().maker()));
        if (header != null) {
            text.append(" · ")
                    .append(
                            store.sound()
                                    ? TEXTS.say("status.free", header.free(), header.total())
                                    : TEXTS.say(
                                            "status.claims-free", header.free(), header.total()));
        }
        table.pseudoClassStateChanged(Pseudo.BUSY, busy);
        status.pseudoClassStateChanged(Pseudo.BUSY, busy);
        status.setTooltip(busy ? busyTip : null);
        statusText = text.toString();
        sayStatus();
    }

    private static String whyNoSlots(Sample newest) {
        if (newest.sizeBytes() < 40) {
            return TEXTS.say("no-slots.too-small", newest.sizeBytes());
        }
        StringBuilder why = new StringBuilder(TEXTS.say("no-slots.no-store"));
        Window window = newest.window();
        if (window.offset() == 0 && window.length() >= 8 && window.has(0, Window.KNOWN)) {
            byte[] head = new byte[8];
            System.arraycopy(window.bytes(), 0, head, 0, head.length);
            why.append(" ").append(TEXTS.say("no-slots.begins", SlotText.hex(head, head.length)));
        }
        return why.append(" ").append(TEXTS.say("no-slots.bytes")).toString();
    }

    private void notice(String head, String text) {
        noticeHead.setText(head);
        noticeText.setText(text);
        notice.setVisible(true);
        table.setVisible(false);
    }

    private void sayStatus() {
        if (hint.getStatus() == javafx.animation.Animation.Status.RUNNING) {
            return;
        }
        if (!statusText.equals(status.getText())) {
            status.setText(statusText);
        }
        if (status.getStyleClass().contains("slot-hint")) {
            status.getStyleClass().setAll("label", "slot-status");
        }
    }

    // ---- cells

    /// A row that lights up from behind its cells, so that selection and text stay as they are.
    private final class LiveRow extends TableRow<SlotRow> {
        private final Region glow = new Region();
        private final Tooltip tip = new Tooltip();

        LiveRow() {
            glow.getStyleClass().add("slot-glow");
            glow.setManaged(false);
            glow.setMouseTransparent(true);
            glow.setOpacity(0);
            tip.setWrapText(true);
            tip.setMaxWidth(420);
            liveRows.add(this);
            setOnMouseClicked(click -> {
                if (click.getButton() == MouseButton.PRIMARY
                        && click.getClickCount() == 2
                        && !isEmpty()) {
                    doEdit();
                }
            });
        }

        @Override
        protected javafx.scene.control.Skin<?> createDefaultSkin() {
            return new TableRowSkin<>(this) {
                @Override
                protected void layoutChildren(double x, double y, double w, double h) {
                    super.layoutChildren(x, y, w, h);
                    if (!getChildren().contains(glow)) {
                        getChildren().addFirst(glow);
                    }
                    glow.resizeRelocate(0, 0, LiveRow.this.getWidth(), LiveRow.this.getHeight());
                }
            };
        }

        @Override
        protected void updateItem(@Nullable SlotRow row, boolean empty) {
            super.updateItem(row, empty);
            refreshTip();
            if (paint(now()) && !running) {
                running = true;
                fading.start();
            }
        }

        void refresh() {
            refreshTip();
            for (Node child : getChildrenUnmodifiable()) {
                if (child instanceof LiveCell cell) {
                    cell.refresh();
                }
            }
        }

        private void refreshTip() {
            SlotRow row = isEmpty() ? null : getItem();
            String text = row == null ? "" : trouble(row);
            if (text.isEmpty()) {
                if (getTooltip() != null) {
                    setTooltip(null);
                }
                return;
            }
            if (!text.equals(tip.getText())) {
                tip.setText(text);
            }
            if (getTooltip() == null) {
                setTooltip(tip);
            }
        }

        boolean paint(long nowNanos) {
            SlotRow row = isEmpty() ? null : getItem();
            double heat = row == null || quiet.get() ? 0 : row.heat(nowNanos, FADE_NANOS);
            if (glow.getOpacity() != heat) {
                glow.setOpacity(heat);
            }
            return heat > 0;
        }
    }

    /// What is wrong with a row, one sentence a line; nothing when all is well.
    private static String trouble(SlotRow row) {
        String found =
                row.problems().stream()
                        .map(problem -> LockChoice.sentence(problem.shown()))
                        .collect(Collectors.joining("\n"));
        if (found.isEmpty() && row.decoded() instanceof Decoded.Unreadable(String why, _)) {
            return TEXTS.say("findings.unreadable", why);
        }
        return found;
    }

    private final class LiveCell extends TableCell<SlotRow, SlotRow> {
        private final Function<SlotRow, String> text;
        private final boolean isKey;
        private final boolean isType;

        LiveCell(Function<SlotRow, String> text, String id) {
            this.text = text;
            this.isKey = id.equals("key");
            this.isType = id.equals("type");
            getStyleClass().add("slot-cell-" + id);
        }

        @Override
        protected void updateItem(@Nullable SlotRow row, boolean empty) {
            super.updateItem(row, empty);
            refresh();
        }

        void refresh() {
            SlotRow row = isEmpty() ? null : getItem();
            String newest = row == null ? null : text.apply(row);
            if (!java.util.Objects.equals(newest, getText())) {
                setText(newest);
            }
            if (isKey) {
                boolean trouble = row != null && !trouble(row).isEmpty();
                if (trouble && getGraphic() == null) {
                    FontIcon badge = new FontIcon("fth-alert-triangle");
                    badge.getStyleClass().add("slot-badge");
                    badge.setAccessibleText(TEXTS.say("findings.badge"));
                    setGraphic(badge);
                } else if (!trouble && getGraphic() != null) {
                    setGraphic(null);
                }
            }
            if (isType) {
                pseudoClassStateChanged(
                        Pseudo.UNREADABLE, row != null && row.type().equals(SlotText.RAW));
            }
        }
    }

    private static final class FindingCell extends ListCell<Problem> {
        FindingCell() {
            // No wider than the list: a long message is cut, and whole in the tooltip.
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(@Nullable Problem problem, boolean empty) {
            super.updateItem(problem, empty);
            if (empty || problem == null) {
                setText(null);
                setTooltip(null);
            } else {
                setText(tell(problem));
                setTooltip(new Tooltip(TEXTS.say("findings.tip", problem.shown())));
            }
        }
    }

    @Override
    protected void layoutChildren() {
        content.resizeRelocate(0, 0, getWidth(), getHeight());
    }

    @Override
    protected double computePrefWidth(double height) {
        return 480;
    }

    @Override
    protected double computePrefHeight(double width) {
        return 360;
    }

    @Override
    protected double computeMinWidth(double height) {
        return 200;
    }

    @Override
    protected double computeMinHeight(double width) {
        return 140;
    }
}
