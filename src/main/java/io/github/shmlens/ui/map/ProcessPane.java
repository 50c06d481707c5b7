package io.github.shmlens.ui.map;

import atlantafx.base.theme.Styles;
import io.github.shmlens.segment.ProcessFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SharedMapping;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Figures;
import io.github.shmlens.ui.theme.Looks;
import io.github.shmlens.ui.theme.Scrolling;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// What is known of the chosen process, as text that can be copied. FX thread.
final class ProcessPane extends VBox {

    private static final Texts TEXTS = Texts.of(ProcessPane.class);

    private static final int MOST_LISTED = 200;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
                    .withZone(ZoneId.systemDefault());

    private final Label title = new Label();
    private final TextArea text = Scrolling.direct(new TextArea());

    ProcessPane() {
        getStyleClass().add("shm-process");
        title.setId("map-process-title");
        title.getStyleClass().add(Styles.TEXT_BOLD);
        title.setWrapText(true);
        text.setId("map-process");
        text.setEditable(false);
        text.setWrapText(true);
        text.getStyleClass().addAll(Looks.MONO, "shm-process-text");
        text.setAccessibleText(TEXTS.say("process.spoken"));
        VBox.setVgrow(text, Priority.ALWAYS);
        getChildren().setAll(title, text);
        showNone();
    }

    void showNone() {
        say(TEXTS.say("process.none"), "");
    }

    void showEnded(Holder holder) {
        say(TEXTS.say("process.ended", holder.command(), holder.pid()), "");
    }

    /// It runs on and has let go of the segment, or has ended.
    void showLeft(Holder holder) {
        say(TEXTS.say("process.left", holder.command(), holder.pid()), "");
    }

    void showFailed(Holder holder, String why) {
        say(TEXTS.say("process.title", holder.command(), holder.pid()), why);
    }

    /// Several, which share a card.
    void showMany(List<Holder> holders) {
        List<String> lines = new ArrayList<>();
        for (Holder one : holders.subList(0, Math.min(MOST_LISTED, holders.size()))) {
            lines.add(
                    "%s  %d  %s  %s  %s"
                            .formatted(
                                    one.command(),
                                    one.pid(),
                                    one.user(),
                                    one.rights(),
                                    one.addresses()));
        }
        if (holders.size() > MOST_LISTED) {
            lines.add(TEXTS.say("process.many.more", holders.size() - MOST_LISTED));
        }
        say(TEXTS.say("process.many", holders.size()), String.join("\n", lines));
    }

    void showOutOfSight(long attaches) {
        say(
                attaches == 1
                        ? TEXTS.say("process.unseen.one")
                        : TEXTS.say("process.unseen.many", attaches),
                TEXTS.say("process.unseen.why"));
    }

    void show(Holder holder, ProcessFacts facts, Instant now) {
        List<String> lines = new ArrayList<>();
        lines.add(commandLine(facts));
        lines.add("");
        lines.add(TEXTS.say("process.user", facts.user(), facts.parentPid()));
        Instant started = facts.started();
        if (started != null) {
            lines.add(
                    TEXTS.say(
                            "process.started",
                            TIME.format(started),
                            Figures.span(Duration.between(started, now))));
        }
        if (!facts.container().isEmpty()) {
            lines.add(TEXTS.say("process.container", facts.container()));
        }
        lines.add("");
        if (facts.mappingsHidden()) {
            lines.add(TEXTS.say("process.hidden"));
        } else {
            addMappings(holder, facts, lines);
        }
        say(
                holder.self()
                        ? TEXTS.say("process.title.self", facts.command(), facts.pid())
                        : TEXTS.say("process.title", facts.command(), facts.pid()),
                String.join("\n", lines));
    }

    private static String commandLine(ProcessFacts facts) {
        if (facts.commandLine().isEmpty()) {
            return TEXTS.say("process.no-command-line");
        }
        String words =
                String.join(" ", facts.commandLine().stream().map(ProcessPane::quoted).toList());
        return facts.commandLineCut() ? words + " " + TEXTS.say("process.cut") : words;
    }

    /// A word with a blank in it is told from two words.
    private static String quoted(String word) {
        boolean plain = !word.isEmpty() && word.chars().noneMatch(Character::isWhitespace);
        return plain ? word : "'" + word + "'";
    }

    private static void addMappings(Holder holder, ProcessFacts facts, List<String> lines) {
        List<String> ofThis = new ArrayList<>();
        Map<String, Others> others = new LinkedHashMap<>();
        for (SharedMapping one : facts.mappings()) {
            boolean here =
                    holder.mappings().stream()
                            .anyMatch(mapping ->
                                    one.address() >= mapping.address()
                                            && one.address()
                                                    < mapping.address() + mapping.lengthBytes());
            if (here) {
                ofThis.add(one.line());
            } else if (one.id() != null || one.writable()) {
                others.merge(one.name(), new Others(one), Others::with);
            }
        }
        lines.add(TEXTS.say("process.maps"));
        lines.addAll(ofThis.isEmpty() ? List.of(TEXTS.say("process.maps.none")) : ofThis);
        lines.add("");
        lines.add(TEXTS.say("process.others", others.size()));
        others.values().stream().limit(MOST_LISTED).map(Others::line).forEach(lines::add);
        if (others.size() > MOST_LISTED) {
            lines.add(TEXTS.say("process.many.more", others.size() - MOST_LISTED));
        }
    }

    /// Another segment, object or file that the process has mapped.
    private record Others(
            @Nullable SegmentId id, String name, long lengthBytes, boolean writable, int times) {

        private Others(SharedMapping one) {
            this(one.id(), one.name(), one.lengthBytes(), one.writable(), 1);
        }

        private Others with(Others more) {
            return new Others(
                    id,
                    name,
                    Math.max(lengthBytes, more.lengthBytes),
                    writable || more.writable,
                    times + 1);
        }

        private String line() {
            String shown = id instanceof SegmentId.Sysv ? id.text() + "  " + name : name;
            return "%s  %s  %s%s"
                    .formatted(
                            shown.replace("/SYSV", "0x").replace(" (deleted)", ""),
                            writable ? "rw" : "ro",
                            Figures.size(lengthBytes),
                            times == 1 ? "" : "  ×" + times);
        }
    }

    private void say(String head, String body) {
        title.setText(head);
        if (!body.equals(text.getText())) {
            double at = text.getScrollTop();
            text.setText(body);
            text.setScrollTop(at);
        }
    }
}
