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
            "Takes back what an entry of the journal says was written: bytes only where they still",
            "are those that were written, a slot only where it still holds that value. Exit 1 when",
            "somebody wrote there since, or the segment is another one by now."
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
        SegmentId id = session.source().resolve(Target.parse(entry.segment())).id();
        if (id == null) {
            throw new ShmException(new ShmFailure.NotFound(entry.segment(), "ENOENT"));
        }
        return lock.around(session, () -> undo(entry, id));
    }

    private int undo(Entry entry, SegmentId id) throws ShmException, Refusal {
        try (AttachedSegment segment = session.source().attach(id, Access.READ_WRITE)) {
            switch (new Reversal(entry, redo).carryOut(segment)) {
                case Reversal.Outcome.Done _ ->
                        session.console()
                                .note(
                                        "%s entry %d in %s: %s"
                                                .formatted(
                                                        redo ? "made again" : "took back",
                                                        entry.number(),
                                                        session.name(id),
                                                        EntryText.what(entry, SHOWN)));
                case Reversal.Outcome.BytesMoved moved ->
                        throw refused(
                                entry,
                                id,
                                "at offset %d there is %s, and it left %s"
                                        .formatted(
                                                moved.offset(),
                                                HexText.shortened(moved.actual()),
                                                HexText.shortened(moved.left())));
                case Reversal.Outcome.SlotMoved moved ->
                        throw refused(
                                entry,
                                id,
                                "slot %d %s, and it left %s"
                                        .formatted(
                                                moved.key(),
                                                moved.actual() == null
                                                        ? "is not there"
                                                        : "holds " + value(moved.actual()),
                                                value(moved.left())));
                case Reversal.Outcome.Refused(String why) -> throw refused(entry, id, why);
            }
            return ExitCode.DONE;
        } catch (NotAStore damaged) {
            throw refused(entry, id, Store.sentence(damaged));
        }
    }

    private static String value(byte @Nullable [] payload) {
        return payload == null ? "no slot" : HexText.shortened(payload);
    }

    private Refusal refused(Entry entry, SegmentId id, String why) {
        return new Refusal(
                ExitCode.NO,
                "entry %d in %s was not %s: %s; nothing was written over it"
                        .formatted(
                                entry.number(),
                                session.name(id),
                                redo ? "made again" : "taken back",
                                why));
    }
}
