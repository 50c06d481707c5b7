package io.github.shmlens.journal;

import io.github.shmlens.source.Reason;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The entries of one segment in order, and what undoing and redoing have made of them.
public final class History {

    private final List<Entry> entries;
    private final Map<Long, Entry> known = new HashMap<>();
    private final Map<Long, Boolean> undone = new HashMap<>();
    private final Deque<Entry> toUndo = new ArrayDeque<>();
    private final Deque<Entry> toRedo = new ArrayDeque<>();

    private History(List<Entry> entries) {
        this.entries = List.copyOf(entries);
        for (Entry entry : entries) {
            take(entry);
        }
    }

    /// @param all entries of any segments, by rising number
    /// @param identity the segment meant
    public static History of(List<Entry> all, String identity) {
        return new History(
                all.stream().filter(entry -> entry.identity().equals(identity)).toList());
    }

    /// Of every segment: for telling what was taken back, not for what comes next.
    public static History ofAll(List<Entry> all) {
        return new History(all);
    }

    private void take(Entry entry) {
        known.put(entry.number(), entry);
        boolean back = entry.reason() == Reason.UNDO;
        if (!back && entry.reason() != Reason.REDO) {
            // What was taken back before belongs to another past now.
            toRedo.clear();
            if (entry.reversible()) {
                toUndo.push(entry);
            }
            return;
        }
        Entry meant = known.get(entry.of());
        if (meant == null || entry.broken()) {
            // Too old to be kept, or not taken back as a whole.
            return;
        }
        undone.put(meant.number(), back);
        toUndo.remove(meant);
        toRedo.remove(meant);
        (back ? toRedo : toUndo).push(meant);
    }

    /// By rising number.
    public List<Entry> entries() {
        return entries;
    }

    /// What Ctrl+Z takes back: the newest change that stands.
    public Optional<Entry> nextUndo() {
        return Optional.ofNullable(toUndo.peek());
    }

    /// What Ctrl+Shift+Z makes again: what was taken back last, as long as nothing else was written
    /// since.
    public Optional<Entry> nextRedo() {
        return Optional.ofNullable(toRedo.peek());
    }

    /// Whether an entry was taken back, and not made again since.
    public boolean undone(Entry entry) {
        return undone.getOrDefault(entry.number(), false);
    }
}
