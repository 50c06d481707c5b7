/// Changes of a whole range, and of what surrounds the bytes: owner, mode, the lock in memory.
@NullMarked
package io.github.shmlens.ui.change;

import org.jspecify.annotations.NullMarked;
