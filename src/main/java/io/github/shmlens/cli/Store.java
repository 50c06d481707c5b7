package io.github.shmlens.cli;

import io.github.shmlens.php.NotAStore;
import io.github.shmlens.php.PhpStore;
import io.github.shmlens.php.Slot;
import io.github.shmlens.php.StoreReading;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Numbers;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/// What the commands about slots have in common.
final class Store {

    private static final int NAMED_SLOTS = 8;

    private Store() {}

    /// A slot's number as typed: any 64-bit integer.
    static long slotNumber(String text) throws BadInput {
        return Numbers.parse("slot", text, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /// Attaches, reads the store in one copy, detaches.
    static StoreReading read(Session session, Session.Found found) throws ShmException {
        try (AttachedSegment segment = session.source().attach(found.id(), Access.READ_ONLY)) {
            return new PhpStore(segment).read();
        }
    }

    /// The slot with this number.
    ///
    /// @throws Refusal when there is no store, or no such slot in it
    static Slot slot(Session session, Session.Found found, StoreReading reading, long number)
            throws Refusal {
        if (!reading.isStore()) {
            throw notAStore(session.name(found.id()), reading);
        }
        return reading.slot(number)
                .orElseThrow(() -> noSlot(session.name(found.id()), number, reading.slots()));
    }

    /// The format in words: `php-sysvshm`, and of which PHP where that is another one.
    static String kind(StoreReading reading) {
        return reading.words().writable()
                ? reading.format()
                : "%s of %s, read-only".formatted(reading.format(), reading.words().maker());
    }

    /// The format, and in which words its numbers are; all null where there is no store.
    static void writeFormat(JsonGenerator json, StoreReading reading) {
        boolean store = reading.isStore();
        Json.text(json, "format", store ? reading.format() : null);
        if (store) {
            json.writeNumberProperty("wordBits", reading.words().bits());
        } else {
            json.writeNullProperty("wordBits");
        }
        Json.text(json, "byteOrder", store ? reading.words().byteOrder() : null);
    }

    static Refusal noSlot(String name, long number, List<Slot> slots) {
        String others =
                slots.isEmpty()
                        ? "it has none"
                        : "it has "
                                + slots.stream()
                                        .limit(NAMED_SLOTS)
                                        .map(slot -> Long.toString(slot.key()))
                                        .collect(Collectors.joining(", "))
                                + (slots.size() > NAMED_SLOTS
                                        ? " and %d more".formatted(slots.size() - NAMED_SLOTS)
                                        : "");
        return new Refusal(ExitCode.NO, "%s has no slot %d: %s".formatted(name, number, others));
    }

    /// Why a store was refused, and what may help.
    static String sentence(NotAStore refused) {
        return refused.damaged()
                ? refused.sentence() + "; \"shmlens repair\" may put it right"
                : refused.sentence();
    }

    private static Refusal notAStore(String name, StoreReading reading) {
        String why =
                reading.problems().isEmpty() ? "" : ": " + reading.problems().getFirst().message();
        return new Refusal(ExitCode.NO, "%s holds no PHP store%s".formatted(name, why));
    }
}
