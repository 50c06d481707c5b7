package io.github.shmlens.sysv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.Content;
import io.github.shmlens.source.Intent;
import io.github.shmlens.source.Replaced;
import io.github.shmlens.source.Sweep;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OpenedObjectTest {

    private final HostSegments host = new HostSegments();
    private final SegmentId.Posix id = new SegmentId.Posix("/shmlens-test-" + UUID.randomUUID());
    private final Path path = Path.of("/dev/shm" + id.name());

    @AfterEach
    void removeIt() throws Exception {
        Files.deleteIfExists(path);
    }

    private AttachedSegment made(long size) throws Exception {
        host.create(new Target.Posix(id.name()), size, new Mode(0600), false);
        return host.attach(id, Access.READ_WRITE);
    }

    private void resize(long size) throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(size);
        }
    }

    private static void fails(Class<? extends ShmFailure> failure, ThrowingCallable access) {
        assertThatExceptionOfType(ShmException.class)
                .isThrownBy(access)
                .satisfies(thrown -> assertThat(thrown.failure()).isInstanceOf(failure));
    }

    @Test
    void readsBackWhatItWrote() throws Exception {
        int size = 3 << 20;
        try (AttachedSegment object = made(size)) {
            byte[] random = new byte[size - 5];
            new Random(1).nextBytes(random);
            object.write(5, random, 0, random.length);
            byte[] back = new byte[size];
            object.read(0, back, 0, size);
            assertThat(java.util.Arrays.copyOfRange(back, 5, size)).isEqualTo(random);
            object.putWord(8, 0x0102030405060708L);
            assertThat(object.word(8)).isEqualTo(0x0102030405060708L);
            object.read(8, back, 0, 8);
            assertThat(back).startsWith(8, 7, 6, 5, 4, 3, 2, 1);
        }
    }

    @Test
    void knowsWhenItsNameLeadsToAnotherObject() throws Exception {
        try (AttachedSegment object = made(100)) {
            assertThat(object.isSuperseded()).isFalse();
            Files.delete(path);
            assertThat(object.isSuperseded()).isFalse();
            Files.write(path, new byte[100]);
            assertThat(object.isSuperseded()).isTrue();
            try (AttachedSegment heir = host.attach(id, Access.READ_ONLY)) {
                assertThat(heir.isSuperseded()).isFalse();
            }
        }
    }

    @Test
    void isTheLastHolderWhereNoNameLeadsToItAndNobodyElseHasItOpen() throws Exception {
        try (AttachedSegment object = made(100)) {
            assertThat(object.isLastHolder()).isFalse();
            Process other = new ProcessBuilder("cat").redirectOutput(path.toFile()).start();
            try (FileChannel ours = FileChannel.open(path)) {
                Files.delete(path);
                assertThat(object.isLastHolder()).as("another process has it open").isFalse();
                other.getOutputStream().close();
                other.waitFor();
                assertThat(object.isLastHolder()).as("we have it open twice").isFalse();
                assertThat(ours.isOpen()).isTrue();
            } finally {
                other.destroy();
            }
            assertThat(object.isLastHolder()).isTrue();
            Files.write(path, new byte[100]);
            assertThat(object.isLastHolder()).as("the name is another's by now").isTrue();
            try (AttachedSegment heir = host.attach(id, Access.READ_ONLY)) {
                assertThat(heir.isLastHolder()).isFalse();
            }
        }
    }

    @Test
    void readsHolesWithoutFillingThem() throws Exception {
        try (AttachedSegment object = made(64L << 30)) {
            byte[] some = new byte[1 << 20];
            boolean[] read = object.readResident((63L << 30) + 1, some, 0, some.length);
            assertThat(read).hasSize(257).containsOnly(true);
            assertThat(some).containsOnly(0);
            assertThat(host.facts(id).rssBytes()).isZero();
        }
    }

    @Test
    void isGoneWhereItWasCutShort() throws Exception {
        try (AttachedSegment object = made(8192)) {
            resize(4096);
            fails(ShmFailure.Gone.class, () -> object.read(4000, new byte[200], 0, 200));
            fails(ShmFailure.Gone.class, () -> object.word(4096));
            fails(ShmFailure.Gone.class, () -> object.write(4096, new byte[1], 0, 1));
            assertThat(object.sizeBytes()).isEqualTo(4096);
            object.read(0, new byte[4096], 0, 4096);
            assertThat(Files.size(path)).isEqualTo(4096);
        }
    }

    @Test
    void growsWithTheObject() throws Exception {
        try (AttachedSegment object = made(10)) {
            assertThatThrownBy(() -> object.read(10, new byte[1], 0, 1))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            resize(100);
            object.read(99, new byte[1], 0, 1);
            assertThat(object.sizeBytes()).isEqualTo(100);
        }
    }

    @Test
    void neverGrowsTheObjectByWriting() throws Exception {
        try (AttachedSegment object = made(10)) {
            assertThatThrownBy(() -> object.write(8, new byte[3], 0, 3))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThat(Files.size(path)).isEqualTo(10);
        }
    }

    @Test
    void comparesBeforeItReplaces() throws Exception {
        try (AttachedSegment object = made(10)) {
            assertThat(object.replace(2, new byte[3], new byte[] {1, 2, 3}))
                    .isEqualTo(new Replaced.Done(false));
            assertThat(object.replace(2, new byte[] {1, 9, 3}, new byte[3]))
                    .isInstanceOfSatisfying(
                            Replaced.MovedOn.class,
                            moved -> {
                                assertThat(moved.offset()).isEqualTo(3);
                                assertThat(moved.writtenBytes()).isZero();
                                assertThat(moved.actual()).containsExactly(1, 2, 3);
                            });
        }
    }

    @Test
    void refusesToWriteReadOnly() throws Exception {
        made(10).close();
        try (AttachedSegment object = host.attach(id, Access.READ_ONLY)) {
            fails(ShmFailure.AccessDenied.class, () -> object.write(0, new byte[1], 0, 1));
            fails(ShmFailure.AccessDenied.class, () -> object.putWord(0, 1));
            fails(ShmFailure.AccessDenied.class, () -> object.replace(0, new byte[1], new byte[1]));
        }
    }

    @Test
    void isGoneAfterClosing() throws Exception {
        AttachedSegment object = made(10);
        object.close();
        object.close();
        assertThat(object.closed()).isTrue();
        fails(ShmFailure.Gone.class, () -> object.read(0, new byte[1], 0, 1));
        fails(ShmFailure.Gone.class, object::sizeBytes);
    }

    @Test
    void staysReadableWhenItsNameIsRemoved() throws Exception {
        try (AttachedSegment object = made(10)) {
            object.write(0, new byte[] {5}, 0, 1);
            host.remove(id);
            assertThat(path).doesNotExist();
            byte[] one = new byte[1];
            object.read(0, one, 0, 1);
            assertThat(one[0]).isEqualTo((byte) 5);
        }
    }

    @Test
    void survivesAnInterruptedReader() throws Exception {
        try (AttachedSegment object = made(10)) {
            Thread.currentThread().interrupt();
            object.read(0, new byte[10], 0, 10);
            assertThat(Thread.interrupted()).isTrue();
            object.read(0, new byte[10], 0, 10);
        }
    }

    @Test
    void closesWhileOthersRead() throws Exception {
        try (AttachedSegment object = made(16 << 20)) {
            CountDownLatch reading = new CountDownLatch(2);
            List<AtomicReference<Throwable>> ends = new ArrayList<>();
            List<Thread> readers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                AtomicReference<Throwable> end = new AtomicReference<>();
                ends.add(end);
                readers.add(
                        Thread.ofPlatform()
                                .start(() -> {
                                    byte[] all = new byte[16 << 20];
                                    try {
                                        object.read(0, all, 0, 1);
                                        reading.countDown();
                                        while (true) {
                                            object.read(0, all, 0, all.length);
                                        }
                                    } catch (Throwable thrown) {
                                        end.set(thrown);
                                    }
                                }));
            }
            reading.await();
            object.close();
            for (Thread reader : readers) {
                reader.join();
            }
            assertThat(ends)
                    .allSatisfy(end ->
                            assertThat(end.get())
                                    .isInstanceOfSatisfying(
                                            ShmException.class,
                                            thrown ->
                                                    assertThat(thrown.failure())
                                                            .isInstanceOf(ShmFailure.Gone.class)));
        }
    }

    @Test
    void leaksNoDescriptor() throws Exception {
        made(10).close();
        for (int i = 0; i < 2000; i++) {
            try (AttachedSegment object = host.attach(id, Access.READ_ONLY);
                    Sweep sweep = object.sweep(4096)) {
                sweep.advance(0, 64, (_, _, _, _) -> {});
            }
        }
        try (var entries = Files.list(Path.of("/proc/self/fd"))) {
            assertThat(
                            entries.filter(fd -> {
                                try {
                                    return Files.readSymbolicLink(fd).equals(path);
                                } catch (java.io.IOException closedMeanwhile) {
                                    return false;
                                }
                            }))
                    .isEmpty();
        }
    }

    @Test
    void sweepsWhatIsThere() throws Exception {
        try (AttachedSegment object = made(100);
                Sweep sweep = object.sweep(1 << 20)) {
            List<Long> changed = new ArrayList<>();
            Sweep.Changes note = (offset, _, _, _) -> changed.add(offset);
            assertThat(sweep.coveredBytes()).isEqualTo(100);
            sweep.advance(0, 1 << 20, note);
            object.write(99, new byte[] {1}, 0, 1);
            sweep.advance(0, 1 << 20, note);
            assertThat(changed).containsExactly(64L);
            resize(50);
            sweep.advance(0, 1 << 20, note);
            assertThat(sweep.coveredBytes()).isEqualTo(50);
            resize(2 << 20);
            object.write(70_000, new byte[] {1}, 0, 1);
            sweep.advance(0, 1 << 20, note);
            // What came back is zeros now; what is new is silent.
            assertThat(changed).containsExactly(64L, 64L);
        }
    }

    @Test
    void passesOverHolesAndReportsTheOnesThatArePunched() throws Exception {
        int mib = 1 << 20;
        long size = 64L << 30;
        try (AttachedSegment object = made(10);
                Sweep sweep = object.sweep(Long.MAX_VALUE)) {
            resize(size);
            long far = 50L << 30;
            object.write(far, new byte[] {1}, 0, 1);
            long before = host.facts(id).rssBytes();
            long skipped = 0;
            for (long at = 0; at < size; at += mib) {
                skipped += sweep.advance(at, mib, (_, _) -> {});
            }
            assertThat(host.facts(id).rssBytes()).isEqualTo(before);
            // Only the far chunk has data.
            assertThat(skipped).isEqualTo(size - mib);
            assertThat(sweep.content(mib, mib)).isEqualTo(Content.ABSENT);

            resize(mib);
            resize(size);
            List<Long> changed = new ArrayList<>();
            sweep.advance(far, mib, (offset, _) -> changed.add(offset));
            assertThat(changed).containsExactly(far);
        }
    }

    @Test
    void opensNoSymbolicLink(@TempDir Path directory) throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "secret");
        Files.createSymbolicLink(path, secret);
        fails(ShmFailure.AccessDenied.class, () -> host.attach(id, Access.READ_ONLY));
        fails(ShmFailure.Gone.class, () -> host.facts(id));
        fails(ShmFailure.Gone.class, () -> host.remove(id));
        assertThat(host.resolve(new Target.Posix(id.name())).id()).isNull();
        assertThat(host.objects()).noneMatch(one -> one.id().equals(id));
        assertThat(secret).exists();
    }

    @Test
    void opensNothingOutsideItsDirectory() {
        fails(
                ShmFailure.Gone.class,
                () -> host.attach(new SegmentId.Posix("/../../etc/hostname"), Access.READ_ONLY));
        fails(ShmFailure.Gone.class, () -> host.remove(new SegmentId.Posix("/..")));
    }

    @Test
    void opensNoPipe(@TempDir Path directory) throws Exception {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        fails(ShmFailure.Gone.class, () -> host.attach(new SegmentId.File(pipe), Access.READ_ONLY));
    }

    @Test
    void readsASavedDump(@TempDir Path directory) throws Exception {
        Path dump = Files.write(directory.resolve("ümlaut.bin"), new byte[] {1, 2, 3});
        SegmentId file = new SegmentId.File(dump);
        try (AttachedSegment segment = host.attach(file, Access.READ_ONLY)) {
            byte[] all = new byte[3];
            segment.read(0, all, 0, 3);
            assertThat(all).containsExactly(1, 2, 3);
            assertThat(segment.factsBefore().nattch()).isEqualTo(-1);
        }
        fails(ShmFailure.AccessDenied.class, () -> host.remove(file));
        assertThat(dump).exists();
    }

    @Test
    void aFileWithoutAnEndIsRefusedAndNoDefect() throws Exception {
        SegmentId maps = new SegmentId.File(Path.of("/proc/self/maps"));
        try (AttachedSegment opened = host.attach(maps, Access.READ_ONLY)) {
            fails(ShmFailure.AccessDenied.class, opened::sizeBytes);
        }
    }

    @Test
    void saysWhoMayRemoveAnObject() throws Exception {
        made(10).close();
        ShmFailure failure =
                Unprivileged.run(() -> {
                    try {
                        host.check(id, new Intent.Remove());
                        throw new AssertionError("let through");
                    } catch (ShmException refused) {
                        return refused.failure();
                    }
                });
        assertThat(failure)
                .isEqualTo(
                        new ShmFailure.AccessDenied(
                                id.text(),
                                "remove",
                                "only its owner (root), the owner of /dev/shm or CAP_FOWNER may"
                                        + " remove it",
                                "EPERM"));
    }

    @Test
    void saysWhoMayOpenAnObject() throws Exception {
        made(10).close();
        ShmFailure failure =
                Unprivileged.run(() -> {
                    try (AttachedSegment opened = host.attach(id, Access.READ_ONLY)) {
                        throw new AssertionError("opened " + opened.id());
                    } catch (ShmException refused) {
                        return refused.failure();
                    }
                });
        assertThat(failure)
                .isEqualTo(
                        new ShmFailure.AccessDenied(
                                id.text(),
                                "attach read-only",
                                "mode is 0600, owner root, group root; otherwise it takes"
                                        + " CAP_DAC_OVERRIDE",
                                "EACCES"));
    }
}
