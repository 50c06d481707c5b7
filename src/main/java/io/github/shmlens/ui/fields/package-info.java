/// C structures laid over a segment: asked for, shown as a tree of live fields, edited, remembered.
@NullMarked
package io.github.shmlens.ui.fields;

import org.jspecify.annotations.NullMarked;
