package io.github.shmlens.cli;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Counted;
import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.Created;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Makes a segment of zeros.
@Command(
        name = "create",
        sortOptions = false,
        description = {"Makes a segment of zeros.", "Fails when it exists, unless --or-open."})
@Examples({
    "shmlens create 0x7000 --size 64K --mode 0660",
    "shmlens create posix:/sensor --size 4096 --or-open"
})
final class CreateCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", paramLabel = "TARGET", description = "The segment to make.")
    String target = "";

    @Option(
            names = "--size",
            required = true,
            paramLabel = "N",
            description = "Bytes: 10000, 0x1000, 64K, 1M.")
    String size = "";

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "0666",
            description = "Permissions, octal (default: 0666).")
    String mode = "0666";

    @Option(names = "--or-open", description = "One that exists is fine; it stays as it is.")
    boolean orOpen;

    @Option(names = "--json", description = "Print the segment's facts as JSON.")
    boolean json;

    CreateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws ShmException, BadInput {
        Target wanted = Target.parse(target);
        long bytes = Quantity.size("size", size, 1);
        session.ending().hold();
        Created created = session.source().create(wanted, bytes, Mode.parse(mode), orOpen);
        session.named(created.id(), wanted);
        SegmentRow row = new SegmentRow(session.source().facts(created.id()), null);
        if (json) {
            Json.print(session.console(), out -> SegmentRow.TABLE.write(out, row));
        } else {
            SegmentFacts facts = row.facts();
            session.console()
                    .line(
                            "%s %s, %s, mode %s"
                                    .formatted(
                                            created.isNew() ? "created" : "opened",
                                            session.name(facts.id()),
                                            Counted.bytes(facts.sizeBytes()),
                                            facts.mode().octal()));
        }
        return ExitCode.DONE;
    }
}
