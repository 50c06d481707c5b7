package io.github.shmlens.ui.program;

import atlantafx.base.theme.Styles;
import io.github.shmlens.debuginfo.NoTypes;
import io.github.shmlens.debuginfo.ProgramType;
import io.github.shmlens.debuginfo.TakenType;
import io.github.shmlens.debuginfo.TypeList;
import io.github.shmlens.ui.fx.Background;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.problem.Sheets;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Looks;
import io.github.shmlens.ui.theme.Theme;
import io.github.shmlens.ui.theme.WrappedLabel;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// Asks which type of which attached program to take over. Programs, types and the type itself are
/// looked at off the FX thread, and no longer than the sheet is open. FX thread.
public final class ProgramSheet extends VBox {

    private static final Texts TEXTS = Texts.of(ProgramSheet.class);

    private static final double LIST_ROWS_EM = 18;

    private final AttachedPrograms attached;
    private final Sheets sheets;
    private final Consumer<TakenType> onTaken;
    private final ComboBox<AttachedPrograms.Program> programs = new ComboBox<>();
    private final TextField filter = new TextField();
    private final ListView<ProgramType> types = new ListView<>();
    private final Label state = new WrappedLabel();
    private final Label error = new WrappedLabel();
    private final Button take = new Button(TEXTS.say("take"));
    private List<ProgramType> all = List.of();
    private @Nullable Stoppable<?> running;

    private ProgramSheet(AttachedPrograms attached, Sheets sheets, Consumer<TakenType> onTaken) {
        this.attached = attached;
        this.sheets = sheets;
        this.onTaken = onTaken;
    }

    /// @param onTaken takes the type that the user chose, once the sheet is closed
    public static void open(AttachedPrograms attached, Sheets sheets, Consumer<TakenType> onTaken) {
        ProgramSheet sheet = new ProgramSheet(attached, sheets, onTaken);
        sheet.build();
        sheets.show(sheet, sheet.filter, sheet::close);
        sheet.findPrograms();
    }

    private void build() {
        setId("program-sheet");
        getStyleClass().add("shm-program");
        getStylesheets().add(Theme.css(ProgramSheet.class, "program.css"));
        setPrefWidth(640);
        Label title = new Label(TEXTS.say("title"));
        title.getStyleClass().add(Styles.TITLE_4);
        Label explanation = new WrappedLabel(TEXTS.say("explanation"));
        explanation.getStyleClass().add(Looks.FACT_NAME);

        programs.setId("program-programs");
        programs.setMaxWidth(Double.MAX_VALUE);
        programs.setConverter(words());
        programs.setAccessibleText(TEXTS.say("program"));
        programs.valueProperty().addListener((_, _, now) -> chosen(now));
        HBox.setHgrow(programs, Priority.ALWAYS);
        filter.setId("program-filter");
        filter.setPromptText(TEXTS.say("filter-prompt"));
        filter.textProperty().addListener((_, _, _) -> filtered());
        filter.setOnKeyPressed(pressed -> {
            if (pressed.getCode() == KeyCode.DOWN && !types.getItems().isEmpty()) {
                pressed.consume();
                types.requestFocus();
            }
        });
        HBox.setHgrow(filter, Priority.ALWAYS);

        types.setId("program-types");
        types.setPlaceholder(new Label(""));
        types.setStyle("-fx-pref-height: %sem;".formatted(LIST_ROWS_EM));
        types.setCellFactory(_ -> new TypeCell());
        types.setOnMouseClicked(click -> {
            if (click.getClickCount() == 2) {
                takeChosen();
            }
        });
        types.setOnKeyPressed(pressed -> {
            if (pressed.getCode() == KeyCode.ENTER) {
                pressed.consume();
                takeChosen();
            }
        });
        state.setId("program-state");
        error.setId("program-error");
        error.getStyleClass().add(Looks.FIELD_ERROR);
        say("");

        Button cancel = new Button(TEXTS.say("cancel"));
        cancel.setId("program-cancel");
        cancel.setCancelButton(true);
        cancel.setOnAction(_ -> close());
        take.setId("program-take");
        take.setDefaultButton(true);
        take.getStyleClass().add(Styles.ACCENT);
        take.disableProperty().bind(types.getSelectionModel().selectedItemProperty().isNull());
        take.setOnAction(_ -> takeChosen());
        HBox buttons = new HBox(cancel, take);
        buttons.getStyleClass().add("shm-sheet-buttons");
        getChildren()
                .setAll(
                        title,
                        explanation,
                        row(TEXTS.say("program"), programs),
                        row(TEXTS.say("filter"), filter),
                        types,
                        state,
                        error,
                        buttons);
    }

    private static HBox row(String name, Region field) {
        Label label = new Label(name);
        label.getStyleClass().add(Looks.FACT_NAME);
        label.setLabelFor(field);
        label.setMinWidth(USE_PREF_SIZE);
        label.setPrefWidth(80);
        HBox row = new HBox(label, field);
        row.getStyleClass().add("shm-program-row");
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private void findPrograms() {
        state.setText(TEXTS.say("state.looking"));
        run(
                attached::find,
                found -> {
                    programs.getItems().setAll(found.programs());
                    if (found.programs().isEmpty()) {
                        state.setText(
                                found.hiddenProcesses() == 0
                                        ? TEXTS.say("state.nobody")
                                        : TEXTS.count("state.hidden", found.hiddenProcesses()));
                    } else {
                        programs.getSelectionModel().selectFirst();
                    }
                });
    }

    private void chosen(AttachedPrograms.@Nullable Program program) {
        all = List.of();
        filtered();
        Path file = program == null ? null : program.file();
        if (program != null && file == null) {
            stop();
            state.setText(TEXTS.say("state.not-permitted", program.name()));
        } else if (file != null) {
            state.setText(TEXTS.say("state.reading", file));
            run(() -> attached.types(file), this::listed);
        }
    }

    private void listed(TypeList list) {
        // Those of the system's headers are seldom meant.
        all =
                list.types().stream()
                        .sorted(Comparator.comparing(type -> type.source().startsWith("/usr/")))
                        .toList();
        filtered();
        state.setText(
                TEXTS.count("state.types", all.size())
                        + (list.leftOut() == 0 ? "" : TEXTS.count("state.left-out", list.leftOut()))
                        + (list.cut() ? TEXTS.say("state.cut") : ""));
    }

    private void filtered() {
        String wanted = filter.getText().strip().toLowerCase(Locale.ROOT);
        types.getItems()
                .setAll(
                        all.stream()
                                .filter(type ->
                                        type.name().toLowerCase(Locale.ROOT).contains(wanted)
                                                || type.source()
                                                        .toLowerCase(Locale.ROOT)
                                                        .contains(wanted))
                                .toList());
        types.getSelectionModel().selectFirst();
    }

    private void takeChosen() {
        ProgramType type = types.getSelectionModel().getSelectedItem();
        AttachedPrograms.Program program = programs.getValue();
        Path file = program == null ? null : program.file();
        if (type == null || file == null) {
            return;
        }
        state.setText(TEXTS.say("state.taking", type.name()));
        run(
                () -> attached.take(file, type.name()),
                taken -> {
                    close();
                    onTaken.accept(taken);
                });
    }

    /// In place of whatever is running.
    private <T> void run(Background.Work<T> work, Consumer<T> done) {
        stop();
        say("");
        Stoppable<T> mine = new Stoppable<>(work);
        running = mine;
        Background.<T>run(
                mine,
                result -> {
                    if (running == mine) {
                        running = null;
                        done.accept(result);
                    }
                },
                thrown -> {
                    if (running == mine) {
                        running = null;
                        state.setText("");
                        say(
                                thrown instanceof NoTypes none
                                        ? Problem.sentence(none.sentence())
                                        : Problem.of(thrown).line());
                    }
                });
    }

    private void stop() {
        Stoppable<?> now = running;
        running = null;
        if (now != null) {
            now.stop();
        }
    }

    private void say(String sentence) {
        error.setText(sentence);
        error.setManaged(!sentence.isEmpty());
    }

    private void close() {
        stop();
        sheets.close(this);
    }

    private static StringConverter<AttachedPrograms.Program> words() {
        return new StringConverter<>() {
            @Override
            public String toString(AttachedPrograms.@Nullable Program program) {
                return program == null
                        ? ""
                        : TEXTS.count(
                                "program.of",
                                program.pids().size(),
                                program.name(),
                                program.pids().stream()
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(", ")));
            }

            @Override
            public AttachedPrograms.@Nullable Program fromString(String typed) {
                return null;
            }
        };
    }

    /// A type's name, and where it is declared.
    private static final class TypeCell extends ListCell<ProgramType> {

        private final Label name = new Label();
        private final Label place = new Label();
        private final HBox row = new HBox(name, place);

        private TypeCell() {
            name.getStyleClass().add(Looks.MONO);
            name.setMinWidth(USE_PREF_SIZE);
            place.getStyleClass().add(Looks.FACT_NAME);
            place.setTextOverrun(OverrunStyle.LEADING_ELLIPSIS);
            place.setMinWidth(0);
            row.getStyleClass().add("shm-program-type");
            row.setAlignment(Pos.CENTER_LEFT);
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(@Nullable ProgramType type, boolean empty) {
            super.updateItem(type, empty);
            if (empty || type == null) {
                setGraphic(null);
                return;
            }
            name.setText(type.name());
            place.setText(
                    type.line() == 0
                            ? type.source()
                            : TEXTS.say("type.place", type.source(), type.line()));
            setGraphic(row);
        }
    }
}
