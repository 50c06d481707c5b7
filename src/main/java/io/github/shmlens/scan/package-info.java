/// Kernels that run over memory at its own speed: compare, search. Nothing else.
@NullMarked
package io.github.shmlens.scan;

import org.jspecify.annotations.NullMarked;
