package io.github.shmlens.ui.slots;

import io.github.shmlens.ui.theme.WrappedLabel;
import java.util.Objects;
import javafx.scene.control.Label;

/// The style sheet of this package's views.
final class Stylesheet {

    static final String URL =
            Objects.requireNonNull(Stylesheet.class.getResource("slots.css")).toExternalForm();

    private Stylesheet() {}

    /// A label that wraps, with a style class.
    static Label wrapped(String text, String styleClass) {
        Label label = new WrappedLabel(text);
        label.getStyleClass().add(styleClass);
        return label;
    }
}
