package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.LockFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.testing.FakeSource;
import io.github.shmlens.testing.FxTest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Which semaphore an edit takes, and what is said of those who may write beside it.
final class EditLockTest extends FxTest {

    private static final SegmentKey KEY = new SegmentKey(0xf1206);

    private final FakeSource host = new FakeSource();
    private final SegmentId id = host.add(KEY, 4096);
    private final SegmentToolBar tools = ask(() -> new SegmentToolBar(true));

    /// What is done with a lock.
    private interface Job {
        void with(EditLock lock, Edits edits) throws ShmException;
    }

    private void attached(Job job) throws ShmException {
        try (AttachedSegment segment = host.attach(id, Access.READ_WRITE);
                Edits edits = new Edits(host, segment, (_, _) -> {});
                LookAround around =
                        new LookAround(host, segment, Target.of(id), new LookAroundTest.Deaf())) {
            job.with(new EditLock(host, segment.factsBefore(), edits, around, tools), edits);
        }
    }

    private Surroundings look(@Nullable LockFacts seen) throws ShmException {
        return new Surroundings(
                host.facts(id), host.attachments(id), Optional.ofNullable(seen), null);
    }

    private static LockFacts semaphore(int key) {
        return new LockFacts(new SegmentKey(key), 5, true, 1, 0, 0);
    }

    private String shown() {
        return ask(() -> tools.lock().getText());
    }

    @Test
    void othersAreThoseTheKernelCountedBeforeUsUntilSomebodyLooked() throws ShmException {
        host.othersAttach(id, 77, "php");
        attached((lock, _) -> {
            assertThat(lock.isOpenToOthers()).isTrue();
            assertThat(lock.sentence()).contains("1 other attach");
            host.othersDetach(id, 77);
            Surroundings alone = look(null);
            fx(() -> lock.seen(alone));
            assertThat(lock.isOpenToOthers()).isFalse();
            assertThat(lock.sentence()).contains("nobody else is attached");
        });
    }

    @Test
    void ofWhatHasNoNameAnotherHolderMayWriteUnlessNoneIsSeen() throws ShmException {
        attached((lock, _) -> {
            Surroundings alone = look(null);
            fx(() -> lock.seen(alone));
            fx(() -> lock.nameless(false));
            assertThat(lock.isOpenToOthers()).isTrue();
            assertThat(lock.sentence()).contains("whoever else still holds it may write");
            fx(() -> lock.nameless(true));
            assertThat(lock.isOpenToOthers()).isFalse();
            assertThat(lock.sentence()).contains("nobody else");
            fx(() -> lock.seen(alone));
            assertThat(lock.sentence()).contains("nobody else is attached");
        });
    }

    @Test
    void theFirstSemaphoreBesideTheSegmentIsTakenAndNoOtherByItself() throws ShmException {
        host.othersAttach(id, 77, "php");
        attached((lock, edits) -> {
            Surroundings beside = look(semaphore(KEY.value()));
            fx(() -> lock.seen(beside));
            assertThat(edits.semaphore()).isEqualTo(KEY);
            assertThat(lock.isOpenToOthers()).isFalse();
            assertThat(lock.sentence()).contains(KEY.hex());
            assertThat(shown()).contains("f1206");

            Surroundings another = look(semaphore(0x77));
            fx(() -> lock.seen(another));
            assertThat(edits.semaphore()).isEqualTo(KEY);
            fx(() -> lock.nameless(false));
            assertThat(edits.semaphore()).isEqualTo(KEY);
        });
    }
}
