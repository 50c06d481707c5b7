/// The list of segments: filter, order, and the removal of one.
@NullMarked
package io.github.shmlens.ui.segments;

import org.jspecify.annotations.NullMarked;
