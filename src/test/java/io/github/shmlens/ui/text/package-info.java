@NullMarked
package io.github.shmlens.ui.text;

import org.jspecify.annotations.NullMarked;
