package io.github.shmlens.ui.journal;

import atlantafx.base.theme.Styles;
import io.github.shmlens.journal.Entry;
import io.github.shmlens.journal.EntryText;
import io.github.shmlens.journal.History;
import io.github.shmlens.ui.fx.Background;
import io.github.shmlens.ui.problem.Banner;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.problem.Sheets;
import io.github.shmlens.ui.text.Texts;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// Writes entries to a new file, for people or for scripts. FX thread; the file is written off it.
final class JournalExport {

    private static final Texts TEXTS = Texts.of(JournalExport.class);

    private static final int SHOWN = 1 << 16;

    private final Sheets sheets;
    private final Consumer<String> notice;

    JournalExport(Sheets sheets, Consumer<String> notice) {
        this.sheets = sheets;
        this.notice = notice;
    }

    /// Asks for the file and writes it.
    void ask(List<Entry> entries, History history) {
        VBox sheet = new VBox();
        sheet.setId("journal-export");
        sheet.setSpacing(10);
        sheet.setPrefWidth(560);
        Label title = new Label(TEXTS.count("export.title", entries.size()));
        title.getStyleClass().add(Styles.TITLE_4);
        Banner banner = new Banner();
        Label label = new Label(TEXTS.say("export.file"));
        TextField file = new TextField(suggested("jsonl"));
        file.setId("journal-export-file");
        label.setLabelFor(file);
        RadioButton lines = new RadioButton(TEXTS.say("export.json"));
        lines.setId("journal-export-json");
        RadioButton text = new RadioButton(TEXTS.say("export.text"));
        text.setId("journal-export-text");
        ToggleGroup kinds = new ToggleGroup();
        kinds.getToggles().setAll(lines, text);
        lines.setSelected(true);
        lines.setOnAction(_ -> file.setText(file.getText().replaceFirst("\\.txt$", ".jsonl")));
        text.setOnAction(_ -> file.setText(file.getText().replaceFirst("\\.jsonl$", ".txt")));
        Label note = new Label(TEXTS.say("export.note"));
        note.setWrapText(true);
        note.setMinHeight(VBox.USE_PREF_SIZE);
        note.getStyleClass().add(Styles.TEXT_MUTED);
        Button cancel = new Button(TEXTS.say("export.cancel"));
        cancel.setCancelButton(true);
        cancel.setOnAction(_ -> sheets.close(sheet));
        Button write = new Button(TEXTS.say("export.write"));
        write.setId("journal-export-write");
        write.setDefaultButton(true);
        write.getStyleClass().add(Styles.ACCENT);
        write.setOnAction(_ ->
                write(
                        file.getText(),
                        entries,
                        history,
                        lines.isSelected(),
                        path -> {
                            sheets.close(sheet);
                            notice.accept(TEXTS.count("export.done", entries.size(), path));
                        },
                        problem -> banner.show(Banner.Weight.WARNING, problem)));
        HBox buttons = new HBox(cancel, write);
        buttons.getStyleClass().add("shm-sheet-buttons");
        sheet.getChildren().setAll(title, banner, lines, text, label, file, note, buttons);
        sheets.show(sheet, file, () -> sheets.close(sheet));
    }

    private static String suggested(String ending) {
        return Path.of(System.getProperty("user.home", "/tmp"), "shmlens-journal." + ending)
                .toString();
    }

    private static void write(
            String typed,
            List<Entry> entries,
            History history,
            boolean json,
            Consumer<Path> done,
            Consumer<Problem> refused) {
        Path path;
        try {
            path = Path.of(typed.strip()).toAbsolutePath();
        } catch (InvalidPathException noPath) {
            refused.accept(new Problem(TEXTS.say("export.no-file"), noPath.getReason(), ""));
            return;
        }
        if (typed.isBlank()) {
            refused.accept(
                    new Problem(TEXTS.say("export.no-file"), TEXTS.say("export.needs-name"), ""));
            return;
        }
        Background.run(
                () -> {
                    Files.writeString(
                            path,
                            json ? EntryText.jsonLines(entries, history) : text(entries, history),
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.WRITE);
                    return path;
                },
                done,
                thrown ->
                        refused.accept(
                                thrown instanceof FileAlreadyExistsException
                                        ? new Problem(
                                                TEXTS.say("export.no-file"),
                                                TEXTS.say("export.there", path),
                                                "")
                                        : Problem.of(thrown)));
    }

    private static String text(List<Entry> entries, History history) {
        return entries.stream()
                .map(entry -> EntryText.line(entry, history, SHOWN) + "\n")
                .collect(Collectors.joining());
    }
}
