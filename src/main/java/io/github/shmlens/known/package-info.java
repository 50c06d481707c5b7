/// Layouts that other programs leave in shared memory, each recognised by its magic and by what
/// must hold, and read as named fields.
@NullMarked
package io.github.shmlens.known;

import org.jspecify.annotations.NullMarked;
