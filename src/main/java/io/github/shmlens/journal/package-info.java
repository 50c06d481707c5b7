/// What we wrote and where: kept in a file that outlives us, and taken back from there.
@NullMarked
package io.github.shmlens.journal;

import org.jspecify.annotations.NullMarked;
