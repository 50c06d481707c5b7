package io.github.shmlens.ui.text;

import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The words of one room of the window: `Texts.properties` beside the room's classes. A class keeps
/// its room's words in a constant, `private static final Texts TEXTS = Texts.of(AtCursor.class)`,
/// and asks by key: `TEXTS.say("goto.beyond-end", offset, size)`.
///
/// A text with arguments is a [java.util.Formatter] pattern (`%s`, `%,d`, `%%`), formatted without
/// a locale, so that figures look alike everywhere; one without arguments is taken as it stands. A
/// key that is missing shows as itself: `TextsTest` finds it first. Safe for use by many threads;
/// the bundle is read at the first word asked for.
public final class Texts {

    private final Supplier<ResourceBundle> bundle;

    private Texts(Supplier<ResourceBundle> bundle) {
        this.bundle = bundle;
    }

    /// The words of the room that a class lies in.
    public static Texts of(Class<?> inRoom) {
        String name = inRoom.getPackageName() + ".Texts";
        ClassLoader loader = inRoom.getClassLoader();
        return new Texts(new Once(name, loader));
    }

    /// The text of a key, with its arguments in place.
    public String say(String key, @Nullable Object... arguments) {
        String pattern;
        try {
            pattern = bundle.get().getString(key);
        } catch (MissingResourceException _) {
            return key;
        }
        return arguments.length == 0 ? pattern : String.format(Locale.ROOT, pattern, arguments);
    }

    /// The text of a number of things: `key.one` for exactly one, `key.many` for every other
    /// number. The number is the first argument of both, before the others.
    public String count(String key, long number, @Nullable Object... more) {
        Object[] arguments = new Object[more.length + 1];
        arguments[0] = number;
        System.arraycopy(more, 0, arguments, 1, more.length);
        return say(key + (number == 1 ? ".one" : ".many"), arguments);
    }

    private static final class Once implements Supplier<ResourceBundle> {

        private final String name;
        private final ClassLoader loader;
        private volatile @Nullable ResourceBundle read;

        Once(String name, ClassLoader loader) {
            this.name = name;
            this.loader = loader;
        }

        @Override
        public ResourceBundle get() {
            ResourceBundle known = read;
            if (known == null) {
                known = ResourceBundle.getBundle(name, Locale.getDefault(), loader);
                read = known;
            }
            return known;
        }
    }
}
