package io.github.shmlens.ui.care;

import io.github.shmlens.layout.Part;
import io.github.shmlens.live.Sample;
import io.github.shmlens.php.Ghost;
import io.github.shmlens.php.Ghosts;
import io.github.shmlens.php.Repair;
import io.github.shmlens.php.Slot;
import io.github.shmlens.php.StaleBytes;
import io.github.shmlens.php.StoreCare;
import io.github.shmlens.php.StoreReading;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.ui.fx.Background;
import io.github.shmlens.ui.fx.FxExecutor;
import io.github.shmlens.ui.hex.Span;
import io.github.shmlens.ui.problem.Banner;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.problem.Sheets;
import io.github.shmlens.ui.segments.ListEntry;
import io.github.shmlens.ui.segments.Witness;
import io.github.shmlens.ui.text.Texts;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import org.jspecify.annotations.Nullable;

/// The care for one tab's store: badge, findings, ghosts, and the questions before a repair and a
/// wipe. FX thread.
public final class CareDesk {

    private static final Texts TEXTS = Texts.of(CareDesk.class);

    /// What a desk tells its tab.
    public interface Listener {

        /// The user wants to see these bytes.
        void showOffset(long offset);

        /// A ghost was chosen; null for none.
        void ghostChosen(@Nullable Part part);

        /// Where former values lie in the free room.
        void stale(List<Span> stretches);

        /// A sentence about what was done.
        void done(String sentence);
    }

    private final SegmentSource source;
    private final AttachedSegment segment;
    private final StoreCare care;
    private final Sheets sheets;
    private final CareActions actions;
    private final Listener listener;
    private final ObservableList<io.github.shmlens.php.Problem> findings;
    private final HealthBadge badge = new HealthBadge();
    private final HealthPanel panel;
    private final GhostPane ghostPane = new GhostPane(this::askWipe);
    private final GhostWatch watch;
    private @Nullable Sample sample;
    private @Nullable Ghosts ghosts;
    private @Nullable Part chosenPart;
    private boolean asking;

    /// @param findings everything that is wrong with the store, as it is found
    public CareDesk(
            SegmentSource source,
            AttachedSegment segment,
            Sheets sheets,
            CareActions actions,
            ObservableList<io.github.shmlens.php.Problem> findings,
            Listener listener) {
        this.source = source;
        this.segment = segment;
        this.care = new StoreCare(source, segment);
        this.sheets = sheets;
        this.actions = actions;
        this.findings = findings;
        this.listener = listener;
        this.panel =
                new HealthPanel(
                        listener::showOffset,
                        this::askRepair,
                        this::askWipe,
                        () -> badge.setSelected(false));
        this.watch = new GhostWatch(care, this::found);
        panel.visibleProperty().bind(badge.selectedProperty());
        panel.managedProperty().bind(panel.visibleProperty());
        badge.selectedProperty()
                .subscribe(open -> {
                    if (open) {
                        panel.takeFocus();
                    }
                });
        ghostPane.onChoose(this::tellChosen);
    }

    /// Whether the findings are open.
    public ReadOnlyBooleanProperty openProperty() {
        return badge.selectedProperty();
    }

    /// For the toolbar.
    public Node badge() {
        return badge;
    }

    /// Shown while the badge is pressed.
    public Node panel() {
        return panel;
    }

    /// For the place below the slots.
    public Node ghosts() {
        return ghostPane;
    }

    /// Opens or closes the findings.
    public void flip() {
        if (badge.isVisible()) {
            badge.fire();
        }
    }

    /// Shows a newer sample.
    ///
    /// @param nowNanos the present [System#nanoTime]
    /// @param inFront whether somebody looks
    public void show(Sample newest, long nowNanos, boolean inFront) {
        sample = newest;
        if (!(newest.structure() instanceof StoreReading store)) {
            badge.none();
            found(null);
            return;
        }
        tellHealth(store);
        if (inFront) {
            watch.look(store);
        }
        ghostPane.show(ghosts, newest.removed(), nowNanos);
    }

    /// Another part of the tab took the selection.
    public void chooseNone() {
        ghostPane.choose(null);
    }

    /// The bytes of the chosen ghost; null when none is.
    public @Nullable Part chosen() {
        return chosenPart;
    }

    /// Looks at nothing any more.
    public void close() {
        watch.close();
    }

    private void tellHealth(StoreReading store) {
        boolean sound = store.sound();
        int count = findings.size();
        HealthBadge.Health health =
                !sound
                        ? HealthBadge.Health.DAMAGED
                        : count > 0 ? HealthBadge.Health.VALUES : HealthBadge.Health.SOUND;
        badge.show(health, count);
        if (badge.isSelected()) {
            String headline =
                    switch (health) {
                        case SOUND -> TEXTS.say("headline.sound");
                        case VALUES ->
                                TEXTS.say("headline.values", TEXTS.count("count.finding", count));
                        case DAMAGED ->
                                TEXTS.say("headline.damaged", TEXTS.count("count.finding", count));
                    };
            panel.show(headline, findings, !sound);
        }
    }

    // ---- ghosts ------------------------------------------------------------------------------

    private void found(@Nullable Ghosts now) {
        boolean none = now == null && ghosts == null;
        ghosts = now;
        if (none) {
            return;
        }
        Sample newest = sample;
        ghostPane.show(now, newest == null ? List.of() : newest.removed(), System.nanoTime());
        listener.stale(now == null ? List.of() : stretches(now));
        tellChosen();
    }

    private static List<Span> stretches(Ghosts ghosts) {
        List<Span> spans = new ArrayList<>();
        for (Ghost ghost : ghosts.found()) {
            spans.add(new Span(ghost.slot().offset(), ghost.slot().strideBytes()));
        }
        return spans;
    }

    private void tellChosen() {
        Ghost ghost = ghostPane.chosen();
        Part part = null;
        if (ghost != null) {
            Slot slot = ghost.slot();
            part =
                    new Part(
                            Part.Kind.ENTRY,
                            slot.key(),
                            slot.offset(),
                            slot.strideBytes(),
                            slot.payloadOffset(),
                            slot.lengthBytes());
        }
        if (part == null ? chosenPart != null : !part.equals(chosenPart)) {
            chosenPart = part;
            listener.ghostChosen(part);
        }
    }

    // ---- repair ------------------------------------------------------------------------------

    private void askRepair() {
        if (asking) {
            return;
        }
        asking = true;
        TextField image = new TextField();
        image.setId("repair-image");
        image.setAccessibleText(TEXTS.say("image.name"));
        Label imageLabel = new Label(TEXTS.say("image.explanation"));
        ConsentSheet sheet =
                new ConsentSheet(
                        sheets,
                        "repair",
                        TEXTS.say("repair.title", ListEntry.nameOf(segment.factsBefore())),
                        TEXTS.say("repair.do"),
                        TEXTS.say("repair.consent"),
                        imageLabel,
                        image);
        Consumer<Planned> planned =
                now -> {
                    asking = false;
                    image.setText(now.image());
                    sheet.holders(now.witness(), actions.lockSentence());
                    switch (now.repair()) {
                        case Repair.NotNeeded _ -> sheet.tell(TEXTS.say("repair.nothing"));
                        case Repair.Impossible(String why) ->
                                sheet.tell(TEXTS.say("repair.impossible", why));
                        case Repair.Plan plan -> {
                            sheet.tell(CareWords.prospect(plan));
                            sheet.details(
                                    plan.changes().stream().map(Repair.Change::line).toList());
                            sheet.allow(actions.unlocked());
                            if (!actions.unlocked()) {
                                sheet.refuse(Banner.Weight.NOTE, CareWords.locked("repair"));
                            }
                        }
                    }
                    sheet.open(() -> repair(sheet, now.repair(), image));
                };
        Background.run(
                () ->
                        new Planned(
                                care.plan(), Witness.look(source, segment.id()), suggestedImage()),
                planned,
                thrown -> {
                    asking = false;
                    listener.done(Problem.of(thrown).line());
                });
    }

    /// @param image a file that was not there
    private record Planned(Repair repair, Witness witness, String image) {}

    private void repair(ConsentSheet sheet, Repair repair, TextField image) {
        Path file;
        try {
            file = Path.of(image.getText().strip()).toAbsolutePath();
        } catch (InvalidPathException noPath) {
            sheet.refuse(Banner.Weight.WARNING, CareWords.noImage(noPath.getReason()));
            return;
        }
        if (image.getText().isBlank()) {
            sheet.refuse(Banner.Weight.WARNING, CareWords.noImage(TEXTS.say("image.needs-name")));
            return;
        }
        if (repair instanceof Repair.Plan plan) {
            sheet.working(true);
            actions.repair(plan, file)
                    .whenCompleteAsync(
                            (outcome, thrown) -> ended(sheet, outcome, thrown), FxExecutor.FX);
        }
    }

    /// Asks the disk: never on the FX thread.
    private String suggestedImage() {
        String name = segment.id().text().replaceAll("[^A-Za-z0-9]+", "-");
        Path home = Path.of(System.getProperty("user.home", "/tmp"));
        Path file = home.resolve("before-repair-" + name + ".bin");
        for (int number = 2; Files.exists(file); number++) {
            file = home.resolve("before-repair-%s-%d.bin".formatted(name, number));
        }
        return file.toString();
    }

    // ---- wipe --------------------------------------------------------------------------------

    private void askWipe() {
        if (asking) {
            return;
        }
        asking = true;
        ConsentSheet sheet =
                new ConsentSheet(
                        sheets,
                        "wipe",
                        TEXTS.say("wipe.title", ListEntry.nameOf(segment.factsBefore())),
                        TEXTS.say("wipe.do"),
                        TEXTS.say("wipe.consent"));
        Background.run(
                () -> new Counted(care.stale(), Witness.look(source, segment.id())),
                now -> {
                    asking = false;
                    sheet.tell(
                            (CareWords.prospect(now.bytes()) + " " + actions.beyondWipe()).strip());
                    sheet.holders(now.witness(), actions.lockSentence());
                    sheet.allow(actions.unlocked() && now.bytes().bytes() > 0);
                    if (!actions.unlocked()) {
                        sheet.refuse(Banner.Weight.NOTE, CareWords.locked("wipe"));
                    }
                    sheet.open(() -> {
                        sheet.working(true);
                        actions.wipe()
                                .whenCompleteAsync(
                                        (outcome, thrown) -> ended(sheet, outcome, thrown),
                                        FxExecutor.FX);
                    });
                },
                thrown -> {
                    asking = false;
                    listener.done(CareWords.refused(thrown).line());
                });
    }

    private record Counted(StaleBytes bytes, Witness witness) {}

    private void ended(
            ConsentSheet sheet, CareActions.@Nullable Outcome outcome, @Nullable Throwable thrown) {
        if (outcome == null) {
            Throwable why = thrown == null ? new IllegalStateException("no outcome") : thrown;
            sheet.refuse(Banner.Weight.DANGER, Problem.of(why));
            return;
        }
        switch (outcome) {
            case CareActions.Outcome.Repaired repaired -> {
                sheet.close();
                listener.done(CareWords.done(repaired));
            }
            case CareActions.Outcome.Wiped wiped -> {
                sheet.close();
                watch.again();
                listener.done(CareWords.done(wiped));
            }
            case CareActions.Outcome.Refused(Problem why) ->
                    sheet.refuse(Banner.Weight.DANGER, why);
        }
    }
}
