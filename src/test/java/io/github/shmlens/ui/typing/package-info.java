@NullMarked
package io.github.shmlens.ui.typing;

import org.jspecify.annotations.NullMarked;
