package io.github.shmlens.ui.segments;

import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.ui.text.Texts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// What the list shows: System V segments, then POSIX objects, filtered and ordered. FX thread. An
/// object that is attached here stays when its name is gone.
///
/// A refresh changes as little as it can: rows that stay keep their object, and the lines are
/// touched only where something came, went or changed places.
public final class SegmentListModel {

    private static final Texts TEXTS = Texts.of(SegmentListModel.class);

    private final ObservableList<ListEntry> entries = FXCollections.observableArrayList();
    private final ListEntry.Section sysvHead = new ListEntry.Section(TEXTS.say("section.sysv"));
    private final ListEntry.Section posixHead = new ListEntry.Section(TEXTS.say("section.posix"));
    private final Map<SegmentId, ListEntry.Row> rows = new HashMap<>();
    private List<SegmentFacts> segments = List.of();
    private List<SegmentFacts> objects = List.of();

    /// The same, and what is attached here and has lost its name.
    private List<SegmentFacts> objectsAndNameless = List.of();

    private Map<SegmentId, ListEntry.Open> open = Map.of();
    private SegmentFilter filter = SegmentFilter.ALL;
    private SegmentOrder order = SegmentOrder.KEY;

    /// The lines, heads included.
    public ObservableList<ListEntry> entries() {
        return entries;
    }

    /// What the host has now.
    public void listed(List<SegmentFacts> sysv, List<SegmentFacts> posix) {
        segments = sorted(sysv);
        objects = sorted(posix);
        arrange();
    }

    /// What is attached in this window now.
    public void attached(Map<SegmentId, ListEntry.Open> here) {
        Map<SegmentId, ListEntry.Open> before = open;
        open = Map.copyOf(here);
        if (!filter.words().isEmpty() || !nameless(before).equals(nameless(open))) {
            arrange();
            return;
        }
        // Nothing comes, goes or changes places then.
        Set<SegmentId> touched = new HashSet<>(before.keySet());
        touched.addAll(open.keySet());
        touched.forEach(
                id -> row(id).ifPresent(row -> row.update(row.facts(), openAs(row.facts()))));
    }

    /// How it is attached here; null when it is not, as where another one has the name by now.
    private ListEntry.@Nullable Open openAs(SegmentFacts facts) {
        ListEntry.Open here = open.get(facts.id());
        return here == null || here.nameless() == null || here.nameless().equals(facts)
                ? here
                : null;
    }

    private static List<SegmentFacts> nameless(Map<SegmentId, ListEntry.Open> open) {
        return open.values().stream()
                .flatMap(one -> Stream.ofNullable(one.nameless()))
                .filter(facts -> facts.id() instanceof SegmentId.Posix)
                .toList();
    }

    private List<SegmentFacts> withNameless() {
        List<SegmentFacts> nameless = nameless(open);
        if (nameless.isEmpty()) {
            return objects;
        }
        Set<SegmentId> named = new HashSet<>();
        objects.forEach(facts -> named.add(facts.id()));
        return sorted(
                Stream.concat(
                                objects.stream(),
                                nameless.stream().filter(facts -> !named.contains(facts.id())))
                        .toList());
    }

    public void filter(SegmentFilter next) {
        filter = next;
        arrange();
    }

    public void order(SegmentOrder next) {
        order = next;
        segments = sorted(segments);
        objects = sorted(objects);
        arrange();
    }

    /// Once for each listing: a filter leaves the order as it is.
    private List<SegmentFacts> sorted(List<SegmentFacts> all) {
        return all.stream().sorted(order).toList();
    }

    public SegmentOrder order() {
        return order;
    }

    /// Whether there is nothing at all on this host, filter or not.
    public boolean nothingThere() {
        return segments.isEmpty() && objectsAndNameless.isEmpty();
    }

    /// Whether there is something, but the filter hides all of it.
    public boolean nothingPasses() {
        return !nothingThere() && entries.stream().noneMatch(ListEntry.Row.class::isInstance);
    }

    public int segmentCount() {
        return segments.size();
    }

    public int objectCount() {
        return objectsAndNameless.size();
    }

    public Optional<ListEntry.Row> row(SegmentId id) {
        return Optional.ofNullable(rows.get(id));
    }

    private void arrange() {
        Set<SegmentId> alive = new HashSet<>();
        List<ListEntry> next = new ArrayList<>();
        section(sysvHead, segments, next, alive);
        objectsAndNameless = withNameless();
        section(posixHead, objectsAndNameless, next, alive);
        rows.keySet().retainAll(alive);
        replaceChanged(next);
    }

    private void section(
            ListEntry.Section head,
            List<SegmentFacts> all,
            List<ListEntry> into,
            Set<SegmentId> alive) {
        List<ListEntry.Row> shown = new ArrayList<>();
        for (SegmentFacts facts : all) {
            alive.add(facts.id());
            ListEntry.Row row = rows.computeIfAbsent(facts.id(), _ -> new ListEntry.Row(facts));
            row.update(facts, openAs(facts));
            if (row.passes(filter)) {
                shown.add(row);
            }
        }
        head.count(shown.size(), all.size());
        if (shown.isEmpty()) {
            return;
        }
        into.add(head);
        into.addAll(shown);
    }

    /// Equal beginnings and ends stay untouched; only what lies between is replaced.
    private void replaceChanged(List<ListEntry> next) {
        int head = 0;
        int shorter = Math.min(entries.size(), next.size());
        while (head < shorter && entries.get(head) == next.get(head)) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head
                && entries.get(entries.size() - 1 - tail) == next.get(next.size() - 1 - tail)) {
            tail++;
        }
        int oldEnd = entries.size() - tail;
        List<ListEntry> fresh = next.subList(head, next.size() - tail);
        if (oldEnd > head) {
            entries.remove(head, oldEnd);
        }
        if (!fresh.isEmpty()) {
            entries.addAll(head, fresh);
        }
    }
}
