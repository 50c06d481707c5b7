/// The Attach… dialog: naming a segment, seeing what the name stands for, and making one.
@NullMarked
package io.github.shmlens.ui.attach;

import org.jspecify.annotations.NullMarked;
