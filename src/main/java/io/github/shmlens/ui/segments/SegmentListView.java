package io.github.shmlens.ui.segments;

import atlantafx.base.controls.CustomTextField;
import atlantafx.base.theme.Styles;
import atlantafx.base.theme.Tweaks;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.ui.problem.Banner;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Figures;
import io.github.shmlens.ui.theme.Settings;
import io.github.shmlens.ui.theme.ShortenedPrompt;
import io.github.shmlens.ui.theme.Theme;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The list of this host's segments, with filter and order. Shows what it is given; who polls is
/// not its business. FX thread.
public final class SegmentListView extends VBox {

    /// Narrower than so many heights of a letter, badges go below the names.
    private static final double NARROW = 17;

    private static final Texts TEXTS = Texts.of(SegmentListView.class);

    private final SegmentListModel model = new SegmentListModel();
    private final SegmentActions actions;
    private final Settings settings;
    private final ListView<ListEntry> list = new ListView<>(model.entries());
    private final CustomTextField filter = new CustomTextField();
    private final Banner banner = new Banner();
    private final VBox empty = new VBox();
    private final Button demo = new Button(TEXTS.say("list.demo"));
    private final Label namespaces = new Label();
    private final Label nothingPasses = new Label();
    private final Button orphans = new Button(null, new FontIcon(Feather.TRASH_2));
    private final VBox orphanRow = new VBox(orphans);
    private final StackPane body = new StackPane();
    private final Label waiting = new Label(TEXTS.say("list.waiting"));
    private boolean listedOnce;

    /// To be chosen when it is listed.
    private @Nullable SegmentId awaited;

    public SegmentListView(SegmentActions actions, Settings settings) {
        this.actions = actions;
        this.settings = settings;
        getStyleClass().add("shm-segments");
        getStylesheets().add(Theme.css(SegmentListView.class, "segments.css"));
        setId("segments");
        buildList();
        buildEmpty();
        nothingPasses.getStyleClass().add(Styles.TEXT_MUTED);
        nothingPasses.setWrapText(true);
        waiting.getStyleClass().add(Styles.TEXT_MUTED);
        body.getChildren().setAll(empty, nothingPasses, waiting);
        setVgrow(body, Priority.ALWAYS);
        buildOrphans();
        // Below the list: where it comes and goes, no row moves.
        getChildren().setAll(buildFilter(), banner, body, orphanRow);
        showWhatFits();
    }

    /// What the host has now. A failure told before is over.
    public void listed(List<SegmentFacts> segments, List<SegmentFacts> objects) {
        listedOnce = true;
        banner.clear();
        keepingPlace(() -> model.listed(segments, objects));
        chooseAwaited();
        sayOrphans(segments);
        showWhatFits();
    }

    /// The host cannot be listed at the moment: said above the list, which keeps what it knew.
    public void failed(ShmFailure failure) {
        Problem problem = Problem.of(failure);
        banner.show(
                Banner.Weight.WARNING,
                new Problem(
                        TEXTS.say("list.failed"),
                        problem.sentence(),
                        listedOnce ? TEXTS.say("list.failed-help") : ""));
        showWhatFits();
    }

    /// What is attached in this window now.
    public void attached(Map<SegmentId, ListEntry.Open> here) {
        keepingPlace(() -> model.attached(here));
        showWhatFits();
    }

    /// How many other IPC namespaces this host has, as far as we may see.
    public void otherNamespaces(int count) {
        namespaces.setText(count == 0 ? "" : TEXTS.count("list.namespaces", count));
        namespaces.setManaged(count > 0);
        namespaces.setVisible(count > 0);
    }

    public SegmentListModel model() {
        return model;
    }

    public Optional<SegmentFacts> chosen() {
        return list.getSelectionModel().getSelectedItem() instanceof ListEntry.Row row
                ? Optional.of(row.facts())
                : Optional.empty();
    }

    /// Chooses a segment's row and brings it into view; that of one just made as soon as it is
    /// listed.
    public void choose(SegmentId id) {
        awaited = id;
        chooseAwaited();
    }

    private void chooseAwaited() {
        SegmentId id = awaited;
        ListEntry row = id == null ? null : model.row(id).orElse(null);
        if (row == null) {
            return;
        }
        awaited = null;
        int index = model.entries().indexOf(row);
        if (index >= 0) {
            list.getSelectionModel().select(index);
            if (!inView(index)) {
                list.scrollTo(Math.max(0, index - 2));
            }
        }
    }

    public void focusFilter() {
        filter.requestFocus();
        filter.selectAll();
    }

    /// Gives the keyboard to the list, or to what the empty state offers first.
    public void focusList() {
        if (!list.isVisible()) {
            demo.requestFocus();
            return;
        }
        list.requestFocus();
        if (chosen().isEmpty()) {
            chooseFirst();
        }
    }

    private Node buildFilter() {
        filter.setId("segment-filter");
        ShortenedPrompt.in(filter, TEXTS.say("filter.prompt"));
        filter.setLeft(new FontIcon(Feather.SEARCH));
        filter.setAccessibleText(TEXTS.say("filter.name"));
        filter.textProperty()
                .subscribe(typed -> {
                    keepingPlace(() -> model.filter(SegmentFilter.of(typed)));
                    showWhatFits();
                });
        filter.addEventFilter(
                KeyEvent.KEY_PRESSED,
                key -> {
                    if (key.getCode() == KeyCode.DOWN) {
                        key.consume();
                        focusList();
                    } else if (key.getCode() == KeyCode.ESCAPE && !filter.getText().isEmpty()) {
                        key.consume();
                        filter.clear();
                    }
                });
        HBox.setHgrow(filter, Priority.ALWAYS);

        MenuButton sort = new MenuButton(null, new FontIcon(Feather.BAR_CHART));
        sort.setId("segment-order");
        sort.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, Tweaks.NO_ARROW);
        sort.getGraphic().setRotate(90);
        ToggleGroup group = new ToggleGroup();
        String kept = settings.text("list-order", SegmentOrder.KEY.name().toLowerCase(Locale.ROOT));
        for (SegmentOrder order : SegmentOrder.values()) {
            String word = order.name().toLowerCase(Locale.ROOT);
            RadioMenuItem item = new RadioMenuItem(order.text());
            item.setToggleGroup(group);
            if (word.equals(kept)) {
                item.setSelected(true);
                model.order(order);
                sayOrder(sort, order);
            }
            item.setOnAction(_ -> {
                model.order(order);
                settings.keep("list-order", word);
                sayOrder(sort, order);
            });
            sort.getItems().add(item);
        }
        HBox row = new HBox(filter, sort);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().add("shm-filter-row");
        return row;
    }

    private static void sayOrder(MenuButton sort, SegmentOrder order) {
        sort.setAccessibleText(TEXTS.say("order.name", order.text()));
        sort.setTooltip(new Tooltip(TEXTS.say("order.tip", order.text())));
    }

    private void buildList() {
        list.setId("segment-list");
        list.getStyleClass().addAll(Tweaks.EDGE_TO_EDGE, "shm-segment-list");
        list.setAccessibleText(TEXTS.say("list.name"));
        ContextMenu menu = buildMenu();
        list.setCellFactory(_ -> new SegmentCell(menu));
        // One height for all lines keeps 4096 of them cheap and the scroll position exact.
        list.fixedCellSizeProperty()
                .bind(
                        Bindings.createDoubleBinding(
                                () -> lineHeight(settings.fontSize(), list.getWidth()),
                                settings.fontSizeProperty(),
                                list.widthProperty()));
        list.getSelectionModel().selectedIndexProperty().subscribe(this::skipHeads);
        list.setOnMouseClicked(click -> {
            if (click.getButton() == MouseButton.PRIMARY && click.getClickCount() == 2) {
                chosen().ifPresent(facts -> actions.attach(facts, Access.READ_WRITE));
            }
        });
        list.addEventHandler(
                KeyEvent.KEY_PRESSED,
                key -> {
                    Optional<SegmentFacts> facts = chosen();
                    if (facts.isEmpty() || key.isShortcutDown() || key.isAltDown()) {
                        return;
                    }
                    if (key.getCode() == KeyCode.ENTER) {
                        key.consume();
                        actions.attach(
                                facts.get(),
                                key.isShiftDown() ? Access.READ_ONLY : Access.READ_WRITE);
                    } else if (key.getCode() == KeyCode.DELETE) {
                        key.consume();
                        actions.remove(facts.get());
                    }
                });
    }

    private ContextMenu buildMenu() {
        MenuItem attach =
                item(TEXTS.say("menu.attach"), facts -> actions.attach(facts, Access.READ_WRITE));
        MenuItem readOnly =
                item(TEXTS.say("menu.read-only"), facts -> actions.attach(facts, Access.READ_ONLY));
        MenuItem copyKey = item(TEXTS.say("menu.copy-key"), facts -> copy(keyOrName(facts)));
        MenuItem copyId = item(TEXTS.say("menu.copy-id"), facts -> copy(bareId(facts)));
        MenuItem remove = item(TEXTS.say("menu.remove"), actions::remove);
        ContextMenu menu =
                new ContextMenu(
                        attach,
                        readOnly,
                        new SeparatorMenuItem(),
                        copyKey,
                        copyId,
                        new SeparatorMenuItem(),
                        remove);
        menu.setOnShowing(_ -> {
            boolean named = chosen().map(SegmentFacts::key).isEmpty();
            copyKey.setText(named ? TEXTS.say("menu.copy-name") : TEXTS.say("menu.copy-key"));
            copyId.setVisible(!named);
            copyKey.setDisable(
                    chosen().map(SegmentFacts::key).filter(SegmentKey.PRIVATE::equals).isPresent());
        });
        return menu;
    }

    private MenuItem item(String text, java.util.function.Consumer<SegmentFacts> action) {
        MenuItem item = new MenuItem(text);
        item.setOnAction(_ -> chosen().ifPresent(action));
        return item;
    }

    /// The key even where it is the 0 of many; the name of what has no key.
    private static String keyOrName(SegmentFacts facts) {
        SegmentKey key = facts.key();
        return key == null ? ListEntry.nameOf(facts) : key.hex();
    }

    private static String bareId(SegmentFacts facts) {
        return facts.id() instanceof SegmentId.Sysv(int shmid)
                ? Integer.toString(shmid)
                : facts.id().text();
    }

    private static void copy(String text) {
        ClipboardContent content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }

    private void buildEmpty() {
        Label title = new Label(TEXTS.say("empty.title"));
        title.getStyleClass().add(Styles.TITLE_4);
        Label text = new Label(TEXTS.say("empty.text"));
        text.setWrapText(true);
        demo.setId("empty-demo");
        demo.getStyleClass().add(Styles.ACCENT);
        demo.setOnAction(_ -> actions.startDemo());
        Label about = new Label(TEXTS.say("empty.demo"));
        about.getStyleClass().add(Styles.TEXT_MUTED);
        about.setWrapText(true);
        Button create = new Button(TEXTS.say("empty.create"));
        create.setId("empty-attach");
        create.setOnAction(_ -> actions.attachOrCreate());
        demo.setMaxWidth(Double.MAX_VALUE);
        create.setMaxWidth(Double.MAX_VALUE);
        namespaces.setWrapText(true);
        namespaces.getStyleClass().add(Styles.TEXT_MUTED);
        otherNamespaces(0);
        empty.getStyleClass().add("shm-empty");
        empty.getChildren().setAll(title, text, demo, about, create, namespaces);
    }

    private void buildOrphans() {
        orphans.setId("orphan-hint");
        orphans.getStyleClass().addAll(Styles.SMALL, Styles.FLAT);
        orphans.setMaxWidth(Double.MAX_VALUE);
        orphans.setTooltip(new Tooltip(TEXTS.say("orphans.hint.tip")));
        orphans.setOnAction(_ -> actions.reviewOrphans());
        orphanRow.getStyleClass().add("shm-orphan-hint");
        orphanRow.managedProperty().bind(orphanRow.visibleProperty());
        sayOrphans(List.of());
    }

    private void sayOrphans(List<SegmentFacts> segments) {
        List<SegmentFacts> forgotten = segments.stream().filter(Orphan::is).toList();
        orphanRow.setVisible(!forgotten.isEmpty());
        orphans.setText(
                TEXTS.say(
                        "orphans.hint",
                        TEXTS.count("count.unattached", forgotten.size()),
                        Figures.size(forgotten.stream().mapToLong(SegmentFacts::sizeBytes).sum())));
    }

    private void showWhatFits() {
        boolean nothing = model.nothingThere();
        if (!nothing && list.getParent() == null) {
            // The first frame is drawn before there is anything to list, and waits for no list.
            body.getChildren().addFirst(list);
        }
        list.setVisible(!nothing);
        empty.setVisible(nothing && listedOnce);
        waiting.setVisible(nothing && !listedOnce && !banner.showing());
        nothingPasses.setVisible(model.nothingPasses());
        if (model.nothingPasses()) {
            nothingPasses.setText(
                    TEXTS.say(
                            "filter.nothing",
                            model.segmentCount() + model.objectCount(),
                            filter.getText().strip()));
        }
    }

    /// Applies a change of the lines so that the same segment stays chosen and the line at the top
    /// of the view stays there.
    private void keepingPlace(Runnable change) {
        ListEntry chosen = list.getSelectionModel().getSelectedItem();
        List<ListEntry> before = List.copyOf(model.entries());
        ListEntry top = topLine();
        int topIndex = top == null ? -1 : before.indexOf(top);
        change.run();
        if (before.equals(model.entries())) {
            return;
        }
        int index = chosen == null ? -1 : model.entries().indexOf(chosen);
        if (index < 0) {
            list.getSelectionModel().clearSelection();
        } else if (list.getSelectionModel().getSelectedIndex() != index) {
            list.getSelectionModel().select(index);
        }
        int nextTop = top == null ? -1 : model.entries().indexOf(top);
        if (topIndex > 0 && nextTop >= 0 && nextTop != topIndex) {
            list.scrollTo(nextTop);
        }
    }

    private @Nullable ListEntry topLine() {
        VirtualFlow<?> flow = flow();
        return flow == null || !(flow.getFirstVisibleCell() instanceof SegmentCell cell)
                ? null
                : cell.getItem();
    }

    private boolean inView(int index) {
        VirtualFlow<?> flow = flow();
        if (flow == null || flow.getFirstVisibleCell() == null) {
            return false;
        }
        return index > flow.getFirstVisibleCell().getIndex()
                && index < flow.getLastVisibleCell().getIndex();
    }

    private @Nullable VirtualFlow<?> flow() {
        return list.lookup(".virtual-flow") instanceof VirtualFlow<?> flow ? flow : null;
    }

    /// Section heads are no choices: going over one lands on the row beyond it.
    private void skipHeads(Number before, Number now) {
        int index = now.intValue();
        List<ListEntry> entries = model.entries();
        if (index < 0
                || index >= entries.size()
                || !(entries.get(index) instanceof ListEntry.Section)) {
            return;
        }
        int step = before.intValue() > index && index > 0 ? -1 : 1;
        if (index + step < entries.size()) {
            list.getSelectionModel().select(index + step);
            list.getFocusModel().focus(index + step);
            if (index == 0) {
                list.scrollTo(0);
            }
        }
    }

    private void chooseFirst() {
        for (int at = 0; at < model.entries().size(); at++) {
            if (model.entries().get(at) instanceof ListEntry.Row) {
                list.getSelectionModel().select(at);
                return;
            }
        }
    }

    /// Of two lines in pixels, or of three where the list is narrow for its letters.
    private static double lineHeight(int letters, double width) {
        return Math.rint(letters * (width > 0 && width < NARROW * letters ? 4.7 : 3.4));
    }
}
