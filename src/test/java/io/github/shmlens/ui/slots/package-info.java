@NullMarked
package io.github.shmlens.ui.slots;

import org.jspecify.annotations.NullMarked;
