/// The command line: one class per command, columns written down once, exit codes and JSON fields
/// that scripts may rely on.
@NullMarked
package io.github.shmlens.cli;

import org.jspecify.annotations.NullMarked;
