/// What tests share: fakes, real PHP, a thin base for windows.
@NullMarked
package io.github.shmlens.testing;

import org.jspecify.annotations.NullMarked;
