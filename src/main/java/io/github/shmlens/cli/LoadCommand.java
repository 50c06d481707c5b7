package io.github.shmlens.cli;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.Attachments;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Counted;
import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.Act;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.Created;
import io.github.shmlens.source.Deed;
import io.github.shmlens.source.Reason;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// All bytes of a segment, in.
@Command(
        name = "load",
        sortOptions = false,
        description = {
            "Overwrites a whole segment with the bytes of a file.",
            "The file must be as long as the segment. Says on stderr beforehand who "
                    + "is attached."
        })
@Examples({"shmlens load 987654 image.bin", "shmlens load 0x7000 image.bin --create --mode 0600"})
final class LoadCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", paramLabel = "TARGET", description = "The segment.")
    String target = "";

    @Parameters(
            index = "1",
            paramLabel = "FILE",
            description = "A file that dump wrote, or any other; - reads standard input.")
    String file = "";

    @Option(names = "--create", description = "Make the segment, as long as the file, if need be.")
    boolean create;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "0666",
            description = "Permissions of a new segment, octal (default: 0666).")
    String mode = "0666";

    @Option(names = "--json", description = "Print the segment's facts as JSON.")
    boolean json;

    @Mixin LockOptions lock = new LockOptions();

    LoadCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws ShmException, BadInput, Refusal {
        Target wanted = Target.parse(target);
        Mode permissions = Mode.parse(mode);
        lock.check(session);
        SegmentId there = session.resolved(wanted).id();
        if (there == null && !create) {
            throw missing(wanted);
        }
        long most = there == null ? Long.MAX_VALUE : session.source().facts(there).sizeBytes();
        try (ImageFile.Opened image = ImageFile.open(file, most, session.console())) {
            SegmentId id = lock.around(session, () -> load(wanted, permissions, image));
            if (json) {
                SegmentRow row = new SegmentRow(session.source().facts(id), null);
                Json.print(session.console(), out -> SegmentRow.TABLE.write(out, row));
            }
        }
        return ExitCode.DONE;
    }

    private SegmentId load(Target wanted, Mode permissions, ImageFile.Opened image)
            throws ShmException, BadInput, Refusal {
        SegmentId id = session.resolved(wanted).id();
        if (id == null) {
            if (!create) {
                throw missing(wanted);
            }
            return loadAnew(wanted, permissions, image);
        }
        SegmentFacts facts = session.source().facts(id);
        checkSize(session.name(id), facts.sizeBytes(), image);
        Attachments attachments = session.source().attachments(id);
        try (AttachedSegment segment = session.source().attach(id, Access.READ_WRITE)) {
            checkSize(session.name(id), segment.sizeBytes(), image);
            session.console()
                    .note(
                            "overwriting all of %s, %s; %s"
                                    .formatted(
                                            session.name(id),
                                            Counted.bytes(image.sizeBytes()),
                                            Attached.clause(attachments, facts.nattch())));
            fill(segment, image, "");
        }
        return id;
    }

    private Refusal missing(Target wanted) {
        ShmFailure none = new ShmFailure.NotFound(wanted.text(), "ENOENT");
        boolean creatable =
                switch (wanted) {
                    case Target.Key _, Target.Ftok _, Target.Inode _, Target.Posix _ -> true;
                    case Target.Id _, Target.File _ -> false;
                };
        return new Refusal(
                Failures.exitCode(none),
                Failures.sentence(none, session.name(none.subject()))
                        + (creatable ? "; --create makes it" : ""));
    }

    /// A segment of ours that could not be filled does not stay.
    private SegmentId loadAnew(Target wanted, Mode permissions, ImageFile.Opened image)
            throws ShmException, BadInput, Refusal {
        if (image.sizeBytes() == 0) {
            throw new Refusal(
                    ExitCode.NO_ROOM,
                    "%s is empty, and a segment has at least 1 byte".formatted(image.name()));
        }
        Created created = session.source().create(wanted, image.sizeBytes(), permissions, false);
        SegmentId id = created.id();
        session.named(id, wanted);
        boolean whole = false;
        AtomicBoolean removed = new AtomicBoolean();
        try (Farewell _ = Farewell.to(() -> remove(id, removed));
                AttachedSegment segment = session.source().attach(id, Access.READ_WRITE)) {
            fill(segment, image, "; nothing of it stays");
            whole = true;
        } finally {
            if (!whole) {
                remove(id, removed);
            }
        }
        session.console()
                .note(
                        "created %s, %s, mode %s"
                                .formatted(
                                        session.name(id),
                                        Counted.bytes(image.sizeBytes()),
                                        permissions.octal()));
        return id;
    }

    /// @param removed whether that was begun; a signal and the end of the work both ask for it
    private void remove(SegmentId id, AtomicBoolean removed) {
        if (removed.getAndSet(true)) {
            return;
        }
        try {
            session.source().remove(id);
        } catch (ShmException refused) {
            session.console()
                    .note(
                            Failures.sentence(
                                    refused.failure(), session.name(refused.failure().subject())));
        }
    }

    private static void checkSize(String name, long sizeBytes, ImageFile.Opened image)
            throws Refusal {
        if (image.sizeBytes() != sizeBytes) {
            throw new Refusal(
                    image.sizeBytes() > sizeBytes ? ExitCode.NO_ROOM : ExitCode.NO,
                    "%s has %s and %s has %d: they must be as many; nothing was written"
                            .formatted(
                                    image.name(),
                                    Counted.bytes(image.sizeBytes()),
                                    name,
                                    sizeBytes));
        }
    }

    /// @param then what comes after a signal, as the end of a sentence
    private void fill(AttachedSegment segment, ImageFile.Opened image, String then)
            throws ShmException, Refusal {
        try (Progress progress = session.console().progress("load", image.sizeBytes());
                Act act = segment.begin(new Deed.Whole(Reason.LOAD))) {
            image.copyTo((at, bytes, length) -> {
                session.goOn(
                        segment.id(), at, image.sizeBytes(), "written, from the first on" + then);
                segment.write(at, bytes, 0, length);
                progress.done(at + length);
            });
            act.done();
        }
    }
}
