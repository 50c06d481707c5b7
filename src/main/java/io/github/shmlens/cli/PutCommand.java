package io.github.shmlens.cli;

import io.github.shmlens.php.NotAStore;
import io.github.shmlens.php.PhpStore;
import io.github.shmlens.php.Slot;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Counted;
import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.Created;
import io.github.shmlens.source.Resolution;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Stores one value; makes the segment when there is none.
@Command(
        name = "put",
        aliases = "send",
        sortOptions = false,
        description = {
            "Stores a value in a slot of a PHP store.",
            "Makes the segment when there is none, with PHP's own size and mode."
        })
@Examples({
    "shmlens put 987654 1 \"Hello.\"          # PHP: shm_put_var($shm, 1, \"Hello.\")",
    "shmlens put 987654 2 '{\"visits\":1}' --as json  # an array, as PHP has it",
    "shmlens put 987654 3 42 --as int --lock sem:987654"
})
final class PutCommand implements Callable<Integer> {

    /// A store's header, and a slot's header with PHP's spare bytes.
    private static final int STORE_HEADER_BYTES = 40;

    private static final int SLOT_OVERHEAD_BYTES = 32;

    private final Session session;

    @Parameters(index = "0", paramLabel = "TARGET", description = "The segment.")
    String target = "";

    @Parameters(index = "1", paramLabel = "SLOT", description = "The slot's number.")
    String slot = "";

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "VALUE",
            description = "The value; - reads it from standard input.")
    @Nullable String value;

    @Mixin ValueType type = new ValueType();

    @Option(
            names = "--size",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Bytes of a new segment (default: 10000).")
    String size = "10000";

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "0666",
            description = "Permissions of a new segment, octal (default: 0666).")
    String mode = "0666";

    @Option(
            names = "--format-store",
            description = "Begin an empty store where another thing lies; its bytes are lost.")
    boolean formatStore;

    @Mixin LockOptions lock = new LockOptions();

    PutCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws ShmException, BadInput, Refusal {
        long number = Store.slotNumber(slot);
        Target wanted = Target.parse(target);
        long bytes = Quantity.size("size", size, STORE_HEADER_BYTES);
        Mode permissions = Mode.parse(mode);
        type.check("put", value);
        lock.check(session);
        byte[] text = type.text(value, session.console());
        byte[] payload = type.payload(text);
        StringHint hint = type.typed() ? null : StringHint.about(text).orElse(null);
        lock.around(
                session,
                () -> {
                    put(wanted, number, payload, bytes, permissions, hint);
                    return number;
                });
        return ExitCode.DONE;
    }

    private void put(
            Target wanted,
            long number,
            byte[] payload,
            long bytes,
            Mode permissions,
            @Nullable StringHint hint)
            throws ShmException, BadInput, Refusal {
        Resolution resolution = session.resolved(wanted);
        SegmentId id = resolution.id();
        boolean fresh = false;
        if (id == null) {
            if (wanted instanceof Target.Id) {
                throw new ShmException(new ShmFailure.NotFound(wanted.text(), "ENOENT"));
            }
            long needed = SLOT_OVERHEAD_BYTES + (payload.length + 7L) / 8 * 8;
            if (needed > bytes - STORE_HEADER_BYTES) {
                throw new Refusal(
                        ExitCode.NO_ROOM,
                        "%s is not there, and a new one of %s has %d for slots where the value needs %d: nothing was made; name a larger --size"
                                .formatted(
                                        wanted.text(),
                                        Counted.bytes(bytes),
                                        bytes - STORE_HEADER_BYTES,
                                        needed));
            }
            Created created = session.source().create(wanted, bytes, permissions, true);
            id = created.id();
            fresh = created.isNew();
            session.named(id, wanted);
        }
        try (AttachedSegment segment = attached(id, fresh)) {
            PhpStore store = new PhpStore(segment);
            if (fresh) {
                store.format();
                session.console()
                        .note(
                                "created %s, %s, mode %s"
                                        .formatted(
                                                session.name(id),
                                                Counted.bytes(bytes),
                                                permissions.octal()));
            }
            Slot before = hint == null ? null : store.read().slot(number).orElse(null);
            try {
                store.put(number, payload);
                if (hint != null && before != null) {
                    String sentence = hint.sentence(before);
                    if (!sentence.isEmpty()) {
                        session.console().note(sentence);
                    }
                }
            } catch (NotAStore refused) {
                boolean room = segment.sizeBytes() >= STORE_HEADER_BYTES;
                putAnew(store, room, session.name(id), number, payload, refused);
            }
        }
    }

    /// A segment that was made just now and that we may not attach (its mode forbids it) would be
    /// of no use to anybody: it does not stay. Newer PHP does the same.
    private AttachedSegment attached(SegmentId id, boolean fresh) throws ShmException {
        try {
            return session.source().attach(id, Access.READ_WRITE);
        } catch (ShmException refused) {
            if (fresh) {
                session.source().remove(id);
            }
            throw refused;
        }
    }

    /// @param room whether a store's header finds room
    private void putAnew(
            PhpStore store,
            boolean room,
            String name,
            long number,
            byte[] payload,
            NotAStore refused)
            throws ShmException, Refusal {
        if (!room || (!formatStore && !store.blank())) {
            throw new Refusal(
                    ExitCode.NO,
                    "%s: %s%s"
                            .formatted(
                                    name,
                                    Store.sentence(refused),
                                    room
                                            ? "; --format-store begins an empty one, and what is there is lost"
                                            : ""));
        }
        try {
            store.format();
            session.console().note("began an empty store in " + name);
            store.put(number, payload);
        } catch (NotAStore again) {
            throw new Refusal(ExitCode.NO, "%s: %s".formatted(name, again.sentence()));
        }
    }
}
