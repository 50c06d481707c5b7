package io.github.shmlens.ui.shell;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.Target;
import io.github.shmlens.ui.segments.ListEntry;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Looks;
import javafx.scene.control.Tab;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// One tab: its content and what it was opened for. FX thread.
final class OpenTab {

    private static final Texts TEXTS = Texts.of(OpenTab.class);

    private final SegmentFacts before;
    private final Target named;
    private final Access wanted;
    private final TabContent content;
    private final Tab tab = new Tab();
    private final Region dot = new Region();
    private final Tooltip tip = new Tooltip();
    private TabContent.@Nullable Hidden hidden;
    private boolean active;

    OpenTab(SegmentFacts before, Target named, Access wanted, TabContent content) {
        this.before = before;
        this.named = named;
        this.wanted = wanted;
        this.content = content;
        tab.setContent(content.node());
        tab.setGraphic(dot);
        tab.setTooltip(tip);
        tab.setUserData(this);
        content.label().subscribe(this::say);
    }

    SegmentId id() {
        return before.id();
    }

    /// Kernel facts as of just before our attach.
    SegmentFacts before() {
        return before;
    }

    Target named() {
        return named;
    }

    Access wanted() {
        return wanted;
    }

    TabContent content() {
        return content;
    }

    Tab tab() {
        return tab;
    }

    /// How the segment list marks it.
    ListEntry.Open mark() {
        TabLabel label = content.label().get();
        return new ListEntry.Open(word(label.access()), label.format(), isNamed() ? null : before);
    }

    /// Whether its name, where it is an object or file, is known to lead to it.
    boolean isNamed() {
        return content.label().get().state() != TabLabel.State.NAMELESS;
    }

    /// Tells the content whether it can be seen; only when that changes.
    ///
    /// @param now null when it can be seen
    void seen(TabContent.@Nullable Hidden now) {
        if (now == null) {
            if (!active) {
                active = true;
                hidden = null;
                content.activated();
            }
        } else if (active || hidden != now) {
            active = false;
            hidden = now;
            content.deactivated(now);
        }
    }

    private void say(TabLabel label) {
        String state = label.state().word();
        tab.setText("%s  %s  %s".formatted(label.name(), state, word(label.access())));
        dot.getStyleClass().setAll(Looks.DOT, label.state().styleClass());
        tip.setText(
                TEXTS.say(
                        "tab.tip",
                        named.text() + decimal(),
                        state,
                        label.access() == Access.READ_ONLY
                                ? TEXTS.say("tab.read-only")
                                : TEXTS.say("tab.read-write"),
                        label.format().isEmpty() ? "" : ", " + label.format()));
    }

    /// Scripts write their keys so.
    private String decimal() {
        SegmentKey key = before.key();
        return key == null || key.equals(SegmentKey.PRIVATE)
                ? ""
                : TEXTS.say("tab.key", key.hex() + " = " + key.value());
    }

    private static String word(Access access) {
        return switch (access) {
            case READ_ONLY -> "ro";
            case READ_WRITE -> "rw";
        };
    }
}
