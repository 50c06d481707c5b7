package io.github.shmlens.ui.change;

import atlantafx.base.theme.Styles;
import io.github.shmlens.journal.Change;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Numbers;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.ui.fx.FxExecutor;
import io.github.shmlens.ui.fx.LatestWork;
import io.github.shmlens.ui.hex.HexEdit;
import io.github.shmlens.ui.hex.Selection;
import io.github.shmlens.ui.problem.Banner;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.problem.Sheets;
import io.github.shmlens.ui.segments.ListEntry;
import io.github.shmlens.ui.segments.Witness;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Figures;
import io.github.shmlens.ui.theme.Looks;
import io.github.shmlens.ui.theme.Theme;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.CompletionStage;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Fills a range with one byte, a pattern, zeros or counting bytes, after it has shown what lies
/// there and who is attached. What is overwritten is what was shown, or nothing. FX thread.
public final class FillSheet extends VBox {

    private static final Texts TEXTS = Texts.of(FillSheet.class);

    /// Twice as much is held in memory meanwhile.
    static final int MOST_BYTES = 16 << 20;

    private static final int SHOWN = 20;
    private static final Duration CALM = Duration.ofMillis(120);

    /// Carries a fill out, in line with the tab's other edits. FX thread; off it for the writing.
    public interface Filler {

        CompletionStage<Outcome> fill(HexEdit edit);

        /// How a fill ended.
        sealed interface Outcome {

            record Filled() implements Outcome {}

            /// Bytes were others than shown.
            ///
            /// @param writtenBytes how many were filled before that
            record Moved(int writtenBytes) implements Outcome {}

            record Refused(Problem why) implements Outcome {}
        }
    }

    /// A range and a filling as typed, and both as they are in memory.
    ///
    /// @param seen what lies there
    private record Preview(long offset, byte[] seen, byte[] next, Witness witness) {}

    private record Wanted(long offset, int length, FillPattern pattern) {}

    private final SegmentSource source;
    private final AttachedSegment segment;
    private final Sheets sheets;
    private final String lockSentence;
    private final Filler filler;
    private final Banner banner = new Banner();
    private final TextField from = new TextField();
    private final TextField length = new TextField();
    private final ToggleGroup kinds = new ToggleGroup();
    private final TextField text = new TextField();
    private Label textLabel = new Label();
    private final Label error = new Label();
    private final Label before = new Label();
    private final Label after = new Label();
    private final Label prospect = new Label();
    private final Label holders = new Label();
    private final Button cancel = new Button(TEXTS.say("cancel"));
    private final Button fill = new Button(TEXTS.say("fill.act"));
    private final LatestWork<Wanted, Preview> looking;
    private FillPattern.Kind kind = FillPattern.Kind.ZEROS;
    private @Nullable Preview shown;
    private boolean working;

    /// Opens the sheet.
    ///
    /// @param selection the range to begin with
    /// @param lockSentence what is said about the lock
    public static void open(
            SegmentSource source,
            AttachedSegment segment,
            Sheets sheets,
            Selection selection,
            String lockSentence,
            Filler filler) {
        FillSheet sheet = new FillSheet(source, segment, sheets, lockSentence, filler);
        sheet.from.setText("0x%x".formatted(Math.max(0, selection.from())));
        sheet.length.setText(Long.toString(Math.max(1, selection.length())));
        sheets.show(
                sheet,
                sheet.kinds.getToggles().getFirst() instanceof Node first ? first : sheet.from,
                sheet::close);
        sheet.typed();
    }

    private FillSheet(
            SegmentSource source,
            AttachedSegment segment,
            Sheets sheets,
            String lockSentence,
            Filler filler) {
        this.source = source;
        this.segment = segment;
        this.sheets = sheets;
        this.lockSentence = lockSentence;
        this.filler = filler;
        this.looking = new LatestWork<>(CALM, this::look, this::show, this::refused);
        build();
    }

    private void build() {
        setId("fill-sheet");
        getStyleClass().add("shm-change");
        getStylesheets().add(Theme.css(FillSheet.class, "change.css"));
        setPrefWidth(640);
        Label title = new Label(TEXTS.say("fill.title", ListEntry.nameOf(segment.factsBefore())));
        title.getStyleClass().add(Styles.TITLE_4);
        HBox pills = new HBox();
        FillPattern.Kind[] all = FillPattern.Kind.values();
        for (int i = 0; i < all.length; i++) {
            FillPattern.Kind one = all[i];
            ToggleButton pill = new ToggleButton(name(one));
            pill.setId("fill-" + one.name().toLowerCase(java.util.Locale.ROOT));
            pill.getStyleClass()
                    .add(
                            i == 0
                                    ? Styles.LEFT_PILL
                                    : i == all.length - 1 ? Styles.RIGHT_PILL : Styles.CENTER_PILL);
            pill.setToggleGroup(kinds);
            pill.setOnAction(_ -> {
                pill.setSelected(true);
                choose(one);
            });
            pill.setSelected(one == kind);
            pills.getChildren().add(pill);
        }
        field(from, "fill-from");
        field(length, "fill-length");
        field(text, "fill-text");
        error.setId("fill-error");
        error.getStyleClass().add(Looks.FIELD_ERROR);
        error.setWrapText(true);
        FactGrid grid = new FactGrid();
        grid.fact(0, TEXTS.say("fill.from"), from);
        grid.fact(1, TEXTS.say("fill.length"), length);
        textLabel = grid.fact(2, "", text);
        before.setId("fill-before");
        after.setId("fill-after");
        FactGrid sides = new FactGrid();
        for (Label side : new Label[] {before, after}) {
            side.getStyleClass().add(Looks.MONO);
            side.setMinWidth(0);
        }
        sides.fact(0, TEXTS.say("fill.now"), before);
        sides.fact(1, TEXTS.say("fill.then"), after);
        prospect.setId("fill-prospect");
        holders.setId("fill-holders");
        holders.getStyleClass().add(Styles.TEXT_MUTED);
        for (Label label : new Label[] {prospect, holders}) {
            label.setWrapText(true);
            label.setMinHeight(USE_PREF_SIZE);
        }
        cancel.setId("fill-cancel");
        cancel.setCancelButton(true);
        cancel.setOnAction(_ -> close());
        fill.setId("fill-confirm");
        fill.setDefaultButton(true);
        fill.getStyleClass().add(Styles.ACCENT);
        fill.setOnAction(_ -> carryOut());
        HBox buttons = new HBox(cancel, fill);
        buttons.getStyleClass().add("shm-sheet-buttons");
        pills.setAlignment(Pos.CENTER_LEFT);
        getChildren().setAll(title, banner, pills, grid, error, sides, prospect, holders, buttons);
        choose(kind);
    }

    private void field(TextField field, String id) {
        field.setId(id);
        field.getStyleClass().add(Looks.MONO);
        field.textProperty().subscribe(_ -> typed());
    }

    private static String name(FillPattern.Kind kind) {
        return switch (kind) {
            case ZEROS -> TEXTS.say("fill.zeros");
            case BYTE -> TEXTS.say("fill.byte");
            case PATTERN -> TEXTS.say("fill.pattern");
            case COUNTING -> TEXTS.say("fill.counting");
        };
    }

    private void choose(FillPattern.Kind now) {
        kind = now;
        boolean wantsText = now != FillPattern.Kind.ZEROS;
        text.setVisible(wantsText);
        textLabel.setVisible(wantsText);
        textLabel.setText(
                switch (now) {
                    case ZEROS, BYTE -> TEXTS.say("fill.byte-label");
                    case PATTERN -> TEXTS.say("fill.pattern-label");
                    case COUNTING -> TEXTS.say("fill.counting-label");
                });
        text.setPromptText(
                switch (now) {
                    case ZEROS, BYTE -> "0xff";
                    case PATTERN -> "de ad be ef";
                    case COUNTING -> "0";
                });
        typed();
    }

    private void typed() {
        shown = null;
        enable();
        try {
            Wanted wanted = wanted();
            error.setText("");
            looking.ask(wanted);
        } catch (BadInput wrong) {
            looking.forget();
            error.setText(Problem.sentence(wrong.sentence()));
            before.setText("");
            after.setText("");
            prospect.setText("");
        }
        error.setManaged(!error.getText().isEmpty());
    }

    private Wanted wanted() throws BadInput {
        long offset = Numbers.parse(TEXTS.say("fill.what-from"), from.getText(), 0, Long.MAX_VALUE);
        long bytes = Numbers.parse(TEXTS.say("fill.what-length"), length.getText(), 1, MOST_BYTES);
        return new Wanted(offset, (int) bytes, FillPattern.parse(kind, text.getText()));
    }

    /// Off the FX thread.
    private Preview look(Wanted wanted) throws Exception {
        long size = segment.sizeBytes();
        if (wanted.length() > size - wanted.offset()) {
            throw new BadInput(TEXTS.say("fill.beyond", size));
        }
        byte[] seen = new byte[wanted.length()];
        // Looking must not commit pages that filling may not touch after all.
        segment.readResident(wanted.offset(), seen, 0, seen.length);
        return new Preview(
                wanted.offset(),
                seen,
                wanted.pattern().bytes(seen.length),
                Witness.look(source, segment.id()));
    }

    private void show(Preview now) {
        shown = now;
        before.setText(hex(now.seen()));
        after.setText(hex(now.next()));
        int changing = 0;
        for (int i = 0; i < now.seen().length; i++) {
            changing += now.seen()[i] == now.next()[i] ? 0 : 1;
        }
        String tooLarge =
                2L * now.seen().length > Change.MOST_KEPT_BYTES
                        ? " " + TEXTS.say("fill.too-large-to-undo")
                        : "";
        prospect.setText(
                TEXTS.say(
                                "fill.prospect",
                                Figures.exactSize(now.seen().length),
                                now.offset(),
                                now.offset() + now.seen().length - 1,
                                changing)
                        + tooLarge);
        holders.setText(
                "%s (%s). %s"
                        .formatted(
                                Problem.sentence(now.witness().clause()).replaceAll("\\.$", ""),
                                String.join("; ", now.witness().lines()),
                                lockSentence));
        enable();
    }

    private void refused(Throwable thrown) {
        shown = null;
        error.setText(
                thrown instanceof BadInput wrong
                        ? Problem.sentence(wrong.sentence())
                        : Problem.of(thrown).line());
        error.setManaged(true);
        enable();
    }

    private static String hex(byte[] bytes) {
        HexFormat pairs = HexFormat.ofDelimiter(" ");
        return bytes.length <= SHOWN
                ? pairs.formatHex(bytes)
                : pairs.formatHex(bytes, 0, SHOWN) + " …";
    }

    private void carryOut() {
        Preview now = shown;
        if (now == null || working) {
            return;
        }
        working = true;
        enable();
        filler.fill(new HexEdit(now.offset(), now.seen(), now.next()))
                .whenCompleteAsync(this::ended, FxExecutor.FX);
    }

    private void ended(Filler.@Nullable Outcome outcome, @Nullable Throwable thrown) {
        working = false;
        switch (outcome) {
            case null ->
                    banner.show(
                            Banner.Weight.DANGER,
                            Problem.of(
                                    thrown == null
                                            ? new IllegalStateException("no outcome")
                                            : thrown));
            case Filler.Outcome.Filled _ -> close();
            case Filler.Outcome.Moved(int written) -> {
                banner.show(
                        Banner.Weight.WARNING,
                        new Problem(
                                TEXTS.say("fill.moved"),
                                written == 0
                                        ? TEXTS.say("fill.moved-nothing")
                                        : TEXTS.say("fill.moved-after", written),
                                TEXTS.say("fill.moved-again")));
                typed();
            }
            case Filler.Outcome.Refused(Problem why) -> banner.show(Banner.Weight.DANGER, why);
        }
        enable();
    }

    private void enable() {
        Preview now = shown;
        // Greyed while it is not what the fields say.
        before.setDisable(now == null);
        after.setDisable(now == null);
        prospect.setDisable(now == null);
        fill.setDisable(working || now == null || Arrays.equals(now.seen(), now.next()));
    }

    private void close() {
        looking.close();
        sheets.close(this);
    }
}
