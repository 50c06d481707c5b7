/// Tests of the kryo room, hostile bytes first.
@NullMarked
package io.github.shmlens.kryo;

import org.jspecify.annotations.NullMarked;
