package io.github.shmlens.ui.theme;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The user's folders, as the XDG base directory specification names them.
public final class Places {

    private Places() {}

    /// `$XDG_CONFIG_HOME/shmlens`, or `~/.config/shmlens`.
    public static Path config() {
        return folder(System.getenv("XDG_CONFIG_HOME"), ".config");
    }

    /// `$XDG_STATE_HOME/shmlens`, or `~/.local/state/shmlens`.
    public static Path state() {
        return folder(System.getenv("XDG_STATE_HOME"), ".local/state");
    }

    /// The specification says: a relative path is invalid and to be ignored.
    static Path folder(@Nullable String chosen, String underHome) {
        Path base =
                chosen != null && chosen.startsWith("/")
                        ? Path.of(chosen)
                        : Path.of(System.getProperty("user.home", "/"), underHome);
        return base.resolve("shmlens");
    }
}
