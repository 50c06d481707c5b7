/// What bounds shared memory on this host, what each segment costs, and what is out of sight.
@NullMarked
package io.github.shmlens.ui.system;

import org.jspecify.annotations.NullMarked;
