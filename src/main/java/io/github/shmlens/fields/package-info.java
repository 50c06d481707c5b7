/// C declarations as types with a layout, and the fields that such a type gives a copy of memory:
/// where each lies, what it holds, and which bytes another value would be.
@NullMarked
package io.github.shmlens.fields;

import org.jspecify.annotations.NullMarked;
