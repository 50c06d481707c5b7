/// Rules that hold for the whole program.
@NullMarked
package io.github.shmlens;

import org.jspecify.annotations.NullMarked;
