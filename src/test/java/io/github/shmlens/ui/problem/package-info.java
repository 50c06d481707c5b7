/// Tests of failures told to the user.
@NullMarked
package io.github.shmlens.ui.problem;

import org.jspecify.annotations.NullMarked;
