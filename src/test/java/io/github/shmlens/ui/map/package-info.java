/// Tests of the attach map.
@NullMarked
package io.github.shmlens.ui.map;

import org.jspecify.annotations.NullMarked;
