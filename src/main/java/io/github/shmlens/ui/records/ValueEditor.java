package io.github.shmlens.ui.records;

import io.github.shmlens.fields.FieldAt;
import io.github.shmlens.fields.FieldEdit;
import io.github.shmlens.fields.FieldFormat;
import io.github.shmlens.fields.FieldValue;
import io.github.shmlens.layout.ByteView;
import io.github.shmlens.live.Guard;
import io.github.shmlens.live.SequenceLock;
import io.github.shmlens.live.Stretch;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.ui.fx.Background;
import io.github.shmlens.ui.hex.HexEdit;
import io.github.shmlens.ui.hex.TypedValue;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Looks;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/// Where a field's value is typed, over the bytes that were seen when typing began. Enter hands it
/// on as an edit of these bytes; Esc drops it; nothing is written that nobody confirmed, and
/// nothing typed goes by itself. FX thread.
///
/// @param <W> what the view knows the place of a value by
public final class ValueEditor<W> {

    private static final Texts TEXTS = Texts.of(ValueEditor.class);
    private static final PseudoClass INVALID = PseudoClass.getPseudoClass("invalid");
    private static final int ATTEMPTS = 1000;

    /// A value that somebody wants to type anew.
    ///
    /// @param guard the sequence that guards it; null for none
    /// @param seen its bytes as they are shown, or fewer where it is longer; null where there are
    ///   none yet
    /// @param beyond whether some of it lies behind the segment's end
    /// @param busy whether it was being written whenever it was looked at
    public record Offer<W>(
            W where,
            FieldAt field,
            FieldFormat format,
            @Nullable Guard guard,
            byte @Nullable [] seen,
            boolean beyond,
            boolean busy) {}

    /// The view around.
    public interface View<W> {
        /// Puts the field where the value stands.
        ///
        /// @return false where that is not on the screen
        boolean place(W where, TextField field);

        /// Takes the field away.
        void remove();

        /// Gives the keyboard back to the values.
        void focusValues();

        /// Scrolls to a value.
        void reveal(W where);

        /// Whether there still is such a value.
        boolean isThere(W where);

        /// Says something about what is typed.
        ///
        /// @param sentence empty to say nothing any more
        /// @param look a style class
        void tell(String sentence, String look);
    }

    /// A value that is being typed.
    ///
    /// @param seen its bytes when typing began
    /// @param text the text when typing began
    private record Typing<W>(W where, FieldAt field, FieldFormat format, byte[] seen, String text) {

        /// Both sides as the view writes them, whatever way the new one was typed.
        private String change(HexEdit edit) {
            return TypedValue.change(field.path(), shown(edit.seen()), shown(edit.next()));
        }

        private String shown(byte[] bytes) {
            return format.text(field, FieldValue.read(field, ByteView.of(bytes), field.offset()));
        }
    }

    private final ValuePlace place;
    private final View<W> view;
    private final TextField field = new TextField();
    private @Nullable Typing<W> typing;

    /// @param id of the text field
    /// @param style of it, a style class
    public ValueEditor(String id, String style, ValuePlace place, View<W> view) {
        this.place = place;
        this.view = view;
        field.setId(id);
        field.getStyleClass().addAll(Looks.MONO, style);
        field.setOnAction(_ -> commit());
        field.textProperty().addListener((_, _, _) -> quiet());
        field.addEventFilter(
                KeyEvent.KEY_PRESSED,
                event -> {
                    boolean tab = event.getCode() == KeyCode.TAB;
                    if (tab && typed().isPresent()) {
                        tellUnwritten();
                        event.consume();
                    } else if (tab || event.getCode() == KeyCode.ESCAPE) {
                        end();
                        view.focusValues();
                        event.consume();
                    }
                });
        field.focusedProperty()
                .addListener((_, _, now) -> {
                    if (!now
                            && (field.getScene() == null
                                    || field.getScene().getFocusOwner() != field)
                            && typed().isEmpty()) {
                        end();
                    }
                });
    }

    /// Whether a value is being typed.
    public boolean isOpen() {
        return typing != null;
    }

    /// The text field, where it stands in the place of this value; else null.
    public @Nullable TextField fieldAt(W where) {
        Typing<W> now = typing;
        return now != null && now.where().equals(where) ? field : null;
    }

    /// The value that is typed and not written.
    public Optional<TypedValue<HexEdit>> typed() {
        Typing<W> now = typing;
        if (now == null || field.getText().equals(now.text())) {
            return Optional.empty();
        }
        return Optional.of(
                new TypedValue<>(
                        now.field().path() + " = " + field.getText(), () -> edit(now), this::end));
    }

    /// Whether a value was typed that is not written: then it is shown, and said what to do.
    public boolean keepsUnwritten() {
        Typing<W> now = typing;
        if (now == null || typed().isEmpty()) {
            return false;
        }
        view.reveal(now.where());
        tellUnwritten();
        field.requestFocus();
        return true;
    }

    private void tellUnwritten() {
        Typing<W> now = typing;
        if (now != null) {
            view.tell(TEXTS.say("edit.unwritten", now.field().path()), Looks.FACT_NAME);
        }
    }

    /// Begins to type, where that can be; else says why not.
    public void begin(Offer<W> offer) {
        end();
        if (!place.unlocked()) {
            place.hintLocked();
            return;
        }
        if (offer.beyond()) {
            place.notice(TEXTS.say("edit.beyond"));
            return;
        }
        byte[] seen = offer.seen();
        FieldAt value = offer.field();
        if (offer.busy() && seen == null) {
            place.notice(TEXTS.say("edit.busy"));
            return;
        }
        if (seen != null && seen.length == value.sizeBytes()) {
            begin(offer, seen);
            return;
        }
        if (value.sizeBytes() > FieldValue.MOST_BYTES) {
            place.notice(TEXTS.say("edit.too-long", FieldValue.MOST_BYTES));
            return;
        }
        Background.run(
                () -> read(place.segment(), offer),
                bytes -> {
                    if (bytes.isEmpty()) {
                        place.notice(TEXTS.say("edit.busy"));
                    } else if (typing == null && view.isThere(offer.where())) {
                        begin(offer, bytes.get());
                    }
                },
                thrown -> view.tell(Problem.of(thrown).line(), Looks.FIELD_ERROR));
    }

    /// Not for the FX thread.
    ///
    /// @return nothing where it was never whole
    private static Optional<byte[]> read(AttachedSegment segment, Offer<?> offer)
            throws ShmException {
        Stretch bytes = new Stretch(offer.field().offset(), (int) offer.field().sizeBytes());
        Guard guard = offer.guard();
        SequenceLock lock = guard == null ? null : guard.lock(segment, segment.sizeBytes());
        if (lock == null) {
            bytes.copy(segment);
            return Optional.of(bytes.bytes());
        }
        return lock.read(List.of(bytes), ATTEMPTS) ? Optional.of(bytes.bytes()) : Optional.empty();
    }

    private void begin(Offer<W> offer, byte[] seen) {
        FieldAt value = offer.field();
        FieldFormat format = offer.format();
        field.setText(
                format.beginning(value, FieldValue.read(value, ByteView.of(seen), value.offset())));
        // A field of one line leaves out what would break it.
        typing = new Typing<>(offer.where(), value, format, seen, field.getText());
        field.setAccessibleText(value.path());
        if (!view.place(offer.where(), field)) {
            typing = null;
            return;
        }
        field.requestFocus();
        field.selectAll();
    }

    private void commit() {
        Typing<W> now = typing;
        if (now == null) {
            return;
        }
        if (!place.unlocked()) {
            place.hintLocked();
            return;
        }
        HexEdit edit;
        try {
            edit = edit(now);
        } catch (BadInput wrong) {
            view.tell(Problem.sentence(wrong.sentence()), Looks.FIELD_ERROR);
            field.pseudoClassStateChanged(INVALID, true);
            return;
        }
        end();
        view.focusValues();
        if (edit != null) {
            place.commit(edit, now.change(edit));
        }
    }

    /// Null where no byte would change.
    private @Nullable HexEdit edit(Typing<W> now) throws BadInput {
        String text = field.getText();
        if (text.equals(now.text())) {
            // As it was, also where that cannot be typed.
            return null;
        }
        FieldAt value = now.field();
        byte[] next = now.format().edit(value, text).over(now.seen());
        return Arrays.equals(now.seen(), next)
                ? null
                : new HexEdit(
                        value.offset(),
                        now.seen(),
                        next,
                        value.bitField() ? FieldEdit.own(value) : null);
    }

    /// What is typed is dropped, and said to be where it was not written.
    public void drop() {
        typed().ifPresent(value -> place.notice(TEXTS.say("edit.dropped", value.words())));
        end();
    }

    /// What is typed is dropped.
    public void end() {
        if (typing != null) {
            typing = null;
            view.remove();
            quiet();
        }
    }

    private void quiet() {
        view.tell("", Looks.FIELD_ERROR);
        field.pseudoClassStateChanged(INVALID, false);
    }

    /// What is typed over, where something is; null where nothing is.
    public @Nullable W where() {
        Typing<W> now = typing;
        return now == null ? null : now.where();
    }

    /// Whoever types is told that the value below moved on.
    ///
    /// @param now its bytes; of another length where not all of them are known
    /// @param text the value now
    public void tellMoved(byte[] now, String text) {
        Typing<W> open = typing;
        if (open == null
                || now.length != open.seen().length
                || field.getPseudoClassStates().contains(INVALID)) {
            return;
        }
        if (!FieldEdit.same(open.field(), open.seen(), now)) {
            view.tell(TEXTS.say("edit.moved", text), Looks.FACT_NAME);
        }
    }
}
