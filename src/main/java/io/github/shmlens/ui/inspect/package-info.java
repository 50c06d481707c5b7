/// Looks inside one value: the chosen slot as a tree, the bytes at the cursor as numbers and text.
@NullMarked
package io.github.shmlens.ui.inspect;

import org.jspecify.annotations.NullMarked;
