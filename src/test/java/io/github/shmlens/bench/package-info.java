/// Comparisons with peers, run by `installer/bench` and never by the tests.
@NullMarked
package io.github.shmlens.bench;

import org.jspecify.annotations.NullMarked;
