/// Chooses a type out of the debug information of a program that is attached.
@NullMarked
package io.github.shmlens.ui.program;

import org.jspecify.annotations.NullMarked;
