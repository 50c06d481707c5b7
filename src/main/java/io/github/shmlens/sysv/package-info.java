/// This host: C calls, kernel tables, /proc, /dev/shm, and every errno turned into a failure.
@NullMarked
package io.github.shmlens.sysv;

import org.jspecify.annotations.NullMarked;
