package io.github.shmlens.segment;

import java.nio.file.Path;

/// A file whose code a process runs: its program, or a library.
///
/// @param file where it can be opened from here; through /proc where its name leads to another file
///   by now, or to none
/// @param name as the kernel shows it, with ` (deleted)` where it has lost its name
/// @param program whether the process was started from it
public record CodeFile(Path file, String name, boolean program) {}
