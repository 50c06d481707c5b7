/// What tests of several rooms share: real PHP processes to talk to.
@NullMarked
package io.github.shmlens.testing;

import org.jspecify.annotations.NullMarked;
