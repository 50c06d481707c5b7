package io.github.shmlens.sysv;

import static io.github.shmlens.sysv.Segments.scratch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.Ownership;
import io.github.shmlens.segment.Principal;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentStatus;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.Intent;
import io.github.shmlens.sysv.Segments.Scratch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Owner, group, mode and the lock in memory, on real segments.
final class PropertiesTest {

    private static final Principal NOBODY = new Principal(Unprivileged.NOBODY, "nobody");

    private final HostSegments host = new HostSegments();

    private static ShmFailure failure(ThrowingCallable call) {
        ShmException thrown = catchThrowableOfType(ShmException.class, call);
        assertThat(thrown).isNotNull();
        return thrown.failure();
    }

    private Ownership of(SegmentId id) throws ShmException {
        return Ownership.of(host.facts(id));
    }

    private static Ownership mode(Ownership was, int bits) {
        return new Ownership(was.owner(), was.group(), new Mode(bits));
    }

    @Test
    void changesTheModeAndNothingElse() throws Exception {
        try (Scratch scratch = scratch(10, 0600)) {
            SegmentFacts before = host.facts(scratch.id());
            host.change(scratch.id(), mode(Ownership.of(before), 0640));
            SegmentFacts after = host.facts(scratch.id());
            assertThat(after.mode()).isEqualTo(new Mode(0640));
            assertThat(after.owner()).isEqualTo(before.owner());
            assertThat(after.group()).isEqualTo(before.group());
            assertThat(after.nattch()).isZero();
            assertThat(after.attachTime()).as("it was never attached").isNull();
        }
    }

    @Test
    void givesASegmentAwayAndTheCreatorKeepsItsRights() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"));
        try (Scratch scratch = scratch(10, 0600)) {
            host.change(scratch.id(), new Ownership(NOBODY, host.group("nogroup"), new Mode(0600)));
            SegmentFacts after = host.facts(scratch.id());
            assertThat(after.owner()).isEqualTo(NOBODY);
            assertThat(after.group().name()).isEqualTo("nogroup");
            assertThat(after.creator().name()).isEqualTo("root");
            Mode changed =
                    Unprivileged.run(() -> {
                        host.change(scratch.id(), mode(of(scratch.id()), 0666));
                        return host.facts(scratch.id()).mode();
                    });
            assertThat(changed).isEqualTo(new Mode(0666));
        }
    }

    @Test
    void aModeOfZeroKeepsItsOwnerOutUntilItIsChangedBack() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"));
        try (Scratch scratch = scratch(10, 0600)) {
            host.change(scratch.id(), new Ownership(NOBODY, host.group("nogroup"), new Mode(0)));
            byte[] read =
                    Unprivileged.run(() -> {
                        assertThat(failure(() -> host.attach(scratch.id(), Access.READ_ONLY)))
                                .isInstanceOf(ShmFailure.AccessDenied.class);
                        host.change(scratch.id(), mode(of(scratch.id()), 0600));
                        byte[] into = new byte[10];
                        try (AttachedSegment segment =
                                host.attach(scratch.id(), Access.READ_ONLY)) {
                            segment.read(0, into, 0, 10);
                        }
                        return into;
                    });
            assertThat(read).containsOnly(0);
        }
    }

    @Test
    void whoIsNeitherOwnerNorCreatorIsToldWhoMay() throws Exception {
        try (Scratch scratch = scratch(10, 0666)) {
            Ownership before = of(scratch.id());
            ShmFailure refused =
                    Unprivileged.run(
                            () -> failure(() -> host.change(scratch.id(), mode(before, 0600))));
            assertThat(refused)
                    .isEqualTo(
                            new ShmFailure.AccessDenied(
                                    scratch.id().text(),
                                    "change owner or mode",
                                    "only its owner (root) or CAP_SYS_ADMIN may change it",
                                    "EPERM"));
            assertThat(Unprivileged.run(() -> failure(() -> host.lockInMemory(scratch.id(), true))))
                    .isInstanceOf(ShmFailure.AccessDenied.class);
            assertThat(of(scratch.id())).isEqualTo(before);
        }
    }

    @Test
    void locksInMemoryAndLetsGoAgain() throws Exception {
        try (Scratch scratch = scratch(8192, 0600)) {
            host.lockInMemory(scratch.id(), true);
            assertThat(host.facts(scratch.id()).status()).contains(SegmentStatus.LOCKED);
            host.lockInMemory(scratch.id(), false);
            assertThat(host.facts(scratch.id()).status()).doesNotContain(SegmentStatus.LOCKED);
        }
    }

    /// What is done to a segment, and the question whether it may be.
    private record Step(Intent intent, ThrowingCallable call) {}

    private List<Step> steps(SegmentId id) throws Exception {
        Ownership was = of(id);
        Ownership narrow = mode(was, 0600);
        Ownership given = new Ownership(NOBODY, was.group(), was.mode());
        List<Step> steps = new ArrayList<>();
        for (Access access : Access.values()) {
            steps.add(new Step(new Intent.Attach(access), () -> host.attach(id, access).close()));
        }
        if (id instanceof SegmentId.Sysv sysv) {
            steps.add(new Step(new Intent.LockInMemory(true), () -> host.lockInMemory(sysv, true)));
            steps.add(
                    new Step(new Intent.LockInMemory(false), () -> host.lockInMemory(sysv, false)));
        }
        steps.add(new Step(new Intent.Change(narrow), () -> host.change(id, narrow)));
        steps.add(new Step(new Intent.Change(given), () -> host.change(id, given)));
        steps.add(new Step(new Intent.Remove(), () -> host.remove(id)));
        return steps;
    }

    private static @Nullable ShmFailure refusal(ThrowingCallable call) {
        ShmException thrown = catchThrowableOfType(ShmException.class, call);
        return thrown == null ? null : thrown.failure();
    }

    private void comparesQuestionsWithDeeds(SegmentId id) throws Exception {
        for (Step step : steps(id)) {
            ShmFailure asked = refusal(() -> host.check(id, step.intent()));
            assertThat(refusal(step.call())).as("%s", step.intent()).isEqualTo(asked);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0004, 0006, 0040, 0060, 0400, 0600, 0644, 0666})
    void whatIsAskedBeforeIsAnsweredAsTheKernelAnswersTheDeed(int mode) throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"));
        try (Scratch ofRoot = scratch(10, mode);
                Scratch forNobody = scratch(10, mode)) {
            host.change(
                    forNobody.id(), new Ownership(NOBODY, host.group("nogroup"), new Mode(mode)));
            for (Scratch one : List.of(ofRoot, forNobody)) {
                Unprivileged.run(() -> {
                    comparesQuestionsWithDeeds(one.id());
                    return true;
                });
            }
            comparesQuestionsWithDeeds(ofRoot.id());
        }
        for (Principal owner : List.of(host.user("root"), NOBODY)) {
            Target.Posix target = new Target.Posix("/shmlens-" + UUID.randomUUID());
            SegmentId id = host.create(target, 100, new Mode(mode), false).id();
            try {
                host.change(id, new Ownership(owner, of(id).group(), new Mode(mode)));
                Unprivileged.run(() -> {
                    comparesQuestionsWithDeeds(id);
                    return true;
                });
            } finally {
                if (host.resolve(target).id() != null) {
                    comparesQuestionsWithDeeds(id);
                }
            }
        }
    }

    @Test
    void moreThanAUserMayLockIsALimit() throws Exception {
        String limit = new ProcFiles(Path.of("/proc")).lockableMemory();
        assumeTrue(limit.endsWith(" bytes"), "there is no limit");
        long bytes = Long.parseLong(limit.split(" ")[0]) + (1 << 20);
        SegmentId.Sysv large =
                Unprivileged.run(
                        () -> new SegmentId.Sysv(Segments.KERNEL.createSegment(0, bytes, 0600)));
        try (Scratch scratch = new Scratch(large)) {
            ShmFailure asked =
                    Unprivileged.run(() ->
                            failure(() -> host.check(scratch.id(), new Intent.LockInMemory(true))));
            assertThat(Unprivileged.run(() -> failure(() -> host.lockInMemory(scratch.id(), true))))
                    .isEqualTo(asked)
                    .isEqualTo(
                            new ShmFailure.LimitReached(
                                    scratch.id().text(),
                                    "this user may lock %s in memory (RLIMIT_MEMLOCK); more takes CAP_IPC_LOCK"
                                            .formatted(limit),
                                    "ENOMEM"));
        }
    }

    @Test
    void aSegmentMarkedForRemovalCanStillBeChangedByIdAndStaysMarked() throws Exception {
        try (Scratch scratch = scratch(10, 0600);
                AttachedSegment holder = host.attach(scratch.id(), Access.READ_WRITE)) {
            host.remove(scratch.id());
            host.change(scratch.id(), mode(of(scratch.id()), 0644));
            SegmentFacts after = host.facts(scratch.id());
            assertThat(after.mode()).isEqualTo(new Mode(0644));
            assertThat(after.markedForRemoval()).isTrue();
            assertThat(holder.sizeBytes()).isEqualTo(10);
        }
    }

    @Test
    void ofARemovedSegmentItSaysGone() throws Exception {
        SegmentId.Sysv id;
        Ownership was;
        try (Scratch scratch = scratch(10)) {
            id = scratch.id();
            was = of(id);
        }
        assertThat(failure(() -> host.change(id, was))).isInstanceOf(ShmFailure.Gone.class);
        assertThat(failure(() -> host.lockInMemory(id, true))).isInstanceOf(ShmFailure.Gone.class);
    }

    @Test
    void anObjectGetsModeAndOwnerToo() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"));
        Target.Posix target = new Target.Posix("/shmlens-" + UUID.randomUUID());
        SegmentId id = host.create(target, 100, new Mode(0600), false).id();
        try {
            host.change(id, new Ownership(NOBODY, host.group("nogroup"), new Mode(0040)));
            assertThat(of(id))
                    .isEqualTo(new Ownership(NOBODY, host.group("nogroup"), new Mode(0040)));
            assertThat(
                            Unprivileged.run(() -> {
                                host.change(id, mode(of(id), 0600));
                                return of(id).mode();
                            }))
                    .isEqualTo(new Mode(0600));
            ShmFailure refused =
                    Unprivileged.run(() ->
                            failure(() ->
                                    host.change(
                                            id,
                                            new Ownership(
                                                    host.user("root"),
                                                    of(id).group(),
                                                    new Mode(0666)))));
            assertThat(refused)
                    .isInstanceOfSatisfying(
                            ShmFailure.AccessDenied.class,
                            denied -> assertThat(denied.need()).contains("CAP_CHOWN"));
            assertThat(of(id).mode()).as("nothing was half done").isEqualTo(new Mode(0600));
        } finally {
            host.remove(id);
        }
    }

    @Test
    void knowsUsersByNameAndByNumber() throws Exception {
        assertThat(host.user("nobody")).isEqualTo(NOBODY);
        assertThat(host.user("65534")).isEqualTo(NOBODY);
        assertThat(host.user("4242424").name()).isEqualTo("4242424");
        assertThat(host.user("4294967294").id()).isEqualTo(-2);
        for (String wrong : new String[] {"no-such-user", "", "-1", "4294967295", "12x"}) {
            assertThatExceptionOfType(BadInput.class).as(wrong).isThrownBy(() -> host.user(wrong));
        }
    }
}
