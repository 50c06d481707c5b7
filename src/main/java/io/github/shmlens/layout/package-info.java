/// Byte layouts written down once, a bounds-checked view of copied bytes, and what recognises a
/// structure in them.
@NullMarked
package io.github.shmlens.layout;

import org.jspecify.annotations.NullMarked;
