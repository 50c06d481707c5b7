package io.github.shmlens.ui.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.Rights;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.testing.FakeSource;
import io.github.shmlens.testing.Tapped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemovalTest {

    @TempDir Path folder;

    private final FakeSource source = new FakeSource();
    private final SegmentId id = source.add(new SegmentKey(5), 5000);

    private void put(int offset, String text) throws ShmException {
        try (AttachedSegment segment = source.attach(id, Access.READ_WRITE)) {
            byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            segment.write(offset, bytes, 0, bytes.length);
        }
    }

    private Removal removal(@org.jspecify.annotations.Nullable Path image, boolean wipe)
            throws ShmException {
        return new Removal(id, Witness.look(source, id), image, wipe);
    }

    @Test
    void whatNobodyHoldsIsDestroyed() throws ShmException {
        assertThat(removal(null, false).carryOut(source))
                .isInstanceOf(Removal.Outcome.Destroyed.class);
        assertThatThrownBy(() -> source.facts(id)).isInstanceOf(ShmException.class);
    }

    @Test
    void whatOthersHoldIsMarked() throws ShmException {
        source.othersAttach(id, 7, "php");
        assertThat(removal(null, false).carryOut(source))
                .isInstanceOf(Removal.Outcome.Marked.class);
        assertThat(source.facts(id).markedForRemoval()).isTrue();
    }

    @Test
    void aNewHolderStopsIt() throws ShmException {
        Removal decided = removal(null, true);
        source.othersAttach(id, 7, "php");
        put(0, "still");
        assertThat(decided.carryOut(source)).isInstanceOf(Removal.Outcome.Changed.class);
        assertThat(source.memory(id).bytes(0, 5)).asString().isEqualTo("still");
    }

    @Test
    void theImageIsWrittenFirstAndWhole() throws ShmException, IOException {
        put(4990, "end");
        Path image = folder.resolve("image.bin");
        removal(image, true).carryOut(source);
        byte[] saved = Files.readAllBytes(image);
        assertThat(saved).hasSize(5000);
        assertThat(new String(saved, 4990, 3, java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo("end");
    }

    @Test
    void anImageThatCannotBeWrittenStopsTheRemoval() throws ShmException {
        Removal.Outcome outcome =
                removal(folder.resolve("no/such/folder/image.bin"), false).carryOut(source);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Removal.Outcome.Stopped.class,
                        stopped -> assertThat(stopped.step()).isEqualTo("saving the image"));
        assertThat(source.facts(id).markedForRemoval()).isFalse();
    }

    @Test
    void anImageIsNeverWrittenOverAFileThatIsThereAndThenNothingIsRemovedOrWiped()
            throws ShmException, IOException {
        put(0, "still");
        Path image = Files.writeString(folder.resolve("image.bin"), "another's");
        assertThat(removal(image, true).carryOut(source))
                .isInstanceOfSatisfying(
                        Removal.Outcome.Stopped.class,
                        stopped ->
                                assertThat(RemovalWords.problem(stopped).sentence())
                                        .contains(image + ": it is there already")
                                        .contains("name another"));
        assertThat(image).hasContent("another's");
        assertThat(source.facts(id).markedForRemoval()).isFalse();
        assertThat(source.memory(id).bytes(0, 5)).asString().isEqualTo("still");
    }

    @Test
    void aLinkThatLeadsNowhereIsAFileThatIsThereToo() throws ShmException, IOException {
        Path image =
                Files.createSymbolicLink(folder.resolve("image.bin"), folder.resolve("target"));
        assertThat(removal(image, false).carryOut(source))
                .isInstanceOf(Removal.Outcome.Stopped.class);
        assertThat(folder.resolve("target")).doesNotExist();
        assertThat(image).isSymbolicLink();
    }

    @Test
    void aFileThatHasTheNameOfTheUnfinishedImageIsLeftAlone() throws ShmException, IOException {
        Path part = Files.writeString(folder.resolve("image.bin.part"), "another's");
        assertThat(removal(folder.resolve("image.bin"), false).carryOut(source))
                .isInstanceOf(Removal.Outcome.Stopped.class);
        assertThat(part).hasContent("another's");
        assertThat(folder.resolve("image.bin")).doesNotExist();
        assertThat(source.facts(id).markedForRemoval()).isFalse();
    }

    @Test
    void nothingHalfWrittenStaysBehind() throws ShmException {
        source.allow(id, new Mode(0222), new Rights(false, true, true));
        assertThat(removal(folder.resolve("image.bin"), false).carryOut(source))
                .isInstanceOf(Removal.Outcome.Stopped.class);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void wipingLeavesZerosToThoseWhoHoldOn() throws ShmException {
        put(0, "secret");
        source.othersAttach(id, 7, "php");
        removal(null, true).carryOut(source);
        assertThat(source.memory(id).bytes(0, 6)).containsOnly(0);
    }

    @Test
    void stoppedWhileItWipesItSaysWhatIsZerosAndRemovesNothing() throws ShmException {
        SegmentId large = source.add(new SegmentKey(6), 3L << 20);
        for (int chunk = 0; chunk < 3; chunk++) {
            source.memory(large).put((long) chunk << 20, new byte[] {1});
        }
        AtomicInteger writes = new AtomicInteger();
        SegmentSource counting = Tapped.source(source, writes::incrementAndGet);
        Removal.Outcome outcome =
                new Removal(large, Witness.look(source, large), null, true)
                        .carryOut(counting, () -> writes.get() == 2);
        assertThat(outcome).isEqualTo(new Removal.Outcome.GivenUp(2L << 20, null));
        assertThat(RemovalWords.done(source.facts(large), outcome))
                .contains("is not removed")
                .contains("Its first 2,097,152 bytes are zeros by now.");
        assertThat(source.memory(large).bytes(2L << 20, 1)).containsExactly(1);
        assertThat(source.facts(large).markedForRemoval()).isFalse();
    }

    @Test
    void stoppedWhileItSavesNothingStaysOfTheImage() throws ShmException {
        Path image = folder.resolve("image.bin");
        assertThat(removal(image, true).carryOut(source, () -> true))
                .isEqualTo(new Removal.Outcome.GivenUp(0, null));
        assertThat(folder).isEmptyDirectory();
        assertThat(source.facts(id).markedForRemoval()).isFalse();
    }

    @Test
    void aRefusedWipeStopsTheRemoval() throws ShmException {
        source.allow(id, new Mode(0444), new Rights(true, false, true));
        assertThat(removal(null, true).carryOut(source))
                .isInstanceOfSatisfying(
                        Removal.Outcome.Stopped.class,
                        stopped -> assertThat(stopped.step()).isEqualTo("wiping the bytes"));
    }

    @Test
    void ourOwnAttachesAreGivenBack() throws ShmException {
        source.othersAttach(id, 7, "php");
        removal(folder.resolve("image.bin"), true).carryOut(source);
        assertThat(source.facts(id).nattch()).isEqualTo(1);
    }
}
