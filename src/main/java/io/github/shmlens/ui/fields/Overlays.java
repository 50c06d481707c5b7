package io.github.shmlens.ui.fields;

import io.github.shmlens.ui.fx.Background;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Remembers what was laid over one target: each change is one to the file as it is then, off the
/// FX thread and one after the other. FX thread.
final class Overlays {

    private final @Nullable OverlayFile file;
    private final Consumer<? super Throwable> failed;
    private final Deque<UnaryOperator<List<Overlay>>> waiting = new ArrayDeque<>();
    private boolean working;

    /// @param folder where they are kept; null to keep none
    /// @param failed told why the file could not be written
    Overlays(@Nullable Path folder, String target, Consumer<? super Throwable> failed) {
        this.file = folder == null ? null : new OverlayFile(folder, target);
        this.failed = failed;
    }

    /// What the file holds; null where there never is one.
    @Nullable OverlayFile file() {
        return file;
    }

    void add(Overlay one) {
        change(before -> {
            List<Overlay> after = new ArrayList<>(before);
            after.add(one);
            return after;
        });
    }

    void remove(Overlay one) {
        change(before -> {
            List<Overlay> after = new ArrayList<>(before);
            after.remove(one);
            return after;
        });
    }

    void replace(Overlay old, Overlay one) {
        if (old.equals(one)) {
            return;
        }
        change(before -> {
            List<Overlay> after = new ArrayList<>(before);
            int at = after.indexOf(old);
            if (at < 0) {
                after.add(one);
            } else {
                after.set(at, one);
            }
            return after;
        });
    }

    private void change(UnaryOperator<List<Overlay>> how) {
        if (file != null) {
            waiting.add(how);
            next();
        }
    }

    private void next() {
        OverlayFile kept = file;
        UnaryOperator<List<Overlay>> how = waiting.peek();
        if (working || kept == null || how == null) {
            return;
        }
        waiting.remove();
        working = true;
        Background.run(
                () -> kept.change(how),
                _ -> ended(),
                thrown -> {
                    failed.accept(thrown);
                    ended();
                });
    }

    private void ended() {
        working = false;
        next();
    }
}
