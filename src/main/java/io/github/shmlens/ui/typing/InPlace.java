package io.github.shmlens.ui.typing;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Looks;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/// The field in which a value of a view is typed anew, in the place where it is shown. Enter hands
/// it on as an edit of what was seen when typing began; Esc drops it; nothing is written that
/// nobody confirmed, and nothing typed goes by itself. FX thread.
///
/// @param <W> a value in its place, as the view saw it when typing began
/// @param <E> what an edit of a value is
public final class InPlace<W, E> {

    private static final Texts TEXTS = Texts.of(InPlace.class);
    private static final char DELETE = 0x7f;
    private static final PseudoClass INVALID = PseudoClass.getPseudoClass("invalid");

    /// The view around.
    public interface View<W, E> {
        /// Puts the field where the value stands.
        ///
        /// @return false where that is not on the screen
        boolean place(W where, TextField field);

        /// Takes the field away: nothing is typed any more.
        void remove(W where);

        /// Gives the keyboard back to the values.
        void focusValues();

        /// Scrolls to a value.
        void reveal(W where);

        /// The value that is there now, where it is another than was seen; null where it is not, or
        /// not known.
        @Nullable String moved(W where);

        /// Hands on what was typed and confirmed.
        void commit(W where, E edit);

        /// Says something about what is typed.
        ///
        /// @param sentence empty to say nothing any more
        /// @param look a style class
        void tell(String sentence, String look);
    }

    /// Reads a text as an edit of the value that was seen.
    @FunctionalInterface
    public interface Reading<E> {
        /// @return null where nothing would change
        /// @throws BadInput the text is no such value
        @Nullable E edit(String text) throws BadInput;
    }

    /// A value that is being typed.
    ///
    /// @param text the text when typing began
    private record Typing<W, E>(W where, String name, String text, Reading<E> reading) {}

    private final ValuePlace place;
    private final View<W, E> view;
    private final TextField field = new Line();
    private @Nullable Typing<W, E> typing;
    private boolean refused;
    private boolean movedTold;

    /// A field of one line takes no line breaks, tabs or other control characters. That a text that
    /// was pasted lost some is said.
    private final class Line extends TextField {
        @Override
        public void paste() {
            String wanted = Clipboard.getSystemClipboard().getString();
            super.paste();
            if (wanted != null && wanted.chars().anyMatch(one -> one < ' ' || one == DELETE)) {
                view.tell(TEXTS.say("typed.left-out"), Looks.FACT_NAME);
            }
        }
    }

    /// @param id of the text field
    /// @param styles of it, style classes
    public InPlace(String id, ValuePlace place, View<W, E> view, String... styles) {
        this.place = place;
        this.view = view;
        field.setId(id);
        field.getStyleClass().addAll(styles);
        field.setOnAction(_ -> commit());
        field.textProperty()
                .addListener((_, _, _) -> {
                    quiet();
                    tellMoved();
                });
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        field.focusedProperty()
                .subscribe(now -> {
                    if (!now
                            && (field.getScene() == null
                                    || field.getScene().getFocusOwner() != field)) {
                        endUntyped();
                    }
                });
        place.unlocked()
                .subscribe(now -> {
                    if (!now) {
                        endUntyped();
                    }
                });
    }

    /// Whether a value is being typed.
    public boolean isOpen() {
        return typing != null;
    }

    /// What is typed over, where something is; null where nothing is.
    public @Nullable W where() {
        Typing<W, E> now = typing;
        return now == null ? null : now.where();
    }

    /// The text field, for a view that puts it where [#where] says.
    public TextField field() {
        return field;
    }

    /// The value that is typed and not written.
    public Optional<TypedValue<E>> typed() {
        Typing<W, E> now = typing;
        if (now == null || field.getText().equals(now.text())) {
            return Optional.empty();
        }
        return Optional.of(
                new TypedValue<>(now.name() + " = " + field.getText(), () -> edit(now), this::end));
    }

    /// Whether no value can be begun now, which is said: another one is typed and not written, or
    /// all are locked.
    public boolean refuses() {
        if (keepsUnwritten()) {
            return true;
        }
        if (!place.unlocked().getValue()) {
            place.hintLocked();
            return true;
        }
        return false;
    }

    /// Whether a value was typed that is not written: then it is shown, and said what to do.
    public boolean keepsUnwritten() {
        Typing<W, E> now = typing;
        if (now == null || typed().isEmpty()) {
            return false;
        }
        view.reveal(now.where());
        tellUnwritten(now);
        field.requestFocus();
        return true;
    }

    private void tellUnwritten(Typing<W, E> now) {
        view.tell(TEXTS.say("typed.unwritten", now.name()), Looks.FACT_NAME);
    }

    /// Begins to type.
    ///
    /// @param name how the value is called
    /// @param text what can be typed for it as it is
    public void begin(W where, String name, String text, Reading<E> reading) {
        end();
        field.setText(text);
        // A field of one line leaves out what would break it.
        typing = new Typing<>(where, name, field.getText(), reading);
        field.setAccessibleText(name);
        if (!view.place(where, field)) {
            typing = null;
            return;
        }
        // What is laid out before it has its style keeps the colour of another theme.
        field.applyCss();
        field.requestFocus();
        field.selectAll();
    }

    private void commit() {
        Typing<W, E> now = typing;
        if (now == null) {
            return;
        }
        if (!place.unlocked().getValue()) {
            place.hintLocked();
            return;
        }
        E edit;
        try {
            edit = edit(now);
        } catch (BadInput wrong) {
            view.tell(Problem.sentence(wrong.sentence()), Looks.FIELD_ERROR);
            refuse(true);
            return;
        }
        end();
        view.focusValues();
        if (edit != null) {
            view.commit(now.where(), edit);
        }
    }

    /// Null where nothing would change: also where the text is as it was and cannot be typed so.
    private @Nullable E edit(Typing<W, E> now) throws BadInput {
        String text = field.getText();
        return text.equals(now.text()) ? null : now.reading().edit(text);
    }

    /// What is typed is dropped, and said to be where it was not written.
    public void drop() {
        typed().ifPresent(value -> place.notice(TEXTS.say("typed.dropped", value.words())));
        end();
    }

    /// What is typed is dropped.
    public void end() {
        Typing<W, E> now = typing;
        if (now != null) {
            typing = null;
            quiet();
            view.remove(now.where());
        }
    }

    private void endUntyped() {
        if (typed().isEmpty()) {
            end();
        }
    }

    /// Whoever types is told that the value below moved on; for the view to call whenever it shows
    /// newer ones. What was refused stays said until something else is typed.
    public void tellMoved() {
        Typing<W, E> now = typing;
        if (now == null || refused) {
            return;
        }
        String value = view.moved(now.where());
        if (value != null) {
            view.tell(TEXTS.say("typed.moved", value), Looks.FACT_NAME);
            movedTold = true;
        } else if (movedTold) {
            quiet();
        }
    }

    private void quiet() {
        view.tell("", Looks.FIELD_ERROR);
        refuse(false);
        movedTold = false;
    }

    private void refuse(boolean now) {
        refused = now;
        field.pseudoClassStateChanged(INVALID, now);
    }

    private void key(KeyEvent event) {
        Typing<W, E> now = typing;
        boolean tab = event.getCode() == KeyCode.TAB;
        if (tab && now != null && typed().isPresent()) {
            tellUnwritten(now);
            event.consume();
        } else if (tab || event.getCode() == KeyCode.ESCAPE) {
            end();
            view.focusValues();
            event.consume();
        }
    }
}
