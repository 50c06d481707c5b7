@NullMarked
package io.github.shmlens.ui.inspect;

import org.jspecify.annotations.NullMarked;
