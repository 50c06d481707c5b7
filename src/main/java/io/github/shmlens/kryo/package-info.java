/// Java values in slots: an envelope that says what follows, Kryo bytes inside it, and how such a
/// value is shown. Nothing in the bytes picks a class to load or a size to allocate.
@NullMarked
package io.github.shmlens.kryo;

import org.jspecify.annotations.NullMarked;
