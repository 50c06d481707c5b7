package io.github.shmlens.ui.bookmarks;

import io.github.shmlens.live.Window;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.ui.hex.HexPalette;
import io.github.shmlens.ui.hex.Selection;
import io.github.shmlens.ui.hex.Tint;
import io.github.shmlens.ui.problem.Sheets;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.TargetFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;

/// The bookmarks of one tab: their list, the form, and the tints of the bytes. FX thread.
public final class BookmarkDesk implements AutoCloseable {

    private static final Texts TEXTS = Texts.of(BookmarkDesk.class);

    /// Offered at first for a caret that chooses nothing: a word.
    private static final int USUAL_BYTES = 8;

    private final Sheets sheets;
    private final BookmarkPlace place;
    private final Bookmarks bookmarks;
    private final BookmarkPanel panel;
    private HexPalette palette = HexPalette.LIGHT;
    private Shade lastShade = Shade.AMBER;
    private @Nullable Bookmark deleted;
    private boolean open;
    private long marked;

    /// @param folder where the user's settings are kept, and bookmarks below it; null to keep them
    ///   only while the tab is there
    public BookmarkDesk(
            @Nullable Path folder, SegmentFacts segment, Sheets sheets, BookmarkPlace place) {
        this.sheets = sheets;
        this.place = place;
        this.bookmarks =
                new Bookmarks(
                        folder == null ? null : folder.resolve("bookmarks"),
                        TargetFile.spelling(segment),
                        place::failed);
        this.panel = new BookmarkPanel(bookmarks.all(), new FromPanel());
        bookmarks
                .all()
                .addListener(
                        (ListChangeListener<Bookmark>)
                                _ -> {
                                    marked++;
                                    place.marksChanged();
                                });
    }

    /// Reads what is kept; again, in case another window changed it.
    public void load() {
        bookmarks.load();
    }

    public void setPalette(HexPalette now) {
        palette = now;
        panel.setPalette(now);
    }

    /// The list, to be shown while [#isOpen].
    public Node panel() {
        return panel;
    }

    public boolean isOpen() {
        return open;
    }

    /// Opens the list, or closes it.
    public void flip() {
        if (open) {
            hide();
        } else {
            open = true;
            place.opened(true);
            panel.focusList();
        }
    }

    /// Another panel takes the list's place.
    public void hide() {
        if (open) {
            open = false;
            panel.offerUndo(false);
            place.opened(false);
        }
    }

    /// Asks for a bookmark of what is chosen; of a bookmark that begins exactly there, for changes.
    public void add() {
        Selection chosen = place.selection();
        if (chosen.isNone()) {
            place.notice(TEXTS.say("desk.nothing-chosen"));
            return;
        }
        Bookmark there = bookmarks.at(chosen.caret());
        boolean same =
                there != null
                        && (chosen.length() == 1
                                || (there.offset() == chosen.from()
                                        && there.length() == chosen.length()));
        if (there != null && same) {
            edit(there);
            return;
        }
        if (bookmarks.isFull()) {
            place.notice(TEXTS.say("desk.full", BookmarkFile.MOST));
            return;
        }
        long length = chosen.length() > 1 ? chosen.length() : usual(chosen.from());
        Bookmark proposed = new Bookmark(chosen.from(), length, lastShade, "");
        BookmarkSheet.open(
                sheets,
                place,
                palette,
                proposed,
                false,
                new BookmarkSheet.Decided() {
                    @Override
                    public void save(Bookmark made) {
                        lastShade = made.shade();
                        bookmarks.add(made);
                        place.notice(TEXTS.say("desk.added", made.offset()));
                    }

                    @Override
                    public void delete() {}
                });
    }

    /// Which bookmark a byte lies in, in words; empty for none.
    public String words(long offset) {
        Bookmark one = bookmarks.at(offset);
        if (one == null) {
            return "";
        }
        return one.note().isEmpty() ? TEXTS.say("desk.nameless") : one.note();
    }

    /// Another number whenever [#marks] may be others.
    public long marked() {
        return marked;
    }

    /// The bookmarked bytes among those on the screen; shorter stretches over longer ones.
    public List<Tint> marks(Window window) {
        List<Tint> marks = new ArrayList<>();
        for (Bookmark one : bookmarks.all()) {
            if (one.offset() < window.end() && one.offset() + one.length() > window.offset()) {
                marks.add(new Tint(one.offset(), one.length(), one.shade().tint()));
            }
        }
        marks.sort((a, b) -> Long.compare(b.length(), a.length()));
        return marks;
    }

    @Override
    public void close() {
        bookmarks.close();
    }

    private long usual(long from) {
        return Math.clamp(sizeBytes() - from, 1, USUAL_BYTES);
    }

    private long sizeBytes() {
        try {
            return place.meaning().sizeBytes();
        } catch (BadInput nothingRead) {
            return 0;
        }
    }

    private void edit(Bookmark one) {
        BookmarkSheet.open(
                sheets,
                place,
                palette,
                one,
                true,
                new BookmarkSheet.Decided() {
                    @Override
                    public void save(Bookmark made) {
                        bookmarks.replace(one, made);
                    }

                    @Override
                    public void delete() {
                        remove(one);
                    }
                });
    }

    private void remove(Bookmark one) {
        bookmarks.remove(one);
        deleted = one;
        panel.offerUndo(true);
        place.notice(TEXTS.say("desk.deleted", one.offset()));
    }

    private final class FromPanel implements BookmarkPanel.Actions {
        @Override
        public void go(Bookmark one) {
            long size = sizeBytes();
            if (one.offset() < size) {
                place.show(one.offset(), Math.min(one.length(), size - one.offset()));
            } else {
                place.notice(TEXTS.say("desk.behind-end", one.offset(), size));
            }
        }

        @Override
        public void edit(Bookmark one) {
            BookmarkDesk.this.edit(one);
        }

        @Override
        public void delete(Bookmark one) {
            remove(one);
        }

        @Override
        public void add() {
            BookmarkDesk.this.add();
        }

        @Override
        public void undoDelete() {
            Bookmark one = deleted;
            deleted = null;
            panel.offerUndo(false);
            if (one != null) {
                bookmarks.add(one);
                panel.focusList();
            }
        }

        @Override
        public void close() {
            hide();
        }
    }
}
