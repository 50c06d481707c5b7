package io.github.shmlens.ui.fields;

import io.github.shmlens.fields.CType;
import io.github.shmlens.fields.Declarations;
import io.github.shmlens.fields.FieldAt;
import io.github.shmlens.fields.FieldFormat;
import io.github.shmlens.fields.Lead;
import io.github.shmlens.fields.RecordLayout;
import io.github.shmlens.live.Guard;
import io.github.shmlens.live.Window;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.ui.fx.Background;
import io.github.shmlens.ui.hex.HexEdit;
import io.github.shmlens.ui.hex.HexPalette;
import io.github.shmlens.ui.hex.Tint;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.records.FormatMenu;
import io.github.shmlens.ui.records.OwnRanges;
import io.github.shmlens.ui.records.SequenceWords;
import io.github.shmlens.ui.records.TypedField;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Looks;
import io.github.shmlens.ui.theme.Theme;
import io.github.shmlens.ui.typing.InPlace;
import io.github.shmlens.ui.typing.TypedValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import javafx.animation.AnimationTimer;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeTableColumn;
import javafx.scene.control.TreeTableRow;
import javafx.scene.control.TreeTableView;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// C structures laid over a segment, as a tree of live fields: rows on the screen are read again
/// and again, and no others. It writes nothing itself: what is typed is handed over as an edit of
/// the bytes that were shown. FX thread, except where a method says otherwise.
///
/// Reads from the segment while it is open and [#awake]; files of declarations are looked at while
/// it is awake.
public final class FieldsPane extends VBox {

    private static final Texts TEXTS = Texts.of(FieldsPane.class);

    /// How high a row is, in ems.
    private static final double ROW = 25.0 / 13;

    private static final double USUAL_FONT = 14;
    private static final long LOOK_NANOS = 33_000_000;
    private static final long AGAIN_NANOS = 500_000_000;
    private static final long AGES_NANOS = 250_000_000;
    private static final long FILES_NANOS = 700_000_000;

    /// More rows than a screen has.
    private static final int MOST_ROWS = 300;

    /// So many members that share a byte are told of in a tip.
    private static final int MOST_TOLD = 6;

    private final FieldsPlace place;
    private final Overlays overlays;
    private final OwnRanges ours = new OwnRanges();
    private final Label title = new Label(TEXTS.say("pane.title"));
    private final Label state = new Label();
    private final Label sequence = new Label();
    private final Label trouble = new Label();
    private final Label error = new Label();
    private final Button change = button(Feather.EDIT_2, "fields-change", TEXTS.say("pane.change"));
    private final Button remove = button(Feather.TRASH, "fields-remove", TEXTS.say("pane.remove"));
    private final TreeItem<FieldNode> top = new TreeItem<>();
    private final TreeTableView<FieldNode> tree = new TreeTableView<>(top);
    private final FieldCurves curves = new FieldCurves();
    private final InPlace<TypedField<FieldNode>, HexEdit> typing;
    private final Set<FieldCell> cells = Collections.newSetFromMap(new WeakHashMap<>());
    private final Map<Path, String> stamps = new HashMap<>();
    private final FieldCell.Sheet sheet = new ForCells();
    private final AnimationTimer pulse =
            new AnimationTimer() {
                @Override
                public void handle(long now) {
                    beat();
                }
            };

    private final double[] fitted = new double[FieldCell.Column.values().length];
    private double fontSize = USUAL_FONT;

    /// How many the longest value has that was shown.
    private int letters;

    private List<FieldsTree> trees = List.of();
    private HexPalette palette = HexPalette.LIGHT;
    private @Nullable Overlay last;
    private @Nullable ContextMenu menu;
    private @Nullable Painted painted;
    private long sizeBytes;
    private long marked;
    private boolean open;
    private boolean awake;
    private boolean paused;
    private boolean lost;
    private boolean quiet;
    private boolean failed;
    private boolean closed;
    private boolean loaded;
    private boolean reading;
    private boolean wanting;
    private boolean checking;
    private boolean linking;
    private long lookedNanos;
    private long failedNanos;
    private long agedNanos;
    private long checkedNanos;

    /// What the tints were made of, and they.
    private record Painted(long marked, long offset, int length, List<Tint> tints) {}

    /// @param folder where the user's settings are kept, and structures below it; null to keep them
    ///   only while the tab is there
    /// @param target how the segment is spelled in the name of a file
    public FieldsPane(@Nullable Path folder, String target, FieldsPlace place) {
        this.place = place;
        this.overlays =
                new Overlays(
                        folder == null ? null : folder.resolve("structures"),
                        target,
                        place::failed);
        this.typing =
                new InPlace<>(
                        "fields-editor", place, new ForTyping(), Looks.MONO, "shm-fields-editor");
        setId("fields");
        getStyleClass().add("shm-fields");
        getStylesheets().add(Theme.css(FieldsPane.class, "fields.css"));
        build();
        setFontSize(USUAL_FONT);
    }

    private void build() {
        title.getStyleClass().add("shm-fields-title");
        title.setMinWidth(0);
        state.setId("fields-state");
        state.getStyleClass().addAll(Looks.CHIP, Looks.CHIP_WARNING);
        state.setMinWidth(USE_PREF_SIZE);
        Button add = button(Feather.PLUS, "fields-add", TEXTS.say("pane.add"));
        add.setOnAction(_ -> ask());
        change.setOnAction(_ -> change());
        remove.setOnAction(_ -> remove());
        Button close = button(Feather.X, "fields-close", TEXTS.say("pane.close"));
        close.setOnAction(_ -> hide());
        Region room = new Region();
        HBox.setHgrow(room, Priority.ALWAYS);
        HBox head = new HBox(title, state, room, add, change, remove, close);
        head.getStyleClass().add("shm-fields-head");
        head.setAlignment(Pos.CENTER_LEFT);
        buildTree();
        sequence.setId("fields-sequence");
        trouble.setId("fields-trouble");
        error.setId("fields-problem");
        sequence.getStyleClass().add("shm-fields-line");
        trouble.getStyleClass().addAll("shm-fields-line", "shm-fields-trouble");
        for (Label line : new Label[] {sequence, trouble, error}) {
            line.setWrapText(true);
            line.setMinHeight(USE_PREF_SIZE);
            line.setMaxWidth(Double.MAX_VALUE);
            say(line, "");
        }
        say(state, "");
        VBox.setVgrow(tree, Priority.ALWAYS);
        setMinHeight(0);
        getChildren().setAll(head, tree, curves, error, sequence, trouble);
    }

    private void buildTree() {
        tree.setId("fields-tree");
        tree.getStyleClass().add("dense");
        tree.setAccessibleText(TEXTS.say("pane.tree"));
        tree.setShowRoot(false);
        tree.setPlaceholder(new Label(TEXTS.say("pane.empty")));
        column(FieldCell.Column.NAME, TEXTS.say("column.name"), TEXTS.say("tip.name"));
        column(FieldCell.Column.VALUE, TEXTS.say("column.value"), TEXTS.say("tip.value"));
        column(FieldCell.Column.TYPE, TEXTS.say("column.type"), TEXTS.say("tip.type"));
        column(FieldCell.Column.OFFSET, TEXTS.say("column.offset"), TEXTS.say("tip.offset"));
        column(FieldCell.Column.CHANGES, TEXTS.say("column.changes"), TEXTS.say("tip.changes"));
        column(FieldCell.Column.AGE, TEXTS.say("column.age"), TEXTS.say("tip.age"));
        tree.widthProperty().subscribe(_ -> fitColumns());
        tree.getSelectionModel().selectedItemProperty().addListener((_, _, now) -> chosen(now));
        tree.expandedItemCountProperty().addListener((_, _, _) -> wanting = true);
        tree.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        tree.addEventHandler(MouseEvent.MOUSE_CLICKED, this::clicked);
        tree.addEventFilter(MouseEvent.MOUSE_PRESSED, FieldsPane::pressed);
        tree.addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, this::menu);
    }

    private void column(FieldCell.Column what, String name, String tip) {
        TreeTableColumn<FieldNode, FieldNode> column = new TreeTableColumn<>();
        Label header = new Label(name);
        header.setTooltip(new Tooltip(tip));
        column.setGraphic(header);
        column.setSortable(false);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue().getValue()));
        column.setCellFactory(_ -> {
            FieldCell cell = new FieldCell(what, sheet);
            cells.add(cell);
            return cell;
        });
        tree.getColumns().add(column);
        if (what == FieldCell.Column.NAME) {
            tree.setTreeColumn(column);
        }
    }

    /// Gives the columns their widths, except those that the user gave one.
    private void fitColumns() {
        double[] widths = FieldWidths.of(tree.getWidth(), fontSize, letters);
        for (int i = 0; i < widths.length; i++) {
            TreeTableColumn<FieldNode, ?> column = tree.getColumns().get(i);
            if (fitted[i] == 0 || Math.abs(column.getWidth() - fitted[i]) < 1) {
                column.setPrefWidth(widths[i]);
                fitted[i] = widths[i];
            }
        }
    }

    /// Follows the size of the window's text.
    public void setFontSize(double size) {
        fontSize = size;
        tree.setFixedCellSize(Math.rint(size * ROW));
        tree.setMinHeight(4 * tree.getFixedCellSize());
        fitColumns();
    }

    /// A longer value than before wants a wider column; a shorter one leaves it.
    private void measure() {
        int most = letters;
        for (FieldCell cell : cells) {
            most = Math.max(most, cell.letters());
        }
        if (most > letters) {
            letters = most;
            fitColumns();
        }
    }

    private static Button button(Feather icon, String id, String words) {
        Button button = new Button(null, new FontIcon(icon));
        button.setId(id);
        button.getStyleClass().addAll("flat", "small");
        button.setTooltip(new Tooltip(words));
        button.setAccessibleText(words);
        button.setMinWidth(USE_PREF_SIZE);
        return button;
    }

    // ---- what the tab asks of it

    /// Lays what is remembered over the segment; once.
    public void load() {
        if (loaded) {
            return;
        }
        loaded = true;
        OverlayFile file = overlays.file();
        if (file == null) {
            return;
        }
        Background.run(
                () -> {
                    List<Laid> all = new ArrayList<>();
                    for (Overlay one : file.read()) {
                        all.add(Laid.of(one, null));
                    }
                    return new Restored(all, place.segment().sizeBytes());
                },
                this::restored,
                place::failed);
    }

    private record Restored(List<Laid> all, long sizeBytes) {}

    private void restored(Restored now) {
        if (closed || now.all().isEmpty()) {
            return;
        }
        sizeBytes = now.sizeBytes();
        List<FieldsTree> fresh = new ArrayList<>(trees);
        now.all().forEach(laid -> fresh.add(opened(laid)));
        show(fresh);
        open();
    }

    /// Shows the structures there are, or asks for one; hides them when they are shown.
    public void flip() {
        if (open) {
            hide();
        } else if (trees.isEmpty()) {
            ask();
        } else {
            open();
            tree.requestFocus();
        }
    }

    public boolean isOpen() {
        return open;
    }

    private void open() {
        if (!open) {
            open = true;
            marked++;
            place.opened(true);
            place.marksChanged();
        }
        wanting = true;
        run();
    }

    /// Takes it off the screen; what was laid stays.
    public void hide() {
        if (open) {
            typing.drop();
            open = false;
            marked++;
            run();
            place.opened(false);
            place.marksChanged();
        }
    }

    /// Asks for a structure that begins at the caret.
    public void ask() {
        if (trees.size() >= OverlayFile.MOST) {
            place.notice(TEXTS.say("pane.full", OverlayFile.MOST));
            return;
        }
        StructureSheet.open(place, last, false, this::add);
    }

    private void add(Laid laid) {
        last = laid.overlay();
        overlays.add(laid.overlay());
        try {
            sizeBytes = Math.max(sizeBytes, place.meaning().sizeBytes());
        } catch (BadInput notReadYet) {
            // The first look tells.
        }
        List<FieldsTree> fresh = new ArrayList<>(trees);
        FieldsTree made = opened(laid);
        fresh.add(made);
        show(fresh);
        open();
        select(made.item());
        tree.requestFocus();
    }

    private void change() {
        FieldsTree chosen = chosenTree();
        if (chosen != null) {
            Overlay before = chosen.laid().overlay();
            StructureSheet.open(
                    place,
                    before,
                    true,
                    laid -> {
                        last = laid.overlay();
                        overlays.replace(before, laid.overlay());
                        replace(chosen, laid);
                    });
        }
    }

    private void remove() {
        FieldsTree chosen = chosenTree();
        if (chosen == null) {
            return;
        }
        last = chosen.laid().overlay();
        overlays.remove(chosen.laid().overlay());
        List<FieldsTree> fresh = new ArrayList<>(trees);
        fresh.remove(chosen);
        show(fresh);
        place.notice(TEXTS.say("pane.removed", chosen.laid().overlay().type()));
        if (fresh.isEmpty()) {
            hide();
        }
    }

    /// The overlay of the chosen row; of one by itself that.
    private @Nullable FieldsTree chosenTree() {
        TreeItem<FieldNode> item = tree.getSelectionModel().getSelectedItem();
        return item != null ? item.getValue().tree() : trees.size() == 1 ? trees.getFirst() : null;
    }

    /// Chooses the field that a byte lies in, without telling.
    public void choose(long offset) {
        if (!open || linking || typing.isOpen()) {
            return;
        }
        TreeItem<FieldNode> now = tree.getSelectionModel().getSelectedItem();
        if (now != null && now.getValue().leaf() != null && now.getValue().covers(offset)) {
            // Of several that share the byte the one that was chosen stays.
            return;
        }
        FieldsTree covering = treeAt(offset);
        if (covering == null) {
            linking = true;
            tree.getSelectionModel().clearSelection();
            linking = false;
            return;
        }
        reveal(covering, offset);
    }

    /// Chooses the field at a byte. Rows that open above the chosen one move it, and for a moment
    /// another is chosen: nobody is told of that one.
    private void reveal(FieldsTree one, long offset) {
        TreeItem<FieldNode> item;
        linking = true;
        try {
            item = one.reveal(offset);
        } finally {
            linking = false;
        }
        select(item);
    }

    private void select(TreeItem<FieldNode> item) {
        linking = true;
        try {
            int row = tree.getRow(item);
            if (row >= 0) {
                tree.getSelectionModel().clearAndSelect(row);
                tree.getFocusModel().focus(row, tree.getTreeColumn());
                if (!visible(row)) {
                    tree.scrollTo(Math.max(0, row - 3));
                }
                wanting = true;
            }
        } finally {
            linking = false;
        }
    }

    /// The smallest overlay that covers a byte.
    private @Nullable FieldsTree treeAt(long offset) {
        FieldsTree found = null;
        for (FieldsTree one : trees) {
            if (one.covers(offset) && (found == null || one.sizeBytes() < found.sizeBytes())) {
                found = one;
            }
        }
        return found;
    }

    /// What the field at a byte is called; empty where there is none.
    public String nameAt(long offset) {
        FieldsTree one = open ? treeAt(offset) : null;
        FieldAt root = one == null ? null : one.root();
        FieldsTree.Place there = root == null ? null : FieldsTree.placeAt(root, offset);
        return there == null ? "" : there.field().path();
    }

    /// What a byte is part of, for a tip; empty where there is nothing to say.
    public String words(long offset, Window window) {
        FieldsTree one = open ? treeAt(offset) : null;
        FieldAt root = one == null ? null : one.root();
        FieldsTree.Place there = root == null ? null : FieldsTree.placeAt(root, offset);
        if (one == null || there == null) {
            return "";
        }
        Overlay overlay = one.laid().overlay();
        List<String> lines = new ArrayList<>();
        lines.add(words(overlay, there.field(), window));
        FieldAt parent = there.parent();
        long siblings = parent == null || parent.array() ? 0 : parent.childCount();
        for (long i = there.index() + 1; i < siblings && lines.size() < MOST_TOLD; i++) {
            FieldAt sibling = parent == null ? there.field() : parent.child(i);
            if (!sibling.covers(offset)) {
                break;
            }
            if (sibling.leaf()) {
                lines.add(words(overlay, sibling, window));
            }
        }
        return String.join("\n", lines);
    }

    private static String words(Overlay overlay, FieldAt field, Window window) {
        String name = field.path().isEmpty() ? overlay.type() : field.path();
        String type = field.type().name() + (field.bitField() ? " : " + field.bits() : "");
        if (!field.leaf()) {
            return TEXTS.say("hover.type", name, type);
        }
        long length = Math.min(field.sizeBytes(), FieldReader.TEXT_BYTES);
        long from = field.offset() - window.offset();
        boolean known = from >= 0 && length <= window.length() - from;
        for (long i = 0; known && i < length; i++) {
            known = window.has((int) (from + i), Window.KNOWN);
        }
        if (!known) {
            return TEXTS.say("hover.type", name, type);
        }
        byte[] bytes = Arrays.copyOfRange(window.bytes(), (int) from, (int) (from + length));
        String value = FieldNode.format(overlay, field).text(field, FieldNode.value(field, bytes));
        return TEXTS.say("hover.value", name, type, value);
    }

    /// Another number whenever [#marks] may be others.
    public long marked() {
        return marked;
    }

    /// The fields among the bytes on the screen, and the chosen one.
    public List<Tint> marks(Window window) {
        Painted before = painted;
        if (before != null
                && before.marked() == marked
                && before.offset() == window.offset()
                && before.length() == window.length()) {
            return before.tints();
        }
        List<Tint> tints = new ArrayList<>();
        if (open) {
            trees.stream()
                    .sorted((a, b) -> Long.compare(b.sizeBytes(), a.sizeBytes()))
                    .forEach(one -> one.tint(window, tints));
            TreeItem<FieldNode> now = tree.getSelectionModel().getSelectedItem();
            if (now != null && now.getValue().leaf() != null) {
                FieldNode node = now.getValue();
                tints.add(new Tint(node.offset(), node.end() - node.offset(), Tint.Kind.CHOSEN));
            }
        }
        painted = new Painted(marked, window.offset(), window.length(), tints);
        return tints;
    }

    /// Whether the tab is looked at.
    public void awake(boolean now) {
        awake = now;
        checkedNanos = 0;
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
        tellState();
        lookAtCells();
    }

    /// Bytes that we wrote ourselves. Any thread.
    public void ours(long offset, byte[] bytes) {
        ours.left(offset, bytes, System.nanoTime());
    }

    public void setPalette(HexPalette now) {
        palette = now;
        lookAtCells();
    }

    public void setQuiet(boolean now) {
        quiet = now;
        lookAtCells();
    }

    /// Reads nothing any more.
    public void close() {
        closed = true;
        open = false;
        run();
    }

    // ---- its trees

    private FieldsTree tree(Laid laid) {
        return new FieldsTree(laid, place.segment(), sizeBytes);
    }

    private FieldsTree opened(Laid laid) {
        FieldsTree made = tree(laid);
        made.item().setExpanded(true);
        return made;
    }

    private void show(List<FieldsTree> fresh) {
        typing.drop();
        trees = List.copyOf(fresh);
        curves.keep(trees);
        List<TreeItem<FieldNode>> items = new ArrayList<>();
        for (FieldsTree one : trees) {
            items.add(one.item());
        }
        linking = true;
        try {
            top.getChildren().setAll(items);
        } finally {
            linking = false;
        }
        marked++;
        wanting = true;
        tellTrouble();
        arm();
        run();
        place.marksChanged();
    }

    /// Another layout in the place of one, with what was open and chosen there.
    private void replace(FieldsTree old, Laid laid) {
        int at = trees.indexOf(old);
        if (at < 0) {
            return;
        }
        TreeItem<FieldNode> item = tree.getSelectionModel().getSelectedItem();
        String key = item != null && item.getValue().tree() == old ? item.getValue().key() : null;
        FieldsTree fresh = tree(laid);
        if (old.root() == null) {
            fresh.item().setExpanded(true);
        }
        fresh.open(old.open());
        List<FieldsTree> all = new ArrayList<>(trees);
        all.set(at, fresh);
        show(all);
        TreeItem<FieldNode> again = key == null ? null : find(fresh.item(), key);
        if (again != null) {
            select(again);
        }
    }

    /// The row with a key, among those that are open.
    private static @Nullable TreeItem<FieldNode> find(TreeItem<FieldNode> at, String key) {
        if (at.getValue().key().equals(key)) {
            return at;
        }
        if (at.isExpanded() && !at.isLeaf()) {
            for (TreeItem<FieldNode> child : at.getChildren()) {
                TreeItem<FieldNode> found = find(child, key);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private void arm() {
        boolean none = chosenTree() == null;
        change.setDisable(none);
        remove.setDisable(none);
    }

    private void tellTrouble() {
        Set<String> sentences = new LinkedHashSet<>();
        for (FieldsTree one : trees) {
            Laid laid = one.laid();
            if (!laid.trouble().isEmpty()) {
                sentences.add(
                        laid.trouble()
                                + "."
                                + (laid.type() == null ? "" : " " + TEXTS.say("pane.kept")));
            }
        }
        say(trouble, String.join("\n", sentences));
    }

    private void tellState() {
        state.setTooltip(null);
        say(state, lost ? TEXTS.say("state.lost") : paused ? TEXTS.say("state.paused") : "");
    }

    // ---- reading

    private void run() {
        if (awake && !closed && !trees.isEmpty()) {
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
        if (open && (due || wanting || paused) && mayTry) {
            look();
        }
        if (open && now - agedNanos >= AGES_NANOS) {
            lookAtCells();
        }
        if (now - checkedNanos >= FILES_NANOS) {
            checkFiles();
        }
    }

    private void look() {
        if (reading || closed || lost) {
            return;
        }
        List<FieldReader.Want> wants = wants();
        wanting = false;
        if (wants.isEmpty()) {
            return;
        }
        reading = true;
        lookedNanos = System.nanoTime();
        Background.run(
                () -> FieldReader.read(place.segment(), wants), this::looked, this::notLooked);
    }

    /// What stands on the screen and has a value; while paused, only what was never read.
    private List<FieldReader.Want> wants() {
        List<FieldReader.Want> wants = new ArrayList<>();
        int first = firstRow();
        int end = Math.min(tree.getExpandedItemCount(), lastRow() + 1);
        for (int row = first; row < end && row - first < MOST_ROWS; row++) {
            TreeItem<FieldNode> item = tree.getTreeItem(row);
            FieldNode node = item == null ? null : item.getValue();
            FieldAt leaf = node == null ? null : node.leaf();
            if (node != null
                    && leaf != null
                    && leaf.sizeBytes() > 0
                    && (!paused || node.state() == null)) {
                wants.add(new FieldReader.Want(node, node.tree(), leaf));
            }
        }
        if (!paused) {
            wants.removeIf(want -> curves.follows(want.node()));
            wants.addAll(curves.wants());
        }
        return wants;
    }

    private int firstRow() {
        VirtualFlow<?> flow = flow();
        return flow == null || flow.getFirstVisibleCell() == null
                ? 0
                : Math.max(0, flow.getFirstVisibleCell().getIndex());
    }

    private int lastRow() {
        VirtualFlow<?> flow = flow();
        return flow == null || flow.getLastVisibleCell() == null
                ? 0
                : flow.getLastVisibleCell().getIndex();
    }

    private boolean visible(int row) {
        return row >= firstRow() && row < lastRow();
    }

    private @Nullable VirtualFlow<?> flow() {
        return tree.lookup(".virtual-flow") instanceof VirtualFlow<?> flow ? flow : null;
    }

    private void looked(FieldReader.Look look) {
        reading = false;
        if (closed) {
            return;
        }
        if (failed) {
            failed = false;
            failedNanos = 0;
            tellState();
        }
        if (look.sizeBytes() != sizeBytes) {
            sizeBytes = look.sizeBytes();
            for (FieldsTree one : trees) {
                if (!one.fits(sizeBytes)) {
                    replace(one, one.laid());
                }
            }
            return;
        }
        boolean news = false;
        for (FieldReader.Seen seen : look.seen()) {
            news |= seen.node().take(seen, look.atNanos(), ours);
        }
        curves.take(look);
        if (news) {
            lookAtCells();
            typing.tellMoved();
        }
        tellShares(look.shares());
    }

    private void tellShares(List<FieldReader.Share> shares) {
        List<String> lines = new ArrayList<>();
        for (FieldReader.Share one : shares) {
            Guard guard = one.tree().guard();
            if (guard != null) {
                lines.add(of(one.tree(), SequenceWords.share(guard, one.reads(), one.repeated())));
            }
        }
        for (FieldsTree one : trees) {
            Guard guard = one.guard();
            if (guard != null && one.lock() == null) {
                lines.add(of(one, SequenceWords.outside(guard)));
            }
        }
        say(sequence, String.join("\n", lines));
    }

    /// Of several structures, which one is meant.
    private String of(FieldsTree one, String sentence) {
        Overlay overlay = one.laid().overlay();
        return trees.size() == 1
                ? sentence
                : TEXTS.say("pane.of", overlay.offset(), overlay.type(), sentence);
    }

    private void notLooked(Throwable thrown) {
        reading = false;
        if (closed || lost) {
            return;
        }
        failed = true;
        failedNanos = System.nanoTime();
        wanting = true;
        say(state, TEXTS.say("state.failed", Problem.of(thrown).title()));
        state.setTooltip(new Tooltip(Problem.of(thrown).line()));
        lookAtCells();
    }

    private void lookAtCells() {
        agedNanos = System.nanoTime();
        for (FieldCell cell : cells) {
            cell.look(agedNanos);
        }
        measure();
    }

    // ---- files of declarations

    /// What a file holds now.
    ///
    /// @param fresh what its overlays become; empty where it did not change
    private record Checked(Map<Path, String> stamps, Map<FieldsTree, Laid> fresh) {}

    private void checkFiles() {
        checkedNanos = System.nanoTime();
        List<FieldsTree> ofFiles =
                trees.stream().filter(one -> one.laid().overlay().file() != null).toList();
        if (checking || ofFiles.isEmpty()) {
            return;
        }
        checking = true;
        Map<FieldsTree, Laid> now = new HashMap<>();
        ofFiles.forEach(one -> now.put(one, one.laid()));
        Map<Path, String> known = Map.copyOf(stamps);
        Background.run(() -> check(now, known), this::checked, _ -> checking = false);
    }

    private static Checked check(Map<FieldsTree, Laid> trees, Map<Path, String> known) {
        Map<Path, String> stamps = new HashMap<>();
        Map<FieldsTree, Laid> fresh = new HashMap<>();
        trees.forEach((one, laid) -> {
            Path file = laid.overlay().file();
            if (file == null) {
                return;
            }
            String stamp = stamps.computeIfAbsent(file, DeclarationFile::stamp);
            if (stamp.equals(known.get(file))) {
                return;
            }
            try {
                String text = DeclarationFile.read(file);
                if (!text.equals(laid.overlay().text()) || !laid.trouble().isEmpty()) {
                    fresh.put(one, Laid.of(laid.overlay().with(text), laid));
                }
            } catch (IOException refused) {
                fresh.put(one, laid.in(String.valueOf(refused.getMessage())));
            }
        });
        return new Checked(stamps, fresh);
    }

    private void checked(Checked now) {
        checking = false;
        if (closed) {
            return;
        }
        stamps.putAll(now.stamps());
        now.fresh()
                .forEach((one, laid) -> {
                    if (!trees.contains(one)) {
                        return;
                    }
                    Overlay before = one.laid().overlay();
                    if (laid.type() == one.laid().type()) {
                        one.relabel(laid.as(before));
                        tellTrouble();
                        lookAtCells();
                    } else {
                        Laid kept = laid.as(before.with(laid.overlay().text()));
                        overlays.replace(before, kept.overlay());
                        replace(one, kept);
                        place.notice(TEXTS.say("pane.reloaded", String.valueOf(before.file())));
                    }
                });
    }

    // ---- choosing

    private void chosen(@Nullable TreeItem<FieldNode> item) {
        marked++;
        arm();
        place.marksChanged();
        if (item == null || linking) {
            return;
        }
        FieldNode node = item.getValue();
        long length = Math.min(node.end(), sizeBytes) - node.offset();
        if (length <= 0) {
            return;
        }
        linking = true;
        try {
            place.show(node.offset(), length);
        } finally {
            linking = false;
        }
    }

    private void key(KeyEvent event) {
        if (typing.isOpen() || event.isControlDown() || event.isAltDown() || event.isShiftDown()) {
            if (!typing.isOpen()
                    && event.isControlDown()
                    && (event.getCode() == KeyCode.C || event.getCode() == KeyCode.INSERT)) {
                copyValue();
                event.consume();
            }
            return;
        }
        // Rows that were put in others' place leave the keyboard nowhere.
        if (tree.getFocusModel().getFocusedIndex() < 0 && tree.getExpandedItemCount() > 0) {
            int row = Math.max(0, tree.getSelectionModel().getSelectedIndex());
            tree.getFocusModel().focus(row, tree.getTreeColumn());
        }
        TreeItem<FieldNode> item = tree.getSelectionModel().getSelectedItem();
        switch (event.getCode()) {
            case F2, ENTER -> {
                if (item != null && item.getValue().leaf() != null) {
                    beginTyping(item.getValue());
                } else if (item != null && event.getCode() == KeyCode.ENTER) {
                    item.setExpanded(!item.isExpanded());
                }
                event.consume();
            }
            case DELETE -> {
                if (item != null && item.getValue().isRoot()) {
                    remove();
                    event.consume();
                }
            }
            default -> {}
        }
    }

    /// A row whose arrow may be pressed.
    private static void pressed(MouseEvent event) {
        Node at = event.getTarget() instanceof Node node ? node : null;
        while (at != null && !(at instanceof TreeTableRow<?>)) {
            at = at.getParent();
        }
        if (at instanceof TreeTableRow<?> row && row.getTreeItem() instanceof FieldItem item) {
            item.prepare();
        }
    }

    private void clicked(MouseEvent event) {
        TreeItem<FieldNode> item = tree.getSelectionModel().getSelectedItem();
        if (event.getButton() == MouseButton.PRIMARY
                && event.getClickCount() == 2
                && !typing.isOpen()
                && item != null
                && item.getValue().leaf() != null) {
            beginTyping(item.getValue());
            event.consume();
        }
    }

    private void curve(FieldNode node, FieldAt leaf) {
        if (!curves.follow(node, leaf)) {
            place.notice(TEXTS.say("curve.most", FieldCurves.MOST));
        }
        wanting = true;
    }

    private void menu(ContextMenuEvent event) {
        ContextMenu before = menu;
        if (before != null) {
            before.hide();
        }
        TreeItem<FieldNode> item = tree.getSelectionModel().getSelectedItem();
        if (item == null || typing.isOpen()) {
            return;
        }
        FieldNode node = item.getValue();
        ContextMenu made = new ContextMenu();
        FieldAt field = node.field();
        FieldAt leaf = node.leaf();
        if (leaf != null) {
            made.getItems()
                    .addAll(
                            item(TEXTS.say("menu.edit"), () -> beginTyping(node)),
                            item(TEXTS.say("menu.copy"), this::copyValue),
                            FormatMenu.of(
                                    TEXTS.say("menu.format"),
                                    place.sheets(),
                                    leaf,
                                    node.format(),
                                    format -> setFormat(node, leaf, format)));
            if (FieldFormat.isNumber(leaf)) {
                made.getItems().add(item(TEXTS.say("menu.curve"), () -> curve(node, leaf)));
            }
            if (CType.offset(leaf.type()) != null) {
                made.getItems().add(item(TEXTS.say("menu.follow"), () -> follow(node, leaf)));
            }
        }
        if (field != null && field.array() && !field.text()) {
            made.getItems().add(item(TEXTS.say("menu.table"), () -> table(node.tree(), field)));
        }
        if (field != null && !field.path().isEmpty()) {
            made.getItems().add(item(TEXTS.say("menu.copy-path"), () -> clip(field.path())));
        }
        made.getItems()
                .addAll(
                        new SeparatorMenuItem(),
                        item(TEXTS.say("menu.change"), this::change),
                        item(TEXTS.say("menu.remove"), this::remove));
        menu = made;
        made.show(tree, event.getScreenX(), event.getScreenY());
        event.consume();
    }

    private static MenuItem item(String words, Runnable action) {
        MenuItem item = new MenuItem(words);
        item.setMnemonicParsing(false);
        item.setOnAction(_ -> action.run());
        return item;
    }

    private void copyValue() {
        TreeItem<FieldNode> item = tree.getSelectionModel().getSelectedItem();
        if (item != null) {
            clip(item.getValue().text());
        }
    }

    private static void clip(String text) {
        ClipboardContent content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }

    private void setFormat(FieldNode node, FieldAt field, FieldFormat format) {
        FieldsTree one = node.tree();
        Overlay before = one.laid().overlay();
        Overlay now =
                before.withFormat(
                        field.path(), format == FieldFormat.Fixed.USUAL ? "" : format.id());
        overlays.replace(before, now);
        one.relabel(one.laid().as(now));
        one.item().each(FieldNode::forgetText);
        lookAtCells();
    }

    private void follow(FieldNode node, FieldAt field) {
        Declarations all = node.tree().laid().all();
        byte[] seen = node.bytes();
        if (all == null || seen == null) {
            return;
        }
        switch (Lead.of(field, FieldNode.value(field, seen), all, sizeBytes)) {
            case Lead.To(FieldAt there) ->
                    place.show(
                            there.offset(),
                            Math.clamp(there.sizeBytes(), 1, sizeBytes - there.offset()));
            case Lead.Nowhere _ -> place.notice(TEXTS.say("follow.nowhere", field.path()));
            case Lead.Outside(String offset) ->
                    place.notice(TEXTS.say("follow.outside", field.path(), offset));
            case null -> {}
        }
    }

    private void table(FieldsTree one, FieldAt field) {
        try {
            RecordLayout layout = RecordLayout.of(field);
            Overlay overlay = one.laid().overlay();
            List<FieldFormat> formats = new ArrayList<>();
            for (int column = 0; column < layout.columns().size(); column++) {
                formats.add(FieldNode.format(overlay, layout.cell(0, column)));
            }
            place.table(layout, one.guard(), formats);
        } catch (BadInput nothingToShow) {
            place.notice(Problem.sentence(nothingToShow.sentence()));
        }
    }

    // ---- typing

    /// The value that is typed and not written.
    public Optional<TypedValue<HexEdit>> typed() {
        return typing.typed();
    }

    private void beginTyping(FieldNode node) {
        FieldAt field = node.leaf();
        if (field == null || lost || typing.refuses()) {
            return;
        }
        new TypedField.Offer<>(
                        node,
                        field,
                        node.format(),
                        node.tree().guard(),
                        node.bytes(),
                        node.state() == FieldReader.State.BEYOND || field.end() > sizeBytes,
                        node.state() == FieldReader.State.BUSY)
                .open(
                        place.segment(),
                        place,
                        typing,
                        () -> !closed && trees.contains(node.tree()),
                        thrown -> tell(Problem.of(thrown).line(), Looks.FIELD_ERROR));
    }

    private void tell(String sentence, String look) {
        error.getStyleClass().setAll("label", "shm-fields-line", look);
        say(error, sentence);
    }

    private static void say(Label line, String text) {
        if (!text.equals(line.getText())) {
            line.setText(text);
        }
        line.setVisible(!text.isEmpty());
        line.setManaged(!text.isEmpty());
    }

    private final class ForTyping implements InPlace.View<TypedField<FieldNode>, HexEdit> {
        @Override
        public boolean place(TypedField<FieldNode> value, TextField field) {
            lookAtCells();
            // Where its cell is off the screen there is nowhere to type.
            return field.getParent() != null;
        }

        @Override
        public void remove(TypedField<FieldNode> value) {
            lookAtCells();
        }

        @Override
        public void focusValues() {
            tree.requestFocus();
        }

        @Override
        public void reveal(TypedField<FieldNode> value) {
            FieldNode node = value.where();
            FieldsPane.this.reveal(node.tree(), node.offset());
        }

        @Override
        public @Nullable String moved(TypedField<FieldNode> value) {
            FieldNode node = value.where();
            byte[] there = node.bytes();
            return there != null && value.isOther(there) ? node.text() : null;
        }

        @Override
        public void commit(TypedField<FieldNode> value, HexEdit edit) {
            place.commit(edit, value.change(edit));
        }

        @Override
        public void tell(String sentence, String look) {
            FieldsPane.this.tell(sentence, look);
        }
    }

    private final class ForCells implements FieldCell.Sheet {
        @Override
        public @Nullable Node editor(FieldNode node) {
            TypedField<FieldNode> now = typing.where();
            return now != null && now.where().equals(node) ? typing.field() : null;
        }

        @Override
        public boolean quiet() {
            return quiet;
        }

        @Override
        public boolean old() {
            return lost || failed;
        }

        @Override
        public HexPalette palette() {
            return palette;
        }
    }
}
