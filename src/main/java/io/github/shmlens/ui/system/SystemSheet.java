package io.github.shmlens.ui.system;

import atlantafx.base.theme.Styles;
import io.github.shmlens.live.Listing;
import io.github.shmlens.segment.Bound;
import io.github.shmlens.segment.HostFacts;
import io.github.shmlens.segment.IpcNamespace;
import io.github.shmlens.segment.MemoryUse;
import io.github.shmlens.segment.ObjectSpace;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SystemFacts;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.ui.fx.LatestWork;
import io.github.shmlens.ui.problem.Banner;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.problem.Sheets;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Figures;
import io.github.shmlens.ui.theme.Looks;
import io.github.shmlens.ui.theme.Theme;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// What bounds shared memory on this host and how full it is, what each segment costs, and the IPC
/// namespaces that cannot be seen from here. Follows each listing while it is open. FX thread.
public final class SystemSheet extends VBox {

    private static final Texts TEXTS = Texts.of(SystemSheet.class);

    private record Seen(Listing listing, SystemFacts system) {}

    private final Sheets sheets;
    private final Runnable closed;
    private final LatestWork<Listing, Seen> look;
    private final double em;

    private final Banner banner = new Banner();
    private final BoundRow segments = new BoundRow("shmmni", TEXTS.say("bound.shmmni"));
    private final BoundRow pages = new BoundRow("shmall", TEXTS.say("bound.shmall"));
    private final BoundRow largest = new BoundRow("shmmax", TEXTS.say("bound.shmmax"));
    private final BoundRow space = new BoundRow("objects", TEXTS.say("bound.objects"));
    private final Label sum = new Label();
    private final CostTable costs;
    private final VBox namespaces = new VBox();

    private SystemSheet(SegmentSource source, Sheets sheets, double em, Runnable closed) {
        this.sheets = sheets;
        this.closed = closed;
        this.em = em;
        this.costs = new CostTable(em);
        this.look =
                new LatestWork<>(
                        Duration.ofMillis(50),
                        listing -> new Seen(listing, source.system()),
                        seen -> show(seen.listing(), seen.system()),
                        thrown -> banner.show(Banner.Weight.WARNING, Problem.of(thrown)));
        build();
    }

    /// Opens the sheet. It is empty until the first [#listed].
    ///
    /// @param em the size of text, in pixels
    /// @param closed called when the sheet is gone
    public static SystemSheet open(
            SegmentSource source, Sheets sheets, double em, Runnable closed) {
        SystemSheet sheet = new SystemSheet(source, sheets, em, closed);
        sheets.show(sheet, sheet.costs, sheet::close);
        return sheet;
    }

    /// What the host has now. Everything else is asked for, off the FX thread.
    public void listed(Listing listing) {
        look.askNow(listing);
    }

    private void build() {
        setId("system");
        getStylesheets().add(Theme.css(SystemSheet.class, "system.css"));
        setPrefWidth(58 * em);
        Label title = new Label(TEXTS.say("title"));
        title.getStyleClass().add(Styles.TITLE_4);
        GridPane grid = new GridPane();
        grid.setId("system-bounds");
        grid.getStyleClass().add("shm-bounds");
        for (BoundRow row : List.of(segments, pages, largest, space)) {
            row.addTo(grid);
        }
        Label head = new Label(TEXTS.say("costs.head"));
        head.getStyleClass().add(Styles.TEXT_BOLD);
        sum.setId("system-sum");
        sum.setWrapText(true);
        sum.setMinHeight(USE_PREF_SIZE);
        sum.getStyleClass().add(Styles.TEXT_MUTED);
        Label elsewhere = new Label(TEXTS.say("namespaces.head"));
        elsewhere.getStyleClass().add(Styles.TEXT_BOLD);
        namespaces.setId("system-namespaces");
        namespaces.getStyleClass().add("shm-namespaces");
        Button close = new Button(TEXTS.say("close"));
        close.setId("system-close");
        close.setDefaultButton(true);
        close.setOnAction(_ -> close());
        HBox buttons = new HBox(close);
        buttons.getStyleClass().add("shm-sheet-buttons");
        getChildren().setAll(title, banner, grid, head, costs, sum, elsewhere, namespaces, buttons);
    }

    private void show(Listing listing, SystemFacts system) {
        banner.clear();
        MemoryUse use = MemoryUse.of(listing.segments(), system.pageBytes());
        MemoryUse objects = MemoryUse.of(listing.objects(), system.pageBytes());
        HostFacts limits = system.limits();
        segments.show(
                new Bound(use.segments(), limits.shmmni()),
                Long.toString(use.segments()),
                Long.toUnsignedString(limits.shmmni()));
        pages.show(
                new Bound(use.pages(), limits.shmall()),
                TEXTS.say(
                        "bound.pages",
                        TEXTS.count("count.page", use.pages()),
                        Figures.size(use.bytes())),
                TEXTS.say("bound.limit-pages", Long.toUnsignedString(limits.shmall())));
        largest.show(
                new Bound(use.largestBytes(), limits.shmmax()),
                Figures.size(use.largestBytes()),
                limits.shmmax() < 0
                        ? Long.toUnsignedString(limits.shmmax())
                        : Figures.size(limits.shmmax()));
        ObjectSpace place = system.objectSpace();
        if (place == null) {
            space.showMissing(TEXTS.say("bound.no-objects"));
        } else {
            space.show(
                    new Bound(place.usedBytes(), place.sizeBytes()),
                    Figures.size(place.usedBytes()),
                    Figures.size(place.sizeBytes()));
        }
        sum.setText(sum(use, objects));
        List<SegmentFacts> all = new ArrayList<>(listing.segments());
        all.addAll(listing.objects());
        costs.show(all);
        showNamespaces(system);
    }

    private static String sum(MemoryUse use, MemoryUse objects) {
        String known =
                TEXTS.say(
                        "costs.sum",
                        TEXTS.count("count.sysv-segment", use.segments()),
                        Figures.size(use.residentBytes()),
                        Figures.size(use.swappedBytes()),
                        TEXTS.count("count.posix-object", objects.segments()),
                        Figures.size(objects.residentBytes()));
        return use.unknown() == 0
                ? known
                : known
                        + " "
                        + TEXTS.say("costs.unknown", TEXTS.count("count.segment", use.unknown()));
    }

    private void showNamespaces(SystemFacts system) {
        List<String> lines = new ArrayList<>();
        List<IpcNamespace> others = system.otherNamespaces();
        for (IpcNamespace one : others) {
            String line =
                    TEXTS.say(
                            "namespaces.one",
                            one.name(),
                            TEXTS.count("count.process", one.processes()),
                            one.command(),
                            one.pid());
            lines.add(one.container().isEmpty() ? line : line + " · " + one.container());
        }
        if (others.isEmpty()) {
            lines.add(TEXTS.say("namespaces.none"));
        } else {
            lines.add(TEXTS.say("namespaces.how"));
        }
        if (system.hiddenProcesses() > 0) {
            lines.add(
                    system.hiddenProcesses() == 1
                            ? TEXTS.say("namespaces.hidden.one")
                            : TEXTS.say("namespaces.hidden.many", system.hiddenProcesses()));
        }
        List<Node> shown = namespaces.getChildren();
        while (shown.size() > lines.size()) {
            shown.removeLast();
        }
        while (shown.size() < lines.size()) {
            Label label = new Label();
            label.setWrapText(true);
            label.setMinHeight(USE_PREF_SIZE);
            shown.add(label);
        }
        for (int at = 0; at < lines.size(); at++) {
            if (shown.get(at) instanceof Label label) {
                label.setText(lines.get(at));
            }
        }
    }

    private void close() {
        look.close();
        sheets.close(this);
        closed.run();
    }

    /// A limit in a line: its name, a bar, and the figures in words.
    private static final class BoundRow {

        private final Label name;
        private final ProgressBar bar = new ProgressBar(0);
        private final Label words = new Label();

        private BoundRow(String id, String text) {
            name = new Label(text);
            name.getStyleClass().add(Looks.FACT_NAME);
            name.setMinWidth(Region.USE_PREF_SIZE);
            bar.setId("system-bar-" + id);
            bar.setMaxWidth(Double.MAX_VALUE);
            bar.getStyleClass().add(Styles.MEDIUM);
            words.setId("system-" + id);
            words.setMinWidth(Region.USE_PREF_SIZE);
        }

        private void addTo(GridPane grid) {
            GridPane.setHgrow(bar, Priority.ALWAYS);
            grid.addRow(grid.getRowCount(), name, bar, words);
        }

        private void show(Bound bound, String used, String limit) {
            bar.setVisible(bound.bounds());
            bar.setProgress(Math.min(1, bound.share()));
            words.setText(
                    bound.bounds()
                            ? TEXTS.say("bound.of", used, limit, share(bound))
                            : TEXTS.say("bound.unlimited", used));
            bar.setAccessibleText(name.getText() + ": " + words.getText());
        }

        private void showMissing(String why) {
            bar.setVisible(false);
            words.setText(why);
        }

        private static String share(Bound bound) {
            double percent = 100 * bound.share();
            String figures =
                    percent > 0 && percent < 0.1
                            ? TEXTS.say("bound.little")
                            : TEXTS.say("bound.percent", percent);
            return percent >= 90 ? TEXTS.say("bound.nearly-full", figures) : figures;
        }
    }
}
