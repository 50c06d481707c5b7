/// Tests of the segment list and of removal.
@NullMarked
package io.github.shmlens.ui.segments;

import org.jspecify.annotations.NullMarked;
