/// The start: window or command line, and which source of segments they get.
@NullMarked
package io.github.shmlens.app;

import org.jspecify.annotations.NullMarked;
