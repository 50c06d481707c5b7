package io.github.shmlens.ui.attach;

import atlantafx.base.theme.Styles;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.Rights;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.Created;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.ui.fx.Background;
import io.github.shmlens.ui.fx.LatestWork;
import io.github.shmlens.ui.problem.Banner;
import io.github.shmlens.ui.problem.FileAsker;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.problem.Sheets;
import io.github.shmlens.ui.segments.Witness;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Figures;
import io.github.shmlens.ui.theme.Looks;
import io.github.shmlens.ui.theme.Settings;
import io.github.shmlens.ui.theme.Theme;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Names a segment and attaches it; while the user types it shows what the name stands for, and
/// offers to make the segment where there is none. FX thread; looking, making and attaching are
/// done off it.
public final class AttachSheet extends VBox {

    private static final Texts TEXTS = Texts.of(AttachSheet.class);

    private static final Duration CALM = Duration.ofMillis(150);

    private final SegmentSource source;
    private final SegmentOpener opener;
    private final Sheets sheets;
    private final FileAsker files;
    private final Settings settings;
    private final LatestWork<Naming, Preview> lookUp;

    private final ToggleGroup ways = new ToggleGroup();
    private final Label textName = new Label();
    private final TextField text = new TextField();
    private final Button choose = new Button(TEXTS.say("button.choose"));
    private final Label textError = error("attach-text-error");
    private final Label projectName = new Label(TEXTS.say("sheet.project"));
    private final TextField project = new TextField();
    private final Label projectNote = new Label(TEXTS.say("sheet.project-note"));
    private final Label projectError = error("attach-project-error");
    private final HBox projectRow = new HBox(project, projectNote);
    private final Banner banner = new Banner();
    private final Label state = new Label();
    private final GridPane facts = new GridPane();
    private final Label doubt = new Label();
    private final Hyperlink origin = new Hyperlink(TEXTS.say("sheet.origin"));
    private final CheckBox readOnly = new CheckBox(TEXTS.say("sheet.read-only"));
    private final Label readOnlyNote = new Label();
    private final VBox create = new VBox();
    private final TextField size = new TextField("10000");
    private final Label sizeNote = new Label();
    private final Label sizeError = error("attach-size-error");
    private final TextField mode = new TextField(Mode.DEFAULT.octal());
    private final Label modeNote = new Label();
    private final Label modeError = error("attach-mode-error");
    private final Button cancel = new Button(TEXTS.say("button.cancel"));
    private final Button make = new Button(TEXTS.say("button.create"));
    private final Button attach = new Button(TEXTS.say("button.attach"));

    private Naming.Way way = Naming.Way.KEY;
    private Preview preview = new Preview.Blank(Naming.Field.TEXT);

    /// Enter was pressed before the preview was there: it counts once it is.
    private boolean attachWhenSeen;

    private boolean working;

    private AttachSheet(
            SegmentSource source,
            SegmentOpener opener,
            Sheets sheets,
            FileAsker files,
            Settings settings) {
        this.source = source;
        this.opener = opener;
        this.sheets = sheets;
        this.files = files;
        this.settings = settings;
        lookUp =
                new LatestWork<>(
                        CALM, naming -> Preview.of(source, naming), this::show, this::broke);
        build();
    }

    /// Opens the dialog, in the way of naming used last.
    public static void open(
            SegmentSource source,
            SegmentOpener opener,
            Sheets sheets,
            FileAsker files,
            Settings settings) {
        AttachSheet sheet = new AttachSheet(source, opener, sheets, files, settings);
        sheets.show(sheet, sheet.text, sheet::close);
    }

    private void build() {
        setId("attach-sheet");
        getStyleClass().add("shm-attach");
        getStylesheets().add(Theme.css(AttachSheet.class, "attach.css"));
        setPrefWidth(660);
        Label title = new Label(TEXTS.say("sheet.title"));
        title.getStyleClass().add(Styles.TITLE_4);
        getChildren()
                .setAll(
                        title,
                        buildWays(),
                        buildFields(),
                        banner,
                        buildState(),
                        buildReadOnly(),
                        buildCreate(),
                        buildButtons());
        addEventHandler(
                KeyEvent.KEY_PRESSED,
                key -> {
                    if (key.getCode() == KeyCode.ENTER && !(key.getTarget() instanceof Button)) {
                        key.consume();
                        enter();
                    }
                });
        choose(keptWay());
    }

    private Naming.Way keptWay() {
        String kept = settings.text("attach-way", "key");
        for (Naming.Way one : Naming.Way.values()) {
            if (one.name().toLowerCase(Locale.ROOT).equals(kept)) {
                return one;
            }
        }
        return Naming.Way.KEY;
    }

    private Node buildWays() {
        HBox row = new HBox();
        Naming.Way[] all = Naming.Way.values();
        for (Naming.Way one : all) {
            ToggleButton button = new ToggleButton(one.label());
            button.setId("attach-way-" + one.name().toLowerCase(Locale.ROOT));
            button.setUserData(one);
            button.setToggleGroup(ways);
            button.setMnemonicParsing(false);
            button.getStyleClass()
                    .add(
                            one == all[0]
                                    ? Styles.LEFT_PILL
                                    : one == all[all.length - 1]
                                            ? Styles.RIGHT_PILL
                                            : Styles.CENTER_PILL);
            button.setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(button, Priority.ALWAYS);
            row.getChildren().add(button);
        }
        ways.selectedToggleProperty()
                .subscribe((before, now) -> {
                    if (now == null) {
                        // One of them is always chosen.
                        ways.selectToggle(before);
                    } else if (now.getUserData() instanceof Naming.Way chosen && chosen != way) {
                        choose(chosen);
                        text.requestFocus();
                    }
                });
        return row;
    }

    private Node buildFields() {
        text.setId("attach-text");
        text.getStyleClass().add(Looks.MONO);
        project.setId("attach-project");
        project.getStyleClass().add(Looks.MONO);
        project.setPrefColumnCount(5);
        projectNote.getStyleClass().add(Styles.TEXT_MUTED);
        projectRow.setAlignment(Pos.CENTER_LEFT);
        projectRow.getStyleClass().add("shm-field-row");
        choose.setId("attach-choose");
        choose.setOnAction(_ ->
                files.open(
                                getScene() == null ? null : getScene().getWindow(),
                                TEXTS.say("sheet.choose-file"))
                        .ifPresent(path -> {
                            text.setText(path.toString());
                            (way == Naming.Way.FTOK ? project : text).requestFocus();
                        }));
        choose.managedProperty().bind(choose.visibleProperty());
        HBox.setHgrow(text, Priority.ALWAYS);
        HBox textRow = new HBox(text, choose);
        textRow.getStyleClass().add("shm-field-row");
        GridPane grid = form();
        grid.addRow(0, textName, textRow);
        grid.add(textError, 1, 1);
        grid.addRow(2, projectName, projectRow);
        grid.add(projectError, 1, 3);
        textName.setLabelFor(text);
        projectName.setLabelFor(project);
        text.textProperty().subscribe(_ -> typed());
        project.textProperty().subscribe(_ -> typed());
        return grid;
    }

    private Node buildState() {
        state.setId("attach-state");
        state.getStyleClass().add("shm-attach-state");
        state.setWrapText(true);
        facts.setId("attach-facts");
        facts.getStyleClass().add("shm-attach-facts");
        ColumnConstraints names = new ColumnConstraints();
        names.setMinWidth(Region.USE_PREF_SIZE);
        ColumnConstraints values = new ColumnConstraints();
        values.setHgrow(Priority.ALWAYS);
        facts.getColumnConstraints().setAll(names, values);
        doubt.setId("attach-doubt");
        doubt.getStyleClass().add(Styles.WARNING);
        doubt.setWrapText(true);
        doubt.managedProperty().bind(doubt.textProperty().isNotEmpty());
        origin.setId("attach-origin");
        origin.setOnAction(_ -> askForOrigin());
        origin.managedProperty().bind(origin.visibleProperty());
        VBox box = new VBox(state, facts, doubt, origin);
        box.getStyleClass().add("shm-attach-preview");
        return box;
    }

    private Node buildReadOnly() {
        readOnly.setId("attach-read-only");
        readOnlyNote.getStyleClass().add(Styles.TEXT_MUTED);
        readOnlyNote.setWrapText(true);
        VBox box = new VBox(readOnly, readOnlyNote);
        box.getStyleClass().add("shm-read-only");
        readOnlyNote.managedProperty().bind(readOnlyNote.textProperty().isNotEmpty());
        return box;
    }

    private Node buildCreate() {
        create.setId("attach-create");
        create.getStyleClass().add("shm-create");
        Label title = new Label(TEXTS.say("sheet.create"));
        title.getStyleClass().add(Styles.TEXT_BOLD);
        size.setId("attach-size");
        mode.setId("attach-mode");
        size.setPrefColumnCount(12);
        mode.setPrefColumnCount(6);
        sizeNote.getStyleClass().add(Styles.TEXT_MUTED);
        modeNote.getStyleClass().add(Styles.TEXT_MUTED);
        GridPane grid = form();
        Label sizeName = new Label(TEXTS.say("sheet.size"));
        Label modeName = new Label(TEXTS.say("sheet.mode"));
        sizeName.setLabelFor(size);
        modeName.setLabelFor(mode);
        HBox sizeRow = new HBox(size, sizeNote);
        HBox modeRow = new HBox(mode, modeNote);
        sizeRow.getStyleClass().add("shm-field-row");
        modeRow.getStyleClass().add("shm-field-row");
        sizeRow.setAlignment(Pos.CENTER_LEFT);
        modeRow.setAlignment(Pos.CENTER_LEFT);
        grid.addRow(0, sizeName, sizeRow);
        grid.add(sizeError, 1, 1);
        grid.addRow(2, modeName, modeRow);
        grid.add(modeError, 1, 3);
        create.getChildren().setAll(title, grid);
        create.managedProperty().bind(create.visibleProperty());
        size.textProperty().subscribe(_ -> checkCreate());
        mode.textProperty().subscribe(_ -> checkCreate());
        return create;
    }

    private Node buildButtons() {
        cancel.setId("attach-cancel");
        make.setId("attach-make");
        attach.setId("attach-attach");
        cancel.setOnAction(_ -> close());
        make.setOnAction(_ -> make());
        attach.setOnAction(_ -> attach());
        make.managedProperty().bind(make.visibleProperty());
        attach.getStyleClass().add(Styles.ACCENT);
        HBox buttons = new HBox(cancel, make, attach);
        buttons.getStyleClass().add("shm-sheet-buttons");
        return buttons;
    }

    private static GridPane form() {
        GridPane grid = new GridPane();
        grid.getStyleClass().add("shm-form");
        ColumnConstraints names = new ColumnConstraints();
        names.setMinWidth(Region.USE_PREF_SIZE);
        names.setPrefWidth(64);
        ColumnConstraints fields = new ColumnConstraints();
        fields.setHgrow(Priority.ALWAYS);
        grid.getColumnConstraints().setAll(names, fields);
        return grid;
    }

    private static Label error(String id) {
        Label label = new Label();
        label.setId(id);
        label.getStyleClass().add(Looks.FIELD_ERROR);
        label.setWrapText(true);
        label.managedProperty().bind(label.textProperty().isNotEmpty());
        return label;
    }

    private void choose(Naming.Way next) {
        way = next;
        settings.keep("attach-way", next.name().toLowerCase(Locale.ROOT));
        ways.getToggles().stream()
                .filter(toggle -> toggle.getUserData() == next)
                .findFirst()
                .ifPresent(ways::selectToggle);
        textName.setText(next.fieldName());
        text.setPromptText(next.example());
        choose.setVisible(next.isPath());
        boolean ftok = next == Naming.Way.FTOK;
        for (Node node : new Node[] {projectName, projectRow}) {
            node.setVisible(ftok);
            node.setManaged(ftok);
        }
        if (!ftok) {
            projectError.setText("");
        }
        typed();
    }

    /// Something was typed: what was seen is no longer what is meant.
    private void typed() {
        attachWhenSeen = false;
        banner.clear();
        Naming naming = naming();
        projectNote.setText(
                naming.isKeyInsteadOfPath()
                        ? TEXTS.say("sheet.read-as-key", naming.text().strip())
                        : TEXTS.say("sheet.project-note"));
        switch (naming.read()) {
            case Naming.Read.Blank blank -> {
                lookUp.forget();
                show(new Preview.Blank(blank.field()));
            }
            case Naming.Read.Wrong wrong -> {
                lookUp.forget();
                show(new Preview.Wrong(wrong.field(), wrong.sentence()));
            }
            case Naming.Read.Named _ -> {
                say("", "");
                state.setText(TEXTS.say("state.looking"));
                preview = new Preview.Blank(Naming.Field.TEXT);
                enable();
                lookUp.ask(naming);
            }
        }
    }

    private Naming naming() {
        return new Naming(way, text.getText(), project.getText());
    }

    private void say(String aboutText, String aboutProject) {
        textError.setText(aboutText);
        projectError.setText(aboutProject);
    }

    private void show(Preview next) {
        preview = next;
        facts.getChildren().clear();
        doubt.setText("");
        say("", "");
        switch (next) {
            case Preview.Blank(Naming.Field field) ->
                    state.setText(
                            field == Naming.Field.PROJECT
                                    ? TEXTS.say("state.no-project")
                                    : hint(way));
            case Preview.Wrong(Naming.Field field, String sentence) -> {
                state.setText("");
                String shown = capital(sentence);
                say(
                        field == Naming.Field.TEXT ? shown : "",
                        field == Naming.Field.PROJECT ? shown : "");
            }
            case Preview.Missing(Target target, SegmentKey key) -> {
                keyFacts(key);
                state.setText(missing(target, key));
            }
            case Preview.Exists exists -> showExisting(exists);
            case Preview.Refused(_, ShmFailure failure) -> {
                state.setText("");
                banner.show(Banner.Weight.WARNING, Problem.of(failure));
            }
        }
        checkCreate();
        enable();
        if (attachWhenSeen) {
            attachWhenSeen = false;
            if (readable()) {
                attach();
            } else if (next instanceof Preview.Missing missing) {
                tellNothingThere(missing);
            }
        }
    }

    private static String hint(Naming.Way way) {
        return switch (way) {
            case KEY -> TEXTS.say("hint.key");
            case FTOK -> TEXTS.say("hint.ftok");
            case INODE -> TEXTS.say("hint.inode");
            case ID -> TEXTS.say("hint.id");
            case POSIX -> TEXTS.say("hint.posix");
            case FILE -> TEXTS.say("hint.file");
        };
    }

    private static String missing(Target target, @Nullable SegmentKey key) {
        if (key != null && key.equals(SegmentKey.PRIVATE)) {
            return TEXTS.say("missing.private-key");
        }
        return switch (target) {
            case Target.Key _, Target.Ftok _, Target.Inode _ -> TEXTS.say("missing.key");
            case Target.Id(int shmid) -> TEXTS.say("missing.id", shmid);
            case Target.Posix(String name) -> TEXTS.say("missing.name", name);
            case Target.File(Path path) -> TEXTS.say("missing.path", path);
        };
    }

    private void showExisting(Preview.Exists exists) {
        Witness witness = exists.witness();
        SegmentFacts seen = witness.facts();
        state.setText(
                seen.markedForRemoval()
                        ? TEXTS.say("state.exists-marked")
                        : TEXTS.say("state.exists"));
        doubt.setText(exists.doubt().map(Problem::sentence).orElse(""));
        keyFacts(exists.key());
        fact(TEXTS.say("fact.id"), seen.id().text(), true);
        fact(
                TEXTS.say("sheet.size"),
                seen.sizeBytes() < 1024
                        ? Figures.exactSize(seen.sizeBytes())
                        : "%s (%s)"
                                .formatted(
                                        Figures.exactSize(seen.sizeBytes()),
                                        Figures.size(seen.sizeBytes())),
                false);
        fact(
                TEXTS.say("fact.owner"),
                TEXTS.say(
                        "fact.owner-line",
                        seen.owner().name(),
                        seen.group().name(),
                        seen.mode().octal(),
                        seen.mode().letters()),
                false);
        fact(TEXTS.say("fact.rights"), rights(exists.rights(), seen), false);
        String lines = String.join("\n", witness.lines());
        fact(
                TEXTS.say("fact.attached"),
                lines.isEmpty()
                        ? capital(witness.clause())
                        : capital(witness.clause()) + "\n" + lines,
                false);
    }

    private static String rights(Rights rights, SegmentFacts facts) {
        String may =
                rights.read() && rights.write()
                        ? TEXTS.say("rights.read-write")
                        : rights.read() ? TEXTS.say("rights.read-only") : TEXTS.say("rights.none");
        boolean removable = !(facts.id() instanceof SegmentId.File);
        if (!removable) {
            return may;
        }
        return rights.remove()
                ? TEXTS.say("rights.and-remove", may)
                : TEXTS.say("rights.not-remove", may);
    }

    private void keyFacts(@Nullable SegmentKey key) {
        if (key != null) {
            String decimal =
                    key.value() < 0
                            ? TEXTS.say("fact.key-decimal", key.unsigned(), key.value())
                            : key.unsigned();
            fact(TEXTS.say("fact.key"), key.hex() + " = " + decimal, true);
        }
    }

    private void fact(String name, String value, boolean mono) {
        Label left = new Label(name);
        left.getStyleClass().add(Looks.FACT_NAME);
        GridPane.setValignment(left, VPos.TOP);
        Label right = new Label(value);
        right.setWrapText(true);
        if (mono) {
            right.getStyleClass().add(Looks.MONO);
        }
        facts.addRow(facts.getRowCount(), left, right);
    }

    /// The key that was typed as such, and that a file may have given.
    private @Nullable SegmentKey keyWithoutFile() {
        SegmentKey key =
                switch (preview) {
                    case Preview.Missing missing -> missing.key();
                    case Preview.Exists exists -> exists.key();
                    case Preview.Blank _, Preview.Wrong _, Preview.Refused _ -> null;
                };
        Target target = naming().read() instanceof Naming.Read.Named(Target named) ? named : null;
        boolean byKey = target instanceof Target.Key || target instanceof Target.Id;
        return byKey && !SegmentKey.PRIVATE.equals(key) ? key : null;
    }

    private void askForOrigin() {
        SegmentKey key = keyWithoutFile();
        if (key != null) {
            KeyOriginSheet.open(source, sheets, files, key, this::fill);
        }
    }

    /// Names the segment by a file that gives its key.
    private void fill(Target target) {
        switch (target) {
            case Target.Ftok(Path path, int byFile) -> {
                choose(Naming.Way.FTOK);
                text.setText(path.toString());
                String typed = target.text();
                project.setText(byFile == ':' ? ":" : typed.substring(typed.lastIndexOf(':') + 1));
            }
            case Target.Inode(Path path) -> {
                choose(Naming.Way.INODE);
                text.setText(path.toString());
            }
            case Target.Key _, Target.Id _, Target.Posix _, Target.File _ -> {}
        }
    }

    private boolean creatable() {
        return preview instanceof Preview.Missing missing && creates(missing.target());
    }

    /// Whether a segment can be made that answers to this name.
    private static boolean creates(Target target) {
        return switch (target) {
            case Target.Key _, Target.Ftok _, Target.Inode _, Target.Posix _ -> true;
            case Target.Id _, Target.File _ -> false;
        };
    }

    /// What Enter says where there is nothing to attach. It never makes anything: whoever mistypes
    /// a key wants another key, and not a segment.
    private void tellNothingThere(Preview.Missing missing) {
        banner.show(
                Banner.Weight.NOTE,
                new Problem(
                        TEXTS.say("nothing.title"),
                        nothingThere(missing),
                        TEXTS.say("nothing.help")));
    }

    private static String nothingThere(Preview.Missing missing) {
        SegmentKey key = missing.key();
        return key == null || key.equals(SegmentKey.PRIVATE)
                ? missing(missing.target(), key)
                : TEXTS.say("nothing.key", key.hex(), key.value());
    }

    /// The button says all that it does.
    private String makeWords(String bytes, String bits) {
        if (!(preview instanceof Preview.Missing missing)) {
            return TEXTS.say("button.create");
        }
        SegmentKey key = missing.key();
        if (key == null) {
            return TEXTS.say("button.create-named", missing.target().text(), bytes, bits);
        }
        return key.equals(SegmentKey.PRIVATE)
                ? TEXTS.say("button.create-private", bytes, bits)
                : TEXTS.say("button.create-key", key.hex(), bytes, bits);
    }

    /// Says what the size and the mode come to, or what is wrong with them.
    private boolean checkCreate() {
        boolean good = true;
        String wantedBytes = "";
        String wantedMode = "";
        try {
            long bytes = SizeInput.parse(size.getText());
            wantedBytes = Figures.exactSize(bytes);
            sizeNote.setText(
                    "= "
                            + Figures.exactSize(bytes)
                            + (bytes < 1024 ? "" : ", " + Figures.size(bytes)));
            sizeError.setText("");
        } catch (BadInput wrong) {
            sizeNote.setText("");
            sizeError.setText(capital(wrong.sentence()));
            good = false;
        }
        try {
            Mode bits = Mode.parse(mode.getText());
            wantedMode = bits.octal();
            modeNote.setText("= " + bits.letters());
            modeError.setText("");
        } catch (BadInput wrong) {
            modeNote.setText("");
            modeError.setText(capital(wrong.sentence()));
            good = false;
        }
        make.setText(good ? makeWords(wantedBytes, wantedMode) : TEXTS.say("button.create"));
        make.setDisable(!good || working);
        return good;
    }

    private void enable() {
        create.setVisible(creatable());
        make.setVisible(creatable());
        boolean exists = preview instanceof Preview.Exists;
        origin.setVisible(keyWithoutFile() != null);
        attach.setDisable(working || !exists || !readable());
        boolean file = ofFile();
        boolean mustRead =
                file || (preview instanceof Preview.Exists seen && !seen.rights().write());
        readOnly.setDisable(mustRead);
        readOnlyNote.setText(
                file
                        ? TEXTS.say("note.file")
                        : preview instanceof Preview.Exists seen
                                        && seen.rights().read()
                                        && !seen.rights().write()
                                ? TEXTS.say(
                                        "note.no-writing",
                                        seen.witness().facts().mode().octal(),
                                        seen.witness().facts().owner().name())
                                : preview instanceof Preview.Exists seen && !seen.rights().read()
                                        ? TEXTS.say(
                                                "note.no-reading",
                                                seen.witness().facts().mode().octal(),
                                                seen.witness().facts().owner().name())
                                        : "");
    }

    private boolean readable() {
        return preview instanceof Preview.Exists seen && seen.rights().read();
    }

    private Access access() {
        return ofFile() || readOnly.isSelected() ? Access.READ_ONLY : Access.READ_WRITE;
    }

    private boolean ofFile() {
        return way == Naming.Way.FILE
                || (naming().read() instanceof Naming.Read.Named(Target target)
                        && target instanceof Target.File);
    }

    private void enter() {
        if (working) {
            return;
        }
        if (preview instanceof Preview.Exists) {
            if (readable()) {
                attach();
            }
        } else if (preview instanceof Preview.Missing missing) {
            tellNothingThere(missing);
        } else if (naming().read() instanceof Naming.Read.Named
                && preview instanceof Preview.Blank) {
            // Typed faster than looked: Enter attaches what exists, and never creates unseen.
            attachWhenSeen = true;
            lookUp.askNow(naming());
        }
    }

    private void attach() {
        if (preview instanceof Preview.Exists seen) {
            open(seen.target(), access(), false);
        }
    }

    private void make() {
        if (!(preview instanceof Preview.Missing missing) || !checkCreate() || working) {
            return;
        }
        long bytes;
        Mode bits;
        try {
            bytes = SizeInput.parse(size.getText());
            bits = Mode.parse(mode.getText());
        } catch (BadInput alreadySaid) {
            return;
        }
        working = true;
        checkCreate();
        Background.run(
                () -> source.create(missing.target(), bytes, bits, false),
                created -> made(missing, created),
                thrown -> {
                    working = false;
                    checkCreate();
                    makeFailed(thrown);
                });
    }

    private void made(Preview.Missing missing, Created created) {
        working = false;
        boolean keyless = missing.key() != null && missing.key().equals(SegmentKey.PRIVATE);
        open(keyless ? Target.of(created.id()) : missing.target(), access(), true);
    }

    private void makeFailed(Throwable thrown) {
        switch (thrown) {
            case ShmException refused
                    when refused.failure() instanceof ShmFailure.LimitReached limit -> {
                sizeError.setText(
                        capital(limit.limit())
                                + (limit.errno().isEmpty() ? "" : " (" + limit.errno() + ")")
                                + ".");
                size.requestFocus();
            }
            case BadInput wrong -> say(capital(wrong.sentence()), "");
            case ShmException refused -> {
                banner.show(Banner.Weight.WARNING, Problem.of(refused.failure()));
                if (refused.failure() instanceof ShmFailure.AlreadyExists) {
                    // Somebody was faster: show theirs.
                    lookUp.askNow(naming());
                }
            }
            default -> broke(thrown);
        }
    }

    private void open(Target target, Access access, boolean created) {
        working = true;
        enable();
        opener.open(
                target,
                access,
                created,
                this::close,
                problem -> {
                    working = false;
                    checkCreate();
                    banner.show(Banner.Weight.WARNING, problem);
                    lookUp.askNow(naming());
                });
    }

    private void broke(Throwable defect) {
        banner.show(Banner.Weight.DANGER, Problem.of(defect));
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, defect);
    }

    private static String capital(String clause) {
        return Problem.sentence(clause);
    }

    private void close() {
        lookUp.close();
        sheets.close(this);
    }
}
