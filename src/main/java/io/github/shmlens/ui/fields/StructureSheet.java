package io.github.shmlens.ui.fields;

import atlantafx.base.theme.Styles;
import io.github.shmlens.fields.Abi;
import io.github.shmlens.fields.BadDeclaration;
import io.github.shmlens.fields.CType;
import io.github.shmlens.fields.Declarations;
import io.github.shmlens.fields.DeclaredType;
import io.github.shmlens.fields.FieldAt;
import io.github.shmlens.fields.Note;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.ui.fx.Background;
import io.github.shmlens.ui.fx.LatestWork;
import io.github.shmlens.ui.hex.OffsetText;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.program.AttachedPrograms;
import io.github.shmlens.ui.program.ProgramSheet;
import io.github.shmlens.ui.segments.ListEntry;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Figures;
import io.github.shmlens.ui.theme.Looks;
import io.github.shmlens.ui.theme.Theme;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TextFormatter;
import javafx.scene.control.Tooltip;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// Asks for C declarations, pasted or from a file, and where to lay which of their types; says
/// while one types what is wrong with them, and what would be shown. FX thread; declarations are
/// read off it.
final class StructureSheet extends VBox {

    /// More is laid over as a file. A field for text is slow with more.
    private static final int MOST_TYPED = 128 << 10;

    private static final int NOTES = 2;
    private static final Texts TEXTS = Texts.of(StructureSheet.class);
    private static final Duration CALM = Duration.ofMillis(200);
    private static final PseudoClass INVALID = PseudoClass.getPseudoClass("invalid");

    private final FieldsPlace place;
    private final Consumer<Laid> onDone;
    private final TextArea text = new TextArea();
    private final Label source = new Label();
    private final Button asText = new Button(TEXTS.say("sheet.as-text"));
    private final Label wrong = new Label();
    private final ComboBox<String> type = new ComboBox<>();
    private final TextField offset = new TextField();
    private final TextField count = new TextField();
    private final ComboBox<Abi> abi = new ComboBox<>();
    private final TextField sequence = new TextField();
    private final Label error = new Label();
    private final Label prospect = new Label();
    private final Button show = new Button(TEXTS.say("sheet.show"));
    private final LatestWork<Asked, Answer> reading;
    private final Map<String, String> formats;

    private @Nullable Path file;
    private @Nullable Declarations declared;
    private String wantedType;
    private String fileText = "";
    private boolean filling;

    private record Asked(String text, Abi abi) {}

    /// @param wrong null where all is well
    private record Answer(@Nullable Declarations declared, @Nullable BadDeclaration wrong) {}

    /// @param begin what the fields begin with; null for nothing
    /// @param change whether it is one that is there; otherwise the place is the caret's
    /// @param onDone given what was laid
    static void open(
            FieldsPlace place, @Nullable Overlay begin, boolean change, Consumer<Laid> onDone) {
        StructureSheet sheet = new StructureSheet(place, begin, change, onDone);
        place.sheets().show(sheet, sheet.text, sheet::close);
        sheet.asked();
    }

    private StructureSheet(
            FieldsPlace place, @Nullable Overlay begin, boolean change, Consumer<Laid> onDone) {
        this.place = place;
        this.onDone = onDone;
        this.formats = change && begin != null ? begin.formats() : Map.of();
        this.wantedType = begin == null ? "" : begin.type();
        this.reading =
                new LatestWork<>(CALM, StructureSheet::read, this::answered, this::notAnswered);
        setId("structure-sheet");
        getStyleClass().add("shm-structure-sheet");
        getStylesheets().add(Theme.css(StructureSheet.class, "fields.css"));
        setPrefWidth(760);
        Label title =
                new Label(
                        change
                                ? TEXTS.say(
                                        "sheet.change-title",
                                        ListEntry.nameOf(place.segment().factsBefore()))
                                : TEXTS.say(
                                        "sheet.title",
                                        ListEntry.nameOf(place.segment().factsBefore())));
        title.getStyleClass().add(Styles.TITLE_4);
        buildText();
        GridPane grid = buildForm();
        fill(begin, change);
        error.setId("structure-error");
        error.getStyleClass().add(Looks.FIELD_ERROR);
        prospect.setId("structure-prospect");
        for (Label line : new Label[] {error, prospect}) {
            line.setWrapText(true);
            line.setMinHeight(USE_PREF_SIZE);
        }
        Button cancel = new Button(TEXTS.say("sheet.cancel"));
        cancel.setId("structure-cancel");
        cancel.setCancelButton(true);
        cancel.setOnAction(_ -> close());
        show.setId("structure-show");
        show.setDefaultButton(true);
        show.getStyleClass().add(Styles.ACCENT);
        show.setOnAction(_ -> done());
        if (change) {
            show.setText(TEXTS.say("sheet.apply"));
        }
        HBox buttons = new HBox(cancel, show);
        buttons.getStyleClass().add("shm-sheet-buttons");
        Button choose = new Button(TEXTS.say("sheet.open"));
        choose.setId("structure-open");
        choose.setOnAction(_ -> choose());
        asText.setId("structure-as-text");
        asText.setOnAction(_ -> asText());
        source.setId("structure-source");
        source.getStyleClass().add(Looks.FACT_NAME);
        source.setMinWidth(0);
        choose.setMinWidth(USE_PREF_SIZE);
        asText.setMinWidth(USE_PREF_SIZE);
        Button program = new Button(TEXTS.say("sheet.program"));
        program.setId("structure-program");
        program.setTooltip(new Tooltip(TEXTS.say("sheet.program-tip")));
        program.setOnAction(_ -> askProgram());
        program.setMinWidth(USE_PREF_SIZE);
        HBox.setHgrow(source, Priority.ALWAYS);
        source.setMaxWidth(Double.MAX_VALUE);
        HBox from = new HBox(source, asText, program, choose);
        from.getStyleClass().add("shm-structure-source");
        from.setAlignment(Pos.CENTER_LEFT);
        getChildren().setAll(title, from, text, wrong, grid, error, prospect, buttons);
        addEventHandler(DragEvent.DRAG_OVER, this::draggedOver);
        addEventHandler(DragEvent.DRAG_DROPPED, this::dropped);
        tellSource();
    }

    private void buildText() {
        text.setId("structure-text");
        text.getStyleClass().add(Looks.MONO);
        text.setPrefRowCount(9);
        text.setPromptText(TEXTS.say("sheet.text-prompt"));
        text.setAccessibleText(TEXTS.say("sheet.text"));
        text.setTextFormatter(
                new TextFormatter<String>(edit -> {
                    if (edit.getControlNewText().length() > MOST_TYPED) {
                        tell(TEXTS.say("sheet.too-long", MOST_TYPED));
                        return null;
                    }
                    return edit;
                }));
        text.textProperty().addListener((_, _, _) -> asked());
        wrong.setId("structure-wrong");
        wrong.getStyleClass().add(Looks.FIELD_ERROR);
        wrong.setWrapText(true);
        wrong.setMinHeight(USE_PREF_SIZE);
    }

    private GridPane buildForm() {
        GridPane grid = new GridPane();
        grid.getStyleClass().add("shm-structure-form");
        type.setMaxWidth(Double.MAX_VALUE);
        type.valueProperty()
                .addListener((_, _, now) -> {
                    if (!filling && now != null) {
                        wantedType = now;
                        typed();
                    }
                });
        abi.getItems().setAll(Abi.values());
        abi.setValue(Abi.ofHost());
        abi.setConverter(
                new StringConverter<>() {
                    @Override
                    public String toString(@Nullable Abi one) {
                        return one == null ? "" : one.text();
                    }

                    @Override
                    public Abi fromString(String typed) {
                        throw new UnsupportedOperationException("chosen, never typed");
                    }
                });
        abi.valueProperty().addListener((_, _, _) -> asked());
        count.setPromptText(TEXTS.say("sheet.count-prompt"));
        sequence.setPromptText(TEXTS.say("sheet.sequence-prompt"));
        offset.setPromptText("0x40");
        line(grid, 0, 0, "structure-type", TEXTS.say("sheet.type"), type);
        line(grid, 0, 2, "structure-abi", TEXTS.say("sheet.abi"), abi);
        line(grid, 1, 0, "structure-offset", TEXTS.say("sheet.offset"), offset);
        line(grid, 1, 2, "structure-count", TEXTS.say("sheet.count"), count);
        line(grid, 2, 0, "structure-sequence", TEXTS.say("sheet.sequence"), sequence);
        GridPane.setColumnSpan(sequence, 3);
        count.setMinWidth(180);
        for (TextField field : new TextField[] {offset, count, sequence}) {
            field.getStyleClass().add(Looks.MONO);
            field.textProperty().addListener((_, _, _) -> typed());
        }
        return grid;
    }

    private static void line(
            GridPane grid, int row, int column, String id, String words, Control control) {
        Label label = new Label(words);
        label.getStyleClass().add(Looks.FACT_NAME);
        label.setLabelFor(control);
        label.setMinWidth(Region.USE_PREF_SIZE);
        control.setId(id);
        control.setAccessibleText(words);
        GridPane.setHgrow(control, Priority.ALWAYS);
        grid.add(label, column, row);
        grid.add(control, column + 1, row);
    }

    private void fill(@Nullable Overlay begin, boolean change) {
        filling = true;
        long here = 0;
        try {
            here = Math.max(0, place.meaning().here());
        } catch (BadInput notReadYet) {
            // Then from the beginning.
        }
        offset.setText("0x%x".formatted(change && begin != null ? begin.offset() : here));
        if (begin != null) {
            file = begin.file();
            fileText = begin.text();
            abi.setValue(begin.abi());
            count.setText(begin.count());
            sequence.setText(change ? begin.sequence() : "");
            text.setText(shown(begin.text()));
        }
        filling = false;
    }

    /// Of a long file the beginning is shown.
    private static String shown(String whole) {
        return whole.length() <= MOST_TYPED ? whole : whole.substring(0, MOST_TYPED - 2) + "\n…";
    }

    // ---- where the declarations are from

    private void choose() {
        javafx.stage.Window over = getScene() == null ? null : getScene().getWindow();
        place.files().open(over, TEXTS.say("sheet.open-title")).ifPresent(this::take);
    }

    private void draggedOver(DragEvent event) {
        if (event.getDragboard().getFiles().size() == 1) {
            event.acceptTransferModes(TransferMode.COPY);
            event.consume();
        }
    }

    private void dropped(DragEvent event) {
        List<File> files = event.getDragboard().getFiles();
        if (files.size() == 1) {
            take(files.getFirst().toPath());
            event.setDropCompleted(true);
            event.consume();
        }
    }

    private void take(Path chosen) {
        Path whole = chosen.toAbsolutePath();
        Background.run(
                () -> DeclarationFile.read(whole),
                read -> {
                    file = whole;
                    fileText = read;
                    text.setText(shown(read));
                    tellSource();
                    tell("");
                    asked();
                },
                thrown -> tell(Problem.sentence(String.valueOf(thrown.getMessage()))));
    }

    /// From now on it is a text of its own, and no file is looked at.
    private void asText() {
        file = null;
        tellSource();
        asked();
        text.requestFocus();
    }

    /// A type that an attached program has, out of its debug information.
    private void askProgram() {
        ProgramSheet.open(
                new AttachedPrograms(place.source(), place.segment().id()),
                place.sheets(),
                taken -> {
                    if (taken.text().length() > MOST_TYPED) {
                        tell(TEXTS.say("sheet.too-long", MOST_TYPED));
                        return;
                    }
                    filling = true;
                    file = null;
                    wantedType = taken.name();
                    abi.setValue(taken.abi());
                    filling = false;
                    text.setText(taken.text());
                    tellSource();
                    asked();
                    text.requestFocus();
                    if (!taken.notes().isEmpty()) {
                        place.notice(String.join("; ", taken.notes()));
                    }
                });
    }

    private void tellSource() {
        Path from = file;
        source.setText(
                from == null ? TEXTS.say("sheet.source-text") : TEXTS.say("sheet.source", from));
        text.setEditable(from == null);
        asText.setVisible(from != null);
        asText.setManaged(from != null);
        asText.setDisable(fileText.length() > MOST_TYPED);
    }

    private String source() {
        return file == null ? text.getText() : fileText;
    }

    // ---- reading

    private void asked() {
        if (filling) {
            return;
        }
        declared = null;
        show.setDisable(true);
        reading.ask(new Asked(source(), abi.getValue()));
    }

    /// Off the FX thread.
    private static Answer read(Asked asked) {
        try {
            return new Answer(Declarations.parse(asked.text(), asked.abi()), null);
        } catch (BadDeclaration bad) {
            return new Answer(null, bad);
        }
    }

    private void notAnswered(Throwable thrown) {
        declared = null;
        show.setDisable(true);
        wrong.setText(Problem.of(thrown).line());
    }

    private void answered(Answer answer) {
        declared = answer.declared();
        BadDeclaration bad = answer.wrong();
        boolean empty = source().isBlank();
        wrong(bad == null || empty ? "" : Problem.sentence(bad.sentence()));
        if (answer.declared() != null) {
            offer(answer.declared());
        }
        typed();
    }

    private void wrong(String sentence) {
        wrong.setText(sentence);
        wrong.setManaged(!sentence.isEmpty());
        text.pseudoClassStateChanged(INVALID, !sentence.isEmpty());
    }

    private void offer(Declarations all) {
        filling = true;
        List<String> names = all.types().stream().map(DeclaredType::name).distinct().toList();
        type.getItems().setAll(names);
        String wanted = wantedType;
        if (!names.contains(wanted)) {
            wanted = all.main().map(DeclaredType::name).orElse("");
        }
        type.setValue(names.contains(wanted) ? wanted : null);
        filling = false;
    }

    private void typed() {
        if (filling) {
            return;
        }
        prospect.setText("");
        show.setDisable(true);
        Declarations all = declared;
        if (all == null) {
            tell("");
            return;
        }
        if (type.getValue() == null) {
            tell(source().isBlank() ? "" : TEXTS.say("sheet.no-type"));
            return;
        }
        try {
            Overlay overlay = overlay();
            CType laid = Laid.type(all, overlay);
            tell("");
            prospect.setText(prospect(all, laid, overlay));
            show.setDisable(false);
        } catch (BadInput no) {
            tell(Problem.sentence(no.sentence()));
        }
    }

    private Overlay overlay() throws BadInput {
        OffsetText.Meaning meaning = place.meaning();
        String many = count.getText().strip();
        String name = type.getValue();
        return new Overlay(
                abi.getValue(),
                OffsetText.read(offset.getText(), meaning),
                many.equals("1") ? "" : many,
                name == null ? "" : name,
                sequence.getText().strip(),
                file,
                formats,
                source());
    }

    private String prospect(Declarations all, CType laid, Overlay overlay) throws BadInput {
        long segment = place.meaning().sizeBytes();
        FieldAt root = FieldAt.root(laid, overlay.offset(), segment);
        long room = segment - overlay.offset();
        long one = all.type(overlay.type()).map(CType::sizeBytes).orElse(0L);
        StringBuilder words = new StringBuilder();
        words.append(
                overlay.count().isEmpty()
                        ? TEXTS.say(
                                "sheet.prospect",
                                Figures.exactSize(root.sizeBytes()),
                                overlay.offset(),
                                root.end())
                        : TEXTS.say(
                                "sheet.prospect-many",
                                root.childCount(),
                                Figures.exactSize(one),
                                overlay.offset(),
                                root.end()));
        if (root.end() > segment) {
            words.append(' ').append(TEXTS.say("sheet.beyond", root.end() - segment, segment));
        } else if (overlay.count().isEmpty() && one > 0) {
            words.append(' ').append(TEXTS.count("sheet.room", room / one, segment));
        }
        for (Note note : all.notes().stream().limit(NOTES).toList()) {
            words.append('\n').append(TEXTS.say("sheet.note", note.text()));
        }
        return words.toString();
    }

    private void tell(String sentence) {
        error.setText(sentence);
        error.setManaged(!sentence.isEmpty());
    }

    private void done() {
        Declarations all = declared;
        if (all == null) {
            return;
        }
        try {
            Overlay overlay = overlay();
            Laid laid = new Laid(overlay, all, Laid.type(all, overlay), "");
            close();
            onDone.accept(laid);
        } catch (BadInput no) {
            tell(Problem.sentence(no.sentence()));
        }
    }

    private void close() {
        reading.close();
        place.sheets().close(this);
    }
}
