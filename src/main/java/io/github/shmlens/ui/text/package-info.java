/// The window's words, one bundle to a room, so that they can be read in one place and translated.
@NullMarked
package io.github.shmlens.ui.text;

import org.jspecify.annotations.NullMarked;
