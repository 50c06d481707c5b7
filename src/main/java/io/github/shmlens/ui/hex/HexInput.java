package io.github.shmlens.ui.hex;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.ui.hex.HexModel.Column;
import io.github.shmlens.ui.text.Texts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javafx.animation.AnimationTimer;
import javafx.geometry.Point2D;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import org.jspecify.annotations.Nullable;

/// Keyboard and mouse of a [HexView].
final class HexInput {

    private static final double ROWS_PER_NOTCH = 3;
    private static final double NOTCH = 40;

    private static final Texts TEXTS = Texts.of(HexInput.class);

    private final HexView view;
    private final HexModel model;
    private final AnimationTimer autoscroll =
            new AnimationTimer() {
                @Override
                public void handle(long frame) {
                    pullSelection();
                }
            };
    private double wheelRest;
    private boolean dragging;
    private double dragX;
    private double dragY;
    private @Nullable ContextMenu menu;

    HexInput(HexView view) {
        this.view = view;
        this.model = view.model();
    }

    void listen() {
        view.addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
        view.addEventHandler(KeyEvent.KEY_TYPED, this::typed);
        view.addEventHandler(MouseEvent.MOUSE_PRESSED, this::mousePressed);
        view.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::mouseDragged);
        view.addEventHandler(MouseEvent.MOUSE_RELEASED, released -> stopDragging());
        view.addEventHandler(ScrollEvent.SCROLL, this::scrolled);
        view.addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, this::menuRequested);
    }

    // ---- keys

    private void pressed(KeyEvent event) {
        boolean done =
                (event.isShortcutDown() && !event.isAltDown()) ? shortcut(event) : plain(event);
        if (done) {
            event.consume();
        }
    }

    private boolean shortcut(KeyEvent event) {
        boolean extend = event.isShiftDown();
        return switch (event.getCode()) {
            case HOME -> moved(() -> model.moveTo(0, extend));
            case END -> moved(() -> model.moveTo(Long.MAX_VALUE, extend));
            case UP -> moved(() -> model.scrollRows(-1));
            case DOWN -> moved(() -> model.scrollRows(1));
            case A -> moved(model::selectAll);
            case C -> done(extend ? this::showCopyMenu : () -> view.copy(formatOfColumn()));
            case INSERT -> done(() -> view.copy(formatOfColumn()));
            case V -> done(() -> paste(pasteOfColumn()));
            default -> false;
        };
    }

    private CopyRequest.Format formatOfColumn() {
        return switch (model.column()) {
            case HEX -> CopyRequest.Format.HEX;
            case TEXT -> CopyRequest.Format.TEXT;
        };
    }

    private boolean plain(KeyEvent event) {
        if (event.isAltDown() || event.isMetaDown()) {
            return false;
        }
        boolean extend = event.isShiftDown();
        return switch (event.getCode()) {
            case LEFT -> moved(() -> model.moveBy(-1, extend));
            case RIGHT -> moved(() -> model.moveBy(1, extend));
            case UP -> moved(() -> model.moveRows(-1, extend));
            case DOWN -> moved(() -> model.moveRows(1, extend));
            case PAGE_UP -> moved(() -> model.movePage(-1, extend));
            case PAGE_DOWN -> moved(() -> model.movePage(1, extend));
            case HOME -> moved(() -> model.moveToRowStart(extend));
            case END -> moved(() -> model.moveToRowEnd(extend));
            case TAB -> column(extend ? Column.HEX : Column.TEXT);
            case BACK_SPACE -> moved(model::undoTyping);
            case ENTER -> !view.getPending().isEmpty() && done(view::commitPending);
            case ESCAPE -> !view.getPending().isEmpty() && done(view::dropPending);
            default -> false;
        };
    }

    /// Only inside the view; where there is no further column Tab goes on to the next control.
    private boolean column(Column to) {
        return model.column() != to && moved(() -> model.setColumn(to));
    }

    private void typed(KeyEvent event) {
        String text = event.getCharacter();
        // AltGr arrives as Ctrl+Alt.
        boolean command = (event.isControlDown() || event.isMetaDown()) && !event.isAltDown();
        if (command || text.isEmpty() || text.codePointAt(0) < ' ' || text.codePointAt(0) == 0x7F) {
            return;
        }
        int digit = text.length() == 1 ? Character.digit(text.charAt(0), 16) : -1;
        if (model.column() == Column.HEX && (digit < 0 || text.charAt(0) > 'f')) {
            return;
        }
        if (Character.isSurrogate(text.charAt(text.length() - 1)) && text.length() == 1) {
            return;
        }
        event.consume();
        if (!view.isEditable()) {
            view.lockedTyping();
        } else if (model.column() == Column.HEX) {
            moved(() -> model.typeDigit(digit));
        } else {
            moved(() -> model.typeBytes(text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private void paste(Paste.As as) {
        @Nullable String text = Clipboard.getSystemClipboard().getString();
        if (!view.isEditable()) {
            view.lockedTyping();
            return;
        }
        Selection chosen = model.selection();
        if (chosen.isNone()) {
            return;
        }
        try {
            byte[] bytes = Paste.bytes(text == null ? "" : text, as);
            view.paste(
                    new Paste(chosen.from(), bytes, chosen.length(), model.size() - chosen.from()));
        } catch (BadInput refused) {
            view.pasteRefused(refused.sentence());
        }
    }

    private Paste.As pasteOfColumn() {
        return switch (model.column()) {
            case HEX -> Paste.As.HEX;
            case TEXT -> Paste.As.TEXT;
        };
    }

    private boolean moved(Runnable move) {
        move.run();
        view.refresh(true);
        return true;
    }

    private static boolean done(Runnable work) {
        work.run();
        return true;
    }

    // ---- mouse

    private void mousePressed(MouseEvent event) {
        if (event.getTarget() != view && !(event.getPickResult().getIntersectedNode() == view)) {
            return;
        }
        hideMenu();
        view.requestFocus();
        if (event.getButton() != MouseButton.PRIMARY || model.size() == 0) {
            return;
        }
        HexGrid.Hit hit = view.hit(event.getX());
        long row = view.rowsBelowTop(event.getY());
        if (row < 0) {
            return;
        }
        event.consume();
        moved(() -> {
            model.setColumn(hit.column());
            long offset = offsetOf(row, hit.index());
            if (event.isShiftDown()) {
                model.select(model.selection().anchor(), offset);
            } else if (event.getClickCount() == 2) {
                model.selectWord(offset);
            } else {
                model.select(offset, offset);
            }
        });
        dragging = true;
    }

    private void mouseDragged(MouseEvent event) {
        if (!dragging || !event.isPrimaryButtonDown()) {
            return;
        }
        dragX = event.getX();
        dragY = event.getY();
        long row = view.rowsBelowTop(dragY);
        if (row < 0 || row >= model.pageRows()) {
            autoscroll.start();
        } else {
            autoscroll.stop();
            extendTo(row);
        }
        event.consume();
    }

    /// One frame of dragging outside: the farther, the faster.
    private void pullSelection() {
        long row = view.rowsBelowTop(dragY);
        long beyond = row < 0 ? row : row - model.pageRows() + 1;
        if (row >= 0 && row < model.pageRows()) {
            autoscroll.stop();
            return;
        }
        model.scrollRows(beyond);
        extendTo(row < 0 ? 0 : model.pageRows() - 1L);
    }

    private void extendTo(long row) {
        moved(() -> {
            long offset = offsetOf(row, view.indexAt(model.column(), dragX));
            Selection before = model.selection();
            if (before.length() == 1 && offset == before.caret()) {
                return;
            }
            model.select(before.anchor(), offset);
        });
    }

    private void stopDragging() {
        dragging = false;
        autoscroll.stop();
    }

    private long offsetOf(long rowsBelowTop, int index) {
        long row = Math.min(model.topRow() + rowsBelowTop, Math.max(0, model.rows() - 1));
        long start = row * model.bytesPerRow();
        return start + Math.min(index, model.size() - 1 - start);
    }

    private void scrolled(ScrollEvent event) {
        wheelRest -= event.getDeltaY() / NOTCH * ROWS_PER_NOTCH;
        long rows = (long) wheelRest;
        wheelRest -= rows;
        model.scrollRows(rows);
        view.refresh(false);
        event.consume();
    }

    // ---- menu

    private void menuRequested(ContextMenuEvent event) {
        if (!event.isKeyboardTrigger() && model.size() > 0) {
            long row = view.rowsBelowTop(event.getY());
            HexGrid.Hit hit = view.hit(event.getX());
            long offset = offsetOf(Math.max(0, row), hit.index());
            if (!model.selection().covers(offset)) {
                moved(() -> {
                    model.setColumn(hit.column());
                    model.select(offset, offset);
                });
            }
        }
        if (event.isKeyboardTrigger() && model.size() > 0) {
            showAtCaret(makeMenu());
        } else {
            show(makeMenu(), event.getScreenX(), event.getScreenY());
        }
        event.consume();
    }

    private void showCopyMenu() {
        if (!model.selection().isNone()) {
            ContextMenu made = new ContextMenu();
            made.getItems().setAll(copyItems(false));
            showAtCaret(made);
        }
    }

    private void showAtCaret(ContextMenu made) {
        Point2D at = view.localToScreen(view.cellCentre(model.selection().caret(), model.column()));
        show(made, at.getX(), at.getY());
    }

    private void show(ContextMenu made, double screenX, double screenY) {
        hideMenu();
        menu = made;
        made.show(view, screenX, screenY);
    }

    private ContextMenu makeMenu() {
        ContextMenu made = new ContextMenu();
        boolean nothing = model.selection().isNone();
        made.getItems().setAll(copyItems(nothing));
        made.getItems()
                .addAll(
                        new SeparatorMenuItem(),
                        item(TEXTS.say("menu.paste-hex"), nothing, () -> paste(Paste.As.HEX)),
                        item(TEXTS.say("menu.paste-text"), nothing, () -> paste(Paste.As.TEXT)),
                        new SeparatorMenuItem(),
                        item(TEXTS.say("menu.select-all"), nothing, () -> moved(model::selectAll)),
                        item(TEXTS.say("menu.go-to"), nothing, view::askGoTo));
        for (HexView.Extra extra : view.extras()) {
            made.getItems().add(item(extra.words(), nothing, extra.action()));
        }
        return made;
    }

    private List<MenuItem> copyItems(boolean nothing) {
        List<MenuItem> items = new ArrayList<>();
        for (CopyRequest.Format format : CopyRequest.Format.values()) {
            String words =
                    switch (format) {
                        case HEX -> TEXTS.say("menu.copy-hex");
                        case TEXT -> TEXTS.say("menu.copy-text");
                        case C_ARRAY -> TEXTS.say("menu.copy-c");
                        case JAVA_ARRAY -> TEXTS.say("menu.copy-java");
                        case PHP_STRING -> TEXTS.say("menu.copy-php");
                        case BASE64 -> TEXTS.say("menu.copy-base64");
                    };
            items.add(item(words, nothing, () -> view.copy(format)));
        }
        return items;
    }

    private static MenuItem item(String text, boolean disabled, Runnable action) {
        MenuItem item = new MenuItem(text);
        item.setDisable(disabled);
        item.setOnAction(chosen -> action.run());
        return item;
    }

    private void hideMenu() {
        if (menu != null) {
            menu.hide();
            menu = null;
        }
    }
}
