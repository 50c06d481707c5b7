package io.github.shmlens.ui.hex;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What was typed and is not written: for each byte what was seen below it and what shall stand
/// there, and the steps that led here, so that they can be taken back one by one.
final class PendingEdits {

    /// @param seen the byte shown when typing over it began
    record Typed(byte seen, byte next) {}

    /// Where typing stood before a step.
    ///
    /// @param low whether the next digit is the byte's second one
    record Place(long caret, boolean low) {}

    private record Before(long offset, @Nullable Typed typed) {}

    private record Step(Place place, List<Before> before) {}

    private final TreeMap<Long, Typed> typed = new TreeMap<>();
    private final Deque<Step> steps = new ArrayDeque<>();

    boolean isEmpty() {
        return typed.isEmpty();
    }

    int size() {
        return typed.size();
    }

    @Nullable Typed at(long offset) {
        return typed.isEmpty() ? null : typed.get(offset);
    }

    Iterable<Map.Entry<Long, Typed>> all() {
        return typed.entrySet();
    }

    /// Types over bytes as one step.
    ///
    /// @param seen what is shown there now, asked only for bytes not typed over yet
    void type(Place place, long offset, byte[] next, byte[] seen) {
        List<Before> before = new ArrayList<>(next.length);
        for (int i = 0; i < next.length; i++) {
            @Nullable Typed old = typed.get(offset + i);
            before.add(new Before(offset + i, old));
            typed.put(offset + i, new Typed(old == null ? seen[i] : old.seen(), next[i]));
        }
        steps.push(new Step(place, before));
    }

    /// Takes the last step back.
    ///
    /// @return where typing stood before it; null when there is none
    @Nullable Place undo() {
        if (steps.isEmpty()) {
            return null;
        }
        Step last = steps.pop();
        for (Before before : last.before().reversed()) {
            @Nullable Typed old = before.typed();
            if (old == null) {
                typed.remove(before.offset());
            } else {
                typed.put(before.offset(), old);
            }
        }
        return last.place();
    }

    void clear() {
        typed.clear();
        steps.clear();
    }

    /// Forgets what lies at or beyond the end of a segment that shrank. Steps refer to bytes by
    /// offset and cannot be taken back across that.
    void cut(long size) {
        if (!typed.isEmpty() && typed.lastKey() >= size) {
            typed.tailMap(size, true).clear();
            steps.clear();
        }
    }

    /// One edit for each contiguous run, by rising offset.
    List<HexEdit> runs() {
        List<HexEdit> runs = new ArrayList<>();
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        ByteArrayOutputStream next = new ByteArrayOutputStream();
        long from = 0;
        for (Map.Entry<Long, Typed> entry : typed.entrySet()) {
            if (next.size() > 0 && entry.getKey() != from + next.size()) {
                runs.add(new HexEdit(from, seen.toByteArray(), next.toByteArray()));
                seen.reset();
                next.reset();
            }
            if (next.size() == 0) {
                from = entry.getKey();
            }
            seen.write(entry.getValue().seen());
            next.write(entry.getValue().next());
        }
        if (next.size() > 0) {
            runs.add(new HexEdit(from, seen.toByteArray(), next.toByteArray()));
        }
        return runs;
    }
}
