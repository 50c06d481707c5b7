/// The live table of a store's slots, the editor of one slot, and what is asked before a slot is
/// written.
@NullMarked
package io.github.shmlens.ui.slots;

import org.jspecify.annotations.NullMarked;
