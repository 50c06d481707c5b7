package io.github.shmlens.ui.theme;

import javafx.scene.control.Label;

/// A sentence that takes as many lines as it needs and is never squeezed below them.
public final class WrappedLabel extends Label {

    public WrappedLabel() {
        this("");
    }

    public WrappedLabel(String text) {
        super(text);
        setWrapText(true);
        setMinHeight(USE_PREF_SIZE);
    }
}
