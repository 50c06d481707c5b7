/// Looking for something in a segment, and narrowing down where a number lives.
@NullMarked
package io.github.shmlens.ui.find;

import org.jspecify.annotations.NullMarked;
