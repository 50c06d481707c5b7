/// Types out of real programs, compiled on the spot.
@NullMarked
package io.github.shmlens.debuginfo;

import org.jspecify.annotations.NullMarked;
