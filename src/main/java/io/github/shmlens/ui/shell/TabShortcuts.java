package io.github.shmlens.ui.shell;

import io.github.shmlens.ui.text.Texts;
import java.util.List;

/// The keys of a segment's tab, as the list under F1 shows them.
final class TabShortcuts {

    private static final Texts TEXTS = Texts.of(TabShortcuts.class);

    static final List<Shortcut> ALL =
            List.of(
                    new Shortcut("Segment", "Ctrl+E", "Unlock for editing, or lock again"),
                    new Shortcut("Segment", "Ctrl+P", "Stop looking for a while, or go on"),
                    new Shortcut("Segment", "Ctrl+G", TEXTS.say("keys.go-to")),
                    new Shortcut("Segment", "Alt+Left  Alt+Right", TEXTS.say("keys.back")),
                    new Shortcut("Segment", "Ctrl+D", TEXTS.say("keys.bookmark")),
                    new Shortcut("Segment", "Ctrl+Shift+D", TEXTS.say("keys.bookmarks")),
                    new Shortcut("Segment", "Ctrl+I", TEXTS.say("keys.inspector-go")),
                    new Shortcut("Segment", "Ctrl+B", "Underline what changes from now on"),
                    new Shortcut("Segment", "Ctrl+F", "Find text, bytes or a number"),
                    new Shortcut("Segment", "F3", "Next hit; with Shift the one before"),
                    new Shortcut("Segment", "Ctrl+R", "Narrow down where a number lives"),
                    new Shortcut(
                            "Segment",
                            "Alt+Down  Alt+Up",
                            "Next or previous block that changed in the last seconds"),
                    new Shortcut("Segment", "Ctrl+M", TEXTS.say("keys.map")),
                    new Shortcut("Segment", "Ctrl+H", "Findings: the health of the store"),
                    new Shortcut("Segment", "Ctrl+Z  Ctrl+Shift+Z", TEXTS.say("keys.undo")),
                    new Shortcut("Segment", "Ctrl+J", TEXTS.say("keys.journal")),
                    new Shortcut("Segment", "Ctrl+K", TEXTS.say("keys.fill")),
                    new Shortcut("Segment", "Alt+Enter", TEXTS.say("keys.properties")),
                    new Shortcut("Segment", "F2", "What the marks mean"),
                    new Shortcut("Hex view", "Tab", "From the hex column to the text column"),
                    new Shortcut("Hex view", "Ctrl+Home  Ctrl+End", "First or last byte"),
                    new Shortcut("Hex view", "Ctrl+Up  Ctrl+Down", "Scroll, the caret stays"),
                    new Shortcut(
                            "Hex view", "Ctrl+C", "Copy as hex or text, as the caret's column"),
                    new Shortcut("Hex view", "Ctrl+Shift+C", TEXTS.say("keys.copy-as")),
                    new Shortcut("Hex view", "Ctrl+V", TEXTS.say("keys.paste")),
                    new Shortcut("Hex view", "Enter  Esc", "Write what was typed, or drop it"),
                    new Shortcut("At cursor", "Arrows  Enter", TEXTS.say("keys.inspector")),
                    new Shortcut("At cursor", "Ctrl+C", TEXTS.say("keys.inspector-copy")),
                    new Shortcut(
                            "Minimap",
                            "Up  Down  Page keys",
                            "Scroll the bytes by a pixel of it, or a tenth"),
                    new Shortcut("Attach map", "Arrow keys", TEXTS.say("keys.map-cards")),
                    new Shortcut("Attach map", "Esc", TEXTS.say("keys.map-back")));

    private TabShortcuts() {}
}
