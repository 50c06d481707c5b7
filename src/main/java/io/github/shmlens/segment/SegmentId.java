package io.github.shmlens.segment;

import java.nio.file.Path;

/// Identity of one existing segment. Two segments that had the same key one after the other have
/// different ids.
public sealed interface SegmentId {

    /// How a user would name it on the command line: `id:3`, `posix:/name`, `file:/path`.
    String text();

    /// A System V segment. 0 is a valid shmid.
    record Sysv(int shmid) implements SegmentId {
        @Override
        public String text() {
            return "id:" + shmid;
        }
    }

    /// A POSIX shared memory object, an entry of /dev/shm. The name begins with a slash and has no
    /// other.
    record Posix(String name) implements SegmentId {
        @Override
        public String text() {
            return "posix:" + name;
        }
    }

    /// A file that processes map and share, or a saved dump. The path is absolute.
    record File(Path path) implements SegmentId {
        @Override
        public String text() {
            return "file:" + path;
        }
    }
}
