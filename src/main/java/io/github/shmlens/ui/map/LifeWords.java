package io.github.shmlens.ui.map;

import io.github.shmlens.live.LifeEvent;
import io.github.shmlens.live.LifeLine;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Figures;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What was seen to happen to a segment, in words. Pure.
final class LifeWords {

    private static final Texts TEXTS = Texts.of(LifeWords.class);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
                    .withZone(ZoneId.systemDefault());

    private static final int MOST_PIDS = 8;

    private LifeWords() {}

    /// When it was seen; of something that happened again and again, from when to when. Days other
    /// than today's are told.
    static String when(LifeLine.Moment moment, Instant now) {
        return moment.times() == 1
                ? time(moment.first(), now)
                : TEXTS.say("life.from-to", time(moment.first(), now), time(moment.last(), now));
    }

    private static String time(Instant at, Instant now) {
        ZoneId zone = ZoneId.systemDefault();
        boolean today = at.atZone(zone).toLocalDate().equals(now.atZone(zone).toLocalDate());
        return (today ? TIME : DAY_AND_TIME).format(at);
    }

    /// @param of whose life it is
    static String what(LifeEntry entry, SegmentId of) {
        if (entry.moments().size() == 1) {
            return what(entry.first(), of);
        }
        List<Integer> pids = new ArrayList<>();
        String command = "";
        boolean came = false;
        for (LifeLine.Moment one : entry.moments()) {
            if (one.event() instanceof LifeEvent.Attached(int pid, String name, _, _)) {
                pids.add(pid);
                command = name;
                came = true;
            } else if (one.event() instanceof LifeEvent.Detached(int pid, String name, _, _)) {
                pids.add(pid);
                command = name;
            }
        }
        String named =
                pids.stream()
                        .sorted()
                        .limit(MOST_PIDS)
                        .map(pid -> Integer.toString(pid))
                        .collect(Collectors.joining(", "));
        String all =
                pids.size() <= MOST_PIDS
                        ? named
                        : TEXTS.say("life.more-pids", named, pids.size() - MOST_PIDS);
        return came
                ? TEXTS.say("life.attached.many", command, pids.size(), all)
                : TEXTS.say("life.detached.many", command, pids.size(), all);
    }

    private static String what(LifeLine.Moment moment, SegmentId of) {
        String once = what(moment.event(), of);
        return moment.times() == 1 ? once : TEXTS.say("life.times", once, moment.times());
    }

    private static String what(LifeEvent event, SegmentId of) {
        return switch (event) {
            case LifeEvent.FirstSeen(long nattch, long size) ->
                    TEXTS.say("life.first-seen", Figures.size(size), attaches(nattch));
            case LifeEvent.Appeared(long nattch, long size) ->
                    TEXTS.say("life.appeared", Figures.size(size), attaches(nattch));
            case LifeEvent.Attached(int pid, String command, boolean self, int mappings) ->
                    self
                            ? TEXTS.say("life.attached.self", times(mappings))
                            : TEXTS.say("life.attached.one", command, pid, times(mappings));
            case LifeEvent.Detached(int pid, String command, boolean self, int mappings) ->
                    self
                            ? TEXTS.say("life.detached.self", times(mappings))
                            : TEXTS.say("life.detached.one", command, pid, times(mappings));
            case LifeEvent.CountChanged(long before, long now, int lastPid) ->
                    counted(before, now, lastPid);
            case LifeEvent.OutOfSightChanged(long before, long now, int lastPid) ->
                    TEXTS.say("life.unseen", before, now, last(lastPid));
            case LifeEvent.Touched(int lastPid) -> TEXTS.say("life.touched", last(lastPid));
            case LifeEvent.Marked() -> TEXTS.say("life.marked");
            case LifeEvent.Gone() ->
                    of instanceof SegmentId.Sysv
                            ? TEXTS.say("life.gone")
                            : TEXTS.say("life.gone.name");
            case LifeEvent.Recreated(SegmentId heir) ->
                    heir.equals(of)
                            ? TEXTS.say("life.recreated.name")
                            : TEXTS.say("life.recreated", heir.text());
            case LifeEvent.Resized(long before, long now) ->
                    TEXTS.say("life.resized", Figures.exactSize(before), Figures.exactSize(now));
            case LifeEvent.ModeChanged mode ->
                    TEXTS.say("life.mode", mode.before().octal(), mode.now().octal());
            case LifeEvent.OwnerChanged owner ->
                    TEXTS.say(
                            "life.owner",
                            owner.before().name(),
                            owner.groupBefore().name(),
                            owner.now().name(),
                            owner.groupNow().name());
            case LifeEvent.LockedInMemory(boolean locked) ->
                    locked ? TEXTS.say("life.locked") : TEXTS.say("life.unlocked");
            case LifeEvent.NotWatched(Duration length) ->
                    TEXTS.say("life.not-watched", Figures.span(length));
        };
    }

    /// One more or one less, and the kernel's last pid is ours: that was us.
    private static String counted(long before, long now, int lastPid) {
        if (isOurs(lastPid) && now - before == 1) {
            return TEXTS.say("life.attached.self", "");
        }
        if (isOurs(lastPid) && now - before == -1) {
            return TEXTS.say("life.detached.self", "");
        }
        return TEXTS.say("life.count", before, now, last(lastPid));
    }

    private static boolean isOurs(int pid) {
        return pid == ProcessHandle.current().pid();
    }

    private static String attaches(long nattch) {
        return nattch < 0 ? "" : TEXTS.say("life.nattch", nattch);
    }

    private static String times(int mappings) {
        return mappings == 1 ? "" : TEXTS.say("life.mappings", mappings);
    }

    private static String last(int pid) {
        if (pid == 0) {
            return TEXTS.say("life.last-pid.hidden");
        }
        return isOurs(pid) ? TEXTS.say("life.last-pid.self", pid) : TEXTS.say("life.last-pid", pid);
    }
}
