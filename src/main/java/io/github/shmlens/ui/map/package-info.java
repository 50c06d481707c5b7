/// Who is around a segment, as a picture and as a table, and what was seen to happen to it.
@NullMarked
package io.github.shmlens.ui.map;

import org.jspecify.annotations.NullMarked;
