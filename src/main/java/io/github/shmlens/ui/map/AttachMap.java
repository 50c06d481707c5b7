package io.github.shmlens.ui.map;

import atlantafx.base.theme.Styles;
import io.github.shmlens.live.LifeLine;
import io.github.shmlens.segment.ProcessFacts;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentStatus;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.ui.fx.LatestWork;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.segments.Witness;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Figures;
import io.github.shmlens.ui.theme.Theme;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Who is around one segment: the picture, the table, a closer look at one process, and the life
/// line. Shows what it is given; only for the chosen process it asks itself, off the FX thread. FX
/// thread.
public final class AttachMap extends VBox implements AutoCloseable {

    private static final Texts TEXTS = Texts.of(AttachMap.class);

    private final SegmentSource source;
    private final Label caption = new Label();
    private final Label old = new Label();
    private final MapPicture picture;
    private final HolderTable table;
    private final ProcessPane process = new ProcessPane();
    private final LifePane life = new LifePane();
    private final ToggleButton showProcess = new ToggleButton(TEXTS.say("side.process"));
    private final ToggleButton showLife = new ToggleButton(TEXTS.say("side.life"));
    private final Button back = new Button(TEXTS.say("back"), new FontIcon(Feather.ARROW_LEFT));
    private final LatestWork<Holder, Optional<ProcessFacts>> closer;
    private List<Holder> holders = List.of();
    private @Nullable Holder asked;
    private boolean linking;

    /// @param em the size of text, in pixels
    public AttachMap(SegmentSource source, double em) {
        this.source = source;
        this.picture = new MapPicture(em);
        this.table = new HolderTable(em);
        this.closer =
                new LatestWork<>(Duration.ofMillis(50), this::look, this::looked, this::lookFailed);
        setId("map");
        getStyleClass().add("shm-map-page");
        getStylesheets().add(Theme.css(AttachMap.class, "map.css"));
        build();
    }

    private void build() {
        caption.setId("map-caption");
        caption.setWrapText(true);
        caption.setMinHeight(Region.USE_PREF_SIZE);
        caption.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(caption, Priority.ALWAYS);
        old.setId("map-old");
        old.getStyleClass().add("shm-map-old");
        old.setWrapText(true);
        old.setMaxWidth(Double.MAX_VALUE);
        old.setMinHeight(Region.USE_PREF_SIZE);
        hide(old);
        back.setId("map-back");
        back.getStyleClass().addAll(Styles.FLAT, Styles.SMALL);
        back.setMinWidth(Region.USE_PREF_SIZE);
        HBox head = new HBox(caption, legend(), back);
        head.setAlignment(Pos.CENTER_LEFT);
        head.getStyleClass().add("shm-map-head");

        ToggleGroup sides = new ToggleGroup();
        showProcess.setToggleGroup(sides);
        showLife.setToggleGroup(sides);
        showProcess.setId("map-show-process");
        showLife.setId("map-show-life");
        showProcess.getStyleClass().addAll(Styles.LEFT_PILL, Styles.SMALL);
        showLife.getStyleClass().addAll(Styles.RIGHT_PILL, Styles.SMALL);
        sides.selectToggle(showLife);
        sides.selectedToggleProperty()
                .addListener((_, before, now) -> {
                    if (now == null) {
                        sides.selectToggle(before);
                    }
                });
        life.visibleProperty().bind(showLife.selectedProperty());
        process.visibleProperty().bind(showProcess.selectedProperty());
        HBox choice = new HBox(showLife, showProcess);
        choice.getStyleClass().add("shm-map-sides");
        VBox side = new VBox(choice, new StackPane(life, process));
        VBox.setVgrow(side.getChildren().getLast(), Priority.ALWAYS);

        SplitPane lower = new SplitPane(table, side);
        lower.setDividerPositions(0.58);
        SplitPane both = new SplitPane(picture, lower);
        both.setOrientation(Orientation.VERTICAL);
        both.setDividerPositions(0.52);
        VBox.setVgrow(both, Priority.ALWAYS);
        getChildren().setAll(head, old, both);

        picture.chosenProperty().subscribe(this::cardChosen);
        table.chosenPidProperty().subscribe(this::rowChosen);
    }

    private static Node legend() {
        Label legend = new Label(TEXTS.say("legend"));
        legend.getStyleClass().add(Styles.TEXT_MUTED);
        legend.setMinWidth(Region.USE_PREF_SIZE);
        return legend;
    }

    /// What leads back to the bytes.
    public void setOnBack(Runnable action) {
        back.setOnAction(_ -> action.run());
        setOnKeyPressed(key -> {
            if (key.getCode() == KeyCode.ESCAPE) {
                key.consume();
                action.run();
            }
        });
    }

    public void setFontSize(double pixels) {
        picture.em(pixels);
        table.em(pixels);
    }

    /// Gives the keyboard to the picture.
    public void focus() {
        picture.requestFocus();
    }

    /// What was seen just now.
    ///
    /// @param name what the user calls the segment: one that is removed has lost its key
    public void show(String name, Witness now) {
        hide(old);
        SegmentFacts facts = now.facts();
        holders = Holder.of(now.attachments().seen());
        linking = true;
        try {
            picture.show(name, describe(facts), holders, now.unseen());
            table.show(holders);
        } finally {
            linking = false;
        }
        String found = caption(now, holders.size());
        caption.setText(facts.markedForRemoval() ? TEXTS.say("caption.marked", found) : found);
        followChosen();
    }

    /// What was seen to happen so far.
    public void show(LifeLine line) {
        life.show(line);
    }

    /// What is shown is as it was seen last, and why nothing newer is known.
    public void showOld(String why) {
        old.setText(TEXTS.say("old", why));
        old.setVisible(true);
        old.setManaged(true);
    }

    @Override
    public void close() {
        closer.close();
    }

    private static void hide(Label label) {
        label.setVisible(false);
        label.setManaged(false);
    }

    private static String describe(SegmentFacts facts) {
        String size = Figures.size(facts.sizeBytes());
        String counted =
                facts.nattch() < 0 ? size : TEXTS.say("segment.counted", size, facts.nattch());
        return facts.markedForRemoval() ? counted + " · " + SegmentStatus.DEST.word() : counted;
    }

    /// How much of what there is has been found.
    static String caption(Witness now, int processes) {
        SegmentFacts facts = now.facts();
        int hidden = now.attachments().hiddenProcesses();
        String who = TEXTS.count("count.process", processes);
        if (facts.nattch() < 0) {
            return hidden == 0
                    ? TEXTS.say("caption.object", who)
                    : TEXTS.say("caption.object.hidden", who, TEXTS.count("count.process", hidden));
        }
        return now.unseen() == 0
                ? TEXTS.say("caption.all", TEXTS.count("count.attach", facts.nattch()), who)
                : TEXTS.say("caption.some", now.attachments().seen().size(), facts.nattch(), who);
    }

    // ---- one selection -----------------------------------------------------------------------

    private void cardChosen(@Nullable MapItem item) {
        if (linking) {
            return;
        }
        linking = true;
        try {
            table.choose(
                    item instanceof MapItem.One(Holder holder)
                            ? Integer.valueOf(holder.pid())
                            : null);
        } finally {
            linking = false;
        }
        tell(item);
    }

    private void rowChosen(@Nullable Integer pid) {
        if (linking) {
            return;
        }
        linking = true;
        try {
            picture.choose(pid == null ? -1 : pid);
        } finally {
            linking = false;
        }
        Holder row = holder(pid);
        tell(row == null ? null : new MapItem.One(row));
    }

    private @Nullable Holder holder(@Nullable Integer pid) {
        return holders.stream()
                .filter(one -> pid != null && one.pid() == pid)
                .findFirst()
                .orElse(null);
    }

    private void tell(@Nullable MapItem item) {
        asked = null;
        closer.forget();
        switch (item) {
            case null -> process.showNone();
            case MapItem.One(Holder holder) -> {
                asked = holder;
                closer.askNow(holder);
                showProcess.setSelected(true);
            }
            case MapItem.Alike alike -> {
                process.showMany(alike.holders());
                showProcess.setSelected(true);
            }
            case MapItem.Rest rest -> {
                process.showMany(rest.holders());
                showProcess.setSelected(true);
            }
            case MapItem.OutOfSight(long attaches) -> {
                process.showOutOfSight(attaches);
                showProcess.setSelected(true);
            }
        }
    }

    /// The chosen process is looked at again; one that is no longer around is told so. A card of
    /// several tells who is in it now.
    private void followChosen() {
        Holder before = asked;
        if (before == null) {
            switch (picture.chosenProperty().get()) {
                case MapItem.Alike alike -> process.showMany(alike.holders());
                case MapItem.Rest rest -> process.showMany(rest.holders());
                case MapItem.OutOfSight(long attaches) -> process.showOutOfSight(attaches);
                case MapItem.One _ -> {}
                case null -> {}
            }
            return;
        }
        Holder now = holder(before.pid());
        if (now == null) {
            asked = null;
            closer.forget();
            process.showLeft(before);
        } else {
            asked = now;
            if (isVisible() && process.isVisible()) {
                closer.askNow(now);
            }
        }
    }

    private Optional<ProcessFacts> look(Holder holder) throws Exception {
        return source.process(holder.pid());
    }

    private void looked(Optional<ProcessFacts> facts) {
        Holder of = asked;
        if (of == null) {
            return;
        }
        facts.ifPresentOrElse(
                seen -> process.show(of, seen, Instant.now()), () -> process.showEnded(of));
    }

    private void lookFailed(Throwable thrown) {
        Holder of = asked;
        if (of != null) {
            process.showFailed(of, Problem.of(thrown).line());
        }
    }
}
