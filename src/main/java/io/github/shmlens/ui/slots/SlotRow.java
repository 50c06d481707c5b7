package io.github.shmlens.ui.slots;

import io.github.shmlens.live.PartTrack;
import io.github.shmlens.php.Decoded;
import io.github.shmlens.php.Problem;
import io.github.shmlens.php.Slot;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One slot as the table knows it: the same object from sample to sample, wherever PHP moves the
/// slot. What costs something to find out is found out when it is looked at.
final class SlotRow {

    private static final int VALUE_CHARS = 240;

    private final SlotId id;
    private List<Slot> slots = List.of();
    private int index;
    private @Nullable Slot slot;
    private @Nullable PartTrack track;
    private List<Problem> problems = List.of();
    private @Nullable Decoded decoded;
    private @Nullable String type;
    private @Nullable String value;
    private int filterNumber = -1;
    private boolean matches;

    /// When it was there last, and whether it was not there before; kept by the list of rows.
    int turn;

    boolean isNew = true;

    /// Place in the table, −1 when not shown; kept by the table.
    int shownAt = -1;

    SlotRow(SlotId id) {
        this.id = id;
    }

    SlotId id() {
        return id;
    }

    Slot slot() {
        Slot known = slot;
        if (known == null) {
            known = slots.get(index);
            slot = known;
        }
        return known;
    }

    /// Place in the store.
    int order() {
        return index;
    }

    List<Problem> problems() {
        return problems;
    }

    /// @param newestSlots all slots of the newest reading, of which this is the one at `at`
    void update(List<Slot> newestSlots, int at, @Nullable PartTrack newestTrack) {
        boolean looked = decoded != null || filterNumber >= 0;
        boolean same = looked && sameContent(newestSlots, at, newestTrack);
        if (looked && !same) {
            decoded = null;
            type = null;
            value = null;
            filterNumber = -1;
        }
        slots = newestSlots;
        index = at;
        slot = null;
        track = newestTrack;
    }

    /// The sampler compares contents anyway; only where it does not say is it done again.
    private boolean sameContent(List<Slot> newestSlots, int at, @Nullable PartTrack newestTrack) {
        PartTrack before = track;
        if (before != null
                && newestTrack != null
                && before.changedAtNanos() == newestTrack.changedAtNanos()
                && before.changes() == newestTrack.changes()
                && before.part().contentLength() == newestTrack.part().contentLength()) {
            return true;
        }
        return Arrays.equals(slot().payload(), newestSlots.get(at).payload());
    }

    void problems(List<Problem> found) {
        problems = found;
    }

    /// The value; read once while it stays the same, however often the slot is sampled.
    Decoded decoded() {
        Decoded known = decoded;
        if (known == null) {
            known = slot().decoded();
            decoded = known;
        }
        return known;
    }

    String type() {
        String known = type;
        if (known == null) {
            known = SlotText.type(decoded());
            type = known;
        }
        return known;
    }

    String value() {
        String known = value;
        if (known == null) {
            known = SlotText.value(decoded(), slot().payload(), VALUE_CHARS);
            value = known;
        }
        return known;
    }

    long changes() {
        return track == null ? 0 : track.changes();
    }

    /// When it changed last, or [Long#MIN_VALUE] when nobody saw it change.
    long changedAtNanos() {
        return track == null ? Long.MIN_VALUE : track.changedAtNanos();
    }

    /// The age as shown. What was there from the beginning is at least that old.
    String age(long nowNanos) {
        PartTrack known = track;
        if (known == null) {
            return "–";
        }
        long age = Math.max(0, nowNanos - known.changedAtNanos());
        boolean fromTheBeginning = known.last() == PartTrack.Change.PRESENT;
        return (fromTheBeginning ? "> " : "")
                + (fromTheBeginning && age < 1_000_000_000L ? "0s" : SlotText.age(age));
    }

    /// How brightly the row is lit: 1 when it changed just now, 0 a second later.
    double heat(long nowNanos, long fadeNanos) {
        PartTrack known = track;
        if (known == null) {
            return 0;
        }
        return switch (known.last()) {
            case ADDED, CHANGED -> {
                long age = nowNanos - known.changedAtNanos();
                yield age >= fadeNanos ? 0 : age <= 0 ? 1 : 1 - (double) age / fadeNanos;
            }
            case PRESENT, MOVED, REMOVED -> 0;
        };
    }

    /// Whether the filter wants it; remembered until the value changes.
    boolean matches(Filter filter) {
        if (filterNumber != filter.number()) {
            filterNumber = filter.number();
            matches = filter.wants(slot());
        }
        return matches;
    }

    /// What the user typed to narrow the table: the beginning of a key, or text in a value.
    ///
    /// @param number tells one filter from the next
    record Filter(int number, String digits, byte[] text) {

        static Filter of(int number, String typed) {
            String text = typed.strip();
            String digits = text;
            if (text.startsWith("0x") || text.startsWith("0X")) {
                try {
                    digits = Long.toString(Long.parseUnsignedLong(text.substring(2), 16));
                } catch (NumberFormatException _) {
                    digits = text;
                }
            }
            return new Filter(number, digits, lower(text.getBytes(StandardCharsets.UTF_8)));
        }

        boolean all() {
            return text.length == 0;
        }

        boolean wants(Slot slot) {
            if (all() || Long.toString(slot.key()).startsWith(digits)) {
                return true;
            }
            byte[] payload = slot.payload();
            return payload != null && contains(payload, text);
        }

        /// Small and capital letters of ASCII are the same; all else is compared as bytes.
        private static boolean contains(byte[] bytes, byte[] needle) {
            outer:
            for (int at = 0; at <= bytes.length - needle.length; at++) {
                for (int i = 0; i < needle.length; i++) {
                    if (lower(bytes[at + i]) != needle[i]) {
                        continue outer;
                    }
                }
                return true;
            }
            return false;
        }

        private static byte[] lower(byte[] bytes) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = lower(bytes[i]);
            }
            return bytes;
        }

        private static byte lower(byte letter) {
            return letter >= 'A' && letter <= 'Z' ? (byte) (letter + 32) : letter;
        }
    }
}
