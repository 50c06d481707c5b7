package io.github.shmlens.cli;

import io.github.shmlens.debuginfo.TakenType;
import io.github.shmlens.fields.Abi;
import io.github.shmlens.fields.BadDeclaration;
import io.github.shmlens.fields.CType;
import io.github.shmlens.fields.Declarations;
import io.github.shmlens.fields.DeclaredType;
import io.github.shmlens.fields.FieldAt;
import io.github.shmlens.fields.FieldValue;
import io.github.shmlens.fields.Lead;
import io.github.shmlens.layout.ByteView;
import io.github.shmlens.live.SequenceLock;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Numbers;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// A type from a file of C declarations, laid over a segment.
final class StructOptions {

    /// More than is ever parsed; the parser says how much that is.
    private static final int MOST_BYTES = 8 << 20;

    private static final int LISTED = 12;

    /// A larger one is never copied between two writes.
    private static final int MOST_SEQUENCED_BYTES = 1 << 20;

    private static final int ATTEMPTS = 100_000;

    @Option(
            names = "--struct",
            paramLabel = "FILE[:TYPE]",
            description =
                    "A file of C declarations, as a header has them, and the type to "
                            + "use: its last structure unless named. - reads standard input.")
    @Nullable String struct;

    @Option(
            names = "--from",
            paramLabel = "PROGRAM|PID:TYPE",
            description =
                    "Instead of --struct, a type out of the debug information of a "
                            + "program: a file, or what a process runs. gdb reads the file.")
    @Nullable String from;

    @Option(
            names = "--abi",
            paramLabel = "ABI",
            description = "Whose layout: x86-64, aarch64 or i386 (default: this host's).")
    @Nullable String abi;

    @Option(
            names = "--sequence",
            paramLabel = "FIELD[,FIELD]",
            description =
                    "A counter that the writer makes odd before it writes and even "
                            + "after, or two of which it raises one before and one after: only "
                            + "what was copied whole between is shown.")
    @Nullable String sequence;

    /// A type and where it begins.
    ///
    /// @param name as the declaration has it
    /// @param taken the type as a program has it; null where the declarations were given
    record Overlay(
            String name,
            CType type,
            Declarations declarations,
            long offset,
            @Nullable TakenType taken) {

        FieldAt over(long segmentBytes) {
            return FieldAt.root(type, offset, segmentBytes);
        }

        /// The field that a path names, also by way of offsets.
        FieldAt find(Session session, AttachedSegment segment, String path)
                throws BadInput, ShmException {
            long size = segment.sizeBytes();
            return Lead.find(
                    over(size),
                    path,
                    declarations,
                    size,
                    field -> {
                        try {
                            byte[] bytes = FieldBytes.read(session, segment, field);
                            return FieldValue.read(field, ByteView.of(bytes), field.offset());
                        } catch (Refusal behindTheEnd) {
                            return new FieldValue.Missing();
                        }
                    });
        }
    }

    boolean asked() {
        return struct != null || from != null;
    }

    /// Reads the declarations.
    ///
    /// @param offset as typed; null for 0
    /// @throws Refusal when a program does not have the type
    /// @throws ShmException when a process does not let us see its program
    Overlay overlay(Session session, @Nullable String offset)
            throws BadInput, Refusal, ShmException {
        long at =
                offset == null
                        ? 0
                        : Numbers.parse("offset", offset, 0, Long.MAX_VALUE - CType.MAX_BYTES);
        if (from != null) {
            return taken(session, from, at);
        }
        if (struct == null) {
            throw new BadInput("missing --struct: a file of C declarations");
        }
        String file = struct;
        String wanted = null;
        int colon = struct.lastIndexOf(':');
        if (colon > 0 && !exists(struct)) {
            file = struct.substring(0, colon);
            wanted = struct.substring(colon + 1);
        }
        Declarations all;
        try {
            all = Declarations.parse(text(session, file), abi());
        } catch (BadDeclaration wrong) {
            throw new BadInput("%s, %s".formatted(file, wrong.sentence()));
        }
        if (wanted != null) {
            String named = wanted;
            CType type =
                    all.type(named)
                            .orElseThrow(() ->
                                    new BadInput(
                                            "%s declares no type %s that is complete; it has %s"
                                                    .formatted(struct, named, names(all))));
            return new Overlay(named, type, all, at, null);
        }
        DeclaredType main =
                all.main()
                        .orElseThrow(() ->
                                new BadInput(
                                        "%s declares no type: a structure, a union or a typedef"
                                                .formatted(struct)));
        return new Overlay(main.name(), main.type(), all, at, null);
    }

    private Overlay taken(Session session, String wanted, long offset)
            throws BadInput, Refusal, ShmException {
        if (struct != null || abi != null) {
            throw new BadInput(
                    "--from brings its own declarations and ABI: leave out --struct and --abi");
        }
        TakenType taken = ProgramTypes.take(session, wanted);
        try {
            Declarations all = Declarations.parse(taken.text(), taken.abi());
            CType type = all.type(taken.name()).orElseThrow();
            return new Overlay(taken.name(), type, all, offset, taken);
        } catch (BadDeclaration never) {
            throw new IllegalStateException(never.sentence(), never);
        }
    }

    /// The lock that the fields named by `--sequence` are; null when none was asked for.
    @Nullable SequenceLock lock(AttachedSegment segment, FieldAt root) throws BadInput {
        if (sequence == null) {
            return null;
        }
        if (root.sizeBytes() > MOST_SEQUENCED_BYTES) {
            throw new BadInput(
                    "--sequence goes with structures of at most %d bytes, this one has %d"
                            .formatted(MOST_SEQUENCED_BYTES, root.sizeBytes()));
        }
        List<String> names = List.of(sequence.split(",", -1));
        if (names.size() > 2) {
            throw new BadInput("--sequence takes one field or two, not \"%s\"".formatted(sequence));
        }
        SequenceLock.Counter first = counter(root, names.getFirst());
        return names.size() == 1
                ? SequenceLock.of(segment, first)
                : SequenceLock.ofPair(segment, first, counter(root, names.getLast()));
    }

    private static SequenceLock.Counter counter(FieldAt root, String name) throws BadInput {
        FieldAt field = root.find(name);
        boolean whole =
                field.type().resolved() instanceof CType.Scalar scalar
                        && (scalar.kind() == CType.Scalar.Kind.SIGNED
                                || scalar.kind() == CType.Scalar.Kind.UNSIGNED);
        if (!whole || field.bitField() || name.isEmpty()) {
            throw new BadInput(
                    "a sequence is a whole number of its own, not \"%s\" of type %s"
                            .formatted(name, field.type().name()));
        }
        return new SequenceLock.Counter(field.offset(), (int) field.sizeBytes());
    }

    /// A copy of the structure, or of the segment's rest where that is shorter, that nobody wrote
    /// into meanwhile.
    static byte[] whole(Session session, AttachedSegment segment, SequenceLock lock, FieldAt root)
            throws ShmException, Refusal {
        byte[] copy =
                new byte
                        [(int)
                                Math.clamp(
                                        segment.sizeBytes() - root.offset(), 0, root.sizeBytes())];
        if (!lock.read(root.offset(), copy, copy.length, ATTEMPTS)) {
            throw new Refusal(
                    ExitCode.TIMED_OUT,
                    "%s: none of %d copies was whole by its sequence: it is written all the time"
                            .formatted(session.name(segment.id()), ATTEMPTS));
        }
        tell(session, lock);
        return copy;
    }

    /// Says how many copies had to be made again, where any.
    static void tell(Session session, SequenceLock lock) {
        if (lock.repeated() > 0) {
            session.console()
                    .note(
                            String.format(
                                    Locale.ROOT,
                                    "of %d copies %d were not whole by the sequence and made again (%.1f %%)",
                                    lock.reads(),
                                    lock.repeated(),
                                    100.0 * lock.repeated() / lock.reads()));
        }
    }

    Abi abi() throws BadInput {
        if (abi == null) {
            return Abi.ofHost();
        }
        Optional<Abi> named = Abi.named(abi);
        return named.orElseThrow(() ->
                new BadInput("the ABI \"%s\" is none of x86-64, aarch64 and i386".formatted(abi)));
    }

    private static String names(Declarations all) {
        if (all.types().isEmpty()) {
            return "none";
        }
        String more = all.types().size() > LISTED ? ", …" : "";
        return all.types().stream()
                        .limit(LISTED)
                        .map(DeclaredType::name)
                        .collect(Collectors.joining(", "))
                + more;
    }

    private static boolean exists(String file) {
        try {
            return Files.exists(Path.of(file));
        } catch (InvalidPathException none) {
            return false;
        }
    }

    private static String text(Session session, String file) throws BadInput, Refusal {
        try {
            if (file.equals("-")) {
                return text(session.console().in());
            }
            try (InputStream in = Files.newInputStream(Path.of(file))) {
                return text(in);
            }
        } catch (NoSuchFileException | InvalidPathException none) {
            throw new BadInput("there is no file %s to read declarations from".formatted(file));
        } catch (AccessDeniedException refused) {
            throw new Refusal(
                    ExitCode.NOT_PERMITTED,
                    "the declarations in %s could not be read: not permitted (EACCES)"
                            .formatted(file));
        } catch (IOException refused) {
            throw new BadInput(
                    "the declarations in %s could not be read: %s"
                            .formatted(file, refused.getMessage()));
        }
    }

    private static String text(InputStream in) throws IOException {
        return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    }
}
