package io.github.shmlens.sysv;

import static io.github.shmlens.sysv.Segments.KERNEL;
import static io.github.shmlens.sysv.Segments.scratch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.Attachment;
import io.github.shmlens.segment.Attachments;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.HostFacts;
import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.ObjectSpace;
import io.github.shmlens.segment.ProcessFacts;
import io.github.shmlens.segment.Rights;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.SegmentStatus;
import io.github.shmlens.segment.SharedMapping;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.segment.SystemFacts;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.Created;
import io.github.shmlens.sysv.Segments.Scratch;
import io.github.shmlens.testing.Php;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostSegmentsTest {

    private static final Random RANDOM = new Random();

    private final HostSegments host = new HostSegments();

    private static Target.Key randomKey() {
        return new Target.Key(new SegmentKey(RANDOM.nextInt() | 1));
    }

    private static ShmFailure failure(ThrowingCallable call) {
        ShmException thrown = catchThrowableOfType(ShmException.class, call);
        assertThat(thrown).isNotNull();
        return thrown.failure();
    }

    private static void badInput(String part, ThrowingCallable call) {
        assertThatExceptionOfType(BadInput.class).isThrownBy(call).withMessageContaining(part);
    }

    private interface Work {
        void with(SegmentId id) throws Exception;
    }

    private void created(Target target, long size, int mode, Work work) throws Exception {
        SegmentId id = host.create(target, size, new Mode(mode), false).id();
        try {
            work.with(id);
        } finally {
            try {
                host.remove(id);
            } catch (ShmException removedByTheTest) {
                assertThat(removedByTheTest.failure()).isInstanceOf(ShmFailure.Gone.class);
            }
        }
    }

    // Creating and resolving

    @Test
    void createsASegmentOfZerosByKey() throws Exception {
        Target.Key target = randomKey();
        created(
                target,
                1021,
                0640,
                id -> {
                    SegmentFacts facts = host.facts(id);
                    assertThat(facts.key()).isEqualTo(target.key());
                    assertThat(facts.sizeBytes()).isEqualTo(1021);
                    assertThat(facts.mode().octal()).isEqualTo("0640");
                    assertThat(facts.nattch()).isZero();
                    assertThat(facts.rssBytes()).isZero();
                    assertThat(facts.cpid()).isEqualTo((int) ProcessHandle.current().pid());
                    assertThat(facts.lpid()).isZero();
                    assertThat(facts.attachTime()).isNull();
                    assertThat(facts.changeTime())
                            .isBetween(
                                    Instant.now().minusSeconds(60), Instant.now().plusSeconds(2));
                    assertThat(facts.status()).isEmpty();
                    assertThat(host.resolve(target).id()).isEqualTo(id);
                    assertThat(host.segments()).contains(facts);
                });
    }

    @Test
    void createsNothingTwiceUnlessOpeningIsFine() throws Exception {
        Target target = randomKey();
        created(
                target,
                100,
                0600,
                id -> {
                    assertThat(failure(() -> host.create(target, 100, Mode.DEFAULT, false)))
                            .isInstanceOf(ShmFailure.AlreadyExists.class);
                    assertThat(host.create(target, 5000, Mode.DEFAULT, true))
                            .isEqualTo(new Created(id, false));
                    assertThat(host.facts(id).sizeBytes()).isEqualTo(100);
                    assertThat(host.facts(id).mode().bits()).isEqualTo(0600);
                });
    }

    @Test
    void saysWhichSizesTheHostAllows() throws Exception {
        String most = Long.toUnsignedString(host.host().shmmax());
        for (long size : new long[] {0, -1, Long.MIN_VALUE}) {
            assertThat(failure(() -> host.create(randomKey(), size, Mode.DEFAULT, true)))
                    .isInstanceOfSatisfying(
                            ShmFailure.LimitReached.class,
                            limit ->
                                    assertThat(limit.limit())
                                            .isEqualTo(
                                                    "the size must lie between 1 and %s bytes"
                                                                    .formatted(most)
                                                            + " (shmmax)"));
        }
    }

    @Test
    void saysThatTheHostHasNoRoomForAHugeSegment() {
        for (long size : new long[] {Long.MAX_VALUE, 1L << 62, 1L << 46}) {
            assertThat(failure(() -> host.create(randomKey(), size, Mode.DEFAULT, false)))
                    .isInstanceOf(ShmFailure.LimitReached.class);
        }
    }

    @Test
    void keepsKeyZeroPrivate() throws Exception {
        Target zero = new Target.Key(SegmentKey.PRIVATE);
        badInput("id:N", () -> host.create(zero, 10, Mode.DEFAULT, true));
        assertThat(host.resolve(zero).id()).isNull();
    }

    @Test
    void createsNoIdsAndNoFiles() {
        badInput("id:3", () -> host.create(new Target.Id(3), 10, Mode.DEFAULT, true));
        badInput(
                "file:",
                () -> host.create(new Target.File(Path.of("/nowhere")), 10, Mode.DEFAULT, true));
    }

    @Test
    void makesTheSameKeyOfAFileAsPhp(@TempDir Path directory) throws Exception {
        Path file = Files.createFile(directory.resolve("key file"));
        for (int project : new int[] {'t', 1, 200, 255}) {
            String theirs =
                    Php.run(
                            "echo ftok($argv[1], chr((int) $argv[2]));",
                            file.toString(),
                            Integer.toString(project));
            SegmentKey ours = host.resolve(new Target.Ftok(file, project)).key();
            assertThat(ours).isEqualTo(new SegmentKey((int) Long.parseLong(theirs)));
        }
        String inode = Php.run("echo fileinode($argv[1]) & 0xffffffff;", file.toString());
        assertThat(host.resolve(new Target.Inode(file)).key())
                .isEqualTo(new SegmentKey((int) Long.parseLong(inode)));
    }

    @Test
    void needsTheFileThatAKeyIsMadeOf() {
        badInput(
                "/nowhere/at/all", () -> host.resolve(new Target.Ftok(path("/nowhere/at/all"), 1)));
        badInput("/etc/passwd/x", () -> host.resolve(new Target.Inode(path("/etc/passwd/x"))));
        badInput(
                "/nowhere",
                () -> host.create(new Target.Ftok(path("/nowhere"), 1), 1, Mode.DEFAULT, false));
    }

    private static Path path(String text) {
        return Path.of(text);
    }

    @Test
    void createsAndFindsByPathAndProject(@TempDir Path directory) throws Exception {
        Target target = new Target.Ftok(Files.createFile(directory.resolve("f")), 't');
        assertThat(host.resolve(target).id()).isNull();
        created(target, 10, 0600, id -> assertThat(host.resolve(target).id()).isEqualTo(id));
    }

    @Test
    void findsNegativeKeys() throws Exception {
        SegmentKey key = new SegmentKey(Integer.MIN_VALUE | RANDOM.nextInt());
        created(
                new Target.Key(key),
                10,
                0600,
                id -> {
                    assertThat(host.facts(id).key()).isEqualTo(key);
                    assertThat(host.resolve(new Target.Key(key)).id()).isEqualTo(id);
                });
    }

    @Test
    void resolvesIdsOnlyWhileTheyLive() throws Exception {
        int shmid;
        try (Scratch scratch = scratch(10)) {
            shmid = scratch.shmid();
            assertThat(host.resolve(new Target.Id(shmid)).id()).isEqualTo(scratch.id());
        }
        assertThat(host.resolve(new Target.Id(shmid)).id()).isNull();
    }

    @Test
    void findsASegmentItMayNotRead() throws Exception {
        Target target = randomKey();
        created(
                target,
                10,
                0,
                id -> assertThat(Unprivileged.run(() -> host.resolve(target).id())).isEqualTo(id));
    }

    // Facts

    @Test
    void saysGoneOfASegmentThatWasRemoved() throws Exception {
        SegmentId id;
        try (Scratch scratch = scratch(10)) {
            id = scratch.id();
        }
        assertThat(failure(() -> host.facts(id)))
                .isEqualTo(new ShmFailure.Gone(id.text(), "EINVAL"));
        assertThat(failure(() -> host.attach(id, Access.READ_ONLY)))
                .isInstanceOf(ShmFailure.Gone.class);
        assertThat(failure(() -> host.remove(id))).isInstanceOf(ShmFailure.Gone.class);
        assertThat(failure(() -> host.attachments(id))).isInstanceOf(ShmFailure.Gone.class);
    }

    @Test
    void marksForRemovalWhatIsAttached() throws Exception {
        Target target = randomKey();
        created(
                target,
                10,
                0600,
                id -> {
                    try (AttachedSegment attached = host.attach(id, Access.READ_ONLY)) {
                        host.remove(id);
                        SegmentFacts facts = host.facts(id);
                        assertThat(facts.status()).containsExactly(SegmentStatus.DEST);
                        assertThat(facts.key()).isEqualTo(SegmentKey.PRIVATE);
                        assertThat(host.resolve(target).id()).isNull();
                        assertThat(attached.closed()).isFalse();
                    }
                    assertThat(failure(() -> host.facts(id))).isInstanceOf(ShmFailure.Gone.class);
                });
    }

    @Test
    void givesARecreatedSegmentAnotherId() throws Exception {
        Target target = randomKey();
        created(
                target,
                10,
                0600,
                first -> {
                    host.remove(first);
                    created(
                            target,
                            10,
                            0600,
                            second -> {
                                assertThat(second).isNotEqualTo(first);
                                assertThat(failure(() -> host.facts(first)))
                                        .isInstanceOf(ShmFailure.Gone.class);
                            });
                });
    }

    @Test
    void namesWhoMadeAndOwnsIt() throws Exception {
        Target.Key target = randomKey();
        int shmid =
                Integer.parseInt(
                        Php.runAs(
                                Unprivileged.NOBODY,
                                "$s = shmop_open((int) $argv[1], 'n', 0600, 100);"
                                        + "foreach (file('/proc/sysvipc/shm') as $l) {"
                                        + "  $c = preg_split('/ +/', trim($l));"
                                        + "  if ($c[0] === $argv[1]) echo $c[1]; }",
                                Integer.toString(target.key().value())));
        SegmentId id = new SegmentId.Sysv(shmid);
        try {
            SegmentFacts facts = host.facts(id);
            assertThat(facts.owner().name()).isEqualTo("nobody");
            assertThat(facts.creator().id()).isEqualTo(Unprivileged.NOBODY);
            assertThat(facts.group().id()).isEqualTo(Unprivileged.NOBODY);
            assertThat(facts.status()).containsExactly(SegmentStatus.ORPHAN);
            assertThat(facts.rssBytes()).isZero();
        } finally {
            host.remove(id);
        }
    }

    @Test
    void callsNothingAnOrphanWhoseCreatorLives() throws Exception {
        Target.Key target = randomKey();
        try (Php php =
                Php.start(
                        "$s = shm_attach((int) $argv[1], 1000, 0666); shm_detach($s);"
                                + " say('made'); hear(); $s = shm_attach((int) $argv[1]);"
                                + " shm_remove($s);",
                        Integer.toString(target.key().value()))) {
            assertThat(php.line()).isEqualTo("made");
            SegmentId id = Objects.requireNonNull(host.resolve(target).id());
            assertThat(host.facts(id).status()).isEmpty();
            assertThat(host.facts(id).cpid()).isEqualTo((int) php.pid());
            php.kill();
            assertThat(host.facts(id).status()).containsExactly(SegmentStatus.ORPHAN);
            host.remove(id);
        }
    }

    @Test
    void listsByRisingId() throws Exception {
        try (Scratch one = scratch(10);
                Scratch two = scratch(10)) {
            List<Integer> ids =
                    host.segments().stream()
                            .map(facts -> ((SegmentId.Sysv) facts.id()).shmid())
                            .toList();
            assertThat(ids).isSorted().contains(one.shmid(), two.shmid());
        }
    }

    @Test
    void listsTheSameWithoutProc(@TempDir Path noProc) throws Exception {
        HostSegments blind = new HostSegments(KERNEL, noProc, Path.of("/dev/shm"));
        try (Scratch scratch = scratch(1021, 0640)) {
            SegmentFacts with = host.facts(scratch.id());
            SegmentFacts without = blind.facts(scratch.id());
            assertThat(without)
                    .usingRecursiveComparison()
                    .ignoringFields("rssBytes", "swapBytes")
                    .isEqualTo(with);
            assertThat(without.rssBytes()).isEqualTo(-1);
            try (AttachedSegment attached = blind.attach(scratch.id(), Access.READ_WRITE)) {
                assertThat(attached.factsBefore().nattch()).isZero();
                assertThat(blind.facts(scratch.id()).nattch()).isEqualTo(1);
            }
        }
    }

    @Test
    void listsWithoutProcWhatItMayNotRead(@TempDir Path noProc) throws Exception {
        HostSegments blind = new HostSegments(KERNEL, noProc, Path.of("/dev/shm"));
        try (Scratch scratch = scratch(10, 0)) {
            assertThat(Unprivileged.run(blind::segments))
                    .anyMatch(facts -> facts.id().equals(scratch.id()));
        }
    }

    // Rights

    @Test
    void saysWhoMayAttachAndRemove() throws Exception {
        try (Scratch scratch = scratch(10, 0600)) {
            assertThat(
                            Unprivileged.run(() ->
                                    failure(() -> host.attach(scratch.id(), Access.READ_WRITE))))
                    .isEqualTo(
                            new ShmFailure.AccessDenied(
                                    scratch.id().text(),
                                    "attach read-write",
                                    "mode is 0600, owner root, group root; otherwise it takes"
                                            + " CAP_IPC_OWNER",
                                    "EACCES"));
            assertThat(Unprivileged.run(() -> failure(() -> host.remove(scratch.id()))))
                    .isEqualTo(
                            new ShmFailure.AccessDenied(
                                    scratch.id().text(),
                                    "remove",
                                    "only its owner (root) or CAP_SYS_ADMIN may remove it",
                                    "EPERM"));
        }
    }

    @Test
    void foretellsWhatTheKernelGrants() throws Exception {
        for (int mode : new int[] {0, 0600, 0604, 0602, 0606, 0622, 0660, 0066, 0666, 0644}) {
            try (Scratch scratch = scratch(10, mode)) {
                SegmentFacts facts = host.facts(scratch.id());
                Unprivileged.run(() -> {
                    Rights told = host.rights(facts);
                    assertThat(told)
                            .as("mode %o", mode)
                            .isEqualTo(
                                    new Rights(
                                            attaches(scratch.id(), Access.READ_ONLY),
                                            attaches(scratch.id(), Access.READ_WRITE),
                                            false));
                    return told;
                });
                assertThat(host.rights(facts)).isEqualTo(new Rights(true, true, true));
            }
        }
    }

    private boolean attaches(SegmentId id, Access access) throws ShmException {
        try (AttachedSegment attached = host.attach(id, access)) {
            return !attached.closed();
        } catch (ShmException refused) {
            assertThat(refused.failure()).isInstanceOf(ShmFailure.AccessDenied.class);
            return false;
        }
    }

    @Test
    void attachesReadOnlyWhereWritingIsNotAllowed() throws Exception {
        try (Scratch scratch = scratch(10, 0604)) {
            byte[] read =
                    Unprivileged.run(() -> {
                        byte[] into = new byte[10];
                        try (AttachedSegment segment =
                                host.attach(scratch.id(), Access.READ_ONLY)) {
                            segment.read(0, into, 0, 10);
                            assertThat(segment.readResident(0, into, 0, 10)).containsExactly(true);
                        }
                        return into;
                    });
            assertThat(read).containsOnly(0);
        }
    }

    @Test
    void knowsResidencyWithoutTheRightToWrite() throws Exception {
        try (Scratch scratch = scratch(10 * 4096, 0604)) {
            Unprivileged.run(() -> {
                try (AttachedSegment segment = host.attach(scratch.id(), Access.READ_ONLY)) {
                    boolean[] read = segment.readResident(0, new byte[40960], 0, 40960);
                    assertThat(read).containsOnly(false);
                }
                return true;
            });
            assertThat(host.facts(scratch.id()).rssBytes()).isZero();
        }
    }

    // Who is attached

    @Test
    void findsWhoIsAttached() throws Exception {
        Target.Key target = randomKey();
        created(
                target,
                5000,
                0666,
                id -> {
                    try (Php php =
                                    Php.startAs(
                                            Unprivileged.NOBODY,
                                            "$s = shm_attach((int) $argv[1]); say('in'); hear();",
                                            Integer.toString(target.key().value()));
                            AttachedSegment ours = host.attach(id, Access.READ_ONLY)) {
                        assertThat(php.line()).isEqualTo("in");
                        Attachments found = host.attachments(id);
                        assertThat(found.seen()).hasSize(2);
                        assertThat(found.others())
                                .singleElement()
                                .satisfies(other -> {
                                    assertThat(other.pid()).isEqualTo((int) php.pid());
                                    assertThat(other.command()).isEqualTo("php");
                                    assertThat(other.user()).isEqualTo("nobody");
                                    assertThat(other.writable()).isTrue();
                                    assertThat(other.lengthBytes()).isEqualTo(8192);
                                    assertThat(other.address()).isNotZero();
                                });
                        assertThat(found.seen().stream().filter(Attachment::self))
                                .singleElement()
                                .satisfies(self -> assertThat(self.writable()).isFalse());
                        assertThat(ours.closed()).isFalse();
                    }
                });
    }

    @Test
    void countsProcessesThatHideTheirMappings() throws Exception {
        try (Scratch scratch = scratch(10, 0666);
                AttachedSegment ours = host.attach(scratch.id(), Access.READ_ONLY)) {
            Attachments found = Unprivileged.run(() -> host.attachments(scratch.id()));
            assertThat(found.hiddenProcesses()).isPositive();
            assertThat(ours.closed()).isFalse();
        }
    }

    @Test
    void takesNoSegmentOfAnotherNamespaceForOurs() throws Exception {
        Process elsewhere =
                new ProcessBuilder(
                                "unshare",
                                "-i",
                                "php",
                                "-r",
                                "$all = []; for ($i = 0; $i < 40; $i++) {"
                                        + " $all[] = shmop_open(0x5000 + $i, 'n', 0600, 4096); }"
                                        + " echo \"in\\n\"; fgets(STDIN);")
                        .start();
        try (Scratch scratch = scratch(10)) {
            assertThat(elsewhere.inputReader().readLine()).isEqualTo("in");
            assertThat(host.attachments(scratch.id()).seen()).isEmpty();
            assertThat(host.host().otherIpcNamespaces()).isPositive();
        } finally {
            elsewhere.destroy();
            elsewhere.waitFor();
        }
    }

    @Test
    void findsWhoMapsAnObject(@TempDir Path directory) throws Exception {
        String name = "/shmlens-test-" + UUID.randomUUID();
        created(
                new Target.Posix(name),
                5000,
                0666,
                id -> {
                    // A file that is a link into /dev/shm is the same object under another path.
                    Path other = directory.resolve("link");
                    Files.createSymbolicLink(other, Path.of("/dev/shm" + name));
                    try (java.nio.channels.FileChannel file =
                                    java.nio.channels.FileChannel.open(
                                            other, java.nio.file.StandardOpenOption.READ);
                            java.lang.foreign.Arena arena = java.lang.foreign.Arena.ofShared()) {
                        file.map(java.nio.channels.FileChannel.MapMode.READ_ONLY, 0, 5000, arena);
                        for (SegmentId named : List.of(id, new SegmentId.File(other))) {
                            assertThat(host.attachments(named).seen())
                                    .singleElement()
                                    .satisfies(self -> {
                                        assertThat(self.self()).isTrue();
                                        assertThat(self.writable()).isFalse();
                                    });
                        }
                    }
                    assertThat(host.attachments(id).seen()).isEmpty();
                });
    }

    // Objects

    @Test
    void createsListsAndRemovesObjects() throws Exception {
        SegmentId.Posix id = new SegmentId.Posix("/shmlens-test-" + UUID.randomUUID());
        Target target = Target.of(id);
        created(
                target,
                10_000,
                0666,
                made -> {
                    assertThat(made).isEqualTo(id);
                    SegmentFacts facts = host.facts(id);
                    assertThat(facts.mode().octal()).isEqualTo("0666");
                    assertThat(facts.sizeBytes()).isEqualTo(10_000);
                    assertThat(facts.rssBytes()).isZero();
                    assertThat(facts.nattch()).isEqualTo(-1);
                    assertThat(facts.key()).isNull();
                    assertThat(facts.owner().name()).isEqualTo(System.getProperty("user.name"));
                    assertThat(host.objects()).contains(facts);
                    assertThat(host.resolve(target).id()).isEqualTo(id);
                    assertThat(failure(() -> host.create(target, 1, Mode.DEFAULT, false)))
                            .isInstanceOf(ShmFailure.AlreadyExists.class);
                    assertThat(host.create(target, 1, Mode.DEFAULT, true).isNew()).isFalse();
                    Files.write(Path.of("/dev/shm" + id.name()), new byte[5000]);
                    assertThat(host.facts(id).rssBytes()).isEqualTo(8192);
                });
        assertThat(host.resolve(target).id()).isNull();
        assertThat(failure(() -> host.facts(id))).isInstanceOf(ShmFailure.Gone.class);
    }

    @Test
    void leavesNoObjectBehindThatItCouldNotMakeLargeEnough() throws Exception {
        Target target = new Target.Posix("/shmlens-test-" + UUID.randomUUID());
        assertThat(failure(() -> host.create(target, 0, Mode.DEFAULT, false)))
                .isInstanceOf(ShmFailure.LimitReached.class);
        ShmException refused =
                catchThrowableOfType(
                        ShmException.class,
                        () -> host.create(target, Long.MAX_VALUE, Mode.DEFAULT, false));
        try {
            if (refused != null) {
                assertThat(refused.failure()).isInstanceOf(ShmFailure.LimitReached.class);
                assertThat(host.resolve(target).id()).isNull();
            }
        } finally {
            Files.deleteIfExists(Path.of("/dev/shm" + ((Target.Posix) target).name()));
        }
    }

    @Test
    void keepsOthersFromRemovingAnObject() throws Exception {
        SegmentId.Posix id = new SegmentId.Posix("/shmlens-test-" + UUID.randomUUID());
        created(
                Target.of(id),
                10,
                0666,
                _ -> {
                    SegmentFacts facts = host.facts(id);
                    assertThat(Unprivileged.run(() -> host.rights(facts)))
                            .isEqualTo(new Rights(true, true, false));
                    assertThat(Unprivileged.run(() -> failure(() -> host.remove(id))))
                            .isInstanceOfSatisfying(
                                    ShmFailure.AccessDenied.class,
                                    denied -> assertThat(denied.need()).contains("root"));
                });
    }

    @Test
    void resolvesFilesToAbsolutePaths(@TempDir Path directory) throws Exception {
        Path file = Files.createFile(directory.resolve("dump"));
        assertThat(host.resolve(new Target.File(file)).id()).isEqualTo(new SegmentId.File(file));
        assertThat(host.resolve(new Target.File(directory.resolve("none"))).id()).isNull();
        badInput("regular", () -> host.resolve(new Target.File(directory)));
        assertThat(host.rights(host.facts(new SegmentId.File(file))))
                .isEqualTo(new Rights(true, true, false));
    }

    @Test
    void knowsTheLimitsOfTheHost() throws Exception {
        HostFacts facts = host.host();
        Process cat =
                new ProcessBuilder(
                                "cat",
                                "/proc/sys/kernel/shmmax",
                                "/proc/sys/kernel/shmall",
                                "/proc/sys/kernel/shmmni")
                        .start();
        assertThat(cat.inputReader().lines())
                .containsExactly(
                        Long.toUnsignedString(facts.shmmax()),
                        Long.toUnsignedString(facts.shmall()),
                        Long.toUnsignedString(facts.shmmni()));
    }

    // Processes and limits

    @Test
    void aCloserLookAtAProcessTellsWhatItWasStartedWithAndWhatItHas() throws Exception {
        Target.Key target = randomKey();
        created(
                target,
                1024,
                0600,
                id -> {
                    try (Php php =
                            Php.start(
                                    """
                                    $a = shmop_open((int)$argv[1], "w", 0, 0);
                                    $b = shmop_open((int)$argv[1], "a", 0, 0);
                                    say("attached");
                                    hear();
                                    """,
                                    Integer.toString(target.key().value()))) {
                        assertThat(php.line()).isEqualTo("attached");
                        ProcessFacts facts = host.process((int) php.pid()).orElseThrow();
                        assertThat(facts.command()).isEqualTo("php");
                        assertThat(facts.commandLine()).startsWith("php", "-d");
                        assertThat(facts.parentPid())
                                .isEqualTo((int) ProcessHandle.current().pid());
                        assertThat(facts.started())
                                .isBetween(
                                        Instant.now().minusSeconds(600),
                                        Instant.now().plusSeconds(2));
                        assertThat(facts.mappings())
                                .filteredOn(one -> id.equals(one.id()))
                                .extracting(SharedMapping::writable)
                                .containsExactlyInAnyOrder(true, false);
                        assertThat(facts.mappingsHidden()).isFalse();
                    }
                });
    }

    @Test
    void tellsTheLimitsAndTheNamespaceWeLiveIn() throws Exception {
        SystemFacts system = host.system();
        assertThat(system.limits().shmmni()).isPositive();
        assertThat(system.pageBytes()).isEqualTo(4096);
        assertThat(system.namespaces().getFirst().own()).isTrue();
        assertThat(system.namespaces().getFirst().processes()).isPositive();
        assertThat(system.limits().otherIpcNamespaces()).isEqualTo(system.otherNamespaces().size());
        ObjectSpace space = Objects.requireNonNull(system.objectSpace());
        assertThat(space.path()).isEqualTo("/dev/shm");
        assertThat(space.sizeBytes()).isGreaterThanOrEqualTo(space.usedBytes());
    }
}
