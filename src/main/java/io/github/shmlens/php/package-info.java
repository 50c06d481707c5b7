/// The store that PHP's sysvshm extension keeps in a segment: its layout, the slot walk, put and
/// unset, and PHP's serialized values.
@NullMarked
package io.github.shmlens.php;

import org.jspecify.annotations.NullMarked;
