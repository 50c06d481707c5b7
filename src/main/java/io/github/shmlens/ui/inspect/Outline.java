package io.github.shmlens.ui.inspect;

import io.github.shmlens.php.PhpText;
import io.github.shmlens.php.PhpValue;
import io.github.shmlens.ui.text.Texts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One value as the lines that are open. Without recursion: 4096 levels are nothing special.
final class Outline {

    private static final Texts TEXTS = Texts.of(Outline.class);

    /// More lines than anybody reads; the rest stays to be opened elsewhere.
    static final int MOST_LINES = 20_000;

    private static final int VALUE_CHARS = 240;
    private static final int BYTES_SHOWN = 24;
    private static final int PATH_CHARS = 120;

    private final PhpValue value;
    private final Place top;
    private @Nullable References references;

    /// @param top remembers what is open, from value to value
    Outline(PhpValue value, Place top) {
        this.value = value;
        this.top = top;
    }

    private static final class Level {
        final PhpValue container;
        final Place place;
        final List<PhpValue.Entry> entries;
        final boolean property;
        int next;

        Level(PhpValue container, Place place) {
            this.container = container;
            this.place = place;
            this.entries = container.members();
            this.property = container instanceof PhpValue.Obj;
        }
    }

    /// The lines, from the top.
    List<Place> lines(int turn) {
        List<Place> lines = new ArrayList<>();
        Deque<Level> open = new ArrayDeque<>();
        enter(top, value, 0, false, open, lines);
        while (!open.isEmpty() && lines.size() < MOST_LINES) {
            Level level = open.getLast();
            if (level.next == level.entries.size()) {
                level.place.forgetGone(turn);
                open.removeLast();
            } else if (level.next >= level.place.most) {
                Place more = level.place.more();
                more.hidden = level.entries.size() - level.next;
                more.depth = level.place.depth + 1;
                lines.add(more);
                level.place.forgetGone(turn);
                open.removeLast();
            } else {
                PhpValue.Entry entry = level.entries.get(level.next++);
                Place child = level.place.child(entry.key(), turn);
                enter(child, entry.value(), level.place.depth + 1, level.property, open, lines);
            }
        }
        return lines;
    }

    private void enter(
            Place place,
            PhpValue at,
            int depth,
            boolean property,
            Deque<Level> open,
            List<Place> lines) {
        place.value = at;
        place.depth = depth;
        place.property = property;
        PhpValue target = target(at);
        place.target = target;
        place.cycle = target != at && target != null && encloses(target, open);
        lines.add(place);
        if (place.open && place.expandable() && target != null) {
            open.addLast(new Level(target, place));
        }
    }

    /// Opens everything below a place, up to so many lines in all.
    void openAll(Place from, int mostLines) {
        int turn = Integer.MIN_VALUE;
        int opened = 0;
        Deque<Level> left = new ArrayDeque<>();
        from.open = true;
        PhpValue target = from.target;
        if (target == null || !from.expandable()) {
            return;
        }
        left.addLast(new Level(target, from));
        while (!left.isEmpty() && opened < mostLines) {
            Level level = left.getLast();
            if (level.next >= Math.min(level.entries.size(), level.place.most)) {
                left.removeLast();
                continue;
            }
            PhpValue.Entry entry = level.entries.get(level.next++);
            opened++;
            PhpValue at = entry.value();
            // References stay closed: what they mean is open where it stands.
            boolean container = at instanceof PhpValue.Array || at instanceof PhpValue.Obj;
            if (container && !at.members().isEmpty()) {
                Place child = level.place.child(entry.key(), turn);
                child.open = true;
                left.addLast(new Level(at, child));
            }
        }
    }

    private static boolean encloses(PhpValue target, Deque<Level> open) {
        for (Level level : open) {
            if (level.container == target) {
                return true;
            }
        }
        return false;
    }

    private References references() {
        References known = references;
        if (known == null) {
            known = new References(value);
            references = known;
        }
        return known;
    }

    private @Nullable PhpValue target(PhpValue at) {
        return switch (at) {
            case PhpValue.ObjectRef(long number) -> references().target(number);
            case PhpValue.VariableRef(long number) -> references().target(number);
            case PhpValue.Null _,
                    PhpValue.Bool _,
                    PhpValue.Int _,
                    PhpValue.Float _,
                    PhpValue.Str _,
                    PhpValue.Array _,
                    PhpValue.Obj _,
                    PhpValue.Custom _,
                    PhpValue.Enum _ ->
                    at;
        };
    }

    // ---- what a line says

    /// Visibility, for properties; empty otherwise.
    static String visibility(Place place) {
        PhpValue.Key key = place.key;
        return place.property && key != null ? Names.property(key).visibility() : "";
    }

    String name(Place place) {
        if (place.isMore()) {
            return "";
        }
        PhpValue.Key key = place.key;
        if (key == null) {
            return TEXTS.say("tree.top");
        }
        return place.property ? Names.property(key).name() : Names.arrayKey(key);
    }

    String type(Place place) {
        return place.isMore()
                ? ""
                : switch (place.value) {
                    case PhpValue.Str string ->
                            string.utf8() == null
                                    ? TEXTS.say("tree.bytes", string.bytes().length)
                                    : TEXTS.say("tree.string", string.bytes().length);
                    case PhpValue.Array array -> TEXTS.say("tree.array", array.entries().size());
                    case PhpValue.Obj object ->
                            TEXTS.say("tree.object", object.properties().size());
                    case PhpValue.Null _,
                            PhpValue.Bool _,
                            PhpValue.Int _,
                            PhpValue.Float _,
                            PhpValue.Custom _,
                            PhpValue.Enum _,
                            PhpValue.ObjectRef _,
                            PhpValue.VariableRef _ ->
                            place.value.typeName();
                };
    }

    String text(Place place) {
        if (place.isMore()) {
            return TEXTS.say("tree.more", place.hidden, Math.min(place.hidden, Place.STEP));
        }
        return switch (place.value) {
            case PhpValue.ObjectRef(long number) -> reference(true, number, place);
            case PhpValue.VariableRef(long number) -> reference(false, number, place);
            case PhpValue.Str string -> string(string);
            case PhpValue.Custom custom ->
                    TEXTS.say(
                            "tree.custom",
                            custom.className(),
                            string(PhpValue.Str.of(custom.content())));
            case PhpValue.Null _,
                    PhpValue.Bool _,
                    PhpValue.Int _,
                    PhpValue.Float _,
                    PhpValue.Array _,
                    PhpValue.Obj _,
                    PhpValue.Enum _ ->
                    PhpText.oneLine(place.value, VALUE_CHARS);
        };
    }

    private String reference(boolean toObject, long number, Place place) {
        PhpValue target = place.target;
        if (target == null) {
            return toObject
                    ? TEXTS.say("same.nowhere", number)
                    : TEXTS.say("reference.nowhere", number);
        }
        String path = references().path(number, PATH_CHARS);
        if (place.cycle) {
            return toObject ? TEXTS.say("same.cycle", path) : TEXTS.say("reference.cycle", path);
        }
        String value = PhpText.oneLine(target, VALUE_CHARS);
        return toObject
                ? TEXTS.say("same.value", path, value)
                : TEXTS.say("reference.value", path, value);
    }

    /// Bytes that are no text are shown twice: as hex, and as what of them is text.
    private static String string(PhpValue.Str string) {
        String line = PhpText.oneLine(string, VALUE_CHARS);
        return string.utf8() == null ? hex(string.bytes(), BYTES_SHOWN) + "  " + line : line;
    }

    static String hex(byte[] bytes, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(bytes.length, most); i++) {
            if (i > 0) {
                text.append(' ');
            }
            text.append(Character.forDigit(bytes[i] >> 4 & 0xf, 16));
            text.append(Character.forDigit(bytes[i] & 0xf, 16));
        }
        return text.append(bytes.length > most ? " …" : "").toString();
    }

    /// How a script would reach a place.
    static String path(Place place) {
        Deque<String> steps = new ArrayDeque<>();
        for (Place at = place; at != null; at = at.parent) {
            PhpValue.Key key = at.key;
            if (key != null) {
                steps.addFirst(Names.step(key, at.property));
            }
        }
        return "$value" + String.join("", steps);
    }
}
