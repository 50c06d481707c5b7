/// Failures told to the user: what happened, to what, and what would help.
@NullMarked
package io.github.shmlens.ui.problem;

import org.jspecify.annotations.NullMarked;
