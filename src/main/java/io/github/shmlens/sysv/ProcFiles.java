package io.github.shmlens.sysv;

import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure.Unexpected;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// /proc, as text. Processes come and go while we look; one that went is empty, not a failure.
final class ProcFiles {

    /// One look into a process.
    ///
    /// @param hidden true when it is there and did not let us look
    record Look<T>(Optional<T> seen, boolean hidden) {
        static <T> Look<T> at(T seen) {
            return new Look<>(Optional.of(seen), false);
        }

        static <T> Look<T> nothing() {
            return new Look<>(Optional.empty(), false);
        }

        static <T> Look<T> refused() {
            return new Look<>(Optional.empty(), true);
        }
    }

    /// Kernel threads carry this flag in /proc/PID/stat; they map nothing.
    private static final long PF_KTHREAD = 0x0020_0000;

    private static final int FLAGS_AFTER_NAME = 6;

    private static final int BUFFER_BYTES = 16 << 10;

    private static final String OUR_NAME = "Shmlens";

    /// The class that every Shmlens begins with.
    static final String OUR_MAIN = "io.github.shmlens.app.Main";

    private static final Pattern COMMAND = Pattern.compile("[a-z]{1,16}");

    private static final Pattern ESCAPE = Pattern.compile("\\\\([0-7]{3})");

    private final Path root;

    ProcFiles(Path root) {
        this.root = root;
    }

    /// The lines of a file below /proc; empty where there is no such file or it may not be read.
    Optional<List<String>> lines(String file) {
        try {
            return Optional.of(read(root.resolve(file)));
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    /// How much memory this process may lock: `8388608 bytes`, `unlimited`.
    String lockableMemory() {
        return lockable()
                .map(limit -> limit.equals("unlimited") ? limit : limit + " bytes")
                .orElse("only so much");
    }

    /// The same as a number; the largest where there is no limit or it cannot be seen.
    long lockableBytes() {
        return lockable()
                .filter(limit -> limit.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .orElse(Long.MAX_VALUE);
    }

    private Optional<String> lockable() {
        return lines("self/limits").orElse(List.of()).stream()
                .filter(line -> line.startsWith("Max locked memory"))
                .map(line -> line.substring("Max locked memory".length()).strip().split("\\s+")[0])
                .findFirst();
    }

    Credentials credentials() throws ShmException {
        Optional<List<String>> status = lines("thread-self/status");
        if (status.isEmpty()) {
            throw new ShmException(new Unexpected("/proc/thread-self/status", "open", "ENOENT"));
        }
        return Credentials.parse(status.get());
    }

    /// An unsigned number that a file holds alone.
    long number(String file) throws ShmException {
        List<String> lines = lines(file).orElse(List.of());
        try {
            return Long.parseUnsignedLong(lines.isEmpty() ? "" : lines.getFirst().strip());
        } catch (NumberFormatException broken) {
            throw new ShmException(new Unexpected("/proc/" + file, "read", "ENODATA"), broken);
        }
    }

    /// Ids of all processes that are visible from here.
    List<Integer> processes() {
        List<Integer> pids = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root, "[0-9]*")) {
            for (Path entry : entries) {
                pids.add(Integer.parseInt(entry.getFileName().toString()));
            }
        } catch (IOException | NumberFormatException notProc) {
            return List.of();
        }
        return pids;
    }

    /// The IPC namespace this process lives in; empty on kernels without namespaces.
    Optional<String> ownIpcNamespace() {
        return namespace("self", "ipc").seen();
    }

    Look<String> ipcNamespace(int pid) {
        return namespace(Integer.toString(pid), "ipc");
    }

    /// Where a process lives.
    ///
    /// @param container empty for an ordinary process, or where that may not be seen
    /// @param pidNamespace empty where that may not be seen
    record Home(Optional<String> container, Optional<String> pidNamespace) {}

    /// Where we live, to compare others with.
    Home ownHome() {
        return home("self");
    }

    /// Which container a process lives in where it is another than ours; empty otherwise, or where
    /// that may not be seen.
    String container(int pid, Home ours) {
        Home theirs = home(Integer.toString(pid));
        if (theirs.container().isPresent() && !theirs.container().equals(ours.container())) {
            return theirs.container().get();
        }
        boolean elsewhere =
                theirs.pidNamespace().isPresent()
                        && !theirs.pidNamespace().equals(ours.pidNamespace());
        return elsewhere ? "another PID namespace" : "";
    }

    private Home home(String process) {
        return new Home(containerOf(process), namespace(process, "pid").seen());
    }

    private Optional<String> containerOf(String process) {
        return lines(process + "/cgroup").flatMap(ControlGroups::container);
    }

    private Look<String> namespace(String process, String kind) {
        Path link = root.resolve(process).resolve("ns").resolve(kind);
        try {
            return Look.at(Files.readSymbolicLink(link).toString());
        } catch (IOException refused) {
            return refusal(process, refused);
        }
    }

    Look<List<Mapping>> mappings(int pid) {
        Look<List<String>> lines = maps(pid);
        return new Look<>(lines.seen().map(Mapping::parse), lines.hidden());
    }

    /// The lines of a process's list of mappings.
    Look<List<String>> maps(int pid) {
        String process = Integer.toString(pid);
        try {
            return Look.at(read(root.resolve(process).resolve("maps")));
        } catch (IOException refused) {
            return refusal(process, refused);
        }
    }

    /// How many descriptors of a process lead to a file; none where it is gone or does not let us
    /// see.
    ///
    /// @param nameless without a name any more: only such ones are looked at closer
    int descriptors(int pid, FileNode nameless) {
        int found = 0;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(path(pid).resolve("fd"))) {
            for (Path descriptor : all) {
                found += leadsTo(descriptor, nameless) ? 1 : 0;
            }
        } catch (IOException | DirectoryIteratorException refused) {
            return found;
        }
        return found;
    }

    private static boolean leadsTo(Path descriptor, FileNode nameless) {
        try {
            if (!Files.readSymbolicLink(descriptor).toString().endsWith(Mapping.DELETED)) {
                return false;
            }
            Map<String, Object> node = Files.readAttributes(descriptor, "unix:dev,ino");
            return Objects.equals(node.get("dev"), nameless.device())
                    && Objects.equals(node.get("ino"), nameless.inode());
        } catch (IOException closed) {
            return false;
        }
    }

    /// The folder of a process.
    Path path(int pid) {
        return root.resolve(Integer.toString(pid));
    }

    /// The words a process was started with; empty where it is gone or has none.
    List<String> commandLine(int pid) {
        return lines(pid + "/cmdline")
                .map(lines -> List.of(inFileNames(String.join("\n", lines)).split("\0")))
                .orElse(List.of());
    }

    /// Paths of the files a process has mapped, as far as it lets us see.
    Set<String> mappedFiles(int pid) {
        Set<String> files = new LinkedHashSet<>();
        for (String line : lines(pid + "/maps").orElse(List.of())) {
            String[] columns = line.split(" +", 6);
            if (columns.length == 6 && columns[5].startsWith("/")) {
                files.add(inFileNames(columns[5]));
            }
        }
        return files;
    }

    /// A path as the kernel writes it into a table, where blanks and the like are octal.
    static String unescaped(String path) {
        return inFileNames(
                ESCAPE.matcher(path)
                        .replaceAll(octal ->
                                Matcher.quoteReplacement(
                                        Character.toString(
                                                (char) Integer.parseInt(octal.group(1), 8)))));
    }

    /// Bytes that were read one to a character, as the characters that file names have here.
    private static String inFileNames(String latin1) {
        return new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /// Name and effective user of a process.
    Optional<StatusFile> status(int pid) {
        return lines(pid + "/status").map(StatusFile::parse);
    }

    /// What a process is called. One of ours is a `java` to the kernel, as many others are; its
    /// command line tells more: `Shmlens`, or `Shmlens demo` where it runs a command.
    String command(int pid, StatusFile status) {
        String name = status.text("Name");
        if (!name.equals("java")) {
            return name;
        }
        List<String> words = commandLine(pid);
        int main = words.indexOf(OUR_MAIN);
        if (main < 0) {
            int jar = words.indexOf("-jar") + 1;
            main = jar > 0 && jar < words.size() && isOurJar(words.get(jar)) ? jar : -1;
        }
        if (main < 0) {
            return name;
        }
        String command = main + 1 < words.size() ? words.get(main + 1) : "attach";
        return command.equals("attach") || !COMMAND.matcher(command).matches()
                ? OUR_NAME
                : OUR_NAME + " " + command;
    }

    private static boolean isOurJar(String path) {
        return path.substring(path.lastIndexOf('/') + 1).equals("shmlens.jar");
    }

    private <T> Look<T> refusal(String process, IOException refused) {
        boolean denied = refused instanceof AccessDeniedException;
        boolean vanished =
                refused instanceof NoSuchFileException
                        || (!denied && !Files.exists(root.resolve(process)));
        return vanished || isKernelThread(process) ? Look.nothing() : Look.refused();
    }

    private boolean isKernelThread(String process) {
        return lines(process + "/stat").filter(ProcFiles::isKernelThread).isPresent();
    }

    /// The name stands in parentheses and may itself contain anything.
    private static boolean isKernelThread(List<String> stat) {
        String text = String.join(" ", stat);
        String[] columns = text.substring(text.lastIndexOf(')') + 1).strip().split(" ", -1);
        return columns.length > FLAGS_AFTER_NAME
                && (Long.parseLong(columns[FLAGS_AFTER_NAME]) & PF_KTHREAD) != 0;
    }

    /// Names in /proc are any bytes; Latin-1 loses none.
    ///
    /// A number below /proc/sys is given only to a read from its very start, and these files say
    /// their size is 0. [Files#readAllBytes] then begins with one byte, which is all it gets.
    private static List<String> read(Path file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream input = Files.newInputStream(file)) {
            for (int got = input.read(buffer); got > 0; got = input.read(buffer)) {
                bytes.write(buffer, 0, got);
            }
        }
        return bytes.toString(StandardCharsets.ISO_8859_1).lines().toList();
    }
}
