/// Bookmarks: places in a segment with a note and a colour, kept for the next time.
@NullMarked
package io.github.shmlens.ui.bookmarks;

import org.jspecify.annotations.NullMarked;
