/// Samples a segment again and again and tells what changed, by byte and by part.
@NullMarked
package io.github.shmlens.live;

import org.jspecify.annotations.NullMarked;
