package io.github.shmlens.ui.slots;

import io.github.shmlens.kryo.KryoSlot;
import io.github.shmlens.kryo.SlotInput.As;
import io.github.shmlens.php.Decoded;
import io.github.shmlens.php.Fit;
import io.github.shmlens.php.PhpDecoder;
import io.github.shmlens.php.Slot;
import io.github.shmlens.php.StoreReading;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Numbers;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Scrolling;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import javafx.animation.Animation;
import javafx.animation.PauseTransition;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.StringProperty;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.TraversalDirection;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// One slot's value as a form: a type, what to type for it, and, before anything is written,
/// whether it is valid and fits. Writes nothing itself. On the FX thread only.
///
/// A value that was not edited keeps its bytes, whatever form it is shown in.
public final class SlotForm extends Region {

    private static final Texts TEXTS = Texts.of(SlotForm.class);

    /// Longer values are replaced here, not edited: a text field is no place for them.
    static final int MOST_EDITED_BYTES = 64 << 10;

    /// Longer texts are checked when typing pauses.
    private static final int CHECK_AT_ONCE_CHARS = 32 << 10;

    private static final Duration TYPING_PAUSE = Duration.millis(200);
    private static final int VALUE_CHARS = 80;

    private final TextField keyField = new TextField();
    private final Label keyProblem = Stylesheet.wrapped("", "field-problem");
    private final ComboBox<As> types = new ComboBox<>();
    private final TextArea area = Scrolling.direct(new TextArea());
    private final TextField line = new TextField();
    private final RadioButton yes = new RadioButton(TEXTS.say("form.true"));
    private final RadioButton no = new RadioButton(TEXTS.say("form.false"));
    private final HBox bools = new HBox(yes, no);
    private final Label nothing = new Label(TEXTS.say("form.null"));
    private final StackPane inputs = new StackPane();
    private final Label problem = Stylesheet.wrapped("", "field-problem");
    private final Label note = Stylesheet.wrapped("", "slot-form-note");
    private final Label fitLine = Stylesheet.wrapped("", "slot-form-fit");
    private final Label around = Stylesheet.wrapped("", "slot-form-around");
    private final ReadOnlyBooleanWrapper savable =
            new ReadOnlyBooleanWrapper(this, "savable", false);
    private final PauseTransition typing = new PauseTransition(TYPING_PAUSE);
    private final VBox content;

    private final boolean isNew;
    private final Map<As, String> texts = new EnumMap<>(As.class);
    private final As firstType;
    private final @Nullable String firstText;
    private final boolean tooLong;

    private @Nullable Long key;
    private byte @Nullable [] seen;
    private byte @Nullable [] payload;
    private @Nullable StoreReading store;
    private As type;
    private boolean touched;
    private boolean filling;

    /// A form for a slot that is there, filled with its value.
    public static SlotForm of(Slot slot) {
        return new SlotForm(slot);
    }

    /// An empty form for a slot that may not be there yet.
    public static SlotForm empty() {
        return new SlotForm(null);
    }

    private SlotForm(@Nullable Slot slot) {
        isNew = slot == null;
        key = slot == null ? null : slot.key();
        seen = slot == null ? null : slot.payload();
        byte[] before = seen;
        tooLong = before != null && before.length > MOST_EDITED_BYTES;
        if (before == null || tooLong) {
            firstType = As.STRING;
            firstText = null;
        } else {
            firstType = Typed.fitting(before);
            firstText = Typed.text(firstType, before);
        }
        type = firstType;
        payload = before;

        getStyleClass().add("slot-form");
        getStylesheets().add(Stylesheet.URL);
        buildInputs();
        content = new VBox(grid(slot), note, fitLine, around);
        content.getStyleClass().add("slot-form-content");
        getChildren().add(content);
        around.managedProperty().bind(around.textProperty().isNotEmpty());

        fill(firstText == null ? "" : firstText);
        types.setValue(firstType);
        types.valueProperty().addListener((_, _, chosen) -> changeType(chosen));
        showInput();
        check();
    }

    /// What the newest look at the store says; fit and warnings follow it.
    public void setStore(@Nullable StoreReading newest) {
        if (newest != store) {
            store = newest;
            weigh();
        }
    }

    /// Who else is attached and whether a lock is held: shown as it is.
    public StringProperty aroundProperty() {
        return around.textProperty();
    }

    /// Whether saving makes sense: all is valid and fits.
    public ReadOnlyBooleanProperty savableProperty() {
        return savable.getReadOnlyProperty();
    }

    /// What would be written; empty while it cannot be, and where nothing was changed.
    public Optional<SlotEdit> edit() {
        byte[] now = payload;
        Long slot = key;
        if (!savable.get() || now == null || slot == null) {
            return Optional.empty();
        }
        SlotEdit edit = new SlotEdit(slot, seen, now);
        return edit.changes() ? Optional.of(edit) : Optional.empty();
    }

    /// Whether something is typed or chosen here that would be gone without the form.
    public boolean isChanged() {
        if (typing.getStatus() == Animation.Status.RUNNING) {
            check();
        }
        if (isNew) {
            return touched || !keyField.getText().isEmpty();
        }
        return touched && !Arrays.equals(payload, seen);
    }

    /// Goes on with a value typed before: after a conflict, say.
    public void resume(long slot, byte[] typed) {
        if (isNew) {
            keyField.setText(Long.toString(slot));
        }
        if (typed.length > MOST_EDITED_BYTES) {
            return;
        }
        texts.clear();
        payload = typed;
        As as = Typed.fitting(typed);
        touched = true;
        if (types.getValue() == as) {
            fill(Typed.text(as, typed));
            check();
        } else {
            types.setValue(as);
        }
    }

    /// Puts the caret where typing begins.
    public void focusFirst() {
        if (isNew) {
            keyField.requestFocus();
        } else {
            Node input = input();
            input.requestFocus();
            if (input instanceof TextField field) {
                field.selectAll();
            }
        }
    }

    // ---- what it is made of

    private void buildInputs() {
        keyField.setId("slot-form-key");
        keyField.setPromptText(TEXTS.say("form.key-prompt"));
        keyField.textProperty().addListener((_, _, _) -> keyTyped());
        keyProblem.setId("slot-form-key-problem");
        hideWhenEmpty(keyProblem);

        types.setId("slot-form-type");
        types.getItems().setAll(As.values());
        types.setConverter(
                new StringConverter<>() {
                    @Override
                    public String toString(@Nullable As as) {
                        return as == null ? "" : name(as);
                    }

                    @Override
                    public @Nullable As fromString(String name) {
                        throw new UnsupportedOperationException("the box is not editable");
                    }
                });

        area.setId("slot-form-text");
        area.setWrapText(true);
        area.setPrefRowCount(9);
        area.setAccessibleText(TEXTS.say("form.value"));
        // Tab leads on, as in every other field; Ctrl+Enter saves.
        area.addEventFilter(
                KeyEvent.KEY_PRESSED,
                press -> {
                    if (press.getCode() == KeyCode.TAB && !press.isShortcutDown()) {
                        area.requestFocusTraversal(
                                press.isShiftDown()
                                        ? TraversalDirection.PREVIOUS
                                        : TraversalDirection.NEXT);
                        press.consume();
                    }
                });
        line.setId("slot-form-line");
        line.setAccessibleText(TEXTS.say("form.value"));
        for (TextInputControl field : new TextInputControl[] {area, line}) {
            field.textProperty().addListener((_, _, _) -> typed());
        }
        ToggleGroup group = new ToggleGroup();
        yes.setToggleGroup(group);
        yes.setId("slot-form-true");
        no.setToggleGroup(group);
        no.setId("slot-form-false");
        bools.getStyleClass().add("form-line");
        group.selectedToggleProperty()
                .addListener((_, before, now) -> {
                    if (now == null && before != null) {
                        before.setSelected(true);
                    } else {
                        typed();
                    }
                });
        nothing.getStyleClass().add("slot-form-note");
        problem.setId("slot-form-problem");
        hideWhenEmpty(problem);
        note.setId("slot-form-note");
        hideWhenEmpty(note);
        fitLine.setId("slot-form-fit");
        around.setId("slot-form-around");
        typing.setOnFinished(_ -> check());
    }

    private static void hideWhenEmpty(Label label) {
        label.managedProperty().bind(label.textProperty().isNotEmpty());
        label.visibleProperty().bind(label.textProperty().isNotEmpty());
    }

    private GridPane grid(@Nullable Slot slot) {
        GridPane grid = new GridPane();
        grid.getStyleClass().add("slot-form-grid");
        ColumnConstraints names = new ColumnConstraints();
        names.setMinWidth(USE_PREF_SIZE);
        ColumnConstraints fields = new ColumnConstraints();
        fields.setHgrow(Priority.ALWAYS);
        grid.getColumnConstraints().addAll(names, fields);

        Label keyName = new Label(TEXTS.say("form.slot"));
        grid.add(keyName, 0, 0);
        if (slot == null) {
            keyName.setLabelFor(keyField);
            grid.add(keyField, 1, 0);
            grid.add(keyProblem, 1, 1);
        } else {
            Label shown = new Label(Long.toString(slot.key()));
            shown.getStyleClass().add("slot-form-slot");
            grid.add(shown, 1, 0);
        }
        Label typeName = new Label(TEXTS.say("form.type"));
        typeName.setLabelFor(types);
        grid.add(typeName, 0, 2);
        grid.add(types, 1, 2);
        Label valueName = new Label(TEXTS.say("form.value"));
        GridPane.setValignment(valueName, VPos.TOP);
        valueName.getStyleClass().add("slot-form-value-name");
        grid.add(valueName, 0, 3);
        for (Node input : new Node[] {area, line, bools, nothing}) {
            input.managedProperty().bind(input.visibleProperty());
        }
        inputs.getChildren().setAll(area, line, bools, nothing);
        inputs.setAlignment(Pos.TOP_LEFT);
        // As high for a number as for a long text, so that nothing jumps when the type changes.
        VBox value = new VBox(inputs, problem);
        value.getStyleClass().add("slot-form-inputs");
        GridPane.setVgrow(value, Priority.ALWAYS);
        VBox.setVgrow(grid, Priority.ALWAYS);
        grid.add(value, 1, 3);
        return grid;
    }

    /// What a type is called in the list.
    static String name(As as) {
        return switch (as) {
            case STRING -> TEXTS.say("type.string");
            case INT -> TEXTS.say("type.int");
            case FLOAT -> TEXTS.say("type.float");
            case BOOL -> TEXTS.say("type.bool");
            case NULL -> TEXTS.say("type.null");
            case JSON -> TEXTS.say("type.json");
            case PHP -> TEXTS.say("type.php");
            case RAW -> TEXTS.say("type.raw");
            case KRYO -> TEXTS.say("type.kryo");
        };
    }

    private Node input() {
        return switch (type) {
            case STRING, JSON, PHP, RAW, KRYO -> area;
            case INT, FLOAT -> line;
            case BOOL -> yes.isSelected() ? yes : no;
            case NULL -> types;
        };
    }

    private void showInput() {
        boolean text = input() == area;
        area.setVisible(text);
        line.setVisible(input() == line);
        VBox.setVgrow(inputs, text ? Priority.ALWAYS : Priority.NEVER);
        bools.setVisible(type == As.BOOL);
        nothing.setVisible(type == As.NULL);
        area.pseudoClassStateChanged(Pseudo.CODE, text && type != As.STRING);
    }

    private void fill(String text) {
        filling = true;
        try {
            switch (type) {
                case STRING, JSON, PHP, RAW, KRYO -> area.setText(text);
                case INT, FLOAT -> line.setText(text);
                case BOOL -> ("true".equals(text) ? yes : no).setSelected(true);
                case NULL -> {}
            }
        } finally {
            filling = false;
        }
    }

    private String text() {
        return switch (type) {
            case STRING, JSON, PHP, RAW, KRYO -> area.getText();
            case INT, FLOAT -> line.getText();
            case BOOL -> Boolean.toString(yes.isSelected());
            case NULL -> "";
        };
    }

    // ---- what the user does

    private void changeType(As chosen) {
        texts.put(type, text());
        byte[] from = payload;
        type = chosen;
        touched = true;
        String known = texts.get(chosen);
        if (chosen == firstType && firstText != null && known != null) {
            fill(known);
        } else {
            boolean derivable = from != null && from.length <= MOST_EDITED_BYTES;
            fill(derivable && from != null ? Typed.text(chosen, from) : known == null ? "" : known);
        }
        showInput();
        check();
    }

    private void keyTyped() {
        String text = keyField.getText();
        try {
            key = Numbers.parse("slot", text, Long.MIN_VALUE, Long.MAX_VALUE);
            keyProblem.setText("");
            keyField.pseudoClassStateChanged(Pseudo.INVALID, false);
        } catch (BadInput bad) {
            key = null;
            boolean untouched = text.isEmpty();
            keyProblem.setText(untouched ? "" : LockChoice.sentence(bad.sentence()));
            keyField.pseudoClassStateChanged(Pseudo.INVALID, !untouched);
        }
        weigh();
    }

    private void typed() {
        if (filling) {
            return;
        }
        touched = true;
        if (text().length() > CHECK_AT_ONCE_CHARS) {
            savable.set(false);
            fitLine.setText(TEXTS.say("fit.checking"));
            typing.playFromStart();
        } else {
            check();
        }
    }

    // ---- what it says

    private void check() {
        typing.stop();
        String text = text();
        byte[] before = seen;
        String sentence = "";
        if (firstText != null && type == firstType && text.equals(firstText)) {
            payload = before;
        } else if (!touched && (isNew || tooLong)) {
            payload = isNew && !tooLong ? newString() : null;
        } else {
            try {
                payload = Typed.payload(type, text);
            } catch (BadInput bad) {
                payload = null;
                sentence = LockChoice.sentence(bad.sentence());
            }
        }
        problem.setText(sentence);
        input().pseudoClassStateChanged(Pseudo.INVALID, !sentence.isEmpty());
        weigh();
    }

    private byte @Nullable [] newString() {
        try {
            return Typed.payload(As.STRING, "");
        } catch (BadInput _) {
            return null;
        }
    }

    /// Whether it fits, and what else the store says about it.
    private void weigh() {
        byte[] now = payload;
        Long slot = key;
        StoreReading reading = store;
        Optional<Slot> present =
                reading == null || slot == null ? Optional.empty() : reading.slot(slot);
        if (isNew) {
            seen = present.map(Slot::payload).orElse(null);
        }
        note.setText(remark(present, slot));
        if (now == null) {
            boolean waiting = problem.getText().isEmpty();
            fitLine.setText(waiting ? TEXTS.say("fit.type") : "");
            fitLine.pseudoClassStateChanged(Pseudo.FITS, false);
            savable.set(false);
            return;
        }
        String size = TEXTS.say("fit.payload", bytes(now.length));
        Optional<Fit> fit =
                reading == null
                        ? Optional.empty()
                        : reading.fit(slot == null ? 0 : slot, now.length);
        if (fit.isEmpty()) {
            fitLine.setText(TEXTS.say("fit.no-store", size));
            savable.set(false);
            return;
        }
        Fit known = slot == null ? withoutOld(fit.get()) : fit.get();
        fitLine.setText(TEXTS.say("fit.line", size, tell(known)));
        fitLine.pseudoClassStateChanged(Pseudo.FITS, known.fits());
        fitLine.pseudoClassStateChanged(Pseudo.INVALID, !known.fits());
        savable.set(known.fits() && slot != null);
    }

    /// Before a key is typed nothing is replaced.
    private static Fit withoutOld(Fit fit) {
        return new Fit(
                fit.neededBytes(), fit.freeBytes(), 0, fit.neededBytes() <= fit.freeBytes(), false);
    }

    private static String tell(Fit fit) {
        long room = fit.freeBytes() + fit.freedBytes();
        String free =
                fit.replaces()
                        ? TEXTS.say("fit.free-with-old", room, fit.freeBytes(), fit.freedBytes())
                        : TEXTS.say("fit.free", room);
        return fit.fits()
                ? TEXTS.say("fit.fits", fit.neededBytes(), free)
                : TEXTS.say("fit.too-big", bytes(fit.neededBytes()), free);
    }

    private static String bytes(long count) {
        return TEXTS.count("count.bytes", count);
    }

    private String remark(Optional<Slot> present, @Nullable Long slot) {
        StringBuilder text = new StringBuilder();
        byte[] before = seen;
        if (tooLong && before != null) {
            add(text, TEXTS.say("remark.too-long", before.length));
        }
        if (isNew && present.isPresent() && slot != null) {
            byte[] held = present.get().payload();
            add(
                    text,
                    held == null
                            ? TEXTS.say("remark.damaged", slot)
                            : TEXTS.say("remark.there", slot, SlotText.typed(held, VALUE_CHARS)));
        } else if (!isNew && store != null) {
            if (present.isEmpty()) {
                add(text, TEXTS.say("remark.removed"));
            } else if (!Arrays.equals(present.get().payload(), before)) {
                add(text, TEXTS.say("remark.changed"));
            }
        }
        byte[] now = payload;
        if (firstType == As.PHP
                && before != null
                && KryoSlot.in(PhpDecoder.decode(before)) != null) {
            add(text, TEXTS.say("remark.kryo"));
        }
        if (type == As.KRYO) {
            add(text, TEXTS.say("remark.opaque"));
        }
        if (type == As.PHP && now != null && area.getText().contains("\\x")) {
            add(text, TEXTS.say("remark.escape"));
        }
        if (type == As.RAW
                && now != null
                && now.length <= MOST_EDITED_BYTES
                && PhpDecoder.decode(now) instanceof Decoded.Unreadable(String why, _)) {
            add(text, TEXTS.say("remark.unreadable", why));
        }
        return text.toString();
    }

    private static void add(StringBuilder text, String sentence) {
        if (!text.isEmpty()) {
            text.append('\n');
        }
        text.append(sentence);
    }

    @Override
    protected void layoutChildren() {
        content.resizeRelocate(0, 0, getWidth(), getHeight());
    }

    @Override
    protected double computePrefWidth(double height) {
        return Math.max(520, content.prefWidth(height));
    }

    @Override
    protected double computePrefHeight(double width) {
        return content.prefHeight(width);
    }

    @Override
    protected double computeMinWidth(double height) {
        return 320;
    }

    @Override
    protected double computeMinHeight(double width) {
        return content.minHeight(width);
    }
}
