/// Arrays in a segment as a table: a row for each record, a column for each of its fields.
@NullMarked
package io.github.shmlens.ui.records;

import org.jspecify.annotations.NullMarked;
