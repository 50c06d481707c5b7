package io.github.shmlens.ui.bookmarks;

import io.github.shmlens.ui.hex.Tint;
import io.github.shmlens.ui.text.Texts;
import java.util.Locale;
import java.util.Optional;

/// The colour of a bookmark.
enum Shade {
    AMBER(Tint.Kind.BOOKMARK_AMBER),
    ROSE(Tint.Kind.BOOKMARK_ROSE),
    LIME(Tint.Kind.BOOKMARK_LIME),
    VIOLET(Tint.Kind.BOOKMARK_VIOLET);

    private static final Texts TEXTS = Texts.of(Shade.class);

    private final Tint.Kind tint;

    Shade(Tint.Kind tint) {
        this.tint = tint;
    }

    Tint.Kind tint() {
        return tint;
    }

    /// As people call it.
    String words() {
        return switch (this) {
            case AMBER -> TEXTS.say("shade.amber");
            case ROSE -> TEXTS.say("shade.rose");
            case LIME -> TEXTS.say("shade.lime");
            case VIOLET -> TEXTS.say("shade.violet");
        };
    }

    /// As the file calls it.
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Shade> of(String key) {
        for (Shade one : values()) {
            if (one.key().equals(key)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }
}
