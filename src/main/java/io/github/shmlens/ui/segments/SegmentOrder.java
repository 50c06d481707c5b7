package io.github.shmlens.ui.segments;

import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.ui.text.Texts;
import java.util.Comparator;

/// How a section is ordered. Every order is total, so that rows never swap without a reason.
public enum SegmentOrder {
    KEY("order.key", byName()),
    SIZE("order.size", Comparator.comparingLong(SegmentFacts::sizeBytes).reversed()),
    NATTCH("order.nattch", Comparator.comparingLong(SegmentFacts::nattch).reversed()),
    /// The kernel does not say when a segment was made; shmids grow within a slot and the last
    /// change is what it does say.
    NEWEST(
            "order.newest",
            Comparator.comparing(
                            SegmentFacts::changeTime,
                            Comparator.nullsFirst(Comparator.naturalOrder()))
                    .reversed());

    private static final Texts TEXTS = Texts.of(SegmentOrder.class);

    private final String textKey;
    private final Comparator<SegmentFacts> comparator;

    SegmentOrder(String textKey, Comparator<SegmentFacts> first) {
        this.textKey = textKey;
        this.comparator = first.thenComparing(byName());
    }

    public String text() {
        return TEXTS.say(textKey);
    }

    public Comparator<SegmentFacts> comparator() {
        return comparator;
    }

    private static Comparator<SegmentFacts> byName() {
        return Comparator.comparingLong(SegmentOrder::unsignedKey)
                .thenComparing(SegmentOrder::nameOrEmpty)
                .thenComparingInt(SegmentOrder::shmid);
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
