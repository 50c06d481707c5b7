/// Tests of the Java API, on a host in memory and against real PHP.
@NullMarked
package io.github.shmlens.api;

import org.jspecify.annotations.NullMarked;
