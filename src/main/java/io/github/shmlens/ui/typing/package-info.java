/// Typing a value anew in the place where it is shown.
@NullMarked
package io.github.shmlens.ui.typing;

import org.jspecify.annotations.NullMarked;
