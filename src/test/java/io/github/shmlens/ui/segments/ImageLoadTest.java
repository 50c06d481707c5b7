package io.github.shmlens.ui.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.shmlens.journal.Entry;
import io.github.shmlens.journal.History;
import io.github.shmlens.journal.Journal;
import io.github.shmlens.journal.JournaledSource;
import io.github.shmlens.journal.Reversal;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.Reason;
import io.github.shmlens.testing.FakeMemory;
import io.github.shmlens.testing.FakeSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ImageLoadTest {

    private static final int SIZE = (2 << 20) + 100;

    private final FakeSource host = new FakeSource();
    private final SegmentId id = host.add(new SegmentKey(5), SIZE);
    private final FakeMemory memory = host.memory(id);
    private final List<Long> told = new ArrayList<>();
    private final Path folder;
    private final Journal journal;
    private final JournaledSource source;
    private final AttachedSegment segment;

    ImageLoadTest(@TempDir Path folder) throws ShmException {
        this.folder = folder;
        journal = Journal.in(folder.resolve("state"), "test");
        source = new JournaledSource(host, journal);
        segment = source.attach(id, Access.READ_WRITE);
    }

    @AfterEach
    void detach() {
        segment.close();
    }

    private Path image(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("image.bin"), bytes);
    }

    private ImageLoad look(Path file) throws ShmException, IOException, BadInput {
        return ImageLoad.look(segment, Witness.look(source, id), file, _ -> true).orElseThrow();
    }

    private ImageLoad.Outcome load(ImageLoad image, boolean over) throws ShmException {
        return load(image, over, _ -> true);
    }

    private ImageLoad.Outcome load(ImageLoad image, boolean over, ImageLoad.Watch watch)
            throws ShmException {
        return image.carryOut(
                segment, source.facts(id), over, (offset, _) -> told.add(offset), watch);
    }

    private byte[] all() {
        return memory.bytes(0, SIZE);
    }

    @Test
    void whatDiffersIsCountedWrittenAndTakenBackAndNothingElseIsTouched() throws Exception {
        memory.put(0x40, (byte) 1, (byte) 2, (byte) 3);
        memory.put(SIZE - 1, (byte) 9);
        byte[] before = all();
        byte[] wanted = before.clone();
        wanted[0x41] = 7;
        wanted[0x81] = 8;
        wanted[SIZE - 1] = 10;
        int pages = memory.committedPages();
        ImageLoad image = look(image(wanted));
        assertThat(image.differingBytes()).isEqualTo(3);
        assertThat(image.firstOffset()).isEqualTo(0x41);
        assertThat(image.reversible()).isTrue();
        assertThat(all()).isEqualTo(before);
        assertThat(memory.committedPages()).isEqualTo(pages);

        assertThat(load(image, false)).isEqualTo(new ImageLoad.Outcome.Loaded(3));
        assertThat(all()).isEqualTo(wanted);
        assertThat(memory.committedPages()).isEqualTo(pages);
        assertThat(told).containsExactly(0L, 2L << 20);

        Entry entry = journal.read().entries().getLast();
        assertThat(entry.reason()).isEqualTo(Reason.LOAD);
        assertThat(History.ofAll(journal.read().entries()).nextUndo()).contains(entry);
        assertThat(new Reversal(entry, false).carryOut(segment))
                .isInstanceOf(Reversal.Outcome.Done.class);
        assertThat(all()).isEqualTo(before);
    }

    @Test
    void anyBytesOverAnyBytesAreLoadedWhole() throws Exception {
        Random random = new Random(4711);
        byte[] before = new byte[SIZE];
        byte[] wanted = new byte[SIZE];
        random.nextBytes(before);
        // Places close together and far apart, and one piece with more than anybody lists.
        for (int i = 0; i < SIZE; i++) {
            wanted[i] = i >> 20 == 1 ? (byte) (before[i] + i % 2) : before[i];
        }
        for (int i = 0; i < 3000; i++) {
            wanted[random.nextInt(SIZE)]++;
        }
        memory.put(0, before);
        long differing = 0;
        for (int i = 0; i < SIZE; i++) {
            differing += before[i] == wanted[i] ? 0 : 1;
        }
        ImageLoad image = look(image(wanted));
        assertThat(image.differingBytes()).isEqualTo(differing);
        assertThat(image.reversible()).isFalse();
        assertThat(load(image, false)).isEqualTo(new ImageLoad.Outcome.Loaded(differing));
        assertThat(all()).isEqualTo(wanted);
    }

    @Test
    void nothingIsWrittenWhereSomebodyWroteSinceUnlessThatIsWanted() throws Exception {
        byte[] wanted = new byte[SIZE];
        wanted[0] = 1;
        wanted[SIZE - 1] = 1;
        ImageLoad image = look(image(wanted));
        memory.put(SIZE / 2, (byte) 5);
        assertThat(load(image, false)).isEqualTo(new ImageLoad.Outcome.Moved(0));
        assertThat(memory.bytes(0, 1)).containsExactly(0);
        assertThat(journal.read().entries()).isEmpty();

        assertThat(load(image, true)).isEqualTo(new ImageLoad.Outcome.Loaded(3));
        assertThat(all()).isEqualTo(wanted);
    }

    @Test
    void aWriterThatGetsInBetweenStopsItAndWhatWasWrittenCanBeTakenBack() throws Exception {
        byte[] wanted = new byte[SIZE];
        Arrays.fill(wanted, 0, 16, (byte) 1);
        wanted[SIZE - 1] = 1;
        ImageLoad image = look(image(wanted));
        // Once the beginning is written, before the end is read again.
        memory.beforeRead(() -> {
            if (memory.bytes(0, 1)[0] == 1) {
                memory.put(SIZE - 2, (byte) 9);
            }
        });
        assertThat(load(image, false)).isEqualTo(new ImageLoad.Outcome.Moved(16));
        memory.beforeRead(() -> {});
        assertThat(memory.bytes(SIZE - 2, 2)).containsExactly(9, 0);
        Entry entry = journal.read().entries().getLast();
        assertThat(entry.broken()).isTrue();
        assertThat(new Reversal(entry, false).carryOut(segment))
                .isInstanceOf(Reversal.Outcome.Done.class);
        assertThat(memory.bytes(0, 16)).containsOnly(0);
    }

    @Test
    void aFileThatWasChangedSinceIsNotLoaded() throws Exception {
        byte[] wanted = new byte[SIZE];
        wanted[3] = 1;
        Path file = image(wanted);
        ImageLoad image = look(file);
        try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE)) {
            other.write(ByteBuffer.wrap(new byte[] {2}), SIZE - 1);
        }
        assertThat(load(image, false)).isEqualTo(new ImageLoad.Outcome.OtherFile(0));
        assertThat(load(image, true)).isEqualTo(new ImageLoad.Outcome.OtherFile(0));
        Files.write(file, new byte[10]);
        assertThat(load(image, true)).isEqualTo(new ImageLoad.Outcome.OtherFile(0));
        Files.delete(file);
        assertThat(load(image, true)).isInstanceOf(ImageLoad.Outcome.Unreadable.class);
        assertThat(all()).containsOnly(0);
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aPipeThatTookTheFilesPlaceIsNotWaitedFor() throws Exception {
        Path file = image(new byte[SIZE]);
        ImageLoad image = look(file);
        Files.delete(file);
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
        assertThat(load(image, false)).isEqualTo(new ImageLoad.Outcome.OtherFile(0));
        assertThatThrownBy(() -> look(file))
                .isInstanceOfSatisfying(
                        BadInput.class, bad -> assertThat(bad.sentence()).contains("a pipe"));
    }

    @Test
    void itStopsWhenToldTo() throws Exception {
        byte[] wanted = new byte[SIZE];
        Arrays.fill(wanted, (byte) 1);
        Path file = image(wanted);
        assertThat(ImageLoad.look(segment, Witness.look(source, id), file, done -> done == 0))
                .isEmpty();
        ImageLoad image = look(file);
        assertThat(load(image, false, done -> done < SIZE / 2))
                .isEqualTo(new ImageLoad.Outcome.Stopped(0));
        assertThat(load(image, false, done -> done <= SIZE / 2 + 100))
                .isEqualTo(new ImageLoad.Outcome.Stopped(1 << 20));
        assertThat(memory.bytes((1 << 20) - 1, 2)).containsExactly(1, 0);
    }

    @Test
    void whatCannotBeLoadedSaysWhy() throws Exception {
        assertThatThrownBy(() -> look(image(new byte[SIZE - 1])))
                .isInstanceOfSatisfying(
                        BadInput.class,
                        bad ->
                                assertThat(bad.sentence())
                                        .isEqualTo(
                                                "the file image.bin has %,d bytes and the segment %,d bytes: they must be as many"
                                                        .formatted(SIZE - 1, SIZE)));
        assertThatThrownBy(() -> look(folder))
                .isInstanceOfSatisfying(
                        BadInput.class,
                        bad -> assertThat(bad.sentence()).contains("can be loaded"));
        assertThatThrownBy(() -> look(folder.resolve("nowhere")))
                .isInstanceOf(NoSuchFileException.class);
    }
}
