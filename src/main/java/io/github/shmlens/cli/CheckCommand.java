package io.github.shmlens.cli;

import io.github.shmlens.php.StoreReading;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.ShmException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The health of a store, as an exit code and a list of findings.
@Command(
        name = "check",
        sortOptions = false,
        description = "Checks a PHP store: prints every finding; exit 0 sound, 1 findings.")
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
        StoreReading reading = Store.read(session, found);
        if (json) {
            Json.print(
                    session.console(),
                    out -> {
                        out.writeStartObject();
                        out.writeStringProperty("target", found.target());
                        Store.writeFormat(out, reading);
                        Findings.write(out, reading.problems());
                        out.writeEndObject();
                    });
        } else {
            reading.problems().forEach(one -> session.console().line(Findings.line(one)));
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
