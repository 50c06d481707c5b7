/// Comparisons with peers and long measurements in the real window. Each has a command of its own
/// (`installer/bench`, `installer/frames`) or the tag `soak`; a usual run leaves them out.
@NullMarked
package io.github.shmlens.bench;

import org.jspecify.annotations.NullMarked;
