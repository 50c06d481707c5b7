package io.github.shmlens.ui.inspect;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.ui.hex.HexEdit;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Looks;
import io.github.shmlens.ui.theme.Scrolling;
import io.github.shmlens.ui.theme.SideOrBelow;
import io.github.shmlens.ui.theme.Theme;
import io.github.shmlens.ui.typing.BytesPlace;
import io.github.shmlens.ui.typing.InPlace;
import io.github.shmlens.ui.typing.TypedValue;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.geometry.Point2D;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// What the bytes at the hex caret mean as numbers, text, times and a pointer, live. Every value
/// can be copied, and typed anew where editing is allowed: this class writes nothing and hands over
/// an edit of exactly the bytes that were shown when typing began. FX thread.
public final class AtCursor extends Region {

    private static final Texts TEXTS = Texts.of(AtCursor.class);

    /// A value that is being typed.
    ///
    /// @param seen the bytes when typing began
    private record Typed(Fact fact, Seen seen) {}

    private final ReadOnlyBooleanWrapper bigEndian =
            new ReadOnlyBooleanWrapper(this, "bigEndian", false);
    private final Label where = new Label();
    private final Label history = new Label();
    private final Label problem = new Label();
    private final Button bookmark = new Button(null, new FontIcon(Feather.BOOKMARK));
    private final Button follow = new Button(null, new FontIcon(Feather.CORNER_DOWN_RIGHT));
    private final FactGrid facts = new FactGrid(this::beginTyping);
    private final ScrollPane scroll = Scrolling.direct(new ScrollPane(new VBox(facts, history)));
    private final BytesPlace tab;
    private final InPlace<Typed, HexEdit> typing;
    private final VBox content;
    private Runnable onBookmark = () -> {};
    private Runnable onLeave = () -> {};
    private LongConsumer onFollow = _ -> {};
    private LongFunction<Pointed> pointers = _ -> Pointed.NOWHERE;
    private Seen seen = Seen.NOTHING;

    /// Where the caret went while a value was typed; null where it stayed.
    private @Nullable Seen next;

    private String place = "";
    private @Nullable ContextMenu menu;

    public AtCursor(BytesPlace tab) {
        this.tab = tab;
        typing = new InPlace<>("at-cursor-editor", tab, new ForTyping(), "at-cursor-editor");
        getStyleClass().add("at-cursor");
        getStylesheets().add(Theme.css(AtCursor.class, "inspect.css"));

        ToggleButton little = order(TEXTS.say("cursor.little-name"), TEXTS.say("cursor.little"));
        little.setId("order-le");
        ToggleButton big = order(TEXTS.say("cursor.big-name"), TEXTS.say("cursor.big"));
        big.setId("order-be");
        ToggleGroup orders = new ToggleGroup();
        orders.getToggles().addAll(little, big);
        little.getStyleClass().add("left-pill");
        big.getStyleClass().add("right-pill");
        little.setSelected(true);
        orders.selectedToggleProperty()
                .addListener((_, before, now) -> {
                    // A group lets its chosen button be switched off; one order always holds. A
                    // value that was typed keeps the order that it was typed in.
                    if (now == null) {
                        before.setSelected(true);
                    } else if (bigEndian.get() != (now == big)) {
                        if (typing.keepsUnwritten()) {
                            before.setSelected(true);
                        } else {
                            bigEndian.set(now == big);
                        }
                    }
                });
        bigEndian.addListener((_, _, _) -> {
            typing.end();
            refresh();
        });

        where.setId("at-cursor-where");
        where.getStyleClass().add("at-cursor-where");
        where.setMinWidth(0);
        // Why there is nothing to read has to be read.
        where.setWrapText(true);
        follow.setId("at-cursor-follow");
        follow.getStyleClass().addAll("small", "flat");
        follow.setTooltip(new Tooltip(TEXTS.say("cursor.follow")));
        follow.setAccessibleText(TEXTS.say("cursor.follow"));
        follow.setOnAction(_ -> target().ifPresent(offset -> onFollow.accept(offset)));
        bookmark.setId("at-cursor-bookmark");
        bookmark.getStyleClass().addAll("small", "flat");
        bookmark.setTooltip(new Tooltip(TEXTS.say("cursor.bookmark")));
        bookmark.setAccessibleText(TEXTS.say("cursor.bookmark"));
        bookmark.setOnAction(_ -> onBookmark.run());
        for (Region part : new Region[] {follow, bookmark, little, big}) {
            part.setMinWidth(USE_PREF_SIZE);
        }
        HBox buttons = new HBox(follow, bookmark, little, big);
        buttons.getStyleClass().add("at-cursor-buttons");
        SideOrBelow head = new SideOrBelow(where, buttons);
        head.getStyleClass().add("at-cursor-head");

        history.setId("at-cursor-history");
        history.setWrapText(true);
        history.setMinHeight(USE_PREF_SIZE);
        history.getStyleClass().add("at-cursor-name");
        problem.setId("at-cursor-problem");
        problem.setWrapText(true);
        problem.setMinHeight(USE_PREF_SIZE);
        tell("", Looks.FIELD_ERROR);

        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setFocusTraversable(false);
        scroll.getStyleClass().addAll("at-cursor-scroll", "edge-to-edge");
        scroll.setMinHeight(40);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        content = new VBox(head, problem, scroll);
        content.getStyleClass().add("at-cursor-content");
        getChildren().add(content);

        facts.setOnCurrent(fact -> {
            describe();
            reveal(facts.cell(fact));
        });
        facts.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        facts.addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, this::showMenu);
        refresh();
    }

    // ---- what to show

    /// Shows the newest bytes at the caret. A value that was typed holds its place, also while the
    /// caret moves on, until it is written or dropped.
    public void show(Seen newest) {
        boolean elsewhere = newest.offset() != seen.offset();
        if (elsewhere && typed().isPresent()) {
            next = newest;
            tell(TEXTS.say("cursor.unwritten", seen.offset()), Looks.FACT_NAME);
            return;
        }
        next = null;
        if (newest.equals(seen)) {
            return;
        }
        if (elsewhere) {
            typing.end();
        }
        seen = newest;
        refresh();
    }

    /// The value that is typed and not written.
    public Optional<TypedValue<HexEdit>> typed() {
        return typing.typed();
    }

    /// How often and when the bytes there changed, in words.
    public void setHistory(String words) {
        history.setText(words);
    }

    /// What else is known of the place, such as a bookmark's note.
    public void setPlace(String words) {
        if (!words.equals(place)) {
            place = words;
            refresh();
        }
    }

    /// Shows that there is no caret.
    public void clear() {
        setHistory("");
        show(Seen.NOTHING);
    }

    /// Whether numbers are read with their highest byte first.
    public ReadOnlyBooleanProperty bigEndianProperty() {
        return bigEndian.getReadOnlyProperty();
    }

    // ---- editing

    /// Says where a pointer leads, from now on and until told again.
    public void setPointers(LongFunction<Pointed> lookUp) {
        pointers = lookUp;
        refresh();
    }

    /// Asked to go where the pointer leads.
    public void setOnFollow(LongConsumer callback) {
        onFollow = callback;
    }

    /// Asked to bookmark the place.
    public void setOnBookmark(Runnable callback) {
        onBookmark = callback;
    }

    /// Asked, with Esc, to give the keyboard back.
    public void setOnLeave(Runnable callback) {
        onLeave = callback;
    }

    /// Gives the keyboard to the values.
    public void focusValues() {
        facts.requestFocus();
    }

    private void beginTyping(Fact fact) {
        if (seen.bytes().length == 0 || typing.refuses()) {
            return;
        }
        Typed now = new Typed(fact, seen);
        typing.begin(now, fact.label(), fact.beginning(seen, order()), text -> edit(now, text));
    }

    /// Null where no byte would change.
    private @Nullable HexEdit edit(Typed now, String text) throws BadInput {
        byte[] wanted = now.fact().bytes(text, order(), now.seen().bytes().length);
        byte[] before = now.seen().first(wanted.length);
        return Arrays.equals(before, wanted)
                ? null
                : new HexEdit(now.seen().offset(), before, wanted);
    }

    private final class ForTyping implements InPlace.View<Typed, HexEdit> {
        @Override
        public boolean place(Typed value, TextField field) {
            field.setAccessibleText(value.fact().meaning());
            facts.choose(value.fact());
            facts.cell(value.fact()).edit(field);
            facts.layout();
            return true;
        }

        @Override
        public void remove(Typed value) {
            facts.cell(value.fact()).endEdit();
            refresh();
            Seen waiting = next;
            if (waiting != null) {
                show(waiting);
            }
        }

        @Override
        public void focusValues() {
            facts.requestFocus();
        }

        @Override
        public void reveal(Typed value) {
            facts.choose(value.fact());
        }

        @Override
        public @Nullable String moved(Typed value) {
            String now = value.fact().text(seen, order());
            return seen.bytes().length != value.seen().bytes().length
                            || now.equals(value.fact().text(value.seen(), order()))
                    ? null
                    : now;
        }

        @Override
        public void commit(Typed value, HexEdit edit) {
            // Both sides as the view writes them, whatever way the new one was typed.
            Fact fact = value.fact();
            tab.commit(
                    edit,
                    TypedValue.change(
                            fact.label(),
                            fact.text(Seen.of(edit.offset(), edit.seen()), order()),
                            fact.text(Seen.of(edit.offset(), edit.next()), order())));
        }

        @Override
        public void tell(String sentence, String look) {
            AtCursor.this.tell(sentence, look);
        }
    }

    private void tell(String sentence, String look) {
        problem.getStyleClass().setAll("label", look);
        problem.setText(sentence);
        problem.setManaged(!sentence.isEmpty());
        problem.setVisible(!sentence.isEmpty());
    }

    // ---- keys and menu

    private void key(KeyEvent event) {
        boolean copies =
                event.isShortcutDown()
                        && (event.getCode() == KeyCode.C || event.getCode() == KeyCode.INSERT);
        if (copies && facts.isFocused()) {
            copy();
            event.consume();
        }
        if (event.getCode() == KeyCode.ESCAPE && facts.isFocused()) {
            onLeave.run();
            event.consume();
        }
    }

    private void copy() {
        ClipboardContent value = new ClipboardContent();
        value.putString(facts.current().text(seen, order()));
        Clipboard.getSystemClipboard().setContent(value);
    }

    private void showMenu(ContextMenuEvent event) {
        ContextMenu before = menu;
        if (before != null) {
            before.hide();
        }
        Fact fact = facts.current();
        MenuItem copy = new MenuItem(TEXTS.say("cursor.copy", fact.label()));
        copy.setOnAction(_ -> copy());
        MenuItem edit = new MenuItem(TEXTS.say("cursor.edit", fact.label()));
        edit.setOnAction(_ -> beginTyping(fact));
        ContextMenu made = new ContextMenu(copy, edit);
        menu = made;
        if (event.isKeyboardTrigger()) {
            Point2D at = facts.cell(fact).localToScreen(0, facts.cell(fact).getHeight());
            made.show(facts, at.getX(), at.getY());
        } else {
            made.show(facts, event.getScreenX(), event.getScreenY());
        }
        event.consume();
    }

    // ---- showing

    private ByteOrder order() {
        return bigEndian.get() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    private Pointed pointed() {
        return seen.knows(Long.BYTES)
                ? pointers.apply(Fact.POINTER.bits(seen, order()))
                : Pointed.NOWHERE;
    }

    private OptionalLong target() {
        return pointed().offset();
    }

    private static ToggleButton order(String text, String meaning) {
        ToggleButton button = new ToggleButton(text);
        button.setTooltip(new Tooltip(meaning));
        button.setAccessibleText(meaning);
        button.getStyleClass().add("small");
        return button;
    }

    private void refresh() {
        where.setText(whereWords());
        Pointed pointed = pointed();
        for (Fact fact : Fact.values()) {
            facts.cell(fact)
                    .show(fact.text(seen, order()), fact == Fact.POINTER ? pointed.words() : "");
        }
        follow.setVisible(pointed.offset().isPresent());
        follow.setManaged(pointed.offset().isPresent());
        typing.tellMoved();
        describe();
    }

    private String whereWords() {
        if (seen.offset() < 0) {
            return TEXTS.say("cursor.nowhere");
        }
        String at = TEXTS.say("cursor.at", seen.offset(), seen.offset());
        if (seen.bytes().length == 0) {
            return at + TEXTS.say("cursor.not-sampled");
        }
        return at
                + (place.isEmpty() ? "" : " · " + place)
                + (seen.known() == 0 ? TEXTS.say("cursor.not-read") : "")
                + (seen.isTorn() ? TEXTS.say("cursor.torn") : "");
    }

    private void describe() {
        FactCell cell = facts.cell(facts.current());
        facts.setAccessibleText(
                "%s, %s: %s".formatted(cell.fact().label(), cell.fact().meaning(), cell.shown()));
    }

    private void reveal(FactCell cell) {
        double hidden =
                scroll.getContent().getLayoutBounds().getHeight()
                        - scroll.getViewportBounds().getHeight();
        if (hidden <= 0) {
            return;
        }
        double top = cell.getLayoutY();
        double bottom = top + cell.getHeight();
        double shownFrom = scroll.getVvalue() * hidden;
        if (top < shownFrom) {
            scroll.setVvalue(top / hidden);
        } else if (bottom > shownFrom + scroll.getViewportBounds().getHeight()) {
            scroll.setVvalue((bottom - scroll.getViewportBounds().getHeight()) / hidden);
        }
    }

    @Override
    protected void layoutChildren() {
        content.resizeRelocate(0, 0, getWidth(), getHeight());
    }

    @Override
    protected double computePrefWidth(double height) {
        return content.prefWidth(height);
    }

    @Override
    protected double computePrefHeight(double width) {
        return content.prefHeight(width);
    }

    @Override
    protected double computeMinWidth(double height) {
        return content.minWidth(height);
    }

    @Override
    protected double computeMinHeight(double width) {
        return content.minHeight(width);
    }
}
