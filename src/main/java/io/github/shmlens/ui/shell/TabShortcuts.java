package io.github.shmlens.ui.shell;

import io.github.shmlens.ui.text.Texts;
import java.util.List;

/// The keys of a segment's tab, as the list under F1 shows them.
final class TabShortcuts {

    private static final Texts TEXTS = Texts.of(TabShortcuts.class);

    static final List<Shortcut> ALL =
            List.of(
                    new Shortcut(TEXTS.say("place.segment"), "Ctrl+E", TEXTS.say("keys.edit")),
                    new Shortcut(TEXTS.say("place.segment"), "Ctrl+P", TEXTS.say("keys.pause")),
                    new Shortcut(TEXTS.say("place.segment"), "Ctrl+G", TEXTS.say("keys.go-to")),
                    new Shortcut(
                            TEXTS.say("place.segment"),
                            "Alt+Left  Alt+Right",
                            TEXTS.say("keys.back")),
                    new Shortcut(TEXTS.say("place.segment"), "Ctrl+D", TEXTS.say("keys.bookmark")),
                    new Shortcut(
                            TEXTS.say("place.segment"),
                            "Ctrl+Shift+D",
                            TEXTS.say("keys.bookmarks")),
                    new Shortcut(
                            TEXTS.say("place.segment"), "Ctrl+I", TEXTS.say("keys.inspector-go")),
                    new Shortcut(TEXTS.say("place.segment"), "Ctrl+B", TEXTS.say("keys.baseline")),
                    new Shortcut(TEXTS.say("place.segment"), "Ctrl+F", TEXTS.say("keys.find")),
                    new Shortcut(TEXTS.say("place.segment"), "F3", TEXTS.say("keys.next-hit")),
                    new Shortcut(
                            TEXTS.say("place.segment"), "Ctrl+R", TEXTS.say("keys.narrow-down")),
                    new Shortcut(TEXTS.say("place.segment"), "Ctrl+T", TEXTS.say("keys.records")),
                    new Shortcut(TEXTS.say("place.segment"), "Ctrl+U", TEXTS.say("keys.structure")),
                    new Shortcut(
                            TEXTS.say("place.segment"),
                            "Alt+Down  Alt+Up",
                            TEXTS.say("keys.next-change")),
                    new Shortcut(TEXTS.say("place.segment"), "Ctrl+M", TEXTS.say("keys.map")),
                    new Shortcut(TEXTS.say("place.segment"), "Ctrl+H", TEXTS.say("keys.findings")),
                    new Shortcut(
                            TEXTS.say("place.segment"),
                            "Ctrl+Z  Ctrl+Shift+Z",
                            TEXTS.say("keys.undo")),
                    new Shortcut(TEXTS.say("place.segment"), "Ctrl+J", TEXTS.say("keys.journal")),
                    new Shortcut(TEXTS.say("place.segment"), "Ctrl+K", TEXTS.say("keys.fill")),
                    new Shortcut(
                            TEXTS.say("place.segment"), "Alt+Enter", TEXTS.say("keys.properties")),
                    new Shortcut(TEXTS.say("place.segment"), "F2", TEXTS.say("keys.legend")),
                    new Shortcut(TEXTS.say("place.hex"), "Tab", TEXTS.say("keys.columns")),
                    new Shortcut(
                            TEXTS.say("place.hex"), "Ctrl+Home  Ctrl+End", TEXTS.say("keys.ends")),
                    new Shortcut(
                            TEXTS.say("place.hex"), "Ctrl+Up  Ctrl+Down", TEXTS.say("keys.scroll")),
                    new Shortcut(TEXTS.say("place.hex"), "Ctrl+C", TEXTS.say("keys.copy")),
                    new Shortcut(TEXTS.say("place.hex"), "Ctrl+Shift+C", TEXTS.say("keys.copy-as")),
                    new Shortcut(TEXTS.say("place.hex"), "Ctrl+V", TEXTS.say("keys.paste")),
                    new Shortcut(TEXTS.say("place.hex"), "Enter  Esc", TEXTS.say("keys.write")),
                    new Shortcut(
                            TEXTS.say("place.cursor"),
                            TEXTS.say("key.arrows-enter"),
                            TEXTS.say("keys.inspector")),
                    new Shortcut(
                            TEXTS.say("place.cursor"), "Ctrl+C", TEXTS.say("keys.inspector-copy")),
                    new Shortcut(
                            TEXTS.say("place.records"),
                            TEXTS.say("key.arrows-enter"),
                            TEXTS.say("keys.records-edit")),
                    new Shortcut(
                            TEXTS.say("place.records"),
                            "Ctrl+C  Ctrl+Shift+C",
                            TEXTS.say("keys.records-copy")),
                    new Shortcut(
                            TEXTS.say("place.fields"), "F2  Enter", TEXTS.say("keys.fields-edit")),
                    new Shortcut(
                            TEXTS.say("place.minimap"),
                            TEXTS.say("key.page-keys"),
                            TEXTS.say("keys.minimap")),
                    new Shortcut(
                            TEXTS.say("place.map"),
                            TEXTS.say("key.arrow-keys"),
                            TEXTS.say("keys.map-cards")),
                    new Shortcut(TEXTS.say("place.map"), "Esc", TEXTS.say("keys.map-back")));

    private TabShortcuts() {}
}
