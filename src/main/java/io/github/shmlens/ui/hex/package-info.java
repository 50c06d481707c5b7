/// The live hex view and the occupancy strip: what lies where, byte by byte, and what just changed.
@NullMarked
package io.github.shmlens.ui.hex;

import org.jspecify.annotations.NullMarked;
