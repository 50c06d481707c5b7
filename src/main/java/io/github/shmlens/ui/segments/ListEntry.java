package io.github.shmlens.ui.segments;

import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.SegmentStatus;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import org.jspecify.annotations.Nullable;

/// One line of the list.
public sealed interface ListEntry {

    Texts TEXTS = Texts.of(ListEntry.class);

    /// The head of a section.
    final class Section implements ListEntry {

        private final String name;
        private final ReadOnlyIntegerWrapper revision = new ReadOnlyIntegerWrapper();
        private String count = "";

        Section(String name) {
            this.name = name;
        }

        public String name() {
            return name;
        }

        /// How many it has, and how many of them the filter lets through.
        public String count() {
            return count;
        }

        void count(int shown, int all) {
            String next =
                    shown == all
                            ? Integer.toString(all)
                            : TEXTS.say("section.shown-of", shown, all);
            if (!next.equals(count)) {
                count = next;
                revision.set(revision.get() + 1);
            }
        }

        @Override
        public ReadOnlyIntegerProperty revisionProperty() {
            return revision.getReadOnlyProperty();
        }
    }

    /// One segment. Stays the same object as long as the segment is listed, so that selection and
    /// scroll stay too.
    final class Row implements ListEntry {

        private final SegmentId id;
        private final ReadOnlyIntegerWrapper revision = new ReadOnlyIntegerWrapper();
        private SegmentFacts facts;
        private @Nullable Open open;
        private @Nullable List<String> searched;

        Row(SegmentFacts facts) {
            this.id = facts.id();
            this.facts = facts;
        }

        public SegmentId id() {
            return id;
        }

        public SegmentFacts facts() {
            return facts;
        }

        /// How it is attached in this window; null when it is not.
        public @Nullable Open open() {
            return open;
        }

        @Override
        public ReadOnlyIntegerProperty revisionProperty() {
            return revision.getReadOnlyProperty();
        }

        void update(SegmentFacts nextFacts, @Nullable Open nextOpen) {
            if (!nextFacts.equals(facts) || !java.util.Objects.equals(nextOpen, open)) {
                facts = nextFacts;
                open = nextOpen;
                searched = null;
                revision.set(revision.get() + 1);
            }
        }

        /// The key in hex, the id where there is no key, or the name.
        public String name() {
            return nameOf(facts);
        }

        /// Whether a filter lets it through.
        boolean passes(SegmentFilter filter) {
            List<String> known = searched;
            if (known == null) {
                known = SegmentFilter.searched(facts);
                searched = known;
            }
            Open here = open;
            return filter.lets(
                    facts,
                    known,
                    here == null
                            ? List.of()
                            : List.of(
                                    TEXTS.say("row.attached-word"),
                                    here.access(),
                                    here.format().toLowerCase(Locale.ROOT),
                                    isNameless() ? TEXTS.say("row.nameless") : ""));
        }

        /// Whether it is here only because it is attached: its name is gone.
        public boolean isNameless() {
            return open != null && open.nameless() != null;
        }

        /// The words beside the name: `dest`, `locked`, `unattached`, `name gone`.
        public List<String> words() {
            List<String> words = new ArrayList<>();
            for (SegmentStatus status : SegmentStatus.values()) {
                if (facts.status().contains(status)) {
                    // Whether an orphan is one nobody can see: PHP lets go between two requests.
                    words.add(
                            status == SegmentStatus.ORPHAN
                                    ? TEXTS.say("row.unattached")
                                    : status.word());
                }
            }
            if (isNameless()) {
                words.add(TEXTS.say("row.nameless"));
            }
            return words;
        }

        /// The second line: size, format where known, nattch, owner.
        public String details() {
            List<String> parts = new ArrayList<>();
            parts.add(Figures.size(facts.sizeBytes()));
            Open here = open;
            if (here != null && !here.format().isEmpty()) {
                parts.add(here.format());
            }
            if (facts.nattch() >= 0) {
                parts.add(TEXTS.say("row.nattch", facts.nattch()));
            }
            parts.add(facts.owner().name());
            return String.join(" · ", parts);
        }

        /// Every fact, one a line.
        String tip() {
            String all = RowFacts.of(facts);
            return isNameless() ? TEXTS.say("row.nameless-tip") + "\n" + all : all;
        }

        /// Everything the two lines say, for a screen reader and the tooltip.
        public String spoken() {
            StringBuilder spoken = new StringBuilder(name());
            for (String word : words()) {
                spoken.append(", ").append(word);
            }
            Open here = open;
            if (here != null) {
                spoken.append(", ").append(TEXTS.say("row.attached-here", here.access()));
            }
            return spoken.append(", ").append(details()).toString();
        }
    }

    /// Counts up when what the line shows has changed.
    ReadOnlyIntegerProperty revisionProperty();

    /// How a segment is attached in this window.
    ///
    /// @param access `rw` or `ro`
    /// @param format recognised format, as people call it; empty when none
    /// @param nameless what it was when it was attached, where its name is gone or another's by
    ///   now; null where its name, key or id leads to it
    record Open(String access, String format, @Nullable SegmentFacts nameless) {}

    /// What a user calls a segment: its key in hex, or its name. Private and removed segments all
    /// have the key 0: they have their id.
    static String nameOf(SegmentFacts facts) {
        return switch (facts.id()) {
            case SegmentId.Sysv sysv -> {
                SegmentKey key = facts.key();
                yield key == null || key.equals(SegmentKey.PRIVATE) ? sysv.text() : key.hex();
            }
            case SegmentId.Posix posix -> posix.name();
            case SegmentId.File file -> String.valueOf(file.path().getFileName());
        };
    }
}
