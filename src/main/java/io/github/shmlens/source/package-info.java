/// The contract: where segments come from, and what can be done with one.
@NullMarked
package io.github.shmlens.source;

import org.jspecify.annotations.NullMarked;
