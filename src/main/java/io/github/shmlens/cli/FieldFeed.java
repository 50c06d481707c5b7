package io.github.shmlens.cli;

import io.github.shmlens.fields.FieldAt;
import io.github.shmlens.fields.FieldEdit;
import io.github.shmlens.live.SequenceLock;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Looks at a structure again and again and says which fields changed.
///
/// A field within one aligned word is read whole; a longer one may be half old, half new.
final class FieldFeed {

    /// Of a larger structure the first so many bytes are watched.
    private static final int MOST_BYTES = 64 << 20;

    /// How often a guarded structure is copied in one look.
    private static final int ATTEMPTS = 1000;

    private final AttachedSegment segment;
    private final FieldAt root;
    private final Listener listener;
    private final @Nullable SequenceLock lock;
    private byte[] before = {};
    private byte[] now = {};
    private boolean first = true;

    /// Told of each field that changed between two looks.
    interface Listener {
        void changed(FieldRow before, FieldRow after);
    }

    /// @param lock what guards the structure; null for nothing
    FieldFeed(
            AttachedSegment segment, FieldAt root, @Nullable SequenceLock lock, Listener listener) {
        this.lock = lock;
        this.segment = segment;
        this.root = root;
        this.listener = listener;
    }

    /// The first offset that is not watched.
    long coveredEnd() {
        return root.offset() + Math.min(root.sizeBytes(), MOST_BYTES);
    }

    /// The first look only remembers.
    void look() throws ShmException {
        long size = segment.sizeBytes();
        int length = (int) Math.clamp(Math.min(coveredEnd(), size) - root.offset(), 0, MOST_BYTES);
        if (first || length != before.length) {
            before = Arrays.copyOf(before, length);
            now = new byte[length];
        }
        if (lock == null) {
            read(now);
        } else if (!lock.read(root.offset(), now, now.length, ATTEMPTS)) {
            // What we remember is still the last that was whole.
            return;
        }
        if (!first) {
            compare(size);
        }
        byte[] old = before;
        before = now;
        now = old;
        first = false;
    }

    /// Bytes of pages that are not in memory stay what they were.
    private void read(byte[] into) throws ShmException {
        for (int at = 0; at < into.length; at += AttachedSegment.RUN_BYTES) {
            int length = Math.min(AttachedSegment.RUN_BYTES, into.length - at);
            long offset = root.offset() + at;
            boolean[] resident = segment.readResident(offset, into, at, length);
            for (int page = 0; page < resident.length; page++) {
                if (!resident[page]) {
                    long begin =
                            offset
                                    - offset % AttachedSegment.PAGE_BYTES
                                    + (long) page * AttachedSegment.PAGE_BYTES;
                    int from = (int) Math.max(at, begin - root.offset());
                    int to =
                            (int)
                                    Math.min(
                                            at + length,
                                            begin + AttachedSegment.PAGE_BYTES - root.offset());
                    System.arraycopy(before, from, into, from, to - from);
                }
            }
        }
    }

    private void compare(long size) throws ShmException {
        Set<FieldAt> told = new HashSet<>();
        int at = 0;
        while (at < now.length) {
            int next = Arrays.mismatch(before, at, before.length, now, at, now.length);
            if (next < 0) {
                return;
            }
            at += next;
            long offset = root.offset() + at;
            told.removeIf(field -> field.end() <= offset);
            for (FieldAt field : root.leavesAt(offset)) {
                if (field.end() - root.offset() <= now.length && told.add(field)) {
                    tell(field, size);
                }
            }
            at++;
        }
    }

    private void tell(FieldAt field, long size) throws ShmException {
        int from = (int) (field.offset() - root.offset());
        int to = from + (int) field.sizeBytes();
        byte[] old = Arrays.copyOfRange(before, from, to);
        byte[] fresh = Arrays.copyOfRange(now, from, to);
        if (lock == null && FieldBytes.inOneWord(segment, field, size)) {
            FieldBytes.copyFromWord(segment, field, fresh);
            // The next look compares with what was told, and with nothing older.
            byte[] merged = FieldEdit.merged(field, Arrays.copyOfRange(now, from, to), fresh);
            System.arraycopy(merged, 0, now, from, merged.length);
        }
        if (!FieldEdit.same(field, old, fresh)) {
            listener.changed(FieldRow.of(field, old), FieldRow.of(field, fresh));
        }
    }
}
