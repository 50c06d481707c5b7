package io.github.shmlens.ui.care;

import io.github.shmlens.ui.theme.Theme;

/// The style sheet of this package's views.
final class Stylesheet {

    static final String URL = Theme.css(Stylesheet.class, "care.css");

    private Stylesheet() {}
}
