package io.github.shmlens.cli;

import io.github.shmlens.journal.Entry;
import io.github.shmlens.journal.EntryText;
import io.github.shmlens.journal.Reversal;
import io.github.shmlens.php.NotAStore;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Numbers;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.AttachedSegment;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Takes back one entry of the journal, where what it wrote is still there.
@Command(
        name = "undo",
        sortOptions = false,
        description = {
            "Takes back what an entry of the journal says was written.",
            "Bytes only where they still are those that were written, a slot only "
                    + "where it still holds that value; owner, group, mode and the lock in "
                    + "memory only where they are as the change left them. Exit 1 when somebody "
                    + "wrote or changed it since, or the segment is another one by now. A "
                    + "removed segment does not come back."
        })
@Examples({
    "shmlens undo 12          # the number as \"shmlens journal\" lists it",
    "shmlens undo 12 --redo"
})
final class UndoCommand implements Callable<Integer> {

    private static final int SHOWN = 32;

    private final Session session;

    @Parameters(
            index = "0",
            paramLabel = "ENTRY",
            description = "The entry's number, as \"shmlens journal\" lists it.")
    String number = "";

    @Option(names = "--redo", description = "Write again what was taken back.")
    boolean redo;

    @Mixin LockOptions lock = new LockOptions();

    UndoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws ShmException, BadInput, Refusal {
        long wanted = Numbers.parse("entry", number, 1, Long.MAX_VALUE);
        lock.check(session);
        Entry entry =
                JournalCommand.reading(session).entries().stream()
                        .filter(one -> one.number() == wanted)
                        .findFirst()
                        .orElseThrow(() ->
                                new Refusal(
                                        ExitCode.NO,
                                        "the journal has no entry %d: \"shmlens journal\" lists them"
                                                .formatted(wanted)));
        Reversal reversal = new Reversal(entry, redo);
        String never = Reversal.whyNever(entry.change());
        if (!never.isEmpty()) {
            throw refused(entry, entry.segment(), never);
        }
        SegmentId id = session.source().resolve(Target.parse(entry.segment())).id();
        if (id == null) {
            throw new ShmException(new ShmFailure.NotFound(entry.segment(), "ENOENT"));
        }
        if (reversal.ofItself()) {
            // Bytes are not touched: it takes neither an attach, which the mode may refuse, nor a
            // lock.
            return tell(entry, id, reversal.carryOut(session.source(), id));
        }
        return lock.around(session, () -> undo(reversal, id));
    }

    private int undo(Reversal reversal, SegmentId id) throws ShmException, Refusal {
        try (AttachedSegment segment = session.source().attach(id, Access.READ_WRITE)) {
            return tell(reversal.entry(), id, reversal.carryOut(segment));
        } catch (NotAStore damaged) {
            throw refused(reversal.entry(), session.name(id), Store.sentence(damaged));
        }
    }

    private int tell(Entry entry, SegmentId id, Reversal.Outcome outcome)
            throws ShmException, Refusal {
        String why =
                switch (outcome) {
                    case Reversal.Outcome.Done _ -> "";
                    case Reversal.Outcome.BytesMoved moved ->
                            "at offset %d there is %s, and it left %s"
                                    .formatted(
                                            moved.offset(),
                                            HexText.shortened(moved.actual()),
                                            HexText.shortened(moved.left()));
                    case Reversal.Outcome.SlotMoved moved -> moved(moved);
                    case Reversal.Outcome.PropertiesMoved moved ->
                            "it has %s now, and the entry left %s"
                                    .formatted(moved.actual().text(), moved.left().text());
                    case Reversal.Outcome.Refused(String clause) -> clause;
                };
        if (!why.isEmpty()) {
            throw refused(entry, session.name(id), why);
        }
        session.console()
                .note(
                        "%s entry %d in %s: %s"
                                .formatted(
                                        redo ? "made again" : "took back",
                                        entry.number(),
                                        session.name(id),
                                        EntryText.what(entry, SHOWN)));
        return ExitCode.DONE;
    }

    /// As the journal shows them; values that look the same there are told apart by their bytes.
    private static String moved(Reversal.Outcome.SlotMoved moved) {
        byte[] actual = moved.actual();
        byte[] left = moved.left();
        if (actual == null) {
            return "slot %d is not there, and it left %s".formatted(moved.key(), value(left));
        }
        String holds = value(actual);
        String had = value(left);
        return "slot %d holds %s, and it left %s"
                .formatted(
                        moved.key(),
                        left != null && holds.equals(had) ? HexText.shortened(actual) : holds,
                        left != null && holds.equals(had) ? HexText.shortened(left) : had);
    }

    private static String value(byte @Nullable [] payload) {
        return payload == null ? "no slot" : EntryText.value(payload, SHOWN);
    }

    private Refusal refused(Entry entry, String where, String why) {
        return new Refusal(
                ExitCode.NO,
                "entry %d in %s was not %s: %s; nothing was %s"
                        .formatted(
                                entry.number(),
                                where,
                                redo ? "made again" : "taken back",
                                why,
                                entry.change().ofItself() ? "changed" : "written over it"));
    }
}
