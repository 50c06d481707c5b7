package io.github.shmlens.ui.bookmarks;

import io.github.shmlens.ui.fx.Background;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// The bookmarks of one target, in the order of their offsets. Each change is one to the file as it
/// is then, off the FX thread and one after the other; what is shown is what the file holds. FX
/// thread.
final class Bookmarks implements AutoCloseable {

    private final @Nullable BookmarkFile file;
    private final Consumer<? super Throwable> failed;
    private final ObservableList<Bookmark> all = FXCollections.observableArrayList();

    /// One for good: a view of a list listens to it only as long as somebody holds the view.
    private final ObservableList<Bookmark> shown = FXCollections.unmodifiableObservableList(all);

    private final Deque<Background.Work<BookmarkFile.Content>> waiting = new ArrayDeque<>();
    private boolean working;
    private boolean closed;

    /// @param folder where they are kept; null to keep them only as long as this object
    /// @param failed told why the file could not be read or written
    Bookmarks(@Nullable Path folder, String target, Consumer<? super Throwable> failed) {
        this.file = folder == null ? null : new BookmarkFile(folder, target);
        this.failed = failed;
    }

    /// Changes by itself, on the FX thread.
    ObservableList<Bookmark> all() {
        return shown;
    }

    /// Reads the file, which another window may have changed.
    void load() {
        BookmarkFile kept = file;
        if (kept != null) {
            enqueue(kept::read);
        }
    }

    void add(Bookmark one) {
        change(before -> {
            List<Bookmark> after = new ArrayList<>(before);
            after.add(one);
            return after;
        });
    }

    void remove(Bookmark one) {
        change(before -> {
            List<Bookmark> after = new ArrayList<>(before);
            after.remove(one);
            return after;
        });
    }

    void replace(Bookmark old, Bookmark one) {
        change(before -> {
            List<Bookmark> after = new ArrayList<>(before);
            after.remove(old);
            after.add(one);
            return after;
        });
    }

    boolean isFull() {
        return all.size() >= BookmarkFile.MOST;
    }

    /// The shortest that covers an offset; null when none does.
    @Nullable Bookmark at(long offset) {
        Bookmark found = null;
        for (Bookmark one : all) {
            if (one.covers(offset) && (found == null || one.length() < found.length())) {
                found = one;
            }
        }
        return found;
    }

    private void change(UnaryOperator<List<Bookmark>> how) {
        BookmarkFile kept = file;
        if (kept == null) {
            show(new BookmarkFile.Content(how.apply(all), List.of()));
        } else {
            enqueue(() -> kept.change(how));
        }
    }

    private void enqueue(Background.Work<BookmarkFile.Content> work) {
        waiting.add(work);
        next();
    }

    private void next() {
        if (working || waiting.isEmpty()) {
            return;
        }
        working = true;
        Background.<BookmarkFile.Content>run(
                waiting.remove(),
                content -> {
                    show(content);
                    ended();
                },
                thrown -> {
                    if (!closed) {
                        failed.accept(thrown);
                    }
                    ended();
                });
    }

    private void ended() {
        working = false;
        next();
    }

    private void show(BookmarkFile.Content content) {
        if (!closed && !content.bookmarks().equals(all)) {
            all.setAll(content.bookmarks());
        }
    }

    /// Shows nothing any more; changes that were asked for are still made.
    @Override
    public void close() {
        closed = true;
    }
}
