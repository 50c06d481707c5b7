package io.github.shmlens.cli;

import io.github.shmlens.php.PhpStore;
import io.github.shmlens.php.Repair;
import io.github.shmlens.php.StoreCare;
import io.github.shmlens.php.StoreReading;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The health of a store, as an exit code and a list of findings.
@Command(
        name = "check",
        sortOptions = false,
        description = {
            "Checks a PHP store and says what each finding means.",
            "Prints every finding, what it means and what PHP does with such a store. "
                    + "Exit 0 sound, 1 findings. A value that a writer stopped half-way left "
                    + "mixed can look sound: only the semaphore of the scripts keeps that away."
        })
@Examples({"shmlens check 987654", "shmlens check 987654 --json"})
final class CheckCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", paramLabel = "TARGET", description = "The segment.")
    String target = "";

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    CheckCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws ShmException, BadInput {
        Session.Found found = session.found(target);
        StoreReading reading;
        Repair repair;
        try (AttachedSegment segment = session.source().attach(found.id(), Access.READ_ONLY)) {
            reading = new PhpStore(segment).read();
            repair =
                    reading.problems().isEmpty()
                            ? new Repair.NotNeeded()
                            : new StoreCare(session.source(), segment).plan();
        }
        if (json) {
            Json.print(
                    session.console(),
                    out -> {
                        out.writeStartObject();
                        out.writeStringProperty("target", found.target());
                        Store.writeFormat(out, reading);
                        Findings.writeExplained(out, reading.problems());
                        Care.write(out, repair);
                        out.writeEndObject();
                    });
        } else {
            Findings.explained(reading.problems()).forEach(session.console()::line);
            if (reading.isStore() && !reading.problems().isEmpty()) {
                session.console().line("→ " + Care.advice(found.target(), repair));
            }
        }
        if (!reading.words().writable()) {
            session.console()
                    .note(
                            "%s: %s"
                                    .formatted(
                                            session.name(found.id()),
                                            reading.words().whyReadOnly()));
        }
        return reading.problems().isEmpty() ? ExitCode.DONE : ExitCode.NO;
    }
}
