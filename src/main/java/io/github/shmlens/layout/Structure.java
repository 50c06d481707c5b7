package io.github.shmlens.layout;

import java.util.List;

/// What a walk found in one copy. Immutable.
public interface Structure {

    /// The format's name: `php-sysvshm`.
    String format();

    /// Whether the structure holds together; a copy taken while a writer was half done usually does
    /// not.
    boolean sound();

    /// The parts found, by rising offset, without overlap unless the structure is unsound.
    List<Part> parts();
}
