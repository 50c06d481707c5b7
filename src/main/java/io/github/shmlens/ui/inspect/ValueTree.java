package io.github.shmlens.ui.inspect;

import io.github.shmlens.kryo.KryoSlot;
import io.github.shmlens.kryo.KryoValue;
import io.github.shmlens.php.Decoded;
import io.github.shmlens.php.MemberEdit;
import io.github.shmlens.php.PhpJson;
import io.github.shmlens.php.PhpText;
import io.github.shmlens.php.PhpValue;
import io.github.shmlens.php.Slot;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.ui.fx.FxExecutor;
import io.github.shmlens.ui.slots.SlotEdit;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Looks;
import io.github.shmlens.ui.theme.Scrolling;
import io.github.shmlens.ui.typing.InPlace;
import io.github.shmlens.ui.typing.TypedValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
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
import org.jspecify.annotations.Nullable;

/// The value of the chosen slot: as a tree, as serialized text and as bytes. What is open stays
/// open while the value changes. On the FX thread only; large values are read on another.
public final class ValueTree extends Region {

    private static final Texts TEXTS = Texts.of(ValueTree.class);

    /// Payloads up to this size are read at once.
    private static final int READ_AT_ONCE_BYTES = 128 << 10;

    /// How much of a payload the second and third tab show.
    private static final int SHOWN_BYTES = 64 << 10;

    private static final int TEXT_BYTES = 16 << 10;
    private static final int BYTES_PER_LINE = 16;
    private static final int REMEMBERED_SLOTS = 64;
    private static final int INDENT_LEVELS = 30;
    private static final double INDENT_EM = 1.1;
    private static final int OPEN_ALL_LINES = 5_000;
    private static final int COPY_CHARS = 16 << 20;

    private static final KeyCombination COPY =
            new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);

    private final Label head = new Label();
    private final Label trouble = new Label();
    private final ObservableList<Place> lines = FXCollections.observableArrayList();
    private final TableView<Place> tree = new TableView<>(lines);
    private final Label nothing = new Label();
    private final TextArea serialized = Scrolling.direct(new TextArea());
    private final Label serializedNote = new Label();
    private final SlotPlace tab;
    private final InPlace<Member, SlotEdit> typing;
    private final Label error = new Label();
    private final ListView<String> bytes = new ListView<>();
    private final Label bytesNote = new Label();
    private final Tab valueTab = new Tab(TEXTS.say("tab.value"));
    private final Tab serializedTab = new Tab(TEXTS.say("tab.serialized"));
    private final Tab bytesTab = new Tab(TEXTS.say("tab.bytes"));
    private final TabPane tabs = new TabPane(valueTab, serializedTab, bytesTab);
    private final VBox content;

    /// What was open in the slots looked at lately, by key.
    private final Map<Long, Place> tops =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, Place> eldest) {
                    return size() > REMEMBERED_SLOTS;
                }
            };

    private @Nullable Slot slot;
    private byte @Nullable [] payload;
    private String type = "";
    private boolean kryo;

    /// Another slot, or none, was to be shown while a member was typed.
    private boolean left;

    private @Nullable Slot next;
    private @Nullable Slot waiting;
    private boolean reading;
    private @Nullable Outline outline;
    private int turn;
    // What was being read when the view was cleared is not shown any more.
    private int asked;
    private boolean serializedStale;
    private boolean bytesStale;

    public ValueTree(SlotPlace tab) {
        this.tab = tab;
        typing = new InPlace<>("value-editor", tab, new ForTyping(), "value-editor");
        getStyleClass().add("value-tree");
        getStylesheets()
                .add(
                        Objects.requireNonNull(ValueTree.class.getResource("inspect.css"))
                                .toExternalForm());
        head.setId("value-head");
        head.getStyleClass().add("value-head");
        trouble.setId("value-trouble");
        trouble.setWrapText(true);
        trouble.getStyleClass().add("value-trouble");

        buildTree();
        valueTab.setContent(tree);
        serializedTab.setContent(serializedPane());
        bytesTab.setContent(bytesPane());
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        tabs.getStyleClass().add("dense");
        tabs.getSelectionModel().selectedItemProperty().addListener((_, _, _) -> fillShownTab());
        VBox.setVgrow(tabs, Priority.ALWAYS);
        error.setId("value-error");
        error.setWrapText(true);
        error.setMinHeight(USE_PREF_SIZE);
        tell("", Looks.FIELD_ERROR);
        content = new VBox(head, trouble, error, tabs);
        content.getStyleClass().add("value-content");
        getChildren().add(content);
        clear();
    }

    // ---- editing

    /// The member that is typed and not written.
    public Optional<TypedValue<SlotEdit>> typed() {
        return typing.typed();
    }

    /// A member that is being typed.
    ///
    /// @param shown the member as its line said it when typing began
    private record Member(Place place, String shown) {}

    /// What Enter and a double click do: opens what can be opened, and lets a single value be typed
    /// anew, here or with the whole.
    private void act(Place place) {
        if (place.isMore() || place.expandable()) {
            toggle(place);
        } else {
            beginTyping(place);
        }
    }

    private void beginTyping(Place place) {
        Slot now = slot;
        Outline known = outline;
        byte[] seen = payload;
        if (now == null || known == null || seen == null || typing.refuses()) {
            return;
        }
        MemberEdit member;
        try {
            if (kryo) {
                throw new BadInput(TEXTS.say("edit.kryo"));
            }
            member = MemberEdit.of(seen, keys(place));
        } catch (BadInput why) {
            tab.editWhole(
                    now,
                    place.parent == null
                            ? why.sentence()
                            : TEXTS.say("edit.whole", Outline.path(place), why.sentence()));
            return;
        }
        typing.begin(
                new Member(place, known.text(place)),
                Outline.path(place),
                member.text(),
                text -> {
                    SlotEdit edit = new SlotEdit(now.key(), seen, member.payload(text));
                    return edit.changes() ? edit : null;
                });
    }

    private static List<PhpValue.Key> keys(Place place) {
        List<PhpValue.Key> keys = new ArrayList<>();
        for (Place at = place; at != null; at = at.parent) {
            PhpValue.Key key = at.key;
            if (key != null) {
                keys.addFirst(key);
            }
        }
        return keys;
    }

    private final class ForTyping implements InPlace.View<Member, SlotEdit> {
        @Override
        public boolean place(Member member, TextField field) {
            select(member.place());
            tree.layout();
            refreshVisible();
            // Where its cell is off the screen there is nowhere to type.
            return field.getParent() != null;
        }

        @Override
        public void remove(Member member) {
            refreshVisible();
            if (left) {
                left = false;
                Slot to = next;
                next = null;
                show(to);
            }
        }

        @Override
        public void focusValues() {
            tree.requestFocus();
        }

        @Override
        public void reveal(Member member) {
            for (Place at = member.place().parent; at != null; at = at.parent) {
                at.open = true;
            }
            refreshLines();
            select(member.place());
            tree.layout();
        }

        @Override
        public @Nullable String moved(Member member) {
            Outline known = outline;
            if (known == null || !lines.contains(member.place())) {
                return null;
            }
            String now = known.text(member.place());
            return now.equals(member.shown()) ? null : now;
        }

        @Override
        public void commit(Member member, SlotEdit edit) {
            tab.store(edit);
        }

        @Override
        public void tell(String sentence, String look) {
            ValueTree.this.tell(sentence, look);
        }
    }

    /// Whether a member is typed that the view must not leave: it goes on when that is written or
    /// dropped.
    private boolean holds(@Nullable Slot newest) {
        Slot now = slot;
        if (now == null || typed().isEmpty()) {
            return false;
        }
        left = newest == null || newest.key() != now.key();
        next = left ? newest : null;
        if (left) {
            tell(TEXTS.say("edit.held", now.key()), Looks.FACT_NAME);
        }
        return left;
    }

    /// What is typed is dropped where its place is gone; else whoever types is told that the member
    /// moved on.
    private void tellMoved() {
        Member member = typing.where();
        if (member != null && !isThere(member.place())) {
            typed().ifPresent(value -> tab.notice(TEXTS.say("edit.gone", value.words())));
            typing.end();
        }
        typing.tellMoved();
    }

    /// In what is closed nobody looked.
    private boolean isThere(Place place) {
        for (Place at = place; at != null; at = at.parent) {
            if (lines.contains(at)) {
                return at == place || !at.open;
            }
        }
        return false;
    }

    private void tell(String sentence, String look) {
        error.getStyleClass().setAll("label", "value-typed", look);
        error.setText(sentence);
        error.setVisible(!sentence.isEmpty());
        error.setManaged(!sentence.isEmpty());
    }

    // ---- what to show

    /// Shows a slot's value, or that no slot is chosen. Cheap when it is the same slot with the
    /// same bytes. While a member is typed it stays with its slot.
    public void show(@Nullable Slot newest) {
        if (holds(newest)) {
            return;
        }
        if (newest == null) {
            clear();
            return;
        }
        if (reading) {
            waiting = newest;
            return;
        }
        byte[] now = newest.payload();
        Slot before = slot;
        boolean same = before != null && before.key() == newest.key();
        if (same && Arrays.equals(payload, now)) {
            slot = newest;
            tellHead(newest, false);
            return;
        }
        if (now == null || now.length <= READ_AT_ONCE_BYTES) {
            take(newest, now, Read.of(newest));
            return;
        }
        reading = true;
        int question = asked;
        if (!same) {
            head.setText(TEXTS.say("head.reading", newest.key(), now.length));
        }
        CompletableFuture.supplyAsync(() -> Read.of(newest), Thread::startVirtualThread)
                .whenCompleteAsync(
                        (read, failed) -> {
                            reading = false;
                            Slot next = waiting;
                            waiting = null;
                            if (failed == null
                                    && read != null
                                    && question == asked
                                    && !holds(newest)) {
                                take(newest, now, read);
                            }
                            if (next != null) {
                                show(next);
                            }
                        },
                        FxExecutor.FX);
    }

    /// The slot shown is no longer there; its last value stays.
    public void gone() {
        Slot last = slot;
        if (last != null) {
            tellHead(last, true);
        }
    }

    /// The slot that is shown only because something is typed into it, and no longer chosen.
    public OptionalLong held() {
        Slot now = slot;
        return left && now != null && typed().isPresent()
                ? OptionalLong.of(now.key())
                : OptionalLong.empty();
    }

    /// Says of the slot that is held whether there still is one with its key.
    public void heldIsThere(boolean there) {
        Slot now = slot;
        if (held().isPresent() && now != null) {
            tellHead(now, !there);
        }
    }

    /// Shows that no slot is chosen.
    public void clear() {
        if (holds(null)) {
            return;
        }
        typing.end();
        if (slot == null && !reading && !head.getText().isEmpty()) {
            return;
        }
        asked++;
        slot = null;
        payload = null;
        waiting = null;
        outline = null;
        lines.clear();
        head.setText(TEXTS.say("head.nothing"));
        nothing.setText(TEXTS.say("head.choose"));
        say("");
        serializedStale = true;
        bytesStale = true;
        fillShownTab();
    }

    /// Opens everything there is, up to some thousand lines.
    public void openAll() {
        Outline known = outline;
        if (known != null && !lines.isEmpty()) {
            known.openAll(lines.getFirst(), OPEN_ALL_LINES);
            refreshLines();
        }
    }

    /// A slot's value and what kind it is.
    private record Read(Decoded shown, String type, boolean kryo) {

        static Read of(Slot slot) {
            Decoded decoded = slot.decoded();
            KryoValue kryo = KryoSlot.in(decoded);
            if (kryo != null) {
                Decoded shown = new Decoded.Value(KryoSlot.asPhp(kryo), false);
                return new Read(shown, KryoSlot.typeName(kryo), true);
            }
            return switch (decoded) {
                case Decoded.Value(PhpValue value, _) -> new Read(decoded, value.typeName(), false);
                case Decoded.Unreadable _ -> new Read(decoded, "raw", false);
            };
        }
    }

    private void take(Slot newest, byte @Nullable [] now, Read read) {
        boolean another = slot == null || slot.key() != newest.key();
        slot = newest;
        payload = now;
        type = read.type();
        kryo = read.kryo();
        switch (read.shown()) {
            case Decoded.Value(PhpValue value, boolean trailing) -> {
                outline = new Outline(value, top(newest.key()));
                say(
                        trailing
                                ? TEXTS.say("note.more-bytes")
                                : read.kryo() ? TEXTS.say("note.kryo") : "");
            }
            case Decoded.Unreadable(String why, int at) -> {
                outline = null;
                nothing.setText(TEXTS.say("note.no-value"));
                say(
                        now == null
                                ? TEXTS.say("note.unreadable", why)
                                : TEXTS.say("note.unreadable-at", why, at));
            }
        }
        if (another) {
            typing.end();
            tree.getSelectionModel().clearSelection();
            lines.clear();
        }
        refreshLines();
        tellMoved();
        tellHead(newest, false);
        serializedStale = true;
        bytesStale = true;
        fillShownTab();
    }

    private Place top(long key) {
        return tops.computeIfAbsent(
                key,
                _ -> {
                    Place top = new Place(null, null);
                    top.open = true;
                    return top;
                });
    }

    private void tellHead(Slot shown, boolean isGone) {
        String text =
                TEXTS.say(
                        "head.line",
                        shown.key(),
                        type,
                        size(shown.lengthBytes()),
                        isGone ? TEXTS.say("head.gone") : "");
        if (!text.equals(head.getText())) {
            head.setText(text);
        }
        tree.pseudoClassStateChanged(GONE, isGone);
    }

    private static String size(long count) {
        return TEXTS.count("count.bytes", count);
    }

    private static final javafx.css.PseudoClass GONE =
            javafx.css.PseudoClass.getPseudoClass("gone");
    private static final javafx.css.PseudoClass OPEN =
            javafx.css.PseudoClass.getPseudoClass("open");

    private void say(String text) {
        trouble.setText(text);
        trouble.setVisible(!text.isEmpty());
        trouble.setManaged(!text.isEmpty());
    }

    // ---- the tree

    private void buildTree() {
        tree.setId("value-lines");
        tree.setAccessibleText(TEXTS.say("tree.accessible"));
        tree.getStyleClass().addAll("dense", "value-lines");
        tree.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        nothing.setWrapText(true);
        nothing.getStyleClass().add("value-nothing");
        tree.setPlaceholder(nothing);
        TableColumn<Place, Place> name = column(TEXTS.say("column.name"), 190);
        name.setCellFactory(_ -> new NameCell());
        TableColumn<Place, Place> type = column(TEXTS.say("column.type"), 96);
        type.setCellFactory(_ -> new TextCell((known, place) -> known.type(place), "value-type"));
        TableColumn<Place, Place> value = column(TEXTS.say("tab.value"), 300);
        value.setCellFactory(_ -> new ValueCell());
        tree.getColumns().add(name);
        tree.getColumns().add(type);
        tree.getColumns().add(value);
        tree.setRowFactory(_ -> {
            TableRow<Place> row = new TableRow<>();
            row.setOnMouseClicked(click -> {
                Place place = row.getItem();
                if (place != null
                        && click.getButton() == MouseButton.PRIMARY
                        && click.getClickCount() == 2) {
                    act(place);
                }
            });
            return row;
        });
        tree.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        tree.setContextMenu(menu());
    }

    private static TableColumn<Place, Place> column(String title, double width) {
        TableColumn<Place, Place> column = new TableColumn<>(title);
        column.setPrefWidth(width);
        column.setMinWidth(50);
        column.setSortable(false);
        column.setReorderable(false);
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(cell.getValue()));
        return column;
    }

    private ContextMenu menu() {
        MenuItem value = new MenuItem(TEXTS.say("menu.copy-value"));
        value.setAccelerator(COPY);
        value.setOnAction(_ -> copyValue());
        MenuItem json = new MenuItem(TEXTS.say("menu.copy-json"));
        json.setOnAction(_ -> {
            Place place = chosen();
            PhpValue target = place == null ? null : place.target;
            if (target != null) {
                copy(PhpJson.toJson(target));
            }
        });
        MenuItem path = new MenuItem(TEXTS.say("menu.copy-path"));
        path.setOnAction(_ -> {
            Place place = chosen();
            if (place != null) {
                copy(Outline.path(place));
            }
        });
        MenuItem all = new MenuItem(TEXTS.say("menu.open-all"));
        all.setOnAction(_ -> openBelow());
        MenuItem edit = new MenuItem(TEXTS.say("menu.edit"));
        edit.setOnAction(_ -> {
            Place place = chosen();
            if (place != null) {
                beginTyping(place);
            }
        });
        ContextMenu menu = new ContextMenu(edit, value, json, path, all);
        menu.setOnShowing(_ -> {
            Place place = chosen();
            boolean none = place == null || place.isMore();
            edit.setDisable(none);
            value.setDisable(none);
            json.setDisable(none || place == null || place.target == null);
            path.setDisable(none);
            all.setDisable(none || place == null || !place.expandable());
        });
        return menu;
    }

    private @Nullable Place chosen() {
        return tree.getSelectionModel().getSelectedItem();
    }

    private void pressed(KeyEvent key) {
        Place place = chosen();
        if (place == null || key.getTarget() == typing.field()) {
            return;
        }
        if (COPY.match(key)) {
            copyValue();
            key.consume();
            return;
        }
        if (key.isShortcutDown() || key.isAltDown()) {
            return;
        }
        boolean star =
                key.getCode() == KeyCode.MULTIPLY
                        || key.getCode() == KeyCode.ASTERISK
                        || key.getCode() == KeyCode.DIGIT8 && key.isShiftDown();
        if (star) {
            openBelow();
            key.consume();
        } else if (key.getCode() == KeyCode.RIGHT) {
            if (place.expandable() && !place.open) {
                toggle(place);
            } else if (place.open && place.expandable()) {
                tree.getSelectionModel().selectNext();
            }
            key.consume();
        } else if (key.getCode() == KeyCode.LEFT) {
            Place parent = place.parent;
            if (place.open && place.expandable()) {
                toggle(place);
            } else if (parent != null) {
                select(parent);
            }
            key.consume();
        } else if (key.getCode() == KeyCode.ENTER) {
            act(place);
            key.consume();
        } else if (key.getCode() == KeyCode.F2 && !place.isMore()) {
            beginTyping(place);
            key.consume();
        } else if (key.getCode() == KeyCode.SPACE) {
            toggle(place);
            key.consume();
        }
    }

    private void openBelow() {
        Place place = chosen();
        Outline known = outline;
        if (place != null && known != null) {
            known.openAll(place, OPEN_ALL_LINES);
            refreshLines();
        }
    }

    private void toggle(Place place) {
        Place parent = place.parent;
        if (place.isMore() && parent != null) {
            parent.most += Place.STEP;
        } else if (place.expandable()) {
            place.open = !place.open;
        } else {
            return;
        }
        refreshLines();
    }

    private void select(Place place) {
        int at = lines.indexOf(place);
        if (at >= 0) {
            tree.getSelectionModel().clearAndSelect(at);
            tree.scrollTo(Math.max(0, at - 3));
        }
    }

    private void copyValue() {
        Place place = chosen();
        if (place == null || place.isMore()) {
            return;
        }
        PhpValue target = place.target;
        String text = target instanceof PhpValue.Str string ? string.utf8() : null;
        if (text == null && target instanceof PhpValue.Str string) {
            text = Outline.hex(string.bytes(), string.bytes().length);
        }
        copy(
                text != null
                        ? text
                        : PhpText.oneLine(target == null ? place.value : target, COPY_CHARS));
    }

    private static void copy(String text) {
        ClipboardContent clip = new ClipboardContent();
        clip.putString(text);
        Clipboard.getSystemClipboard().setContent(clip);
    }

    /// Works out the lines anew; rows that stay keep their cells, their place on screen and the
    /// selection.
    private void refreshLines() {
        Outline known = outline;
        List<Place> newest = known == null ? List.of() : known.lines(++turn);
        if (!sameLines(newest)) {
            Place chosen = chosen();
            lines.setAll(newest);
            int at = chosen == null ? -1 : newest.indexOf(chosen);
            if (at >= 0) {
                tree.getSelectionModel().clearAndSelect(at);
            } else {
                tree.getSelectionModel().clearSelection();
            }
        }
        refreshVisible();
    }

    private boolean sameLines(List<Place> newest) {
        if (newest.size() != lines.size()) {
            return false;
        }
        for (int i = 0; i < newest.size(); i++) {
            if (newest.get(i) != lines.get(i)) {
                return false;
            }
        }
        return true;
    }

    private void refreshVisible() {
        if (!(tree.lookup(".virtual-flow") instanceof VirtualFlow<?> flow)
                || flow.getFirstVisibleCell() == null
                || flow.getLastVisibleCell() == null) {
            return;
        }
        int last = flow.getLastVisibleCell().getIndex();
        for (int i = flow.getFirstVisibleCell().getIndex(); i <= last; i++) {
            for (Node cell : flow.getCell(i).getChildrenUnmodifiable()) {
                if (cell instanceof Refreshing refreshing) {
                    refreshing.refresh();
                }
            }
        }
    }

    private interface Refreshing {
        void refresh();
    }

    private interface Says {
        String of(Outline outline, Place place);
    }

    private final class ValueCell extends TextCell {
        ValueCell() {
            super((known, place) -> known.text(place), "value-text");
        }

        @Override
        public void refresh() {
            super.refresh();
            Member now = typing.where();
            Node shown =
                    now != null && !isEmpty() && getItem() == now.place() ? typing.field() : null;
            if (getGraphic() != shown) {
                setGraphic(shown);
                setContentDisplay(
                        shown == null ? ContentDisplay.TEXT_ONLY : ContentDisplay.GRAPHIC_ONLY);
            }
        }
    }

    private class TextCell extends TableCell<Place, Place> implements Refreshing {
        private final Says says;

        TextCell(Says says, String styleClass) {
            this.says = says;
            getStyleClass().add(styleClass);
        }

        @Override
        protected void updateItem(@Nullable Place place, boolean empty) {
            super.updateItem(place, empty);
            refresh();
        }

        @Override
        public void refresh() {
            Place place = isEmpty() ? null : getItem();
            Outline known = outline;
            String text = place == null || known == null ? null : says.of(known, place);
            if (!Objects.equals(text, getText())) {
                setText(text);
            }
        }
    }

    private final class NameCell extends TableCell<Place, Place> implements Refreshing {
        private final Region arrow = new Region();
        private final StackPane arrowBox = new StackPane(arrow);
        private final Label visibility = new Label();
        private final HBox before = new HBox(arrowBox, visibility);

        NameCell() {
            getStyleClass().add("value-name");
            arrow.getStyleClass().add("value-arrow");
            arrowBox.getStyleClass().add("value-arrow-box");
            visibility.getStyleClass().add("value-visibility");
            before.getStyleClass().add("value-before");
            arrowBox.setOnMousePressed(press -> {
                Place place = getItem();
                if (place != null && press.getButton() == MouseButton.PRIMARY) {
                    toggle(place);
                }
            });
        }

        @Override
        protected void updateItem(@Nullable Place place, boolean empty) {
            super.updateItem(place, empty);
            refresh();
        }

        @Override
        public void refresh() {
            Place place = isEmpty() ? null : getItem();
            Outline known = outline;
            if (place == null || known == null) {
                setText(null);
                setGraphic(null);
                return;
            }
            int deeper = place.depth - INDENT_LEVELS;
            String name = known.name(place);
            setText(deeper > 0 ? "‹%d› %s".formatted(place.depth, name) : name);
            double em = getFont().getSize();
            before.setPadding(
                    new javafx.geometry.Insets(
                            0, 0, 0, Math.min(place.depth, INDENT_LEVELS) * INDENT_EM * em));
            arrow.setVisible(place.expandable() && !place.isMore());
            arrow.pseudoClassStateChanged(OPEN, place.open);
            String seen = Outline.visibility(place);
            visibility.setText(seen);
            visibility.setVisible(!seen.isEmpty());
            visibility.setManaged(!seen.isEmpty());
            setGraphic(before);
        }
    }

    // ---- text and bytes

    private Node serializedPane() {
        serialized.setId("value-serialized");
        serialized.setEditable(false);
        serialized.setWrapText(true);
        serialized.setAccessibleText(TEXTS.say("serialized.accessible"));
        serialized.getStyleClass().add("value-serialized");
        serializedNote.getStyleClass().add("value-note");
        serializedNote.setWrapText(true);
        VBox.setVgrow(serialized, Priority.ALWAYS);
        return new VBox(serialized, serializedNote);
    }

    private Node bytesPane() {
        bytes.setId("value-bytes");
        bytes.setAccessibleText(TEXTS.say("bytes.accessible"));
        bytes.getStyleClass().addAll("dense", "value-bytes");
        bytes.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        bytes.addEventFilter(
                KeyEvent.KEY_PRESSED,
                key -> {
                    if (COPY.match(key)) {
                        copy(String.join("\n", bytes.getSelectionModel().getSelectedItems()));
                        key.consume();
                    }
                });
        bytesNote.getStyleClass().add("value-note");
        bytesNote.setWrapText(true);
        VBox.setVgrow(bytes, Priority.ALWAYS);
        return new VBox(bytes, bytesNote);
    }

    /// Only the tab one looks at is worth the work.
    private void fillShownTab() {
        Tab shown = tabs.getSelectionModel().getSelectedItem();
        if (shown == serializedTab && serializedStale) {
            serializedStale = false;
            byte[] now = payload;
            String text = now == null ? "" : PhpText.php(first(now, TEXT_BYTES));
            if (!text.equals(serialized.getText())) {
                double scroll = serialized.getScrollTop();
                serialized.setText(text);
                serialized.setScrollTop(scroll);
            }
            note(serializedNote, now, TEXT_BYTES);
        } else if (shown == bytesTab && bytesStale) {
            bytesStale = false;
            byte[] now = payload;
            byte[] part = now == null ? new byte[0] : first(now, SHOWN_BYTES);
            List<String> dump = dump(part);
            for (int i = 0; i < dump.size(); i++) {
                if (i >= bytes.getItems().size()) {
                    bytes.getItems().addAll(dump.subList(i, dump.size()));
                    break;
                }
                if (!dump.get(i).equals(bytes.getItems().get(i))) {
                    bytes.getItems().set(i, dump.get(i));
                }
            }
            if (bytes.getItems().size() > dump.size()) {
                bytes.getItems().remove(dump.size(), bytes.getItems().size());
            }
            note(bytesNote, now, SHOWN_BYTES);
        }
    }

    private static void note(Label label, byte @Nullable [] all, int shown) {
        boolean cut = all != null && all.length > shown;
        label.setText(cut && all != null ? TEXTS.say("note.first-bytes", shown, all.length) : "");
        label.setVisible(cut);
        label.setManaged(cut);
    }

    private static byte[] first(byte[] all, int most) {
        return all.length <= most ? all : Arrays.copyOf(all, most);
    }

    static List<String> dump(byte[] part) {
        String[] dump = new String[Math.ceilDiv(part.length, BYTES_PER_LINE)];
        Function<Integer, String> digits =
                at -> at < part.length ? "%02x ".formatted(part[at] & 0xff) : "   ";
        for (int line = 0; line < dump.length; line++) {
            StringBuilder text = new StringBuilder("%08x  ".formatted(line * BYTES_PER_LINE));
            StringBuilder letters = new StringBuilder();
            for (int i = 0; i < BYTES_PER_LINE; i++) {
                int at = line * BYTES_PER_LINE + i;
                text.append(digits.apply(at));
                if (at < part.length) {
                    int letter = part[at] & 0xff;
                    letters.append(letter >= 0x20 && letter < 0x7f ? (char) letter : '.');
                }
            }
            dump[line] = text.append(' ').append(letters).toString();
        }
        return List.of(dump);
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
        return 220;
    }

    @Override
    protected double computeMinWidth(double height) {
        return 200;
    }

    @Override
    protected double computeMinHeight(double width) {
        return 90;
    }
}
