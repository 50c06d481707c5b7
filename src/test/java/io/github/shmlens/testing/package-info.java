/// Fakes and bases shared by tests.
@NullMarked
package io.github.shmlens.testing;

import org.jspecify.annotations.NullMarked;
