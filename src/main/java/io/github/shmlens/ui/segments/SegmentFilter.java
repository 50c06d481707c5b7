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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the filter field lets through. Each word typed must be found somewhere: in the key (hex,
/// decimal signed or unsigned), id, name, owner, group, mode, status words, or in a command that is
/// known to have it attached.
public record SegmentFilter(List<Word> words) {

    public static final SegmentFilter ALL = new SegmentFilter(List.of());

    /// One of the words typed, in lower case.
    ///
    /// @param key the key that it is as a number; null when it is none
    record Word(String text, @Nullable SegmentKey key) {

        static Word of(String text) {
            try {
                return new Word(text, SegmentKey.parse(text));
            } catch (BadInput noNumber) {
                return new Word(text, null);
            }
        }

        private boolean in(Collection<String> texts) {
            for (String text : texts) {
                if (text.contains(this.text)) {
                    return true;
                }
            }
            return false;
        }

        /// A whole key in any spelling, or an shmid: `0xf1206` finds `0x000f1206`, `3` finds id 3.
        private boolean isNumberOf(SegmentFacts facts) {
            return facts.id() instanceof SegmentId.Sysv(int shmid)
                    && ((key != null && key.equals(facts.key()))
                            || text.equals(Integer.toString(shmid)));
        }
    }

    public SegmentFilter {
        words = List.copyOf(words);
    }

    public static SegmentFilter of(String typed) {
        String stripped = typed.strip().toLowerCase(Locale.ROOT);
        return stripped.isEmpty()
                ? ALL
                : new SegmentFilter(Stream.of(stripped.split("\\s+")).map(Word::of).toList());
    }

    /// Where a segment's words are looked for, in lower case.
    static List<String> searched(SegmentFacts facts) {
        List<String> texts = new ArrayList<>();
        SegmentKey key = facts.key();
        if (key != null) {
            texts.add(key.hex());
            texts.add(key.unsigned());
            texts.add(Integer.toString(key.value()));
        }
        texts.add(
                switch (facts.id()) {
                    case SegmentId.Sysv sysv -> sysv.text();
                    case SegmentId.Posix posix -> posix.name().toLowerCase(Locale.ROOT);
                    case SegmentId.File file -> file.path().toString().toLowerCase(Locale.ROOT);
                });
        texts.add(facts.owner().name().toLowerCase(Locale.ROOT));
        texts.add(facts.group().name().toLowerCase(Locale.ROOT));
        texts.add(facts.mode().octal());
        for (SegmentStatus status : facts.status()) {
            texts.add(status.word());
        }
        return texts;
    }

    /// @param searched what [#searched] says of these facts
    /// @param more further words known about this segment, such as its format
    boolean lets(SegmentFacts facts, Collection<String> searched, Collection<String> more) {
        for (Word word : words) {
            if (!word.in(searched) && !word.in(more) && !word.isNumberOf(facts)) {
                return false;
            }
        }
        return true;
    }
}
