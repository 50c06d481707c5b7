package io.github.shmlens.debuginfo;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;

/// A program that reads debug information. Every call blocks, for seconds with a large program; an
/// interrupt ends it.
interface TypeTool {

    String name();

    /// All types of a program.
    TypeList list(Path program) throws NoTypes, InterruptedException;

    /// What names stand for; those that stand for nothing are missing.
    ///
    /// @param names of C, with `struct`, `union` or `enum` before tags
    Map<String, Definition> define(Path program, Collection<String> names)
            throws NoTypes, InterruptedException;
}
