package io.github.shmlens.ui.shell;

import atlantafx.base.theme.Styles;
import io.github.shmlens.ui.problem.Sheets;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Looks;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The sheets that only tell: the list of shortcuts, the legend of the marks, and About.
final class InfoSheets {

    private static final Texts TEXTS = Texts.of(InfoSheets.class);

    private InfoSheets() {}

    static void shortcuts(Sheets sheets, List<Shortcut> all) {
        GridPane grid = grid();
        String where = "";
        for (Shortcut one : all) {
            if (!one.where().equals(where)) {
                where = one.where();
                Label head = new Label(where);
                head.getStyleClass().addAll(Styles.TEXT_BOLD, "shm-shortcut-head");
                grid.add(head, 0, grid.getRowCount(), 2, 1);
            }
            Label keys = new Label(one.keys());
            keys.getStyleClass().addAll(Looks.MONO, "shm-keys");
            keys.setMinWidth(Region.USE_PREF_SIZE);
            Label what = new Label(one.what());
            what.setWrapText(true);
            grid.addRow(grid.getRowCount(), keys, what);
        }
        open(sheets, "shortcuts-sheet", TEXTS.say("about.shortcuts"), grid);
    }

    /// @param marks what they look like, beside their words
    static void legend(Sheets sheets, Node marks) {
        open(sheets, "legend-sheet", TEXTS.say("about.legend"), marks);
    }

    static void about(Sheets sheets, LogFile log, Path settingsFile) {
        GridPane grid = grid();
        row(grid, TEXTS.say("about.version"), version());
        row(
                grid,
                TEXTS.say("about.runs-on"),
                TEXTS.say(
                        "about.java",
                        Runtime.version(),
                        System.getProperty("javafx.runtime.version", "?"),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch")));
        row(grid, TEXTS.say("about.log"), log.path().toString());
        row(grid, TEXTS.say("about.settings"), settingsFile.toString());
        row(grid, TEXTS.say("about.licence"), TEXTS.say("about.licence-name"));
        Label what = new Label(TEXTS.say("about.what"));
        what.setWrapText(true);
        open(sheets, "about-sheet", TEXTS.say("about.title"), new VBox(10, what, grid));
    }

    /// The jar's manifest knows; classes run from a folder have none.
    static String version() {
        String version = InfoSheets.class.getPackage().getImplementationVersion();
        return version == null ? TEXTS.say("about.from-source") : version;
    }

    private static GridPane grid() {
        GridPane grid = new GridPane();
        grid.getStyleClass().add("shm-info-grid");
        return grid;
    }

    private static void row(GridPane grid, String name, String value) {
        Label left = new Label(name);
        left.getStyleClass().add(Looks.FACT_NAME);
        left.setMinWidth(Region.USE_PREF_SIZE);
        // A field and not a label: paths are there to be copied.
        TextField right = new TextField(value);
        right.setEditable(false);
        right.getStyleClass().add("shm-copyable");
        right.setPrefColumnCount(42);
        right.setAccessibleText(name + ": " + value);
        grid.addRow(grid.getRowCount(), left, right);
    }

    private static void open(Sheets sheets, String id, String title, Node body) {
        Label head = new Label(title);
        head.getStyleClass().add(Styles.TITLE_4);
        Button close = new Button(TEXTS.say("about.close"));
        close.setDefaultButton(true);
        HBox buttons = new HBox(close);
        buttons.getStyleClass().add("shm-sheet-buttons");
        VBox sheet = new VBox(head, body, buttons);
        sheet.setId(id);
        sheet.setPrefWidth(560);
        // Before the button, which would look for another one in that direction.
        sheet.addEventFilter(
                KeyEvent.KEY_PRESSED,
                key -> {
                    if (!(key.getTarget() instanceof TextInputControl)
                            && sheets.scroll(key.getCode())) {
                        key.consume();
                    }
                });
        Runnable end = () -> sheets.close(sheet);
        close.setOnAction(_ -> end.run());
        sheets.show(sheet, close, end);
    }
}
