package io.github.shmlens.ui.shell;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.Target;
import io.github.shmlens.ui.theme.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What was attached when the window was last closed. It is offered, never attached unasked: an
/// attach leaves traces in the kernel, and the key may be somebody else's by now. FX thread.
final class LastTime {

    private static final String SETTING = "open-tabs";
    private static final int MOST_TABS = 50;

    /// One tab: what it was opened for.
    record Kept(Target target, Access access) {}

    private LastTime() {}

    static void keep(List<OpenTab> tabs, Settings settings) {
        settings.keep(
                SETTING,
                tabs.stream()
                        .limit(MOST_TABS)
                        .map(open -> word(open.wanted()) + ' ' + lasting(open).text())
                        .collect(Collectors.joining("\n")));
    }

    /// Lines that make no sense, such as those of another version, are left out.
    static List<Kept> of(Settings settings) {
        List<Kept> kept = new ArrayList<>();
        for (String line : settings.text(SETTING, "").lines().limit(MOST_TABS).toList()) {
            int space = line.indexOf(' ');
            if (space < 0) {
                continue;
            }
            Access access =
                    line.substring(0, space).equals(word(Access.READ_WRITE))
                            ? Access.READ_WRITE
                            : Access.READ_ONLY;
            try {
                kept.add(new Kept(Target.parse(line.substring(space + 1)), access));
            } catch (BadInput edited) {
                // Somebody edited the file, or an older program reads a newer one's.
                continue;
            }
        }
        return kept;
    }

    /// A segment's key outlives its id, which is another one after each start of the program that
    /// makes it.
    private static Target lasting(OpenTab open) {
        SegmentKey key = open.before().key();
        return open.named() instanceof Target.Id && key != null && !key.equals(SegmentKey.PRIVATE)
                ? new Target.Key(key)
                : open.named();
    }

    private static String word(Access access) {
        return switch (access) {
            case READ_ONLY -> "ro";
            case READ_WRITE -> "rw";
        };
    }
}
