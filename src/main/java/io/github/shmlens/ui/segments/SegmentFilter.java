package io.github.shmlens.ui.segments;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.SegmentStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/// What the filter field lets through. Each word typed must be found somewhere: in the key (hex,
/// decimal signed or unsigned), id, name, owner, group, mode, status words, or in a command that is
/// known to have it attached.
///
/// @param words in lower case
public record SegmentFilter(List<String> words) {

    public static final SegmentFilter ALL = new SegmentFilter(List.of());

    public SegmentFilter {
        words = List.copyOf(words);
    }

    public static SegmentFilter of(String typed) {
        String stripped = typed.strip().toLowerCase(Locale.ROOT);
        return stripped.isEmpty() ? ALL : new SegmentFilter(List.of(stripped.split("\\s+")));
    }

    /// @param more further words known about this segment, such as its format
    public boolean lets(SegmentFacts facts, Collection<String> more) {
        if (words.isEmpty()) {
            return true;
        }
        List<String> hay = new ArrayList<>();
        SegmentKey key = facts.key();
        if (key != null) {
            hay.add(key.hex());
            hay.add(key.unsigned());
            hay.add(Integer.toString(key.value()));
        }
        hay.add(
                switch (facts.id()) {
                    case SegmentId.Sysv sysv -> sysv.text();
                    case SegmentId.Posix posix -> posix.name().toLowerCase(Locale.ROOT);
                    case SegmentId.File file -> file.path().toString().toLowerCase(Locale.ROOT);
                });
        hay.add(facts.owner().name().toLowerCase(Locale.ROOT));
        hay.add(facts.group().name().toLowerCase(Locale.ROOT));
        hay.add(facts.mode().octal());
        for (SegmentStatus status : facts.status()) {
            hay.add(status.word());
        }
        more.forEach(word -> hay.add(word.toLowerCase(Locale.ROOT)));
        return words.stream().allMatch(word -> found(word, facts, hay));
    }

    private static boolean found(String word, SegmentFacts facts, List<String> hay) {
        Predicate<String> has = text -> text.contains(word);
        return hay.stream().anyMatch(has) || isNumberOf(word, facts);
    }

    /// A whole key in any spelling, or an shmid: `0xf1206` finds `0x000f1206`, `3` finds id 3.
    private static boolean isNumberOf(String word, SegmentFacts facts) {
        if (!(facts.id() instanceof SegmentId.Sysv(int shmid))) {
            return false;
        }
        if (word.equals(Integer.toString(shmid))) {
            return true;
        }
        try {
            return SegmentKey.parse(word).equals(facts.key());
        } catch (BadInput noNumber) {
            // An ordinary word: it was looked for as text already.
            return false;
        }
    }
}
