package io.github.shmlens.ui.segments;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.Rights;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.testing.FakeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrphanRemovalTest {

    @TempDir Path folder;

    private final FakeSource source = new FakeSource();
    private final SegmentId id = source.add(new SegmentKey(5), 5000);

    @BeforeEach
    void nobodysSegment() {
        source.makerIsDead(true);
    }

    private OrphanRemoval.Outcome removed(SegmentFacts seen, @Nullable Path image) {
        return new OrphanRemoval(seen, image).carryOut(source);
    }

    private boolean isThere() {
        try {
            return !source.facts(id).markedForRemoval();
        } catch (ShmException gone) {
            return false;
        }
    }

    @Test
    void findsThoseNobodyHoldsWithWhoMayRemoveThem() throws ShmException {
        SegmentId held = source.add(new SegmentKey(6), 100);
        source.othersAttach(held, 7, "php");
        source.allow(id, Mode.DEFAULT, new Rights(true, true, false));
        assertThat(Orphan.find(source))
                .singleElement()
                .satisfies(orphan -> assertThat(orphan.facts().id()).isEqualTo(id))
                .satisfies(orphan -> assertThat(orphan.rights().remove()).isFalse());
    }

    @Test
    void whatIsStillNobodysIsRemoved() throws ShmException {
        assertThat(removed(source.facts(id), null))
                .isEqualTo(new OrphanRemoval.Outcome.Removed(null));
        assertThat(isThere()).isFalse();
    }

    @Test
    void whatSomebodyAttachedMeanwhileIsKept() throws ShmException {
        SegmentFacts seen = source.facts(id);
        source.othersAttach(id, 7, "php");
        assertThat(removed(seen, null)).isEqualTo(new OrphanRemoval.Outcome.InUse(1));
        assertThat(isThere()).isTrue();
    }

    @Test
    void whatWasUsedForAMomentSinceIsKept() throws ShmException {
        SegmentFacts seen = source.facts(id);
        SegmentFacts earlier =
                new SegmentFacts(
                        seen.id(),
                        seen.key(),
                        seen.sizeBytes(),
                        seen.rssBytes(),
                        seen.swapBytes(),
                        seen.owner(),
                        seen.group(),
                        seen.creator(),
                        seen.mode(),
                        seen.status(),
                        0,
                        seen.cpid(),
                        seen.lpid() + 1,
                        null,
                        null,
                        seen.changeTime());
        assertThat(removed(earlier, null)).isEqualTo(new OrphanRemoval.Outcome.UsedSince());
        assertThat(isThere()).isTrue();
    }

    @Test
    void theImageIsSavedFirstAndIsWhole() throws ShmException, IOException {
        try (AttachedSegment segment = source.attach(id, Access.READ_WRITE)) {
            segment.write(4998, new byte[] {'o', 'k'}, 0, 2);
        }
        Path image = folder.resolve("image.bin");
        assertThat(removed(source.facts(id), image))
                .isEqualTo(new OrphanRemoval.Outcome.Removed(image));
        assertThat(Files.readAllBytes(image)).hasSize(5000).endsWith('o', 'k');
    }

    @Test
    void anImageIsNeverWrittenOverAFileThatIsThere() throws ShmException, IOException {
        Path image = Files.writeString(folder.resolve("image.bin"), "mine");
        assertThat(removed(source.facts(id), image))
                .isInstanceOf(OrphanRemoval.Outcome.Stopped.class);
        assertThat(Files.readString(image)).isEqualTo("mine");
        assertThat(isThere()).isTrue();
    }

    @Test
    void whoAttachesWhileItIsSavedKeepsIt() throws ShmException {
        source.memory(id).beforeRead(() -> source.othersAttach(id, 7, "php"));
        assertThat(removed(source.facts(id), folder.resolve("image.bin")))
                .isInstanceOf(OrphanRemoval.Outcome.InUse.class);
        assertThat(isThere()).isTrue();
    }

    @Test
    void whatIsGoneAlreadyIsNoFailure() throws ShmException {
        SegmentFacts seen = source.facts(id);
        source.remove(id);
        assertThat(removed(seen, null)).isEqualTo(new OrphanRemoval.Outcome.GoneAlready());
    }
}
