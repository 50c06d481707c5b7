package io.github.shmlens.ui.hex;

import io.github.shmlens.live.Window;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.layout.Region;

/// The bytes of a segment of any size, live.
///
/// It holds no memory of the segment itself: it tells which bytes are on the screen
/// ([#setOnViewport]) and shows the newest window it is given ([#show]). FX thread.
public final class HexView extends Region {

    /// Told which bytes to sample.
    public interface Viewport {
        /// @param offset first byte on the screen, and a page before it, so that scrolling finds
        ///   its bytes already there
        void moved(long offset, int length);
    }

    private final HexModel model = new HexModel();
    private final ReadOnlyObjectWrapper<Selection> selection =
            new ReadOnlyObjectWrapper<>(this, "selection", Selection.NONE);
    private final ReadOnlyObjectWrapper<Pending> pending =
            new ReadOnlyObjectWrapper<>(this, "pending", Pending.NONE);
    private final BooleanProperty editable = new SimpleBooleanProperty(this, "editable", false);
    private Viewport onViewport = (offset, length) -> {};
    private Consumer<HexEdit> onCommit = edit -> {};
    private Consumer<Selection> onSelect = chosen -> {};
    private Consumer<CopyRequest> onCopyBeyond = request -> {};
    private Runnable onLockedTyping = () -> {};
    private Runnable onGoTo = () -> {};

    /// The segment's size. What lay beyond it is let go.
    public void setSize(long sizeBytes) {
        model.setSize(sizeBytes);
        selection.set(model.selection());
    }

    /// Shows the newest bytes.
    ///
    /// @param nowNanos [System#nanoTime], what ages of changes are counted from
    public void show(Window newest, long nowNanos) {
        model.setWindow(newest);
        pending.set(model.pendingCount());
    }

    public void setTints(List<Tint> tints) {
        model.setTints(tints);
    }

    public ReadOnlyObjectProperty<Selection> selectionProperty() {
        return selection.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Pending> pendingProperty() {
        return pending.getReadOnlyProperty();
    }

    /// Typing is allowed. Locked at first.
    public BooleanProperty editableProperty() {
        return editable;
    }

    /// Told the range to sample whenever it moves.
    public void setOnViewport(Viewport callback) {
        onViewport = callback;
    }

    /// Given one edit for each run of bytes when the user commits.
    public void setOnCommit(Consumer<HexEdit> callback) {
        onCommit = callback;
    }

    /// Told what the user chose; silent when the program did.
    public void setOnSelect(Consumer<Selection> callback) {
        onSelect = callback;
    }

    /// Asked to copy a selection that reaches beyond the newest window.
    public void setOnCopyBeyond(Consumer<CopyRequest> callback) {
        onCopyBeyond = callback;
    }

    /// Told that somebody types into a locked view.
    public void setOnLockedTyping(Runnable callback) {
        onLockedTyping = callback;
    }

    /// Asked for an offset to go to.
    public void setOnGoTo(Runnable callback) {
        onGoTo = callback;
    }
}
