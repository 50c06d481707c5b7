package io.github.shmlens.ui.shell;

import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.source.AttachedSegment;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.collections.ObservableList;
import javafx.scene.Node;

/// What one tab shows of one attached segment. It owns the [AttachedSegment] it was opened with.
///
/// Every method is called on the FX thread and returns at once. A content starts nothing before its
/// first [#activated()].
public interface TabContent {

    /// The content, always the same node.
    Node node();

    /// What the tab's header and the segment list say about it.
    ReadOnlyObjectProperty<TabLabel> label();

    /// What the window's status line shows while this tab is the chosen one, from left to right.
    /// Content and list may change at any time.
    ObservableList<Node> statusLine();

    /// The tab is the chosen one and the window can be seen: watch at full rate.
    void activated();

    /// The tab is not to be seen.
    ///
    /// @param hidden how it is hidden
    void deactivated(Hidden hidden);

    /// F5: look again now, all of it.
    void refresh();

    /// Puts the keyboard focus where a user would want to begin.
    void focus();

    /// Something about this segment failed outside of the content (a removal, for example). The
    /// content says so in place, as a banner.
    void failed(ShmFailure failure);

    /// The content's own shortcuts, for the list under F1. Only those that work.
    default List<Shortcut> shortcuts() {
        return List.of();
    }

    /// Asks for a file and saves all bytes to it.
    void saveImage();

    /// Asks for a file and overwrites all bytes with it, after it has shown what that changes.
    void loadImage();

    /// What it is attached to, for as long as the tab is there.
    default Optional<AttachedSegment> attached() {
        return Optional.empty();
    }

    /// What was confirmed here and is not done yet.
    default List<UnderWay> underWay() {
        return List.of();
    }

    /// What is typed here and not written, and goes when the tab is closed.
    default Optional<Unwritten> unwritten() {
        return Optional.empty();
    }

    /// The tab is closed: stops watching and detaches, on a thread of its own.
    ///
    /// @return complete when the segment is detached; on any thread. A second call gives the same
    CompletionStage<Void> close();

    /// Why a content cannot be seen.
    enum Hidden {
        /// Another tab is in front: sample slowly.
        BEHIND,
        /// The window is minimised: cost nothing.
        MINIMISED
    }
}
