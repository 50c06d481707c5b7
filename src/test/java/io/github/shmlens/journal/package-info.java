/// Tests of the journal: its file, what gets into it, and undoing.
@NullMarked
package io.github.shmlens.journal;

import org.jspecify.annotations.NullMarked;
