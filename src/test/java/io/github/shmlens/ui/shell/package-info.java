/// Tests of the main window.
@NullMarked
package io.github.shmlens.ui.shell;

import org.jspecify.annotations.NullMarked;
