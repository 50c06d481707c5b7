/// A segment of a layout that is known, beside its bytes: the named fields, live, and its picture.
@NullMarked
package io.github.shmlens.ui.layouts;

import org.jspecify.annotations.NullMarked;
