/// A small Java API: stores that Java and PHP programs share, without a window or a command line.
///
/// ```java
/// try (SharedStore store = SharedStore.open("987654", StoreOptions.readWrite().create(1024))) {
///     store.put(1, "Hello from Java");             // PHP: shm_get_var($shm, 1)
///     store.put(2, List.of(1, 2.5, true));         // PHP: [1, 2.5, true]
///     Optional<String> answer = store.get(3, String.class);   // PHP: shm_put_var($shm, 3, "…")
/// }
/// ```
///
/// A PHP value comes as Java's own type or not at all: nothing is rounded, cut or guessed. Records
/// and other values that only Java programs need go into a Kryo envelope, which PHP keeps as a
/// string.
@NullMarked
package io.github.shmlens.api;

import org.jspecify.annotations.NullMarked;
