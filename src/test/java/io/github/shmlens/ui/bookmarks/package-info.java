/// Tests of the bookmarks.
@NullMarked
package io.github.shmlens.ui.bookmarks;

import org.jspecify.annotations.NullMarked;
