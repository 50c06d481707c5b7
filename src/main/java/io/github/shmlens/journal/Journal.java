package io.github.shmlens.journal;

import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.source.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The file of our changes: one line appended for each before it is made, by every window and
/// command of this user. When it has grown to its limit it is put aside under a second name, in the
/// place of what was put aside before.
///
/// A line is handed to the kernel at once, which survives our death. It is not forced to the disk:
/// what a power cut takes from the file, it takes from the shared memory too.
///
/// What is in the file is believed as little as any other input: a line that cannot be read is
/// counted and passed over. Any thread; blocking, for a moment.
public final class Journal {

    /// Of each of the two files.
    public static final long USUAL_BYTES = 8L << 20;

    private static final long PATIENCE_NANOS = 2_000_000_000L;
    private static final long LOOK_AGAIN_NANOS = 2_000_000L;
    private static final int TAIL_BYTES = 1 << 16;

    /// How every line of ours ends. The comma and the quote cannot stand so inside of a string.
    private static final Pattern NUMBER = Pattern.compile(",\"entry\":([0-9]{1,15})\\}\n");

    private static final FileAttribute<?> OURS_ALONE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final FileAttribute<?> FOLDER_OURS_ALONE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /// A lock on a file is the whole process's: threads exclude each other here first.
    private static final Object PROCESS = new Object();

    /// Told when something cannot be kept.
    @FunctionalInterface
    public interface Complaints {
        /// On the writing thread; the write itself goes on.
        ///
        /// @param why as a clause
        void notKept(String why);
    }

    /// What the files hold.
    ///
    /// @param entries by rising number
    /// @param unreadable lines that are none of ours: damaged, or torn by a crash
    /// @param problem why a file could not be read at all, as a clause; empty when it could
    public record Reading(List<Entry> entries, int unreadable, String problem) {
        public Reading {
            entries = List.copyOf(entries);
        }
    }

    private final @Nullable Path file;
    private final long limitBytes;
    private final String by;
    private final Clock clock;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Complaints complaints = _ -> {};
    private volatile boolean complained;
    private @Nullable Seen seen;

    /// How far was read, and of which files.
    private static final class Seen {
        private final String aside;
        private final String active;
        private final Folding folding;
        private final String problem;
        private long position;
        private long lengthBytes = -1;
        private Reading reading = new Reading(List.of(), 0, "");

        private Seen(String aside, String active, Folding folding, String problem) {
            this.aside = aside;
            this.active = active;
            this.folding = folding;
            this.problem = problem;
        }
    }

    private Journal(@Nullable Path file, long limitBytes, String by, Clock clock) {
        this.file = file;
        this.limitBytes = limitBytes;
        this.by = by;
        this.clock = clock;
    }

    /// @param folder the user's own; made, for this user alone, when something is first written
    /// @param by who writes: "window", "command line"
    public static Journal in(Path folder, String by) {
        return in(folder, by, USUAL_BYTES, Clock.systemUTC());
    }

    static Journal in(Path folder, String by, long limitBytes, Clock clock) {
        return new Journal(folder.resolve("journal.jsonl"), limitBytes, by, clock);
    }

    /// Keeps nothing.
    public static Journal none() {
        return new Journal(null, 0, "", Clock.systemUTC());
    }

    /// Whether it keeps anything.
    public boolean kept() {
        return file != null;
    }

    /// The file; null when nothing is kept.
    public @Nullable Path file() {
        return file;
    }

    /// Whom to tell when something cannot be kept.
    public void complainTo(Complaints other) {
        complaints = other;
    }

    /// Calls back after each line that this object wrote, on the writing thread.
    ///
    /// @return ends that
    public AutoCloseable onChange(Runnable changed) {
        listeners.add(changed);
        return () -> listeners.remove(changed);
    }

    // ---- writing -----------------------------------------------------------------------------

    /// Appends an entry.
    ///
    /// @return the number it has; 0 when it could not be kept, which was told
    long begin(LongFunction<JournalLine> entry) {
        return append(1, entry);
    }

    /// Appends an entry about a segment, as of now.
    ///
    /// @param of the entry that is taken back or made again; 0 for none
    /// @param change null while it is not known what will be written
    /// @return as the other
    long begin(
            Reason reason, long of, SegmentFacts about, String identity, @Nullable Change change) {
        SegmentKey key = about.key();
        Change known = change == null ? new Change.NotKept(0, -1, Change.Why.NEVER_ENDED) : change;
        return begin(number ->
                new JournalLine.Begun(
                        new Entry(
                                number,
                                clock.instant(),
                                by,
                                ProcessHandle.current().pid(),
                                reason,
                                of,
                                about.id().text(),
                                key == null ? null : key.hex(),
                                identity,
                                known,
                                false),
                        change));
    }

    /// Appends how an entry ended. What cannot be kept was told.
    void end(LongFunction<JournalLine> line) {
        append(0, line);
    }

    private long append(int step, LongFunction<JournalLine> line) {
        Path active = file;
        if (active == null) {
            return 0;
        }
        try {
            long number = append(active, step, line);
            complained = false;
            listeners.forEach(Runnable::run);
            return number;
        } catch (IOException refused) {
            if (!complained) {
                complained = true;
                complaints.notKept(clause(refused));
            }
            return 0;
        }
    }

    private long append(Path active, int step, LongFunction<JournalLine> line) throws IOException {
        Path folder = folderOf(active);
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, FOLDER_OURS_ALONE);
        }
        synchronized (PROCESS) {
            try (FileChannel guard = open(lockFile(active));
                    FileLock _ = locked(guard)) {
                if (Files.exists(active) && !Files.isRegularFile(active)) {
                    throw new IOException(active + " is no regular file");
                }
                return appendLocked(active, step, line);
            }
        }
    }

    private long appendLocked(Path active, int step, LongFunction<JournalLine> line)
            throws IOException {
        try (FileChannel out = open(active)) {
            long size = out.size();
            long number = lastNumber(active) + step;
            boolean torn = size > 0 && !endsWithLine(out, size);
            byte[] bytes =
                    ((torn ? "\n" : "") + line.apply(number).text() + "\n")
                            .getBytes(StandardCharsets.UTF_8);
            if (size > 0 && size + bytes.length > limitBytes) {
                Files.move(active, aside(active), StandardCopyOption.REPLACE_EXISTING);
                try (FileChannel fresh = open(active)) {
                    write(fresh, bytes, 0);
                }
            } else {
                write(out, bytes, size);
            }
            return number;
        }
    }

    private static void write(FileChannel out, byte[] bytes, long at) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            out.write(left, at + left.position());
        }
    }

    private static boolean endsWithLine(FileChannel out, long size) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        return out.read(last, size - 1) == 1 && last.get(0) == '\n';
    }

    private static long lastNumber(Path active) throws IOException {
        long last = lastNumberIn(active);
        return last > 0 ? last : lastNumberIn(aside(active));
    }

    /// Looks at the end of the file, and further before only where that is damaged.
    private static long lastNumberIn(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            return 0;
        }
        try (FileChannel in = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = in.size();
            for (long length = Math.min(size, TAIL_BYTES); length > 0; ) {
                Matcher numbers = NUMBER.matcher(text(in, size - length, (int) length));
                long last = 0;
                while (numbers.find()) {
                    last = Math.max(last, Long.parseLong(numbers.group(1)));
                }
                if (last > 0 || length == size || length >= 2 * USUAL_BYTES) {
                    return last;
                }
                length = Math.min(size, Math.min(length * 8, 2 * USUAL_BYTES));
            }
            return 0;
        }
    }

    private static String text(FileChannel in, long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && in.read(bytes, from + bytes.position()) > 0) {
            // Until all of it is there, or the file is shorter by now.
            if (!bytes.hasRemaining()) {
                break;
            }
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
    }

    private static FileChannel open(Path path) throws IOException {
        Set<StandardOpenOption> options =
                Set.of(
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE);
        return FileChannel.open(path, options, OURS_ALONE);
    }

    /// Another program of ours holds it for a moment; one that was stopped there must not hold up
    /// everybody's writes.
    private static FileLock locked(FileChannel guard) throws IOException {
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            FileLock lock = guard.tryLock();
            if (lock != null) {
                return lock;
            }
            if (System.nanoTime() - until > 0) {
                throw new IOException(
                        "another program holds the journal's lock and does not let go");
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    private static Path folderOf(Path active) {
        Path folder = active.toAbsolutePath().getParent();
        return folder == null ? active.toAbsolutePath() : folder;
    }

    private static Path lockFile(Path active) {
        return active.resolveSibling("journal.lock");
    }

    private static Path aside(Path active) {
        return active.resolveSibling("journal.1.jsonl");
    }

    // ---- reading -----------------------------------------------------------------------------

    /// Everything that is kept. Reads the files only when they changed since.
    public Reading read() {
        Path active = file;
        if (active == null) {
            return new Reading(List.of(), 0, "");
        }
        synchronized (PROCESS) {
            String asideNow = state(aside(active), true);
            String activeNow = state(active, false);
            Seen now = seen;
            if (now == null || !now.aside.equals(asideNow) || !now.active.equals(activeNow)) {
                now = begin(active, asideNow, activeNow);
            }
            now = goOn(active, now);
            seen = now;
            return now.reading;
        }
    }

    /// Which file it is. The active one only ever grows; what is put aside does not change at all.
    private static String state(Path path, boolean whole) {
        try {
            BasicFileAttributes facts =
                    Files.readAttributes(path, BasicFileAttributes.class, new LinkOption[0]);
            String key = String.valueOf(facts.fileKey());
            return whole ? key + " " + facts.size() + " " + facts.lastModifiedTime() : key;
        } catch (IOException none) {
            return "none";
        }
    }

    private Seen begin(Path active, String asideNow, String activeNow) {
        Folding folding = new Folding();
        String problem = "";
        try {
            folding.unreadable += readInto(aside(active), 0, folding).rest() > 0 ? 1 : 0;
        } catch (NoSuchFileException none) {
            return new Seen(asideNow, activeNow, folding, "");
        } catch (IOException refused) {
            problem = clause(refused);
        }
        return new Seen(asideNow, activeNow, folding, problem);
    }

    private Seen goOn(Path active, Seen from) {
        String problem = from.problem;
        int torn = 0;
        try {
            long length = Files.size(active);
            if (length == from.lengthBytes) {
                return from;
            }
            Seen now = from;
            if (length < from.position) {
                // Cut short by somebody else: from the start again.
                now = begin(active, from.aside, from.active);
            }
            Read read = readInto(active, now.position, now.folding);
            now.position = read.position();
            now.lengthBytes = length;
            torn = read.rest() > 0 ? 1 : 0;
            now.reading =
                    new Reading(now.folding.entries(), now.folding.unreadable + torn, now.problem);
            return now;
        } catch (NoSuchFileException nothingYet) {
            torn = 0;
        } catch (IOException refused) {
            problem = clause(refused);
        }
        from.reading = new Reading(from.folding.entries(), from.folding.unreadable, problem);
        return from;
    }

    /// How far a file was read.
    ///
    /// @param position behind the last whole line
    /// @param rest how many bytes follow: a line that was torn, or is being written
    private record Read(long position, long rest) {}

    private Read readInto(Path path, long position, Folding folding) throws IOException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new IOException(path + " is no regular file");
        }
        try (FileChannel in = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = in.size();
            // Ours never grows so far: of what somebody else made of it, the end is read.
            long from = Math.max(position, size - limitBytes - JournalLine.MOST_CHARS);
            String text = text(in, from, (int) (size - from));
            int at = 0;
            if (from > position) {
                at = text.indexOf('\n') + 1;
                folding.unreadable++;
            }
            for (int end = text.indexOf('\n', at); end >= 0; end = text.indexOf('\n', at)) {
                if (end > at) {
                    folding.take(JournalLine.parse(text.substring(at, end)));
                }
                at = end + 1;
            }
            return new Read(from + at, text.length() - at);
        }
    }

    /// Puts together what lines say about the same change.
    private static final class Folding {
        private final Map<Long, Entry> entries = new LinkedHashMap<>();
        private int unreadable;

        private void take(@Nullable JournalLine line) {
            switch (line) {
                case null -> unreadable++;
                case JournalLine.Begun(Entry head, _) -> entries.put(head.number(), head);
                case JournalLine.Broken(_, long of) ->
                        entries.computeIfPresent(of, (_, entry) -> entry.brokenOff());
                case JournalLine.Ended(_, long of, Change change, boolean broken) ->
                        entries.computeIfPresent(
                                of,
                                (_, entry) -> {
                                    Entry ended = entry.with(change);
                                    return broken ? ended.brokenOff() : ended;
                                });
                case JournalLine.Cut(_, long of, long writtenBytes) ->
                        entries.computeIfPresent(of, (_, entry) -> cut(entry, writtenBytes));
            }
        }

        /// @return null when nothing of it was written: then there is no change
        private static @Nullable Entry cut(Entry entry, long writtenBytes) {
            if (writtenBytes == 0) {
                return null;
            }
            return entry.change() instanceof Change.Bytes bytes
                    ? entry.with(bytes.first(writtenBytes)).brokenOff()
                    : entry.brokenOff();
        }

        private List<Entry> entries() {
            List<Entry> all = new ArrayList<>(entries.values());
            all.sort((one, other) -> Long.compare(one.number(), other.number()));
            return all;
        }
    }

    private static String clause(IOException refused) {
        return switch (refused) {
            case java.nio.file.AccessDeniedException denied ->
                    denied.getFile() + " may not be written by this user";
            case FileAlreadyExistsException inTheWay -> inTheWay.getFile() + " is no folder";
            case java.nio.file.FileSystemException other ->
                    "%s: %s"
                            .formatted(
                                    other.getFile(),
                                    other.getReason() == null
                                            ? other.getClass().getSimpleName()
                                            : other.getReason());
            default -> String.valueOf(refused.getMessage());
        };
    }
}
