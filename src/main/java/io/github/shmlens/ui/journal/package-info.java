/// The journal in a tab: what was written, and taking it back.
@NullMarked
package io.github.shmlens.ui.journal;

import org.jspecify.annotations.NullMarked;
