/// The words of the field: target, key, id, mode, facts, failure. Records and sealed types only.
@NullMarked
package io.github.shmlens.segment;

import org.jspecify.annotations.NullMarked;
