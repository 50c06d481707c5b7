package io.github.shmlens.ui.records;

import atlantafx.base.theme.Styles;
import io.github.shmlens.fields.BadDeclaration;
import io.github.shmlens.fields.CType;
import io.github.shmlens.fields.Declarations;
import io.github.shmlens.fields.RecordColumns;
import io.github.shmlens.fields.RecordLayout;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.ui.fx.LatestWork;
import io.github.shmlens.ui.hex.OffsetText;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.program.AttachedPrograms;
import io.github.shmlens.ui.program.ProgramSheet;
import io.github.shmlens.ui.segments.ListEntry;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Looks;
import io.github.shmlens.ui.theme.Theme;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Asks where records lie and what is in them, and shows the first one while one types. FX thread.
final class RecordsSheet extends VBox {

    private static final Texts TEXTS = Texts.of(RecordsSheet.class);
    private static final Duration CALM = Duration.ofMillis(150);
    private static final int SHOWN_CHARACTERS = 200;

    /// What was typed.
    record Typed(String offset, String columns, String stride, String count, boolean bigEndian) {
        static final Typed NOTHING = new Typed("", "", "", "", false);
    }

    private final RecordsPlace place;
    private final BiConsumer<RecordLayout, Typed> onDone;
    private final TextField offset = new TextField();
    private final TextField columns = new TextField();
    private final TextField stride = new TextField();
    private final TextField count = new TextField();
    private final ToggleButton little = new ToggleButton(TEXTS.say("sheet.little"));
    private final ToggleButton big = new ToggleButton(TEXTS.say("sheet.big"));
    private final Label prospect = new Label();
    private final Label first = new Label();
    private final Label error = new Label();
    private final Button show = new Button(TEXTS.say("sheet.show"));
    private final LatestWork<RecordLayout, String> looking;

    /// @param typed what the fields begin with
    static void open(RecordsPlace place, Typed typed, BiConsumer<RecordLayout, Typed> onDone) {
        RecordsSheet sheet = new RecordsSheet(place, typed, onDone);
        place.sheets()
                .show(
                        sheet,
                        typed.columns().isEmpty() ? sheet.columns : sheet.offset,
                        sheet::close);
        sheet.typed();
    }

    private RecordsSheet(RecordsPlace place, Typed typed, BiConsumer<RecordLayout, Typed> onDone) {
        this.place = place;
        this.onDone = onDone;
        this.looking =
                new LatestWork<>(
                        CALM,
                        this::firstRecord,
                        first::setText,
                        thrown -> first.setText(Problem.of(thrown).line()));
        setId("records-sheet");
        getStyleClass().add("shm-records-sheet");
        getStylesheets().add(Theme.css(RecordsSheet.class, "records.css"));
        setPrefWidth(640);
        Label title =
                new Label(
                        TEXTS.say("sheet.title", ListEntry.nameOf(place.segment().factsBefore())));
        title.getStyleClass().add(Styles.TITLE_4);
        Label explanation = new Label(TEXTS.say("sheet.explanation"));
        explanation.setWrapText(true);
        explanation.setMinHeight(USE_PREF_SIZE);
        explanation.getStyleClass().add(Looks.FACT_NAME);
        GridPane grid = new GridPane();
        grid.getStyleClass().add("shm-records-form");
        field(grid, 0, "records-offset", TEXTS.say("sheet.offset"), offset, typed.offset());
        field(grid, 1, "records-columns", TEXTS.say("sheet.columns"), columns, typed.columns());
        // In sight while one types, which a prompt is not.
        Label example = new Label(TEXTS.say("sheet.columns-example"));
        example.setId("records-example");
        example.getStyleClass().addAll(Looks.MONO, Styles.TEXT_MUTED);
        example.setWrapText(true);
        example.setMinHeight(USE_PREF_SIZE);
        grid.add(example, 1, 2);
        field(grid, 3, "records-stride", TEXTS.say("sheet.stride"), stride, typed.stride());
        field(grid, 4, "records-count", TEXTS.say("sheet.count"), count, typed.count());
        offset.setPromptText("0x40");
        count.setPromptText(TEXTS.say("sheet.count-prompt"));
        ToggleGroup orders = new ToggleGroup();
        little.setId("records-little");
        big.setId("records-big");
        little.getStyleClass().add(Styles.LEFT_PILL);
        big.getStyleClass().add(Styles.RIGHT_PILL);
        for (ToggleButton one : List.of(little, big)) {
            one.setToggleGroup(orders);
            one.setOnAction(_ -> {
                one.setSelected(true);
                typed();
            });
        }
        (typed.bigEndian() ? big : little).setSelected(true);
        Label orderName = new Label(TEXTS.say("sheet.order"));
        orderName.getStyleClass().add(Looks.FACT_NAME);
        grid.addRow(5, orderName, new HBox(little, big));
        prospect.setId("records-prospect");
        first.setId("records-first");
        first.getStyleClass().add(Looks.MONO);
        error.setId("records-error");
        error.getStyleClass().add(Looks.FIELD_ERROR);
        for (Label line : new Label[] {prospect, first, error}) {
            line.setWrapText(true);
            line.setMinHeight(USE_PREF_SIZE);
        }
        Button cancel = new Button(TEXTS.say("sheet.cancel"));
        cancel.setId("records-cancel");
        cancel.setCancelButton(true);
        cancel.setOnAction(_ -> close());
        show.setId("records-show");
        show.setDefaultButton(true);
        show.getStyleClass().add(Styles.ACCENT);
        show.setOnAction(_ -> done());
        Button program = new Button(TEXTS.say("sheet.program"));
        program.setId("records-program");
        program.setTooltip(new Tooltip(TEXTS.say("sheet.program-tip")));
        program.setOnAction(_ -> askProgram());
        Region between = new Region();
        HBox.setHgrow(between, Priority.ALWAYS);
        HBox buttons = new HBox(program, between, cancel, show);
        buttons.getStyleClass().add("shm-sheet-buttons");
        getChildren().setAll(title, explanation, grid, error, prospect, first, buttons);
    }

    private void field(
            GridPane grid, int row, String id, String name, TextField field, String text) {
        Label label = new Label(name);
        label.getStyleClass().add(Looks.FACT_NAME);
        label.setLabelFor(field);
        label.setMinWidth(USE_PREF_SIZE);
        field.setId(id);
        field.getStyleClass().add(Looks.MONO);
        field.setText(text);
        field.textProperty().addListener((_, _, _) -> typed());
        GridPane.setHgrow(field, Priority.ALWAYS);
        grid.addRow(row, label, field);
    }

    private void typed() {
        looking.forget();
        try {
            RecordColumns list = list();
            stride.setPromptText(TEXTS.say("sheet.stride-prompt", list.strideBytes()));
            RecordLayout layout = layout(list);
            long size = place.meaning().sizeBytes();
            long rows = layout.rows(size);
            prospect.setText(
                    TEXTS.count(
                            "sheet.prospect",
                            rows,
                            layout.strideBytes(),
                            layout.offset(),
                            shown(list)));
            if (rows > 0) {
                looking.ask(layout);
            } else {
                first.setText("");
            }
            say("");
            show.setDisable(false);
        } catch (BadInput wrong) {
            // An empty field is no mistake yet.
            say(columns.getText().isBlank() ? "" : Problem.sentence(wrong.sentence()));
            prospect.setText("");
            first.setText("");
            show.setDisable(true);
        }
    }

    private void say(String sentence) {
        error.setText(sentence);
        error.setManaged(!sentence.isEmpty());
    }

    private RecordColumns list() throws BadInput {
        return RecordColumns.parse(
                columns.getText(),
                big.isSelected() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }

    private RecordLayout layout(RecordColumns list) throws BadInput {
        OffsetText.Meaning meaning = place.meaning();
        long from = OffsetText.read(offset.getText(), meaning);
        long every =
                stride.getText().isBlank()
                        ? list.strideBytes()
                        : OffsetText.readLength(stride.getText(), meaning, Long.MAX_VALUE);
        long many =
                count.getText().isBlank()
                        ? RecordLayout.TO_THE_END
                        : OffsetText.readLength(count.getText(), meaning, Long.MAX_VALUE);
        return RecordLayout.of("", from, every, many, list.columns());
    }

    private static String shown(RecordColumns list) {
        List<String> columns = new ArrayList<>();
        for (RecordLayout.Column column : list.columns()) {
            columns.add(
                    TEXTS.say(
                            "sheet.column", column.field().type().name(), column.field().offset()));
        }
        return shortened(String.join(", ", columns));
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
    }

    /// Off the FX thread.
    private String firstRecord(RecordLayout layout) throws Exception {
        RecordModel model = new RecordModel(layout, null);
        model.take(RowReader.read(place.segment(), model.request(0, 1)), new OwnRanges(), false);
        RecordModel.@Nullable Shown row = model.row(0);
        List<String> values = new ArrayList<>();
        for (int i = 0; row != null && i < model.columns(); i++) {
            values.add(model.text(row, i));
        }
        return TEXTS.say("sheet.first", shortened(String.join(" | ", values)));
    }

    private void done() {
        try {
            RecordLayout layout = layout(list());
            Typed typed =
                    new Typed(
                            offset.getText(),
                            columns.getText(),
                            stride.getText(),
                            count.getText(),
                            big.isSelected());
            close();
            onDone.accept(layout, typed);
        } catch (BadInput wrong) {
            say(Problem.sentence(wrong.sentence()));
        }
    }

    /// The columns of a structure that an attached program has.
    private void askProgram() {
        ProgramSheet.open(
                new AttachedPrograms(place.source(), place.segment().id()),
                place.sheets(),
                taken -> {
                    try {
                        OffsetText.Meaning meaning = place.meaning();
                        long many =
                                count.getText().isBlank()
                                        ? CType.Array.TO_THE_END
                                        : OffsetText.readLength(
                                                count.getText(), meaning, Long.MAX_VALUE);
                        RecordLayout layout =
                                RecordLayout.of(
                                        Declarations.parse(taken.text(), taken.abi()),
                                        taken.name(),
                                        OffsetText.read(offset.getText(), meaning),
                                        many);
                        Typed typed = new Typed(offset.getText(), "", "", count.getText(), false);
                        close();
                        onDone.accept(layout, typed);
                        if (!taken.notes().isEmpty()) {
                            place.notice(String.join("; ", taken.notes()));
                        }
                    } catch (BadInput wrong) {
                        say(Problem.sentence(wrong.sentence()));
                    } catch (BadDeclaration never) {
                        throw new IllegalStateException(never.sentence(), never);
                    }
                });
    }

    private void close() {
        looking.close();
        place.sheets().close(this);
    }
}
