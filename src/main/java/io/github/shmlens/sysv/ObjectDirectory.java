package io.github.shmlens.sysv;

import io.github.shmlens.segment.ObjectSpace;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure.AccessDenied;
import io.github.shmlens.segment.ShmFailure.Unexpected;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import jnr.constants.platform.Errno;
import org.jspecify.annotations.Nullable;

/// /dev/shm, where POSIX shared memory objects live. Symbolic links are never followed: an object
/// is what lies here, not what somebody points to.
final class ObjectDirectory {

    private final Kernel kernel;
    private final Path root;

    ObjectDirectory(Kernel kernel, Path root) {
        this.kernel = kernel;
        this.root = root;
    }

    /// Regular files at the top, by name.
    SortedMap<String, FileNode> objects() throws ShmException {
        SortedMap<String, FileNode> found = new TreeMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
            for (Path entry : entries) {
                addIfRegular(entry, found);
            }
        } catch (NoSuchFileException | NotDirectoryException noObjectsHere) {
            return found;
        } catch (AccessDeniedException denied) {
            throw new ShmException(
                    new AccessDenied(root.toString(), "list", "its mode", Errno.EACCES.name()),
                    denied);
        } catch (IOException | DirectoryIteratorException broken) {
            throw new ShmException(
                    new Unexpected(root.toString(), "readdir", Errno.EIO.name()), broken);
        }
        return found;
    }

    private void addIfRegular(Path entry, SortedMap<String, FileNode> found) throws ShmException {
        try {
            FileNode node = kernel.node(entry.toString(), false);
            if (node.regular()) {
                found.put("/" + entry.getFileName(), node);
            }
        } catch (Refused refused) {
            if (!refused.is(Errno.ENOENT)) {
                throw refused.during(new Attempt(entry.toString(), "list"));
            }
        }
    }

    /// How full the file system is that objects live in; null where there is no such place, or it
    /// does not say.
    @Nullable ObjectSpace space() {
        try {
            FileStore store = Files.getFileStore(root);
            long size = store.getTotalSpace();
            return new ObjectSpace(
                    root.toString(),
                    store.type(),
                    size,
                    size - store.getUnallocatedSpace(),
                    store.getUsableSpace());
        } catch (IOException notHere) {
            return null;
        }
    }

    /// What has this name; refused where it is no regular file.
    FileNode node(String name) throws Refused {
        FileNode node = kernel.node(path(name), false);
        if (!node.regular()) {
            throw new Refused(Call.STAT_FILE, Errno.ENOENT);
        }
        return node;
    }

    FileNode directory() throws Refused {
        return kernel.node(root.toString(), true);
    }

    /// The path of an object.
    ///
    /// @throws Refused when the name would lead out of the directory, or to itself
    String path(String name) throws Refused {
        String bare = name.startsWith("/") ? name.substring(1) : name;
        boolean plain =
                !bare.isEmpty()
                        && bare.indexOf('/') < 0
                        && bare.indexOf('\0') < 0
                        && !List.of(".", "..").contains(bare);
        if (!plain) {
            throw new Refused(Call.STAT_FILE, Errno.ENOENT);
        }
        return root + "/" + bare;
    }
}
