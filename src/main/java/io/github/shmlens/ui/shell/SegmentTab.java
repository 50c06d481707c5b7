package io.github.shmlens.ui.shell;

import io.github.shmlens.fields.FieldFormat;
import io.github.shmlens.fields.RecordLayout;
import io.github.shmlens.journal.Journal;
import io.github.shmlens.journal.Reversal;
import io.github.shmlens.known.KnownField;
import io.github.shmlens.known.KnownStructure;
import io.github.shmlens.layout.Part;
import io.github.shmlens.layout.Structure;
import io.github.shmlens.live.Guard;
import io.github.shmlens.live.LifeBook;
import io.github.shmlens.live.PartTrack;
import io.github.shmlens.live.Sample;
import io.github.shmlens.live.Sampler;
import io.github.shmlens.live.Window;
import io.github.shmlens.php.Slot;
import io.github.shmlens.php.StoreReading;
import io.github.shmlens.php.StoreWords;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.ui.bookmarks.BookmarkDesk;
import io.github.shmlens.ui.bookmarks.BookmarkPlace;
import io.github.shmlens.ui.care.CareDesk;
import io.github.shmlens.ui.change.PropertiesSheet;
import io.github.shmlens.ui.fields.FieldsPane;
import io.github.shmlens.ui.fields.FieldsPlace;
import io.github.shmlens.ui.find.FindPanel;
import io.github.shmlens.ui.find.FindPlace;
import io.github.shmlens.ui.fx.Background;
import io.github.shmlens.ui.fx.FxExecutor;
import io.github.shmlens.ui.fx.LatestOnFx;
import io.github.shmlens.ui.fx.Subscriptions;
import io.github.shmlens.ui.hex.ChangeWords;
import io.github.shmlens.ui.hex.HexEdit;
import io.github.shmlens.ui.hex.HexPalette;
import io.github.shmlens.ui.hex.HexView;
import io.github.shmlens.ui.hex.Minimap;
import io.github.shmlens.ui.hex.OccupancyStrip;
import io.github.shmlens.ui.hex.OffsetText;
import io.github.shmlens.ui.hex.Selection;
import io.github.shmlens.ui.hex.Span;
import io.github.shmlens.ui.hex.Tint;
import io.github.shmlens.ui.inspect.AtCursor;
import io.github.shmlens.ui.inspect.Pointed;
import io.github.shmlens.ui.inspect.Seen;
import io.github.shmlens.ui.inspect.SlotPlace;
import io.github.shmlens.ui.inspect.ValueTree;
import io.github.shmlens.ui.journal.JournalDesk;
import io.github.shmlens.ui.layouts.LayoutPane;
import io.github.shmlens.ui.map.AttachMap;
import io.github.shmlens.ui.problem.Banner;
import io.github.shmlens.ui.problem.Banners;
import io.github.shmlens.ui.problem.FileAsker;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.problem.Sheets;
import io.github.shmlens.ui.records.RecordsPane;
import io.github.shmlens.ui.records.RecordsPlace;
import io.github.shmlens.ui.segments.SegmentImage;
import io.github.shmlens.ui.segments.Witness;
import io.github.shmlens.ui.slots.SlotEdit;
import io.github.shmlens.ui.slots.SlotId;
import io.github.shmlens.ui.slots.SlotTable;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Figures;
import io.github.shmlens.ui.theme.TargetFile;
import io.github.shmlens.ui.theme.Theme;
import io.github.shmlens.ui.typing.BytesPlace;
import io.github.shmlens.ui.typing.ValuePlace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.collections.ObservableList;
import javafx.event.EventHandler;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.SplitPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// One attached segment: its slots and its bytes, live, and what a person does to them. FX thread,
/// except where a method says otherwise.
///
/// Slots and bytes are one selection. Everything that could block (reading, writing, waiting for a
/// semaphore, asking the kernel, detaching) happens on threads of the tab's own; what they find
/// comes back as the newest immutable value.
public final class SegmentTab implements TabContent {

    private static final Texts TEXTS = Texts.of(SegmentTab.class);

    /// In place of the size of a file that was not wanted any more.
    private static final long NOT_SAVED = -1;

    /// Nobody looks, but changes should still be noticed.
    private static final double HIDDEN_HZ = 2;

    /// With Ctrl, these are about the bytes and bring them back in place of the map.
    private static final Set<KeyCode> BYTES_KEYS =
            Set.of(KeyCode.G, KeyCode.F, KeyCode.R, KeyCode.B, KeyCode.I, KeyCode.T, KeyCode.U);

    private final AttachedSegment segment;
    private final TabHost host;
    private final Subscriptions subscriptions = new Subscriptions();

    private final Sampler sampler;
    private final Edits edits;
    private final Saving saving = new Saving();
    private final LookAround lookAround;
    private final LatestOnFx<Sample> samples = new LatestOnFx<>(this::show);
    private final LatestOnFx<Surroundings> arounds = new LatestOnFx<>(this::around);

    private final SegmentToolBar tools;
    private final Banners banners = new Banners();
    private final News news;
    private final Answer answer;
    private final OccupancyStrip strip = new OccupancyStrip();
    private final Label plain = new Label();
    private final Button structure = new Button(TEXTS.say("plain.structure"));
    private final HBox plainLine = new HBox(plain, structure);
    private final SlotTable slots = new SlotTable();
    private final HexView hex = new HexView();
    private final GoToBar goTo = new GoToBar(this::offset, this::goTo);
    private final Visits visits = new Visits();
    private final FindPanel find;
    private final BookmarkDesk bookmarks;
    private final RecordsPane records;
    private final FieldsPane fields;
    private final ValueTree value;
    private final AtCursor cursor;
    private final Minimap minimap = new Minimap();
    private final CareDesk care;
    private final LifeBook lives;
    private final AttachMap map;
    private final JournalDesk journal;
    private final VBox storeSide;
    private final LayoutPane layout;
    private final TabBody body;
    private final VBox root;

    private final ReadOnlyObjectWrapper<TabLabel> label;
    private final StatusLine status = new StatusLine();
    private final FarCopy farCopy;
    private final Pastes pastes;
    private final ChangeSteps steps;
    private final EditLock lock;
    private final Writing writing;
    private final Drafts drafts;

    private @Nullable Sample sample;
    private @Nullable Surroundings around;

    /// What became of the name of an object or file; null where it still leads to ours.
    private @Nullable String nameless;

    private @Nullable ShmFailure lost;
    private @Nullable String mapIsOld;
    private @Nullable SlotId chosen;
    private @Nullable Structure shown;
    private Side side = Side.NONE;
    private StoreWords words = StoreWords.LITTLE_64;
    private @Nullable Tinted tinted;
    private boolean inFront;
    private boolean started;
    private boolean linking;
    private long pausedAtNanos;
    private @Nullable CompletableFuture<Void> closed;

    /// What stands beside the bytes.
    private enum Side {
        NONE,
        STORE,
        LAYOUT;

        static Side of(@Nullable Structure structure) {
            return switch (structure) {
                case null -> NONE;
                case KnownStructure _ -> LAYOUT;
                default -> STORE;
            };
        }
    }

    /// What the tints on the screen were made of.
    private record Tinted(
            @Nullable Structure structure,
            Window window,
            @Nullable Part chosen,
            long found,
            long bookmarked,
            long laid) {
        boolean isSame(@Nullable Tinted other) {
            return other != null
                    && structure == other.structure
                    && window == other.window
                    && Objects.equals(chosen, other.chosen)
                    && found == other.found
                    && bookmarked == other.bookmarked
                    && laid == other.laid;
        }
    }

    /// Makes tabs that follow the theme.
    public static TabContentFactory factory(ObservableValue<Theme.Tone> tone) {
        return factory(tone, Journal.none());
    }

    /// Makes tabs that follow the theme.
    ///
    /// @param journal where the source keeps what is written
    public static TabContentFactory factory(ObservableValue<Theme.Tone> tone, Journal journal) {
        return (segment, named, origin, host) ->
                new SegmentTab(segment, named, origin, host, tone, journal);
    }

    private SegmentTab(
            AttachedSegment segment,
            Target named,
            Origin origin,
            TabHost host,
            ObservableValue<Theme.Tone> tone,
            Journal journal) {
        this.segment = segment;
        this.host = host;
        this.news = new News(banners.add(), segment.id(), named, host::attachAnew, this::saveImage);
        Banner answers = banners.add();
        this.answer = new Answer(answers);
        Sampler.Options usual = Sampler.Options.DEFAULT;
        this.sampler =
                new Sampler(
                        segment,
                        host.shapes(),
                        new Sampler.Options(
                                usual.rateHz(), host.settings().watchedBytes(), usual.sweepShare()),
                        new FromSampler());
        this.steps = new ChangeSteps(sampler, this::goTo, host::notice);
        this.tools = new SegmentToolBar(segment.access() == Access.READ_WRITE);
        this.value = new ValueTree(new FromTree());
        this.cursor = new AtCursor(new FromCursor());
        this.records = new RecordsPane(new FromRecords());
        this.fields =
                new FieldsPane(
                        host.settings().folder(),
                        TargetFile.spelling(segment.factsBefore()),
                        new FromFields());
        this.edits = new Edits(host.source(), segment, this::ours);
        this.farCopy =
                new FarCopy(
                        segment,
                        host::notice,
                        thrown -> answer.tell(Banner.Weight.DANGER, Problem.of(thrown)));
        this.pastes = new Pastes(segment, hex, answers, host::notice);
        this.lookAround = new LookAround(host.source(), segment, named, new FromKernel());
        this.lock = new EditLock(host.source(), segment.factsBefore(), edits, lookAround, tools);
        this.writing =
                new Writing(segment, host, edits, lock, answer, hex, slots, new FromWriting());
        this.drafts =
                new Drafts(
                        hex,
                        List.of(cursor::typed, fields::typed, records::typed),
                        value::typed,
                        writing);
        this.find = new FindPanel(new FromFind());
        this.bookmarks =
                new BookmarkDesk(
                        host.settings().folder(),
                        segment.factsBefore(),
                        host.sheets(),
                        new FromBookmarks());
        this.label = new ReadOnlyObjectWrapper<>(this, "label", labelNow());
        this.care =
                new CareDesk(
                        host.source(),
                        segment,
                        host.sheets(),
                        new Upkeep(edits, tools.edit()::isSelected, lock::sentence, journal.kept()),
                        slots.findings(),
                        new FromCare());
        this.lives = host.lives();
        this.map = new AttachMap(host.source(), host.settings().fontSize());
        this.journal = new JournalDesk(journal, segment, host.sheets(), new FromJournal());
        this.storeSide = new VBox(slots, care.ghosts());
        this.layout = new LayoutPane(segment);
        this.body = new TabBody(host.settings(), goTo, hex, minimap, cursor);
        this.root =
                new VBox(
                        tools,
                        banners,
                        strip,
                        plainLine,
                        care.panel(),
                        this.journal.panel(),
                        body,
                        map);
        build(origin, tone);
    }

    private void build(Origin origin, ObservableValue<Theme.Tone> tone) {
        root.getStyleClass().add("shm-tab");
        VBox.setVgrow(body, Priority.ALWAYS);
        plainLine.getStyleClass().add("shm-plain");
        plain.setWrapText(true);
        plain.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(plain, Priority.ALWAYS);
        structure.setId("plain-structure");
        structure.setMinWidth(Region.USE_PREF_SIZE);
        structure.setOnAction(_ -> fields.ask());
        hide(plainLine);
        hide(strip);
        VBox.setVgrow(slots, Priority.ALWAYS);
        tools.show(care.badge());
        slots.findingsElsewhereProperty().bind(care.openProperty());
        SplitPane.setResizableWithParent(storeSide, false);
        SplitPane.setResizableWithParent(layout, false);
        SplitPane.setResizableWithParent(fields, false);
        layout.setOnChoose(this::fieldChosen);

        tools.edit().selectedProperty().subscribe(this::unlock);
        tools.pause().selectedProperty().subscribe(this::pause);
        tools.remove().setOnAction(_ -> host.remove());
        tools.detach().setOnAction(_ -> host.detach());
        tools.find().setOnAction(_ -> finding().openFind());
        tools.goTo().setOnAction(_ -> goTo.open());
        tools.back().setOnAction(_ -> goBack());
        tools.back().disableProperty().bind(visits.backProperty().not());
        tools.forward().setOnAction(_ -> goForward());
        tools.forward().disableProperty().bind(visits.aheadProperty().not());
        tools.baseline().setOnAction(_ -> resetBaseline());
        tools.lock().setOnAction(_ -> chooseLock());
        tools.map().selectedProperty().subscribe(this::showMap);
        map.setOnBack(() -> tools.map().setSelected(false));
        VBox.setVgrow(map, Priority.ALWAYS);
        buildMore();

        hex.setOnViewport(sampler::view);
        hex.setOnSelect(this::bytesChosen);
        hex.setOnCommit(writing::commit);
        hex.setOnLockedTyping(this::hintLocked);
        hex.setOnGoTo(goTo::open);
        hex.setOnCopyBeyond(farCopy::copy);
        hex.setOnPaste(pastes);
        hex.addToMenu(TEXTS.say("menu.bookmark"), bookmarks::add);
        hex.addToMenu(TEXTS.say("menu.bookmarks"), bookmarks::flip);
        hex.addToMenu(TEXTS.say("more.fill"), this::fill);
        hex.addToMenu(TEXTS.say("menu.records"), records::askHere);
        hex.addToMenu(TEXTS.say("menu.structure"), fields::ask);
        hex.setOnHover(this::fieldWords);
        hex.editableProperty().bind(tools.edit().selectedProperty());
        cursor.setPointers(this::pointed);
        cursor.setOnFollow(this::goTo);
        cursor.setOnBookmark(bookmarks::add);
        cursor.setOnLeave(hex::requestFocus);
        subscriptions.keep(
                tone.subscribe(now -> {
                    HexPalette palette = HexPalette.of(now.dark(), now.highContrast());
                    hex.setPalette(palette);
                    strip.setPalette(palette);
                    minimap.setPalette(palette);
                    records.setPalette(palette);
                    fields.setPalette(palette);
                    bookmarks.setPalette(palette);
                }));
        subscriptions.keep(host.settings().quietProperty().subscribe(hex::setQuiet));
        subscriptions.keep(
                host.settings()
                        .fontSizeProperty()
                        .subscribe(size -> {
                            hex.setFontSize(size.doubleValue());
                            body.makeRoom();
                            map.setFontSize(size.doubleValue());
                            records.setFontSize(size.doubleValue());
                            fields.setFontSize(size.doubleValue());
                        }));
        strip.setOnChoose(this::goTo);
        subscriptions.keep(hex.onScreenProperty().subscribe(strip::setOnScreen));
        subscriptions.keep(hex.onScreenProperty().subscribe(minimap::setOnScreen));
        subscriptions.keep(host.settings().quietProperty().subscribe(minimap::setQuiet));
        subscriptions.keep(host.settings().quietProperty().subscribe(records::setQuiet));
        subscriptions.keep(host.settings().quietProperty().subscribe(fields::setQuiet));
        minimap.setOnGo(hex::scrollTo);
        tools.previousChange().setOnAction(_ -> step(ChangeSteps.Way.BACK));
        tools.nextChange().setOnAction(_ -> step(ChangeSteps.Way.ON));
        tools.legend().setOnAction(_ -> InfoSheets.legend(host.sheets(), hex.legend()));

        slots.editableProperty().bind(tools.edit().selectedProperty());
        slots.selectedProperty().subscribe(this::slotChosen);
        slots.quietProperty().bind(host.settings().quietProperty());
        slots.setOnShowOffset(this::goTo);
        slots.setOnEdit(writing::openEditor);
        slots.setOnRemove(writing::askRemoveSlot);
        slots.setOnPut(() -> writing.openEditor(null));

        // On the scene, so that the keys work wherever the focus is; only for the tab in front.
        EventHandler<KeyEvent> keys = this::shortcut;
        root.sceneProperty()
                .addListener((_, before, now) -> {
                    if (before != null) {
                        before.removeEventHandler(KeyEvent.KEY_PRESSED, keys);
                    }
                    if (now != null) {
                        now.addEventHandler(KeyEvent.KEY_PRESSED, keys);
                    }
                });

        ShmFailure refused = origin.writeRefused();
        if (refused != null) {
            news.readOnly(refused);
        }
        SegmentKey key = segment.factsBefore().key();
        if (key != null && !key.equals(SegmentKey.PRIVATE)) {
            lookAround.watch(key);
        }
        tellStatus();
    }

    private void buildMore() {
        MenuItem undo = item("more-undo", TEXTS.say("more.undo"), journal::undo);
        MenuItem redo = item("more-redo", TEXTS.say("more.redo"), journal::redo);
        MenuItem fill = item("more-fill", TEXTS.say("more.fill"), this::fill);
        tools.more()
                .getItems()
                .setAll(
                        undo,
                        redo,
                        item("more-journal", TEXTS.say("more.journal"), journal::flip),
                        new SeparatorMenuItem(),
                        fill,
                        item("more-records", TEXTS.say("more.records"), records::flip),
                        item("more-structure", TEXTS.say("more.structure"), this::flipFields),
                        new SeparatorMenuItem(),
                        item("more-save", TEXTS.say("more.save"), this::saveImage),
                        item("more-load", TEXTS.say("more.load"), this::loadImage),
                        item("more-properties", TEXTS.say("more.properties"), this::properties));
    }

    private static MenuItem item(String id, String text, Runnable action) {
        MenuItem item = new MenuItem(text);
        item.setId(id);
        item.setMnemonicParsing(false);
        item.setOnAction(_ -> action.run());
        return item;
    }

    // ---- what the window asks of a tab -------------------------------------------------------

    @Override
    public Node node() {
        return root;
    }

    @Override
    public ReadOnlyObjectProperty<TabLabel> label() {
        return label.getReadOnlyProperty();
    }

    @Override
    public ObservableList<Node> statusLine() {
        return status.labels();
    }

    @Override
    public void activated() {
        inFront = true;
        records.awake(true);
        fields.awake(true);
        fields.load();
        bookmarks.load();
        if (!started) {
            started = true;
            sampler.start();
            lookAround.start();
        }
        sampler.rate(Sampler.Options.DEFAULT.rateHz());
        lookAround.awake(true);
    }

    @Override
    public void deactivated(Hidden hidden) {
        inFront = false;
        records.awake(false);
        fields.awake(false);
        switch (hidden) {
            case BEHIND -> sampler.rate(HIDDEN_HZ);
            case MINIMISED -> {
                sampler.rate(0);
                lookAround.awake(false);
            }
        }
    }

    @Override
    public void refresh() {
        lookAround.now();
        sampler.resume();
        tools.pause().setSelected(false);
    }

    @Override
    public void focus() {
        hex.requestFocus();
    }

    @Override
    public void failed(ShmFailure failure) {
        answer.tell(Banner.Weight.DANGER, Problem.of(failure));
    }

    @Override
    public List<Shortcut> shortcuts() {
        return TabShortcuts.ALL;
    }

    @Override
    public Optional<AttachedSegment> attached() {
        return Optional.of(segment);
    }

    @Override
    public Optional<Unwritten> unwritten() {
        return drafts.unwritten();
    }

    @Override
    public List<UnderWay> underWay() {
        List<UnderWay> all = saving.underWay();
        if (edits.underWay()) {
            all.add(new Changing());
        }
        return all;
    }

    private final class Changing implements UnderWay {
        @Override
        public String sentence() {
            return edits.loading()
                    ? TEXTS.say("underway.load", name())
                    : TEXTS.say("underway.change", name());
        }

        @Override
        public CompletionStage<Void> stop() {
            return edits.stop();
        }
    }

    @Override
    public CompletionStage<Void> close() {
        CompletableFuture<Void> already = closed;
        if (already != null) {
            return already;
        }
        inFront = false;
        care.close();
        layout.close();
        records.close();
        fields.close();
        map.close();
        journal.close();
        find.end();
        bookmarks.close();
        samples.close();
        arounds.close();
        farCopy.close();
        pastes.close();
        subscriptions.close();
        CompletableFuture<Void> going = new CompletableFuture<>();
        closed = going;
        Background.run(
                () -> {
                    lookAround.close();
                    sampler.close();
                    saving.close();
                    edits.close();
                    segment.close();
                    return segment;
                },
                _ -> going.complete(null),
                going::completeExceptionally);
        return going;
    }

    // ---- what comes from the threads ---------------------------------------------------------

    private final class FromSampler implements Sampler.Listener {

        private final NewsGate gate = new NewsGate();

        @Override
        public void sampled(Sample newest) {
            if (gate.lets(newest)) {
                samples.offer(newest);
            }
        }

        @Override
        public void ended(ShmFailure failure) {
            FxExecutor.FX.execute(() -> lost(failure));
        }
    }

    private final class FromKernel implements LookAround.Listener {
        @Override
        public void seen(Surroundings now) {
            lives.looked(now.facts(), now.attachments());
            arounds.offer(now);
        }

        @Override
        public void superseded() {
            lives.superseded(segment.id());
            FxExecutor.FX.execute(SegmentTab.this::tellSuperseded);
        }

        @Override
        public void nameless(boolean onlyOurs) {
            FxExecutor.FX.execute(() -> tellNameless(onlyOurs));
        }

        @Override
        public void failed(ShmFailure failure) {
            FxExecutor.FX.execute(() -> lostSight(failure));
        }
    }

    private final class FromCare implements CareDesk.Listener {
        @Override
        public void showOffset(long offset) {
            goTo(offset);
        }

        @Override
        public void ghostChosen(@Nullable Part part) {
            if (part != null) {
                linking = true;
                try {
                    slots.select(null);
                    visits.jump(hex.getSelection().caret(), part.contentOffset());
                    hex.select(Selection.at(part.contentOffset()));
                    hex.reveal(part.offset(), part.length());
                } finally {
                    linking = false;
                }
                showCursor();
            }
            strip.setChosen(chosenPart());
            tint();
        }

        @Override
        public void stale(List<Span> stretches) {
            strip.setStale(stretches);
        }

        @Override
        public void done(String sentence) {
            host.notice(sentence);
        }
    }

    private void show(Sample newest) {
        sample = newest;
        long now = System.nanoTime();
        hex.setSize(newest.sizeBytes());
        hex.show(newest.window(), now);
        minimap.show(newest.overview(), newest.sizeBytes(), newest.counters().watchedBytes(), now);
        Side beside = Side.of(newest.structure());
        if (beside != side) {
            side = beside;
            arrange();
        }
        if (newest.structure() instanceof KnownStructure known) {
            layout.show(known, newest.state(), now);
        } else if (side == Side.STORE) {
            slots.show(newest, now);
        } else {
            tellPlain(newest);
        }
        care.show(newest, now, inFront);
        Structure structure = newest.structure();
        if (side == Side.STORE && structure != null && structure != shown) {
            strip.show(structure.parts(), newest.sizeBytes());
            showValue();
            if (structure instanceof StoreReading reading && reading.words() != words) {
                tellWords(reading.words());
            }
        }
        shown = structure;
        tint();
        showCursor();
        if (status.due(now)) {
            tellStatus();
        }
        tellLabel();
    }

    /// A store of another kind of PHP is shown, and nobody can edit it here by mistake.
    private void tellWords(StoreWords now) {
        words = now;
        tools.allowEdits(now.writable() && lost == null);
        slots.lockedReasonProperty()
                .set(
                        now.writable()
                                ? SlotTable.LOCKED
                                : TEXTS.say("locked.read-only", now.whyReadOnly()));
        news.madeBy(now);
    }

    private void around(Surroundings now) {
        boolean sameHolders = around != null && around.attachments().equals(now.attachments());
        around = now;
        if (nameless != null) {
            nameless = null;
            tools.remove().setDisable(false);
            hex.setLost(lost != null);
            news.named();
        }
        if (!sameHolders) {
            cursor.setPointers(this::pointed);
        }
        mapIsOld = null;
        journal.look();
        lock.seen(now);
        tellMap();
        tellLabel();
        tellRemoved(now);
        answer.tellAgain();
        tellStatus();
    }

    private void lost(ShmFailure failure) {
        lost = failure;
        mapIsOld(Problem.of(failure).sentence());
        tools.edit().setSelected(false);
        tools.lose();
        hex.setLost(true);
        records.lose();
        fields.lose();
        news.lost(failure);
        tellLabel();
        tellStatus();
    }

    /// The kernel does not answer for a segment that we still hold.
    private void lostSight(ShmFailure failure) {
        if (lost != null || closed != null) {
            return;
        }
        mapIsOld(Problem.of(failure).sentence());
        news.outOfSight(failure);
    }

    private void tellRemoved(Surroundings now) {
        if (now.facts().markedForRemoval() && lost == null) {
            hex.setLost(now.others() == 0 && !segment.factsBefore().markedForRemoval());
            news.marked(now);
        }
    }

    /// Facts and attaches that the kernel tells from now on are another one's.
    private void tellSuperseded() {
        if (lost == null && closed == null) {
            loseName(
                    TEXTS.say("status.superseded"),
                    TEXTS.say("map.superseded", segment.id().text()),
                    false);
            news.superseded();
        }
    }

    /// Nobody can attach by its name any more, and the kernel tells nothing under it; the bytes are
    /// there.
    private void tellNameless(boolean onlyOurs) {
        if (lost == null && closed == null) {
            loseName(
                    onlyOurs ? TEXTS.say("status.nameless-only-us") : TEXTS.say("status.nameless"),
                    TEXTS.say("map.nameless", segment.id().text()),
                    onlyOurs);
            hex.setLost(onlyOurs);
            news.nameless(onlyOurs);
        }
    }

    /// @param standing what became of the name, for the status line
    /// @param map the same for the map
    private void loseName(String standing, String map, boolean onlyOurs) {
        nameless = standing;
        mapIsOld(map);
        around = null;
        lock.nameless(onlyOurs);
        answer.tellAgain();
        // What the name leads to is not ours to remove from here.
        tools.remove().setDisable(true);
        tellLabel();
        tellStatus();
    }

    /// What became of its key or name, for the status line.
    private String standing() {
        if (nameless != null) {
            return nameless;
        }
        return isMarked() ? TEXTS.say("status.marked") : "";
    }

    private boolean isMarked() {
        Surroundings now = around;
        return now != null && now.facts().markedForRemoval();
    }

    /// The bytes give way to the map, or come back.
    private void showMap(boolean wanted) {
        if (wanted) {
            hide(body);
            reveal(map);
        } else {
            hide(map);
            reveal(body);
        }
        tellMap();
        if (wanted) {
            lookAround.now();
            map.focus();
        }
    }

    private void tellMap() {
        Surroundings now = around;
        if (map.isVisible()) {
            if (now != null) {
                map.show(label.get().name(), new Witness(now.facts(), now.attachments()));
            }
            map.show(lives.line(segment.id()));
            String why = mapIsOld;
            if (why != null) {
                map.showOld(why);
            }
        }
    }

    private void mapIsOld(@Nullable String why) {
        mapIsOld = why;
        tellMap();
    }

    // ---- one selection -----------------------------------------------------------------------

    private void slotChosen(@Nullable SlotId id) {
        chosen = id;
        if (id != null) {
            care.chooseNone();
        }
        showValue();
        tint();
        Part part = chosenPart();
        if (part != null && !linking) {
            linking = true;
            try {
                visits.jump(hex.getSelection().caret(), part.contentOffset());
                hex.select(Selection.at(part.contentOffset()));
                hex.reveal(part.offset(), part.length());
            } finally {
                linking = false;
            }
            showCursor();
        }
        strip.setChosen(part);
    }

    private void bytesChosen(Selection selection) {
        showCursor();
        if (!selection.isNone()) {
            records.choose(selection.caret());
            fields.choose(selection.caret());
        }
        Structure structure = shown;
        if (structure == null || linking || selection.isNone()) {
            return;
        }
        if (side == Side.LAYOUT) {
            layout.choose(selection.caret());
            return;
        }
        Part part = Tints.at(structure, selection.caret());
        care.chooseNone();
        linking = true;
        try {
            if (part != null && part.kind() == Part.Kind.ENTRY) {
                SlotId id = slotId(part);
                if (id != null) {
                    slots.select(id);
                }
            } else {
                slots.select(null);
            }
        } finally {
            linking = false;
        }
    }

    private void fieldChosen(KnownField field) {
        visits.jump(hex.getSelection().caret(), field.offset());
        hex.select(new Selection(Math.max(field.offset(), field.end() - 1), field.offset()));
        hex.reveal(field.offset(), field.lengthBytes());
        showCursor();
    }

    private @Nullable SlotId slotId(Part part) {
        Sample newest = sample;
        if (newest == null) {
            return null;
        }
        int occurrence = 0;
        for (PartTrack track : newest.tracks()) {
            if (track.part().offset() == part.offset()) {
                return new SlotId(part.key(), occurrence);
            }
            if (track.key() == part.key()) {
                occurrence++;
            }
        }
        return null;
    }

    /// As the table knows it: to look through a store of 100,000 slots would take longer than a
    /// frame.
    private @Nullable Slot chosenSlot() {
        return side == Side.STORE ? slots.selectedSlot().orElse(null) : null;
    }

    private @Nullable Part chosenPart() {
        Part ghost = care.chosen();
        if (ghost != null) {
            return ghost;
        }
        Slot slot = chosenSlot();
        Structure structure = shown;
        return slot == null || structure == null ? null : Tints.at(structure, slot.offset());
    }

    private void showValue() {
        Slot slot = chosenSlot();
        if (slot != null) {
            value.show(slot);
        } else if (chosen != null) {
            value.gone();
        } else {
            value.clear();
        }
        tellHeld();
    }

    /// What is typed stays with its slot though that is not chosen any more, perhaps because it is
    /// gone.
    private void tellHeld() {
        OptionalLong held = value.held();
        Sample newest = sample;
        if (held.isPresent()
                && newest != null
                && newest.structure() instanceof StoreReading reading) {
            value.heldIsThere(reading.slot(held.getAsLong()).isPresent());
        }
    }

    private void tint() {
        Sample newest = sample;
        if (newest == null) {
            tinted = null;
            hex.setTints(List.of());
            return;
        }
        Structure structure = shown;
        Part part = chosenPart();
        Tinted now =
                new Tinted(
                        structure,
                        newest.window(),
                        part,
                        find.marked(),
                        bookmarks.marked(),
                        fields.marked());
        // Most looks see nothing new.
        if (!now.isSame(tinted)) {
            tinted = now;
            List<Tint> tints = new ArrayList<>();
            if (structure != null) {
                tints.addAll(Tints.of(structure, newest.window(), part));
            }
            tints.addAll(fields.marks(newest.window()));
            tints.addAll(bookmarks.marks(newest.window()));
            tints.addAll(find.marks(newest.window()));
            hex.setTints(tints);
        }
    }

    private void showCursor() {
        Sample newest = sample;
        long at = hex.selectionProperty().get().caret();
        if (newest == null || at < 0) {
            cursor.clear();
            return;
        }
        if (!newest.window().covers(at)) {
            cursor.setHistory("");
            cursor.show(Seen.of(at));
            return;
        }
        Window window = newest.window();
        int from = (int) (at - window.offset());
        int to = Math.min(window.length(), from + Seen.MOST);
        cursor.setPlace(bookmarks.words(at));
        int unread = 0;
        int torn = 0;
        for (int index = from; index < to; index++) {
            unread |= window.has(index, Window.KNOWN) ? 0 : 1 << (index - from);
            torn |= window.has(index, Window.TORN) ? 1 << (index - from) : 0;
        }
        cursor.show(new Seen(at, Arrays.copyOfRange(window.bytes(), from, to), unread, torn));
        cursor.setHistory(ChangeWords.ofBlock(window, at, System.nanoTime()));
    }

    private Pointed pointed(long value) {
        Surroundings known = around;
        return Pointed.of(
                value,
                sample == null ? 0 : sample.sizeBytes(),
                known == null ? List.of() : known.attachments().seen(),
                segment.id() instanceof SegmentId.Sysv);
    }

    private void step(ChangeSteps.Way way) {
        Sample newest = sample;
        if (newest != null && newest.sizeBytes() > 0) {
            steps.step(way, hex.getSelection().caret(), newest.sizeBytes());
        }
    }

    private void goTo(long offset) {
        visits.jump(hex.getSelection().caret(), offset);
        arrive(offset);
    }

    private void arrive(long offset) {
        showBytes();
        hex.goTo(offset);
        bytesChosen(Selection.at(offset));
        hex.requestFocus();
    }

    /// Chooses bytes and has them on the screen; the keyboard stays where it is.
    private void choose(long offset, long length) {
        showBytes();
        visits.jump(hex.getSelection().caret(), offset);
        hex.select(new Selection(offset + length - 1, offset));
        hex.reveal(offset, length);
        bytesChosen(hex.getSelection());
    }

    private void goBack() {
        visits.back(hex.getSelection().caret()).ifPresent(this::arrive);
    }

    private void goForward() {
        visits.forward(hex.getSelection().caret()).ifPresent(this::arrive);
    }

    /// An offset, as [OffsetText] reads it.
    private long offset(String text) throws BadInput {
        return OffsetText.read(text, meaning());
    }

    private OffsetText.Meaning meaning() throws BadInput {
        Sample newest = sample;
        if (newest == null) {
            throw new BadInput(TEXTS.say("tab.not-read"));
        }
        return new OffsetText.Meaning(
                newest.sizeBytes(),
                hex.getSelection().caret(),
                key -> Tints.content(reading(), key));
    }

    // ---- editing -----------------------------------------------------------------------------

    private void unlock(boolean wanted) {
        Unwritten typed = wanted || lost != null ? null : drafts.unwritten().orElse(null);
        if (typed != null) {
            // Later: the button is still being told that it was switched off.
            FxExecutor.FX.execute(() -> askBeforeLocking(typed));
        }
        tools.showUnlocked(wanted);
        if (wanted) {
            answer.follow(() ->
                    answer.ask(
                            lock.isOpenToOthers() ? Banner.Weight.WARNING : Banner.Weight.NOTE,
                            new Problem(
                                    TEXTS.say("answer.unlocked"),
                                    TEXTS.say("answer.how", lock.sentence()),
                                    ""),
                            new Banner.Offer(TEXTS.say("answer.choose-lock"), this::chooseLock),
                            answer.dismiss()));
        } else {
            answer.clear();
        }
        tellStatus();
        tellLabel();
    }

    /// Nothing typed goes by itself.
    private void askBeforeLocking(Unwritten typed) {
        if (tools.edit().isDisabled() || closed != null) {
            return;
        }
        tools.edit().setSelected(true);
        UnwrittenSheet.open(
                host.sheets(),
                List.of(typed),
                UnwrittenSheet.Ending.LOCK,
                () -> tools.edit().setSelected(false),
                _ -> {});
    }

    private void chooseLock() {
        lock.choose(
                window(),
                () -> {
                    if (tools.edit().isSelected()) {
                        unlock(true);
                    }
                });
    }

    /// What the changes made here ask of this tab.
    private final class FromWriting implements Writing.Tab {
        @Override
        public String name() {
            return SegmentTab.this.name();
        }

        @Override
        public javafx.stage.@Nullable Window window() {
            return SegmentTab.this.window();
        }

        @Override
        public @Nullable StoreReading reading() {
            return SegmentTab.this.reading();
        }

        @Override
        public boolean unlocked() {
            return tools.edit().isSelected();
        }

        @Override
        public boolean lost() {
            return lost != null;
        }

        @Override
        public boolean closed() {
            return closed != null;
        }

        @Override
        public void look() {
            lookAround.now();
        }
    }

    private void hintLocked() {
        boolean readOnly = segment.access() == Access.READ_ONLY || !words.writable();
        answer.ask(
                Banner.Weight.NOTE,
                readOnly
                        ? new Problem(
                                words.writable()
                                        ? TEXTS.say("answer.read-only")
                                        : TEXTS.say("news.shown-read-only"),
                                TEXTS.say("answer.nothing-typed"),
                                "")
                        : new Problem(
                                TEXTS.say("answer.locked"), TEXTS.say("answer.unlock-first"), ""),
                readOnly
                        ? new Banner.Offer[] {answer.dismiss()}
                        : new Banner.Offer[] {
                            new Banner.Offer(
                                    TEXTS.say("answer.unlock"),
                                    () -> tools.edit().setSelected(true)),
                            answer.dismiss()
                        });
    }

    /// Over what is chosen in the bytes.
    private void fill() {
        if (tools.edit().isSelected()) {
            writing.fill();
        } else {
            hintLocked();
        }
    }

    @Override
    public void saveImage() {
        SegmentFacts facts = segment.factsBefore();
        host.files()
                .save(window(), TEXTS.say("save.title", name()), SegmentImage.suggestedName(facts))
                .ifPresent(this::saveImage);
    }

    private void saveImage(Path to) {
        String name = name();
        host.notice(TEXTS.say("save.working", name, to));
        Background.run(
                () -> {
                    boolean whole =
                            saving.save(
                                    name,
                                    to,
                                    stop -> SegmentImage.save(segment, freshFacts(), to, stop));
                    return whole ? Files.size(to) : NOT_SAVED;
                },
                size ->
                        host.notice(
                                size == NOT_SAVED
                                        ? TEXTS.say("save.broken-off", to)
                                        : TEXTS.say(
                                                "save.done", Figures.exactSize(size), name, to)),
                thrown -> {
                    Problem why = Problem.of(thrown);
                    if (closed == null) {
                        answer.tell(
                                Banner.Weight.WARNING,
                                new Problem(
                                        TEXTS.say("save.failed"), why.sentence(), why.whatToDo()));
                    } else {
                        host.notice(TEXTS.say("save.broken-off", to));
                    }
                });
    }

    @Override
    public void loadImage() {
        if (tools.edit().isSelected()) {
            writing.loadImage();
        } else {
            hintLocked();
        }
    }

    /// What is swapped out is told by facts of this moment; a segment that is gone has only those
    /// from before.
    private SegmentFacts freshFacts() throws ShmException {
        try {
            return host.source().facts(segment.id());
        } catch (ShmException refused) {
            if (refused.failure() instanceof ShmFailure.Gone) {
                return segment.factsBefore();
            }
            throw refused;
        }
    }

    private void properties() {
        PropertiesSheet.open(
                host.source(),
                segment.id(),
                host.sheets(),
                sentence -> {
                    host.notice(sentence);
                    lookAround.now();
                });
    }

    private @Nullable StoreReading reading() {
        return shown instanceof StoreReading store ? store : null;
    }

    // ---- the rest ----------------------------------------------------------------------------

    private void pause(boolean wanted) {
        tools.showPaused(wanted);
        pausedAtNanos = System.nanoTime();
        if (wanted) {
            sampler.pause();
        } else {
            sampler.resume();
        }
        records.pause(wanted);
        fields.pause(wanted);
        tellLabel();
        tellStatus();
    }

    private void resetBaseline() {
        sampler.resetBaseline();
        host.notice(TEXTS.say("baseline.set"));
    }

    /// What the journal asks of this tab.
    private final class FromJournal implements JournalDesk.Place {
        @Override
        public boolean unlocked() {
            return tools.edit().isSelected();
        }

        @Override
        public void hintLocked() {
            SegmentTab.this.hintLocked();
        }

        @Override
        public CompletionStage<Boolean> reverse(Reversal reversal) {
            return writing.reverse(reversal);
        }

        @Override
        public void showOffset(long offset) {
            Sample newest = sample;
            if (newest != null && offset < newest.sizeBytes()) {
                goTo(offset);
            }
        }

        @Override
        public void showSlot(long key) {
            slots.select(SlotId.first(key));
        }

        @Override
        public void showProperties() {
            properties();
        }

        @Override
        public void opened(boolean open) {
            if (!open) {
                hex.requestFocus();
            }
        }

        @Override
        public void notice(String sentence) {
            host.notice(sentence);
        }
    }

    /// What the find panel asks of this tab.
    private final class FromFind implements FindPlace {
        @Override
        public AttachedSegment segment() {
            return segment;
        }

        @Override
        public long sizeBytes() {
            return sample == null ? 0 : sample.sizeBytes();
        }

        @Override
        public Selection selection() {
            return hex.getSelection();
        }

        @Override
        public void show(long offset, long length) {
            choose(offset, length);
        }

        @Override
        public String part(long offset) {
            if (side == Side.LAYOUT) {
                return layout.nameAt(offset);
            }
            return shown == null ? fields.nameAt(offset) : Tints.words(Tints.at(shown, offset));
        }

        @Override
        public void marksChanged() {
            tint();
        }

        @Override
        public void opened(boolean open) {
            panelOpened(open);
        }

        @Override
        public void notice(String sentence) {
            host.notice(sentence);
        }
    }

    /// The find panel, in the place of the bookmarks.
    private FindPanel finding() {
        bookmarks.hide();
        return find;
    }

    /// What a view in which values are typed asks of this tab.
    private abstract class FromValues implements ValuePlace {
        @Override
        public ObservableValue<Boolean> unlocked() {
            return tools.edit().selectedProperty();
        }

        @Override
        public void hintLocked() {
            SegmentTab.this.hintLocked();
        }

        @Override
        public void notice(String sentence) {
            host.notice(sentence);
        }
    }

    private final class FromTree extends FromValues implements SlotPlace {
        @Override
        public void store(SlotEdit edit) {
            writing.store(edit);
        }

        @Override
        public void editWhole(Slot slot, String why) {
            writing.openEditor(slot, why);
        }
    }

    private class FromCursor extends FromValues implements BytesPlace {
        @Override
        public void commit(HexEdit edit, String words) {
            writing.commit(edit, words);
        }
    }

    /// What a view that leads to bytes asks besides.
    private abstract class FromPane extends FromCursor {
        public AttachedSegment segment() {
            return segment;
        }

        public SegmentSource source() {
            return host.source();
        }

        public Sheets sheets() {
            return host.sheets();
        }

        public OffsetText.Meaning meaning() throws BadInput {
            return SegmentTab.this.meaning();
        }

        public void show(long offset, long length) {
            choose(offset, length);
        }
    }

    /// What the table of records asks of this tab.
    private final class FromRecords extends FromPane implements RecordsPlace {
        @Override
        public void opened(boolean open) {
            if (open) {
                showBytes();
                bookmarks.hide();
                find.close();
            }
            panelOpened(open);
        }
    }

    /// Bytes of our own writing, told on the editing thread.
    private void ours(long offset, byte[] bytes) {
        sampler.ours(offset, bytes);
        records.ours(offset, bytes);
        fields.ours(offset, bytes);
    }

    private void flipFields() {
        showBytes();
        fields.flip();
    }

    /// What a byte is part of, for a tip; empty where there is nothing to say.
    private String fieldWords(long offset) {
        Sample newest = sample;
        return newest == null ? "" : fields.words(offset, newest.window());
    }

    /// What the view of structures asks of this tab.
    private final class FromFields extends FromPane implements FieldsPlace {
        @Override
        public FileAsker files() {
            return host.files();
        }

        @Override
        public void table(RecordLayout layout, @Nullable Guard guard, List<FieldFormat> formats) {
            records.show(layout, guard, formats);
        }

        @Override
        public void marksChanged() {
            tint();
        }

        @Override
        public void opened(boolean open) {
            arrange();
            if (!open) {
                hex.requestFocus();
            }
        }

        @Override
        public void failed(Throwable why) {
            answer.tell(
                    Banner.Weight.WARNING,
                    new Problem(TEXTS.say("fields.failed"), Problem.of(why).sentence(), ""));
        }
    }

    /// What the bookmarks ask of this tab.
    private final class FromBookmarks implements BookmarkPlace {
        @Override
        public OffsetText.Meaning meaning() throws BadInput {
            return SegmentTab.this.meaning();
        }

        @Override
        public Selection selection() {
            return hex.getSelection();
        }

        @Override
        public void show(long offset, long length) {
            choose(offset, length);
        }

        @Override
        public void marksChanged() {
            tint();
            showCursor();
        }

        @Override
        public void opened(boolean open) {
            panelOpened(open);
        }

        @Override
        public void failed(Throwable why) {
            answer.tell(
                    Banner.Weight.WARNING,
                    new Problem(TEXTS.say("bookmarks.failed"), Problem.of(why).sentence(), ""));
        }

        @Override
        public void notice(String sentence) {
            host.notice(sentence);
        }
    }

    private void shortcut(KeyEvent event) {
        if (!inFront || host.sheets().anyOpen()) {
            return;
        }
        if (event.getCode() == KeyCode.F3 && !event.isControlDown() && !event.isAltDown()) {
            finding().step(event.isShiftDown() ? -1 : 1);
            event.consume();
        }
        if (event.getCode() == KeyCode.D && event.isControlDown() && !event.isAltDown()) {
            showBytes();
            if (event.isShiftDown()) {
                bookmarks.flip();
            } else {
                bookmarks.add();
            }
            event.consume();
        }
        if (event.getCode() == KeyCode.Z && event.isControlDown() && !event.isAltDown()) {
            undo(event.isShiftDown());
            event.consume();
        }
        if (event.isShiftDown() || event.isConsumed()) {
            return;
        }
        boolean done =
                event.isControlDown()
                        ? !event.isAltDown() && controlKey(event.getCode())
                        : event.isAltDown() ? altKey(event.getCode()) : plainKey(event.getCode());
        if (done) {
            event.consume();
        }
    }

    /// What is typed and not written yet is not in the journal.
    private void undo(boolean again) {
        if (!hex.getPending().isEmpty()) {
            host.notice(TEXTS.say("journal.pending"));
        } else if (again) {
            journal.redo();
        } else {
            journal.undo();
        }
    }

    private boolean plainKey(KeyCode code) {
        if (code == KeyCode.F2) {
            tools.legend().fire();
        }
        return code == KeyCode.F2;
    }

    private boolean altKey(KeyCode code) {
        switch (code) {
            case DOWN -> step(ChangeSteps.Way.ON);
            case UP -> step(ChangeSteps.Way.BACK);
            case LEFT -> goBack();
            case RIGHT -> goForward();
            case ENTER -> properties();
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean controlKey(KeyCode code) {
        if (BYTES_KEYS.contains(code)) {
            showBytes();
        }
        if (code == KeyCode.M) {
            flip(tools.map());
        } else if (code == KeyCode.E && !tools.edit().isDisabled()) {
            flip(tools.edit());
        } else if (code == KeyCode.P && !tools.pause().isDisabled()) {
            flip(tools.pause());
        } else if (code == KeyCode.G) {
            goTo.open();
        } else if (code == KeyCode.F) {
            finding().openFind();
        } else if (code == KeyCode.R) {
            finding().openNarrow();
        } else if (code == KeyCode.B) {
            resetBaseline();
        } else if (code == KeyCode.I) {
            cursor.focusValues();
        } else if (code == KeyCode.H) {
            care.flip();
        } else if (code == KeyCode.J) {
            journal.flip();
        } else if (code == KeyCode.K) {
            fill();
        } else if (code == KeyCode.T) {
            records.flip();
        } else if (code == KeyCode.U) {
            fields.flip();
        } else {
            return false;
        }
        return true;
    }

    /// A panel beside At cursor was opened or closed.
    private void panelOpened(boolean open) {
        arrangeLower();
        if (!open) {
            hex.requestFocus();
        }
    }

    /// In the place of the map, where that is.
    private void showBytes() {
        tools.map().setSelected(false);
    }

    private static void flip(ToggleButton button) {
        button.setSelected(!button.isSelected());
    }

    private void arrange() {
        if (fields.isOpen()) {
            body.beside(fields, 0.4);
        } else {
            body.beside(
                    switch (side) {
                        case STORE -> storeSide;
                        case LAYOUT -> layout;
                        case NONE -> null;
                    },
                    0.335);
        }
        show(strip, side == Side.STORE);
        show(plainLine, side == Side.NONE);
        arrangeLower();
    }

    /// A panel, while it is open, takes the place of the value.
    private void arrangeLower() {
        if (bookmarks.isOpen()) {
            body.below(bookmarks.panel(), false);
        } else if (find.isOpen()) {
            body.below(find, false);
        } else if (records.isOpen()) {
            body.below(records, true);
        } else {
            body.below(side == Side.STORE ? value : null, false);
        }
    }

    private void tellPlain(Sample newest) {
        reveal(plainLine);
        plain.setText(
                newest.sizeBytes() == 0 ? TEXTS.say("plain.empty") : TEXTS.say("plain.no-slots"));
    }

    private void tellStatus() {
        long paused =
                tools.pause().isSelected()
                        ? (System.nanoTime() - pausedAtNanos) / 1_000_000_000L
                        : -1;
        List<String> words =
                StatusWords.of(
                        new StatusWords.State(
                                sample,
                                around,
                                segment.access(),
                                tools.edit().isSelected(),
                                paused,
                                standing(),
                                lost != null));
        status.say(words, System.nanoTime());
    }

    private void tellLabel() {
        TabLabel now = labelNow();
        if (!now.equals(label.get())) {
            label.set(now);
        }
    }

    private TabLabel labelNow() {
        Structure structure = shown;
        return new TabLabel(
                // A key that was given up may name another segment, in the next tab.
                isMarked() && !name().equals(segment.id().text())
                        ? name() + " " + segment.id().text()
                        : name(),
                state(),
                segment.access(),
                structure == null ? "" : structure.format());
    }

    private TabLabel.State state() {
        if (lost != null) {
            return TabLabel.State.LOST;
        }
        if (nameless != null) {
            return TabLabel.State.NAMELESS;
        }
        if (segment.id() instanceof SegmentId.File) {
            return TabLabel.State.FILE;
        }
        if (isMarked()) {
            return TabLabel.State.REMOVED;
        }
        return tools != null && tools.pause().isSelected()
                ? TabLabel.State.PAUSED
                : TabLabel.State.LIVE;
    }

    private String name() {
        SegmentKey key = segment.factsBefore().key();
        return switch (segment.id()) {
            case SegmentId.Sysv sysv ->
                    key == null || key.equals(SegmentKey.PRIVATE)
                            ? sysv.text()
                            : "0x%x".formatted(key.value());
            case SegmentId.Posix posix -> posix.name();
            case SegmentId.File file -> String.valueOf(file.path().getFileName());
        };
    }

    private javafx.stage.@Nullable Window window() {
        return root.getScene() == null ? null : root.getScene().getWindow();
    }

    private static void show(Node node, boolean shown) {
        if (shown) {
            reveal(node);
        } else {
            hide(node);
        }
    }

    private static void hide(Node node) {
        node.setVisible(false);
        node.setManaged(false);
    }

    private static void reveal(Node node) {
        node.setVisible(true);
        node.setManaged(true);
    }
}
