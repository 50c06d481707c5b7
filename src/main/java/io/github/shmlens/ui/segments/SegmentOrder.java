package io.github.shmlens.ui.segments;

import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.ui.text.Texts;
import java.time.Instant;
import java.util.Comparator;

/// How a section is ordered. Every order is total, so that rows never swap without a reason.
///
/// Compared by hand: the first frame waits for this, and what [Comparator] offers to put orders
/// together with is made anew at every start.
public enum SegmentOrder implements Comparator<SegmentFacts> {
    KEY("order.key") {
        @Override
        int first(SegmentFacts one, SegmentFacts other) {
            return 0;
        }
    },
    SIZE("order.size") {
        @Override
        int first(SegmentFacts one, SegmentFacts other) {
            return Long.compare(other.sizeBytes(), one.sizeBytes());
        }
    },
    NATTCH("order.nattch") {
        @Override
        int first(SegmentFacts one, SegmentFacts other) {
            return Long.compare(other.nattch(), one.nattch());
        }
    },
    /// The kernel does not say when a segment was made; shmids grow within a slot and the last
    /// change is what it does say.
    NEWEST("order.newest") {
        @Override
        int first(SegmentFacts one, SegmentFacts other) {
            Instant mine = one.changeTime();
            Instant theirs = other.changeTime();
            if (mine == null || theirs == null) {
                return Boolean.compare(mine == null, theirs == null);
            }
            return theirs.compareTo(mine);
        }
    };

    private static final Texts TEXTS = Texts.of(SegmentOrder.class);

    private final String textKey;

    SegmentOrder(String textKey) {
        this.textKey = textKey;
    }

    /// What goes before the name.
    abstract int first(SegmentFacts one, SegmentFacts other);

    public String text() {
        return TEXTS.say(textKey);
    }

    @Override
    public int compare(SegmentFacts one, SegmentFacts other) {
        int first = first(one, other);
        return first != 0 ? first : byName(one, other);
    }

    private static int byName(SegmentFacts one, SegmentFacts other) {
        int key = Long.compare(unsignedKey(one), unsignedKey(other));
        int name = key != 0 ? key : nameOrEmpty(one).compareTo(nameOrEmpty(other));
        return name != 0 ? name : Integer.compare(shmid(one), shmid(other));
    }

    private static long unsignedKey(SegmentFacts facts) {
        SegmentKey key = facts.key();
        // Key 0 names nothing (private, or marked for removal): such rows come after all others.
        return key == null || key.equals(SegmentKey.PRIVATE)
                ? Long.MAX_VALUE
                : Integer.toUnsignedLong(key.value());
    }

    private static String nameOrEmpty(SegmentFacts facts) {
        return switch (facts.id()) {
            case SegmentId.Sysv _ -> "";
            case SegmentId.Posix posix -> posix.name();
            case SegmentId.File file -> file.path().toString();
        };
    }

    private static int shmid(SegmentFacts facts) {
        return facts.id() instanceof SegmentId.Sysv(int shmid) ? shmid : 0;
    }
}
