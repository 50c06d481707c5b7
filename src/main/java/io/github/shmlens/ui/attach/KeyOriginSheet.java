package io.github.shmlens.ui.attach;

import atlantafx.base.theme.Styles;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.KeySearch;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.ui.fx.Background;
import io.github.shmlens.ui.fx.LatestOnFx;
import io.github.shmlens.ui.problem.FileAsker;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.problem.Sheets;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Looks;
import io.github.shmlens.ui.theme.Theme;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Looks for the files that a key could have been made of, off the FX thread and until it is
/// stopped; a file that is chosen goes back to whoever asked. FX thread.
final class KeyOriginSheet extends VBox {

    private static final Texts TEXTS = Texts.of(KeyOriginSheet.class);

    /// More than anybody reads; the counting goes on.
    private static final int MOST_SHOWN = 1000;

    private static final double LIST_ROWS_EM = 14;

    private final SegmentSource source;
    private final Sheets sheets;
    private final SegmentKey key;
    private final Consumer<Target> use;
    private final TextField folder = new TextField();
    private final Button search = new Button(TEXTS.say("button.search"));
    private final Label state = new Label();
    private final ListView<Hit> hits = new ListView<>();
    private final Button choose = new Button(TEXTS.say("button.use"));
    private @Nullable Running running;

    /// @param whose the process that uses the file; null for one that was met on the way
    private record Hit(Target target, @Nullable String whose) {}

    /// @param hits those that are shown
    private record Seen(List<Hit> hits, int count, long files) {}

    private KeyOriginSheet(
            SegmentSource source, Sheets sheets, SegmentKey key, Consumer<Target> use) {
        this.source = source;
        this.sheets = sheets;
        this.key = key;
        this.use = use;
    }

    /// @param use takes the file that the user chose
    static void open(
            SegmentSource source,
            Sheets sheets,
            FileAsker files,
            SegmentKey key,
            Consumer<Target> use) {
        KeyOriginSheet sheet = new KeyOriginSheet(source, sheets, key, use);
        sheet.build(files);
        sheets.show(sheet, sheet.folder, sheet::close);
        sheet.folder.selectAll();
    }

    private void build(FileAsker files) {
        setId("key-origin");
        getStyleClass().add("shm-attach");
        getStylesheets().add(Theme.css(AttachSheet.class, "attach.css"));
        setPrefWidth(620);
        Label title = new Label(TEXTS.say("origin.title", key.hex()));
        title.getStyleClass().add(Styles.TITLE_4);
        Label what = wrapped(TEXTS.say("origin.explanation", project(), key.value() & 0xffff));

        folder.setId("key-origin-folder");
        folder.getStyleClass().add(Looks.MONO);
        folder.setText(System.getProperty("user.home", "/"));
        folder.setOnAction(_ -> searchOrStop());
        HBox.setHgrow(folder, Priority.ALWAYS);
        Label folderName = new Label(TEXTS.say("origin.below"));
        folderName.setLabelFor(folder);
        Button chooseFolder = new Button(TEXTS.say("button.choose"));
        chooseFolder.setOnAction(_ ->
                files.folder(
                                getScene() == null ? null : getScene().getWindow(),
                                TEXTS.say("origin.choose-folder"))
                        .ifPresent(path -> folder.setText(path.toString())));
        search.setId("key-origin-search");
        search.setOnAction(_ -> searchOrStop());
        HBox row = new HBox(folderName, folder, chooseFolder, search);
        row.getStyleClass().add("shm-field-row");
        row.setAlignment(Pos.CENTER_LEFT);

        state.setId("key-origin-state");
        state.setWrapText(true);
        hits.setId("key-origin-hits");
        hits.setPlaceholder(new Label(""));
        hits.setStyle("-fx-pref-height: %sem;".formatted(LIST_ROWS_EM));
        hits.setCellFactory(_ -> new HitCell());
        hits.setOnMouseClicked(click -> {
            if (click.getClickCount() == 2) {
                useChosen();
            }
        });
        hits.setOnKeyPressed(pressed -> {
            if (pressed.getCode() == KeyCode.ENTER) {
                pressed.consume();
                useChosen();
            }
        });
        Label doubt = wrapped(TEXTS.say("origin.doubt"));
        doubt.getStyleClass().add(Styles.TEXT_MUTED);

        Button close = new Button(TEXTS.say("button.close"));
        close.setId("key-origin-close");
        close.setOnAction(_ -> close());
        choose.setId("key-origin-use");
        choose.getStyleClass().add(Styles.ACCENT);
        choose.disableProperty().bind(hits.getSelectionModel().selectedItemProperty().isNull());
        choose.setOnAction(_ -> useChosen());
        HBox buttons = new HBox(close, choose);
        buttons.getStyleClass().add("shm-sheet-buttons");
        getChildren().setAll(title, what, row, state, hits, doubt, buttons);
    }

    private static Label wrapped(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        return label;
    }

    private String project() {
        int project = key.value() >>> 24;
        boolean printable = project > 0x20 && project < 0x7f;
        return printable ? "\"%c\" (%d)".formatted((char) project, project) : "" + project;
    }

    private void searchOrStop() {
        Running now = running;
        if (now != null) {
            now.stop();
            return;
        }
        Path under;
        try {
            under = Path.of(folder.getText().strip());
        } catch (InvalidPathException noPath) {
            state.setText(TEXTS.say("origin.no-path", folder.getText()));
            return;
        }
        Running fresh = new Running();
        running = fresh;
        hits.getItems().clear();
        state.setText(TEXTS.say("state.looking"));
        search.setText(TEXTS.say("button.stop"));
        Background.run(
                () -> source.filesWithKey(key, under, fresh),
                outcome -> ended(fresh, summary(fresh, outcome)),
                thrown -> ended(fresh, Problem.of(thrown).line()));
    }

    private void ended(Running one, String words) {
        one.close();
        if (running == one) {
            show(one.seen());
            running = null;
            search.setText(TEXTS.say("button.search"));
            state.setText(words);
        }
    }

    private static String summary(Running one, KeySearch.Outcome outcome) {
        int count = one.seen().count();
        long files = outcome.files();
        double accidents = outcome.expectedAccidents();
        String found =
                count == 0
                        ? TEXTS.say("origin.none", files, accidents)
                        : TEXTS.count("origin.found", count, files, accidents);
        String closed =
                outcome.closedFolders() == 0
                        ? ""
                        : TEXTS.count("origin.closed-folders", outcome.closedFolders());
        return (outcome.whole() ? "" : TEXTS.say("origin.stopped")) + found + closed;
    }

    private void show(Seen seen) {
        state.setText(TEXTS.say("origin.progress", seen.files(), seen.count()));
        if (seen.hits().size() > hits.getItems().size()) {
            hits.getItems().addAll(seen.hits().subList(hits.getItems().size(), seen.hits().size()));
        }
    }

    private void useChosen() {
        Hit chosen = hits.getSelectionModel().getSelectedItem();
        if (chosen != null) {
            close();
            use.accept(chosen.target());
        }
    }

    private void close() {
        Running now = running;
        running = null;
        if (now != null) {
            now.stop();
            now.close();
        }
        sheets.close(this);
    }

    /// One search: told on its own thread, shown on ours.
    private final class Running implements KeySearch.Listener, AutoCloseable {
        private final LatestOnFx<Seen> screen = new LatestOnFx<>(KeyOriginSheet.this::show);
        private volatile boolean stopped;
        private volatile Seen seen = new Seen(List.of(), 0, 0);

        void stop() {
            stopped = true;
        }

        Seen seen() {
            return seen;
        }

        @Override
        public void found(Target target, @Nullable String whose) {
            List<Hit> shown = seen.hits();
            if (shown.size() < MOST_SHOWN) {
                List<Hit> more = new ArrayList<>(shown);
                more.add(new Hit(target, whose));
                shown = List.copyOf(more);
            }
            tell(new Seen(shown, seen.count() + 1, seen.files()));
        }

        @Override
        public boolean goOn(long files) {
            tell(new Seen(seen.hits(), seen.count(), files));
            return !stopped;
        }

        private void tell(Seen next) {
            seen = next;
            screen.offer(next);
        }

        @Override
        public void close() {
            screen.close();
        }
    }

    /// Path and project, and whose file it is.
    private static final class HitCell extends ListCell<Hit> {
        @Override
        protected void updateItem(@Nullable Hit hit, boolean empty) {
            super.updateItem(hit, empty);
            if (empty || hit == null) {
                setText(null);
                return;
            }
            setText(
                    hit.whose() == null
                            ? hit.target().text()
                            : TEXTS.say("origin.used-by", hit.target().text(), hit.whose()));
        }
    }
}
