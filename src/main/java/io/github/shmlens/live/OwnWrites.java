package io.github.shmlens.live;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// Writes of our own that were announced and not yet seen in memory.
final class OwnWrites {

    private static final long REMEMBERED_NANOS = 1_000_000_000;

    /// An announced write is looked for at each sample; nobody edits more than this at a time.
    private static final int MOST = 64;

    /// @param atNanos when it was announced
    record Write(long offset, byte[] bytes, long atNanos) {
        long end() {
            return offset + bytes.length;
        }
    }

    private static final class Pending {
        private final Write write;
        private int samples;
        private boolean seen;

        private Pending(Write write) {
            this.write = write;
        }
    }

    private final List<Pending> pending = new ArrayList<>();

    void add(List<Write> writes) {
        for (Write write : writes) {
            pending.add(new Pending(write));
        }
        while (pending.size() > MOST) {
            pending.removeFirst();
        }
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    List<Write> writes() {
        return pending.stream().map(one -> one.write).toList();
    }

    /// Of the bytes of one block that changed, those that changed to what we wrote.
    ///
    /// @param changed one bit for each byte
    /// @param now the block's bytes begin at `at` in this array
    long among(long block, long changed, byte[] now, int at) {
        long ours = 0;
        for (Pending one : pending) {
            Write write = one.write;
            long from = Math.max(block, write.offset());
            long to = Math.min(block + Marks.BLOCK, write.end());
            for (long each = from; each < to; each++) {
                int index = (int) (each - block);
                boolean same = now[at + index] == write.bytes()[(int) (each - write.offset())];
                if ((changed & (1L << index)) != 0 && same) {
                    ours |= 1L << index;
                    one.seen = true;
                }
            }
        }
        return ours;
    }

    /// Ends a sample: what was seen is done, what was not is forgotten after a while.
    void sampleTaken(long now) {
        Iterator<Pending> each = pending.iterator();
        while (each.hasNext()) {
            Pending one = each.next();
            one.samples++;
            boolean old = one.samples >= 2 && now - one.write.atNanos() > REMEMBERED_NANOS;
            if (one.seen || old) {
                each.remove();
            }
        }
    }
}
