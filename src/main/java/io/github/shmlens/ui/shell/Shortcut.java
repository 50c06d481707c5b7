package io.github.shmlens.ui.shell;

/// One line of the list of shortcuts.
///
/// @param where the part of the window it works in: `Anywhere`, `Segment list`, `Hex view`
/// @param keys as printed on them: `Ctrl+O`
public record Shortcut(String where, String keys, String what) {}
