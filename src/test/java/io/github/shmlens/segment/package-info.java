/// Tests of the words.
@NullMarked
package io.github.shmlens.segment;

import org.jspecify.annotations.NullMarked;
