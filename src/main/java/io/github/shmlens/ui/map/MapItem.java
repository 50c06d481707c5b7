package io.github.shmlens.ui.map;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One card around the segment.
sealed interface MapItem {

    /// Stays the same while the same thing is shown.
    String key();

    /// The processes it stands for.
    List<Holder> holders();

    record One(Holder holder) implements MapItem {
        @Override
        public String key() {
            return "pid " + holder.pid();
        }

        @Override
        public List<Holder> holders() {
            return List.of(holder);
        }
    }

    /// Processes of one command and one user, where there is no room for each.
    record Alike(String command, String user, String container, List<Holder> holders)
            implements MapItem {
        @Override
        public String key() {
            return "alike %s/%s/%s".formatted(command, user, container);
        }
    }

    /// All for which there is no room.
    record Rest(List<Holder> holders) implements MapItem {
        @Override
        public String key() {
            return "rest";
        }
    }

    /// Attaches of processes that we may not see.
    record OutOfSight(long attaches) implements MapItem {
        @Override
        public String key() {
            return "out of sight";
        }

        @Override
        public List<Holder> holders() {
            return List.of();
        }
    }

    /// What fits into so many cards: each process by itself, or else those that are alike together,
    /// or else the largest groups and the rest.
    ///
    /// @param outOfSight attaches that are counted and not found; gets a card where there are any
    /// @param most how many cards there is room for, at least 2
    static List<MapItem> arrange(List<Holder> holders, long outOfSight, int most) {
        List<MapItem> items = new ArrayList<>();
        int room = outOfSight > 0 ? most - 1 : most;
        if (holders.size() <= room) {
            holders.forEach(one -> items.add(new One(one)));
        } else {
            items.addAll(grouped(holders, room));
        }
        if (outOfSight > 0) {
            items.add(new OutOfSight(outOfSight));
        }
        return List.copyOf(items);
    }

    private static List<MapItem> grouped(List<Holder> holders, int room) {
        Map<List<String>, List<Holder>> alike = new LinkedHashMap<>();
        for (Holder one : holders) {
            List<String> kind =
                    one.self()
                            ? List.of("self")
                            : List.of("other", one.command(), one.user(), one.container());
            alike.computeIfAbsent(kind, _ -> new ArrayList<>()).add(one);
        }
        List<MapItem> items = new ArrayList<>();
        for (List<Holder> same : alike.values()) {
            Holder first = same.getFirst();
            items.add(
                    same.size() == 1
                            ? new One(first)
                            : new Alike(
                                    first.command(),
                                    first.user(),
                                    first.container(),
                                    List.copyOf(same)));
        }
        if (items.size() <= room) {
            return items;
        }
        // This window stays; of the others those that stand for most processes.
        List<MapItem> bySize = new ArrayList<>(items);
        bySize.sort(Comparator.comparingInt(MapItem::weight).reversed());
        List<MapItem> kept = bySize.subList(0, room - 1);
        List<Holder> rest = new ArrayList<>();
        List<MapItem> shown = new ArrayList<>();
        for (MapItem one : items) {
            if (kept.contains(one)) {
                shown.add(one);
            } else {
                rest.addAll(one.holders());
            }
        }
        shown.add(new Rest(List.copyOf(rest)));
        return shown;
    }

    private static int weight(MapItem item) {
        boolean self = item.holders().stream().anyMatch(Holder::self);
        return self ? Integer.MAX_VALUE : item.holders().size();
    }
}
