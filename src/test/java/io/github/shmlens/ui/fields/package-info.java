/// Tests of the fields.
@NullMarked
package io.github.shmlens.ui.fields;

import org.jspecify.annotations.NullMarked;
