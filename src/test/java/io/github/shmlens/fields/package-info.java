/// What declarations mean, held against a C compiler.
@NullMarked
package io.github.shmlens.fields;

import org.jspecify.annotations.NullMarked;
