package io.github.shmlens.ui.shell;

import atlantafx.base.theme.Styles;
import atlantafx.base.theme.Tweaks;
import io.github.shmlens.layout.Shape;
import io.github.shmlens.live.LifeBook;
import io.github.shmlens.live.Listing;
import io.github.shmlens.live.SegmentsWatch;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.ui.attach.AttachSheet;
import io.github.shmlens.ui.fx.Background;
import io.github.shmlens.ui.fx.FirstFrame;
import io.github.shmlens.ui.fx.FxExecutor;
import io.github.shmlens.ui.fx.LatestOnFx;
import io.github.shmlens.ui.problem.FileAsker;
import io.github.shmlens.ui.problem.Notices;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.problem.Sheets;
import io.github.shmlens.ui.segments.ListEntry;
import io.github.shmlens.ui.segments.OrphanSheet;
import io.github.shmlens.ui.segments.RemovalWords;
import io.github.shmlens.ui.segments.RemoveSheet;
import io.github.shmlens.ui.segments.SegmentActions;
import io.github.shmlens.ui.segments.SegmentListView;
import io.github.shmlens.ui.segments.Witness;
import io.github.shmlens.ui.system.SystemSheet;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Figures;
import io.github.shmlens.ui.theme.Looks;
import io.github.shmlens.ui.theme.MenuKey;
import io.github.shmlens.ui.theme.Settings;
import io.github.shmlens.ui.theme.SideOrBelow;
import io.github.shmlens.ui.theme.Theme;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.image.Image;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The main window: the list of segments, the tabs, and what a user can do anywhere. FX thread.
public final class ShmlensWindow {

    private static final Texts TEXTS = Texts.of(ShmlensWindow.class);
    private static final long CLOSE_SECONDS = 3;

    /// More of the window the list does not take by itself.
    private static final double MOST_LIST = 0.3;

    /// Over a list that is narrower, large letters would have no room for a word.
    private static final double NOTICE_EM = 16;

    /// The list's width in heights of a letter, where that leaves the bytes enough.
    private static final double LIST_LETTERS = 19.5;

    private final SegmentSource source;
    private final List<Shape> shapes;
    private final Settings settings;
    private final Theme theme;
    private final DemoStarter demo;
    private final TabContentFactory contents;
    private final FileAsker files;
    private final LogFile log;

    private final Sheets sheets = new Sheets();
    private final Notices notices = new Notices();
    private final SegmentListView list;
    private final Tabs tabs = new Tabs(this::detach, this::tabsChanged);
    private final HBox statusLine = new WordLine();
    private final Label idle = new Label();
    private final MenuButton menu = new MenuButton(null, new FontIcon(Feather.MORE_HORIZONTAL));
    private final ListBeside split;
    private final StackPane root = new StackPane();
    private final LatestOnFx<Listing> listings = new LatestOnFx<>(this::listed);
    private final LatestOnFx<ShmFailure> listFailures;
    private final SegmentsWatch watch;
    private final LifeBook lives = new LifeBook();

    /// Segments being attached at this moment: a second double click must not attach twice.
    private final Set<SegmentId> opening = new HashSet<>();

    private @Nullable Stage stage;
    private @Nullable ObservableList<Node> statusShown;
    private @Nullable SystemSheet system;
    private boolean listedOnce;
    private boolean everAttached;
    private boolean demoStarting;
    private @Nullable OpenTab lastFront;
    private boolean asking;

    /// Detached by the person, and not yet by the kernel.
    private final List<OpenTab> leaving = new ArrayList<>();

    /// What removes, or asks whether to.
    private final List<RemoveSheet> removing = new ArrayList<>();

    private boolean closing;

    /// @param demo starts the live demo
    /// @param contents makes what a tab shows
    public ShmlensWindow(
            SegmentSource source,
            List<Shape> shapes,
            Settings settings,
            Theme theme,
            DemoStarter demo,
            TabContentFactory contents) {
        this(
                source,
                shapes,
                settings,
                theme,
                demo,
                contents,
                FileAsker.ofDesktop(),
                LogFile.ofUser());
    }

    /// For tests, which answer file dialogs and read the log.
    ShmlensWindow(
            SegmentSource source,
            List<Shape> shapes,
            Settings settings,
            Theme theme,
            DemoStarter demo,
            TabContentFactory contents,
            FileAsker files,
            LogFile log) {
        this.source = source;
        this.shapes = List.copyOf(shapes);
        this.settings = settings;
        this.theme = theme;
        this.demo = demo;
        this.contents = contents;
        this.files = files;
        this.log = log;
        list = new SegmentListView(new FromList(), settings);
        listFailures = new LatestOnFx<>(list::failed);
        watch = new SegmentsWatch(source, SegmentsWatch.EVERY_SECOND, new FromWatch());
        split = build();
    }

    /// Shows the window and begins to watch the list.
    public void show(Stage onto) {
        stage = onto;
        new Faults(log, notices::tell).install();
        Scene scene = new Scene(root);
        theme.dress(scene);
        scene.getStylesheets().add(Theme.css(ShmlensWindow.class, "shell.css"));
        scene.addEventFilter(KeyEvent.KEY_PRESSED, this::beforeAll);
        scene.addEventHandler(KeyEvent.KEY_PRESSED, this::shortcut);
        MenuKey.in(scene);
        onto.setScene(scene);
        onto.setTitle(TEXTS.say("window.title"));
        WindowPlace.restore(onto, settings);
        onto.iconifiedProperty().subscribe(this::minimised);
        onto.setOnCloseRequest(event -> {
            event.consume();
            close();
        });
        double usual =
                Math.min(
                        settings.fontSize() * LIST_LETTERS,
                        Math.max(
                                Settings.DEFAULT_FONT_SIZE * LIST_LETTERS,
                                MOST_LIST * onto.getWidth()));
        split.setListWidth(settings.number("list-width", usual));
        onto.show();
        FirstFrame.then(() -> giveIcons(onto));
        settings.fontSizeProperty()
                .subscribe((before, now) -> growList(before.doubleValue(), now.doubleValue()));
        watch.start();
    }

    /// Larger text wants a wider list, where that leaves the bytes enough.
    private void growList(double before, double now) {
        double window = split.getWidth();
        if (before == now || window <= 0) {
            return;
        }
        double most = Math.max(split.listWidth(), MOST_LIST * window);
        split.setListWidth(Math.min(split.listWidth() * now / before, most));
    }

    /// Beside the FX thread: the desktop shows them somewhere else, and six pictures take as long
    /// as several frames.
    private void giveIcons(Stage onto) {
        Background.<List<Image>>run(
                ShmlensWindow::icons,
                icons -> onto.getIcons().setAll(icons),
                thrown -> notices.tell(Problem.of(thrown)));
    }

    private static List<Image> icons() {
        return IntStream.of(16, 32, 48, 64, 128, 256)
                .mapToObj("icons/shmlens-%d.png"::formatted)
                .map(name ->
                        Objects.requireNonNull(ShmlensWindow.class.getResource(name), name)
                                .toExternalForm())
                .map(Image::new)
                .toList();
    }

    /// Attaches the segment a target names and opens a tab on it, or chooses the one that is there.
    /// A failure becomes a notice.
    public void attach(Target target, Access access) {
        open(target, access, false, () -> {}, notices::tell);
    }

    /// Tells something in a notice, such as settings that could not be read.
    public void tell(Problem problem) {
        notices.tell(problem);
    }

    /// Detaches everything and closes the window. Asks first where something is still being
    /// written, where something typed is not written, and where the last bytes of a removed segment
    /// would go.
    public void close() {
        List<UnderWay> all =
                Stream.concat(
                                Stream.concat(tabs.all().stream(), leaving.stream())
                                        .flatMap(open -> open.content().underWay().stream()),
                                removing.stream().filter(RemoveSheet::working).map(Removing::new))
                        .toList();
        if (all.isEmpty()) {
            end(tabs.all(), UnwrittenSheet.Ending.QUIT, this::quit);
        } else if (!asking) {
            asking = true;
            UnderWaySheet.open(
                    sheets,
                    all,
                    () -> {
                        asking = false;
                        close();
                    },
                    () -> asking = false);
        }
    }

    /// Goes on when nothing would be lost by it, or the person lets it go.
    private void end(List<OpenTab> ending, UnwrittenSheet.Ending how, Runnable go) {
        List<AttachedSegment> attached =
                ending.stream().flatMap(open -> open.content().attached().stream()).toList();
        if (attached.isEmpty()) {
            ask(ending, how, go);
            return;
        }
        // Looked up at this moment: what a tab knows is a second old.
        Background.run(
                () -> LastBytesSheet.among(source, attached),
                last -> ask(ending, how, () -> askForLast(last, how, go)),
                thrown -> {
                    notices.tell(Problem.of(thrown));
                    ask(ending, how, go);
                });
    }

    private void askForLast(List<LastBytesSheet.Last> all, UnwrittenSheet.Ending how, Runnable go) {
        if (all.isEmpty()) {
            go.run();
        } else if (!asking) {
            asking = true;
            LastBytesSheet.open(
                    source,
                    sheets,
                    files,
                    all,
                    how == UnwrittenSheet.Ending.QUIT,
                    notices::tell,
                    () -> {
                        asking = false;
                        go.run();
                    },
                    () -> asking = false);
        }
    }

    /// Goes on when nothing typed would be lost by it.
    ///
    /// @param ending of these tabs
    private void ask(List<OpenTab> ending, UnwrittenSheet.Ending how, Runnable go) {
        List<OpenTab> held = new ArrayList<>();
        List<Unwritten> all = new ArrayList<>();
        for (OpenTab open : ending) {
            open.content()
                    .unwritten()
                    .ifPresent(typed -> {
                        held.add(open);
                        all.add(typed);
                    });
        }
        if (all.isEmpty()) {
            go.run();
        } else if (!asking) {
            asking = true;
            UnwrittenSheet.open(
                    sheets,
                    all,
                    how,
                    () -> {
                        asking = false;
                        go.run();
                    },
                    left -> {
                        asking = false;
                        if (!left.isEmpty()) {
                            tabs.choose(held.get(all.indexOf(left.getFirst())));
                        }
                    });
        }
    }

    private void quit() {
        Stage shown = stage;
        if (closing || shown == null) {
            return;
        }
        closing = true;
        watch.stop();
        keepSettings(shown);
        CompletableFuture<?>[] ends =
                tabs.all().stream()
                        .map(open -> open.content().close().toCompletableFuture())
                        .toArray(CompletableFuture[]::new);
        // A write that has begun is let end; one that hangs holds up nobody for long, and the
        // kernel detaches then.
        CompletableFuture.allOf(ends)
                .orTimeout(CLOSE_SECONDS, TimeUnit.SECONDS)
                .whenCompleteAsync((_, _) -> shown.hide(), FxExecutor.FX);
    }

    // ---- the frame -----------------------------------------------------------------------------

    private ListBeside build() {
        VBox left = new VBox(buildHead(), list);
        VBox.setVgrow(list, Priority.ALWAYS);
        left.getStyleClass().add("shm-left");
        left.setMinWidth(200);
        StackPane place = new StackPane(buildNothing());
        // Not in the window before there is a tab: the first frame would wait for an empty pane.
        tabs.pane()
                .getTabs()
                .addListener((Observable _) -> {
                    if (tabs.pane().getParent() == null) {
                        place.getChildren().add(tabs.pane());
                    }
                });
        ListBeside split = new ListBeside(left, place);
        split.getStyleClass().add("shm-split");
        statusLine.getStyleClass().add(Looks.STATUS_LINE);
        statusLine.setId("status-line");
        idle.getStyleClass().add(Styles.TEXT_MUTED);
        BorderPane frame = new BorderPane(split);
        frame.setBottom(statusLine);
        // Small windows cut instead of growing beyond their edges.
        frame.setMinSize(0, 0);
        root.getChildren().setAll(frame, notices, sheets);
        StackPane.setAlignment(notices, Pos.BOTTOM_LEFT);
        notices.maxWidthProperty()
                .bind(
                        Bindings.createDoubleBinding(
                                () -> Math.max(left.getWidth(), NOTICE_EM * settings.fontSize()),
                                left.widthProperty(),
                                settings.fontSizeProperty()));
        tabsChanged();
        return split;
    }

    private Node buildHead() {
        Label title = new Label(TEXTS.say("window.segments"));
        title.getStyleClass().add(Styles.TITLE_4);
        Button attach = new Button(TEXTS.say("window.attach"), new FontIcon(Feather.PLUS));
        attach.setId("attach");
        attach.setTooltip(new Tooltip(TEXTS.say("window.attach-tip")));
        attach.setOnAction(_ -> attachOrCreate());
        buildMenu();
        menu.setMinWidth(Region.USE_PREF_SIZE);
        HBox buttons = new HBox(attach, menu);
        buttons.getStyleClass().add("shm-head-buttons");
        SideOrBelow head = new SideOrBelow(title, buttons);
        head.getStyleClass().add("shm-head");
        return head;
    }

    private void buildMenu() {
        menu.setId("menu");
        menu.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, Tweaks.NO_ARROW);
        menu.setAccessibleText(TEXTS.say("menu.name"));
        menu.setTooltip(new Tooltip(TEXTS.say("menu.tip")));
        CheckMenuItem quiet = new CheckMenuItem(TEXTS.say("menu.quiet"));
        quiet.selectedProperty().bindBidirectional(settings.quietProperty());
        MenuItem again = item(TEXTS.say("menu.again"), "Ctrl+Shift+T", this::attachAgain);
        again.setDisable(LastTime.of(settings).isEmpty());
        CheckMenuItem contrast = new CheckMenuItem(TEXTS.say("menu.high-contrast"));
        contrast.setId("high-contrast");
        contrast.selectedProperty().bindBidirectional(settings.highContrastProperty());
        ToggleGroup appearances = new ToggleGroup();
        MenuItem saveImage =
                item(
                        TEXTS.say("menu.save-image"),
                        "",
                        () -> tabs.chosen().ifPresent(open -> open.content().saveImage()));
        saveImage.setId("save-image");
        MenuItem loadImage =
                item(
                        TEXTS.say("menu.load-image"),
                        "",
                        () -> tabs.chosen().ifPresent(open -> open.content().loadImage()));
        loadImage.setId("load-image");
        menu.setOnShowing(_ -> {
            saveImage.setDisable(tabs.chosen().isEmpty());
            loadImage.setDisable(tabs.chosen().isEmpty());
        });
        menu.getItems()
                .setAll(
                        item(TEXTS.say("menu.attach"), "Ctrl+O", this::attachOrCreate),
                        item(TEXTS.say("menu.open-image"), "", this::openImage),
                        saveImage,
                        loadImage,
                        item(TEXTS.say("menu.demo"), "", this::startDemo),
                        again,
                        item(TEXTS.say("menu.refresh"), "F5", this::refresh),
                        item(TEXTS.say("menu.system"), "F4", this::showSystem),
                        item(TEXTS.say("menu.orphans"), "F6", this::reviewOrphans),
                        new SeparatorMenuItem(),
                        appearance(
                                appearances,
                                Settings.Appearance.SYSTEM,
                                TEXTS.say("menu.system-colours")),
                        appearance(appearances, Settings.Appearance.LIGHT, TEXTS.say("menu.light")),
                        appearance(appearances, Settings.Appearance.DARK, TEXTS.say("menu.dark")),
                        contrast,
                        new SeparatorMenuItem(),
                        quiet,
                        watchedMenu(),
                        item(TEXTS.say("menu.larger"), "Ctrl++", () -> grow(1)),
                        item(TEXTS.say("menu.smaller"), "Ctrl+-", () -> grow(-1)),
                        new SeparatorMenuItem(),
                        item(TEXTS.say("menu.shortcuts"), "F1", this::showShortcuts),
                        item(TEXTS.say("menu.about"), "", this::showAbout),
                        item(TEXTS.say("menu.quit"), "Ctrl+Q", this::close));
    }

    /// How much of each segment is watched.
    private Menu watchedMenu() {
        Menu choices = new Menu(TEXTS.say("menu.watched"));
        ToggleGroup group = new ToggleGroup();
        for (long bytes : Settings.WATCHED_CHOICES) {
            RadioMenuItem item =
                    new RadioMenuItem(TEXTS.say("menu.watched-first", Figures.size(bytes)));
            item.setToggleGroup(group);
            item.setOnAction(_ -> {
                settings.watchedBytesProperty().set(bytes);
                notices.tell(TEXTS.say("menu.watched-notice", Figures.size(bytes)));
            });
            settings.watchedBytesProperty()
                    .subscribe(now -> item.setSelected(now.longValue() == bytes));
            choices.getItems().add(item);
        }
        return choices;
    }

    private static MenuItem item(String text, String keys, Runnable action) {
        MenuItem item = new MenuItem(keys.isEmpty() ? text : text + "    " + keys);
        item.setMnemonicParsing(false);
        item.setOnAction(_ -> action.run());
        return item;
    }

    private RadioMenuItem appearance(
            ToggleGroup group, Settings.Appearance appearance, String text) {
        RadioMenuItem item = new RadioMenuItem(text);
        item.setToggleGroup(group);
        item.setOnAction(_ -> settings.appearanceProperty().set(appearance));
        settings.appearanceProperty().subscribe(now -> item.setSelected(now == appearance));
        return item;
    }

    /// What the place of the tabs says while there are none.
    private Node buildNothing() {
        Label title = new Label(TEXTS.say("nothing.title"));
        title.getStyleClass().add(Styles.TITLE_4);
        Label how = new Label(TEXTS.say("nothing.how"));
        how.setWrapText(true);
        how.getStyleClass().add(Styles.TEXT_MUTED);
        FontIcon icon = new FontIcon(Feather.LAYERS);
        icon.getStyleClass().add("shm-nothing-icon");
        VBox nothing = new VBox(icon, title, how);
        List<LastTime.Kept> last = LastTime.of(settings);
        if (!last.isEmpty()) {
            Button again =
                    new Button(
                            last.size() == 1
                                    ? TEXTS.say("again.one", last.getFirst().target().text())
                                    : TEXTS.say("again.several", last.size()));
            again.setId("attach-again");
            again.setTooltip(
                    new Tooltip(
                            TEXTS.say(
                                    "again.tip",
                                    last.stream()
                                            .map(kept -> kept.target().text())
                                            .collect(Collectors.joining("\n")))));
            again.setOnAction(_ -> attachAgain());
            nothing.getChildren().add(again);
        }
        nothing.getStyleClass().add("shm-nothing");
        nothing.setAlignment(Pos.CENTER);
        nothing.visibleProperty().bind(Bindings.isEmpty(tabs.pane().getTabs()));
        tabs.pane().visibleProperty().bind(nothing.visibleProperty().not());
        return nothing;
    }

    // ---- keyboard ------------------------------------------------------------------------------

    private static final List<Shortcut> OWN =
            List.of(
                    new Shortcut(
                            TEXTS.say("place.anywhere"), "Ctrl+O", TEXTS.say("shortcut.attach")),
                    new Shortcut(
                            TEXTS.say("place.anywhere"), "Ctrl+W", TEXTS.say("shortcut.detach")),
                    new Shortcut(
                            TEXTS.say("place.anywhere"),
                            "Ctrl+Tab",
                            TEXTS.say("shortcut.next-tab")),
                    new Shortcut(
                            TEXTS.say("place.anywhere"), "Ctrl+L", TEXTS.say("shortcut.filter")),
                    new Shortcut(
                            TEXTS.say("place.anywhere"),
                            "Ctrl+Shift+T",
                            TEXTS.say("shortcut.again")),
                    new Shortcut(TEXTS.say("place.anywhere"), "F4", TEXTS.say("shortcut.system")),
                    new Shortcut(TEXTS.say("place.anywhere"), "F5", TEXTS.say("shortcut.refresh")),
                    new Shortcut(TEXTS.say("place.anywhere"), "F6", TEXTS.say("shortcut.orphans")),
                    new Shortcut(
                            TEXTS.say("place.anywhere"),
                            "Ctrl++  Ctrl+-",
                            TEXTS.say("shortcut.text-size")),
                    new Shortcut(
                            TEXTS.say("place.anywhere"),
                            "Ctrl+0",
                            TEXTS.say("shortcut.usual-size")),
                    new Shortcut(TEXTS.say("place.anywhere"), "Ctrl+,", TEXTS.say("shortcut.menu")),
                    new Shortcut(TEXTS.say("place.anywhere"), "F1", TEXTS.say("shortcut.list")),
                    new Shortcut(TEXTS.say("place.anywhere"), "Ctrl+Q", TEXTS.say("shortcut.quit")),
                    new Shortcut(
                            TEXTS.say("place.list"), "Enter", TEXTS.say("shortcut.list-attach")),
                    new Shortcut(
                            TEXTS.say("place.list"), "Delete", TEXTS.say("shortcut.list-remove")),
                    new Shortcut(TEXTS.say("place.filter"), "Down", TEXTS.say("shortcut.to-list")),
                    new Shortcut(
                            TEXTS.say("place.filter"), "Esc", TEXTS.say("shortcut.clear-filter")));

    /// The tab pane would keep these for itself, and with them the focus.
    private void beforeAll(KeyEvent key) {
        if (!key.isControlDown() || sheets.anyOpen()) {
            return;
        }
        int by =
                switch (key.getCode()) {
                    case TAB -> key.isShiftDown() ? -1 : 1;
                    case PAGE_DOWN -> 1;
                    case PAGE_UP -> -1;
                    default -> 0;
                };
        if (by != 0) {
            key.consume();
            tabs.step(by);
        }
    }

    private void shortcut(KeyEvent key) {
        if (sheets.anyOpen() || key.isAltDown() || key.isMetaDown()) {
            return;
        }
        if (key.isControlDown() && key.isShiftDown() && key.getCode() == KeyCode.T) {
            attachAgain();
            key.consume();
            return;
        }
        boolean done = key.isControlDown() ? controlKey(key.getCode()) : plainKey(key.getCode());
        if (done) {
            key.consume();
        }
    }

    private boolean plainKey(KeyCode code) {
        switch (code) {
            case F1 -> showShortcuts();
            case F5 -> refresh();
            case F4 -> showSystem();
            case F6 -> reviewOrphans();
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean controlKey(KeyCode code) {
        switch (code) {
            case O -> attachOrCreate();
            case W -> tabs.chosen().ifPresent(this::detach);
            case L -> list.focusFilter();
            case Q -> close();
            case COMMA -> menu.show();
            case PLUS, ADD, EQUALS -> grow(1);
            case MINUS, SUBTRACT -> grow(-1);
            case DIGIT0, NUMPAD0 -> settings.setFontSize(Settings.DEFAULT_FONT_SIZE);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void grow(int by) {
        settings.setFontSize(settings.fontSize() + by);
    }

    private void showShortcuts() {
        List<Shortcut> all = new ArrayList<>(OWN);
        tabs.chosen().ifPresent(open -> all.addAll(open.content().shortcuts()));
        InfoSheets.shortcuts(sheets, all);
    }

    private void showAbout() {
        InfoSheets.about(sheets, log, Settings.userFile());
    }

    // ---- what the user can do ------------------------------------------------------------------

    /// What was attached when the window was last closed.
    private void attachAgain() {
        LastTime.of(settings).forEach(kept -> attach(kept.target(), kept.access()));
    }

    private void attachOrCreate() {
        AttachSheet.open(source, this::open, sheets, files, settings);
    }

    /// A file that was saved before, read-only.
    private void openImage() {
        files.open(stage, TEXTS.say("menu.open-image-title"))
                .ifPresent(path -> attach(new Target.File(path), Access.READ_ONLY));
    }

    private ContextMenu tabMenu(OpenTab open) {
        MenuItem save = item(TEXTS.say("menu.save-image"), "", () -> open.content().saveImage());
        MenuItem load = item(TEXTS.say("menu.load-image"), "", () -> open.content().loadImage());
        MenuItem remove = item(TEXTS.say("tab.remove"), "", () -> remove(open));
        MenuItem detach = item(TEXTS.say("tab.detach"), "Ctrl+W", () -> detach(open));
        return new ContextMenu(save, load, remove, new SeparatorMenuItem(), detach);
    }

    private void showSystem() {
        system = SystemSheet.open(source, sheets, settings.fontSize(), () -> system = null);
        watch.refreshNow();
    }

    private void reviewOrphans() {
        OrphanSheet.open(
                source,
                sheets,
                files,
                settings.fontSize(),
                sentence -> {
                    watch.refreshNow();
                    notices.tell(sentence);
                });
    }

    private void refresh() {
        watch.refreshNow();
        tabs.chosen().ifPresent(open -> open.content().refresh());
    }

    /// Starts the demo beside the window, and attaches to it when it is there.
    void startDemo() {
        if (demoStarting) {
            return;
        }
        demoStarting = true;
        notices.tell(TEXTS.say("demo.starting"));
        Background.run(
                demo::start,
                target -> {
                    demoStarting = false;
                    attach(target, Access.READ_WRITE);
                },
                thrown -> {
                    demoStarting = false;
                    Problem why = Problem.of(thrown);
                    notices.tell(
                            new Problem(TEXTS.say("demo.failed"), why.sentence(), why.whatToDo()));
                });
    }

    private void open(
            Target target,
            Access access,
            boolean created,
            Runnable opened,
            Consumer<Problem> refused) {
        Background.run(
                () -> Opening.find(source, target),
                id -> openFound(id, target, access, created, opened, refused),
                thrown -> refused.accept(Problem.of(thrown)));
    }

    private void openFound(
            SegmentId id,
            Target target,
            Access access,
            boolean created,
            Runnable opened,
            Consumer<Problem> refused) {
        OpenTab there = tabs.of(id).orElse(null);
        if (there != null) {
            // First, because a sheet that closes gives the keyboard back to where it was.
            opened.run();
            tabs.choose(there);
            if (access == Access.READ_WRITE
                    && there.content().label().get().access() == Access.READ_ONLY
                    && there.wanted() == Access.READ_ONLY) {
                notices.tell(TEXTS.say("notice.already-read-only"));
            }
            return;
        }
        if (closing || !opening.add(id)) {
            opened.run();
            return;
        }
        Background.run(
                () -> Opening.attach(source, id, access),
                done -> {
                    opening.remove(id);
                    opened.run();
                    addTab(done, target, access, created, null);
                },
                thrown -> {
                    opening.remove(id);
                    refused.accept(Problem.of(thrown));
                });
    }

    private void addTab(
            Opening done, Target target, Access access, boolean created, @Nullable OpenTab beside) {
        if (closing) {
            Background.run(
                    () -> {
                        done.segment().close();
                        return true;
                    },
                    _ -> {},
                    thrown -> notices.tell(Problem.of(thrown)));
            return;
        }
        Host host = new Host();
        TabContent content =
                contents.open(
                        done.segment(),
                        target,
                        new Origin(access, done.writeRefused(), created),
                        host);
        OpenTab open = new OpenTab(done.segment().factsBefore(), target, access, content);
        host.tab = open;
        open.tab().setContextMenu(tabMenu(open));
        tabs.add(open, beside);
        everAttached = true;
        list.choose(open.id());
        watch.refreshNow();
    }

    private void detach(OpenTab open) {
        end(List.of(open), UnwrittenSheet.Ending.DETACH, () -> detachNow(open));
    }

    private void detachNow(OpenTab open) {
        if (!tabs.all().contains(open)) {
            // Asked for twice.
            return;
        }
        boolean inFront = tabs.chosen().orElse(null) == open;
        tabs.remove(open);
        if (inFront) {
            tabs.chosen().ifPresentOrElse(next -> next.content().focus(), list::focusList);
        }
        leaving.add(open);
        open.content()
                .close()
                .whenCompleteAsync(
                        (_, thrown) -> {
                            leaving.remove(open);
                            watch.refreshNow();
                            if (thrown != null) {
                                notices.tell(Problem.of(thrown));
                            } else {
                                sayFarewell(open.before());
                            }
                        },
                        FxExecutor.FX);
    }

    private void sayFarewell(SegmentFacts before) {
        if (before.id() instanceof SegmentId.File) {
            notices.tell(RemovalWords.farewell(before, null));
            return;
        }
        Background.run(
                () -> Witness.look(source, before.id()),
                now -> notices.tell(RemovalWords.farewell(before, now)),
                thrown -> {
                    if (thrown instanceof io.github.shmlens.segment.ShmException refused
                            && refused.failure() instanceof ShmFailure.Gone) {
                        notices.tell(RemovalWords.farewell(before, null));
                    } else {
                        notices.tell(Problem.of(thrown));
                    }
                });
    }

    private void remove(OpenTab open) {
        if (open.isNamed()) {
            remove(open.before());
        } else {
            tellNameless(open.id());
        }
    }

    private void tellNameless(SegmentId id) {
        notices.tell(TEXTS.say("notice.nameless", id.text()));
    }

    private void remove(SegmentFacts facts) {
        if (facts.id() instanceof SegmentId.File) {
            notices.tell(TEXTS.say("notice.file-not-removed"));
            return;
        }
        removing.removeIf(one -> !one.working());
        removing.add(
                RemoveSheet.open(
                        source,
                        facts,
                        sheets,
                        files,
                        sentence -> {
                            watch.refreshNow();
                            notices.tell(sentence);
                            tabs.of(facts.id()).ifPresent(open -> open.content().refresh());
                        }));
    }

    private record Removing(RemoveSheet sheet) implements UnderWay {
        @Override
        public String sentence() {
            return sheet.wipes()
                    ? TEXTS.say("underway.wipe", sheet.name())
                    : TEXTS.say("underway.remove", sheet.name());
        }

        @Override
        public CompletionStage<Void> stop() {
            return sheet.stop();
        }
    }

    /// The old one keeps its tab: ours may be the last attach that holds its bytes.
    private void attachAnew(OpenTab old, Target target) {
        Background.run(
                () -> Opening.attach(source, Opening.find(source, target), old.wanted()),
                done -> {
                    // Ours has this id too where an object was made anew under its name.
                    OpenTab other =
                            tabs.of(done.segment().id()).filter(one -> one != old).orElse(null);
                    if (!tabs.all().contains(old) || other != null) {
                        // Closed, or attached in another tab, meanwhile.
                        Background.run(
                                () -> {
                                    done.segment().close();
                                    return true;
                                },
                                _ -> {},
                                thrown -> notices.tell(Problem.of(thrown)));
                        if (other != null) {
                            tabs.choose(other);
                        }
                        return;
                    }
                    addTab(done, target, old.wanted(), false, old);
                },
                thrown -> {
                    if (thrown instanceof io.github.shmlens.segment.ShmException refused) {
                        old.content().failed(refused.failure());
                    } else {
                        notices.tell(Problem.of(thrown));
                    }
                });
    }

    // ---- what changes by itself ----------------------------------------------------------------

    private void listed(Listing listing) {
        SystemSheet open = system;
        if (open != null) {
            open.listed(listing);
        }
        list.listed(listing.segments(), listing.objects());
        if (!listedOnce) {
            listedOnce = true;
            if (tabs.isEmpty() && !sheets.anyOpen()) {
                list.focusList();
            }
        }
        list.otherNamespaces(listing.host().otherIpcNamespaces());
        idle.setText(
                TEXTS.say(
                        "window.idle",
                        TEXTS.count("count.sysv-segment", listing.segments().size()),
                        TEXTS.count("count.posix-object", listing.objects().size())));
    }

    private void tabsChanged() {
        list.attached(tabs.marks());
        OpenTab front = tabs.chosen().orElse(null);
        if (front != lastFront) {
            lastFront = front;
            if (front != null) {
                list.choose(front.id());
            }
        }
        ObservableList<Node> now = front == null ? null : front.content().statusLine();
        if (now != statusShown || now == null) {
            ObservableList<Node> before = statusShown;
            if (before != null) {
                Bindings.unbindContent(statusLine.getChildren(), before);
            }
            statusLine.getChildren().clear();
            if (now == null) {
                statusLine.getChildren().add(idle);
            } else {
                Bindings.bindContent(statusLine.getChildren(), now);
            }
            statusShown = now;
        }
        Stage shown = stage;
        if (shown != null) {
            shown.setTitle(
                    front == null
                            ? TEXTS.say("window.title")
                            : TEXTS.say("window.title-of", front.content().label().get().name()));
        }
    }

    /// Visible to tests: a bare X server has nobody who would minimise a window.
    void minimised(boolean now) {
        tabs.minimised(now);
        if (now) {
            watch.stop();
        } else {
            watch.start();
        }
    }

    private void keepSettings(Stage shown) {
        WindowPlace.keep(shown, settings);
        if (everAttached) {
            LastTime.keep(tabs.all(), settings);
        }
        settings.keep("list-width", Math.rint(split.listWidth()));
        try {
            settings.save();
        } catch (IOException refused) {
            try {
                log.write("settings could not be kept", refused);
            } catch (IOException unwritable) {
                // Neither the settings' nor the log's folder can be written and the window is
                // going: there is nobody left to tell.
                refused.addSuppressed(unwritable);
            }
        }
    }

    private final class FromWatch implements SegmentsWatch.Listener {
        @Override
        public void listed(Listing listing) {
            lives.listed(listing);
            listings.offer(listing);
        }

        @Override
        public void failed(ShmFailure failure) {
            listFailures.offer(failure);
        }
    }

    private final class FromList implements SegmentActions {
        @Override
        public void attach(SegmentFacts facts, Access access) {
            if (isNameless(facts)) {
                tabs.nameless(facts.id()).ifPresent(tabs::choose);
            } else {
                ShmlensWindow.this.attach(nameFor(facts), access);
            }
        }

        @Override
        public void remove(SegmentFacts facts) {
            if (isNameless(facts)) {
                tellNameless(facts.id());
            } else {
                ShmlensWindow.this.remove(facts);
            }
        }

        private boolean isNameless(SegmentFacts facts) {
            return list.model().row(facts.id()).filter(ListEntry.Row::isNameless).isPresent();
        }

        @Override
        public void attachOrCreate() {
            ShmlensWindow.this.attachOrCreate();
        }

        @Override
        public void startDemo() {
            ShmlensWindow.this.startDemo();
        }

        @Override
        public void reviewOrphans() {
            ShmlensWindow.this.reviewOrphans();
        }

        /// The row chosen and no other: by id, even where there is a key.
        private static Target nameFor(SegmentFacts facts) {
            return Target.of(facts.id());
        }
    }

    private final class Host implements TabHost {

        private @Nullable OpenTab tab;

        @Override
        public SegmentSource source() {
            return source;
        }

        @Override
        public List<Shape> shapes() {
            return shapes;
        }

        @Override
        public Settings settings() {
            return settings;
        }

        @Override
        public LifeBook lives() {
            return lives;
        }

        @Override
        public Sheets sheets() {
            return sheets;
        }

        @Override
        public void detach() {
            if (tab != null) {
                ShmlensWindow.this.detach(tab);
            }
        }

        @Override
        public void remove() {
            if (tab != null) {
                ShmlensWindow.this.remove(tab);
            }
        }

        @Override
        public void attachAnew(Target target) {
            if (tab != null) {
                ShmlensWindow.this.attachAnew(tab, target);
            }
        }

        @Override
        public FileAsker files() {
            return files;
        }

        @Override
        public void notice(String sentence) {
            notices.tell(sentence);
        }
    }
}
