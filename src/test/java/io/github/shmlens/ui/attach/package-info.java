/// Tests of the Attach… dialog.
@NullMarked
package io.github.shmlens.ui.attach;

import org.jspecify.annotations.NullMarked;
