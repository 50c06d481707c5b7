/// The one bridge to the FX thread: nothing else calls `Platform.runLater`.
@NullMarked
package io.github.shmlens.ui.fx;

import org.jspecify.annotations.NullMarked;
