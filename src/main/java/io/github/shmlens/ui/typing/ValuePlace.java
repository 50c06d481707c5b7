package io.github.shmlens.ui.typing;

import javafx.beans.value.ObservableValue;

/// What a view in which values are typed asks of the tab it is in. FX thread.
public interface ValuePlace {

    /// Whether values may be changed.
    ObservableValue<Boolean> unlocked();

    /// Somebody wants to change a value while that is locked.
    void hintLocked();

    void notice(String sentence);
}
