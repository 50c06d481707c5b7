/// The main window: the frame around the tabs, what the user can do anywhere, and how it starts.
@NullMarked
package io.github.shmlens.ui.shell;

import org.jspecify.annotations.NullMarked;
