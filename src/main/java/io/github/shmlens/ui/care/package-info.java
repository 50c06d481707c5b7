/// The health of a store in the window: findings, repair, ghosts of former slots, wiping.
@NullMarked
package io.github.shmlens.ui.care;

import org.jspecify.annotations.NullMarked;
