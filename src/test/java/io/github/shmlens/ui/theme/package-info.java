/// Tests of looks and settings.
@NullMarked
package io.github.shmlens.ui.theme;

import org.jspecify.annotations.NullMarked;
