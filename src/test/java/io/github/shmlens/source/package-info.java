/// What the contract's words mean.
@NullMarked
package io.github.shmlens.source;

import org.jspecify.annotations.NullMarked;
