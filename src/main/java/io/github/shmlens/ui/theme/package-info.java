/// How the window looks: light and dark, font size, style classes, and the settings that are kept.
@NullMarked
package io.github.shmlens.ui.theme;

import org.jspecify.annotations.NullMarked;
