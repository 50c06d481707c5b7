/// Tests of the live room, on segments in memory and a clock that a test moves.
@NullMarked
package io.github.shmlens.live;

import org.jspecify.annotations.NullMarked;
