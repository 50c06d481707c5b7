/// Types out of the debug information of programs, as C declarations: asks gdb or pahole about a
/// program's file, never about a process, and believes nothing that its own reading does not bear
/// out.
@NullMarked
package io.github.shmlens.debuginfo;

import org.jspecify.annotations.NullMarked;
