package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.shmlens.journal.Journal;
import io.github.shmlens.journal.JournaledSource;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.testing.Php;
import io.github.shmlens.testing.Tapped;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Tab;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Removing, detaching, and segments that vanish by themselves.
final class LeaveJobTest extends MainJob {

    @Test
    void removingWhatNobodyHoldsDestroysIt() throws Exception {
        phpStore();
        SegmentId id = id();
        openWindow();
        fill("#segment-filter", key.hex());
        robot.type(KeyCode.DOWN, KeyCode.DELETE);
        waitUntil("question", () -> words("#remove-prospect").startsWith("Nobody is attached"));
        assertThat(ask(() -> isDisabled("#remove-confirm"))).isTrue();
        click("#remove-understood");
        click("#remove-confirm");
        waitUntil("told", () -> notice().contains("is removed and its"));
        assertGone(id);
    }

    @Test
    void removingWhatPhpHoldsNamesPhpAndOnlyMarksIt() throws Exception {
        Php php = servant();
        php.ask("put 1 'still mine'");
        SegmentId id = id();
        openOnSegment();
        click("#remove");
        waitUntil("who", () -> words("#remove-holders").contains(Long.toString(php.pid())));
        assertThat(ask(() -> words("#remove-prospect"))).contains("marked for removal");
        click("#remove-understood");
        click("#remove-confirm");
        waitUntil("told", () -> notice().contains("is marked for removal"));
        assertThat(host.facts(id).markedForRemoval()).isTrue();
        assertThat(php.ask("same 1 'still mine'")).isEqualTo("true");
    }

    @Test
    void anImageIsNotWrittenOverAFileAndThenNothingIsRemoved() throws Exception {
        phpStore();
        Path image = Files.writeString(folder.resolve("image.bin"), "another's");
        openOnSegment();
        click("#remove");
        click("#remove-save");
        fill("#remove-image", image.toString());
        waitUntil("question", () -> !isDisabled("#remove-understood"));
        click("#remove-understood");
        click("#remove-confirm");
        waitUntil("refused", () -> words("#remove-sheet").contains("name another"));
        assertThat(image).hasContent("another's");
        assertThat(host.facts(id()).markedForRemoval()).isFalse();
    }

    @Test
    void quittingAsksAboutAWipeThatIsUnderWayAndStopsItOnlyThen() throws Exception {
        SegmentId id = raw(3 << 20);
        poke(id, (1 << 20) - 1, 1, 1);
        poke(id, (2 << 20) - 1, 1, 1);
        Semaphore steps = new Semaphore(1);
        journal = Journal.in(folder.resolve("state"), "window");
        openWindow(new JournaledSource(Tapped.source(host, steps::acquire), journal));
        keep(() -> steps.release(100));
        fill("#segment-filter", key.hex());
        robot.type(KeyCode.DOWN, KeyCode.DELETE);
        waitUntil("question", () -> words("#remove-prospect").startsWith("Nobody is attached"));
        click("#remove-wipe");
        click("#remove-understood");
        click("#remove-confirm");
        waitUntil("second step", () -> steps.hasQueuedThreads());
        pressTheX();
        waitUntil("asked", () -> words("#underway-lines").contains("is being wiped"));
        robot.type(KeyCode.ESCAPE);
        waitUntil("goes on", () -> !isThere("#underway-sheet"));
        pressTheX();
        click("#underway-stop");
        waitUntil("stopping", () -> words("#remove-prospect").contains("Stopping"));
        steps.release(100);
        waitUntil("gone", () -> !stage().isShowing());
        assertThat(host.facts(id).markedForRemoval()).isFalse();
        assertThat(memory(id, (2 << 20) - 1, 2)).containsExactly(0, 1);
        assertThat(journal.read().entries().getLast().broken()).isTrue();
    }

    @Test
    void aRemovalIsDecidedAnewWhereHoldersChangedAndEscStopsOneThatWipes() throws Exception {
        SegmentId id = raw(3 << 20);
        poke(id, (2 << 20) - 1, 1, 1);
        Semaphore steps = new Semaphore(0);
        openWindow(Tapped.source(host, steps::acquire));
        keep(() -> steps.release(100));
        fill("#segment-filter", key.hex());
        robot.type(KeyCode.DOWN, KeyCode.DELETE);
        waitUntil("question", () -> words("#remove-prospect").startsWith("Nobody is attached"));
        keep(host.attach(id, Access.READ_ONLY));
        click("#remove-wipe");
        click("#remove-understood");
        click("#remove-confirm");
        waitUntil("changed", () -> words("#remove-sheet").contains("changed since you looked"));
        assertThat(ask(() -> find("#remove-understood", CheckBox.class).isFocused())).isTrue();
        robot.type(KeyCode.SPACE);
        click("#remove-confirm");
        waitUntil("wipes", steps::hasQueuedThreads);
        assertThat(ask(() -> isDisabled("#remove-wipe"))).isTrue();
        robot.type(KeyCode.ESCAPE);
        waitUntil("stopping", () -> words("#remove-prospect").contains("Stopping"));
        steps.release(100);
        waitUntil("stopped", () -> words("#remove-sheet").contains("It was stopped"));
        assertThat(ask(() -> words("#remove-sheet"))).contains("zeros by now");
        waitUntil("looked", () -> !isDisabled("#remove-understood"));
        screenshot(stage(), "remove-stopped");
        robot.type(KeyCode.ESCAPE);
        waitUntil("closed", () -> !isThere("#remove-sheet"));
        assertThat(host.facts(id).markedForRemoval()).isFalse();
    }

    @Test
    void cancellingRemovesNothing() throws Exception {
        phpStore();
        openOnSegment();
        click("#remove");
        waitUntil("question", () -> !words("#remove-prospect").startsWith("Looking"));
        robot.type(KeyCode.ESCAPE);
        waitUntil("closed", () -> !isThere("#remove-sheet"));
        assertThat(host.facts(id()).markedForRemoval()).isFalse();
    }

    @Test
    void anObjectMadeAnewUnderItsNameIsCalledAnotherOneAndOffered() throws Exception {
        String name = "/shmlens-test-" + key.hex();
        Path object = Path.of("/dev/shm" + name);
        Files.write(object, new byte[4096]);
        keep(() -> Files.deleteIfExists(object));
        openWindow();
        control(KeyCode.O);
        click("#attach-way-posix");
        fill("#attach-text", name);
        robot.type(KeyCode.ENTER);
        waitUntil("bytes", () -> words("#status-line").contains("live"));
        Files.delete(object);
        byte[] other = new byte[4096];
        java.util.Arrays.fill(other, (byte) 0x5a);
        Files.write(object, other);
        waitUntil("told", () -> words(".shm-tab").contains("made anew under the same name"));
        assertThat(ask(() -> words("#status-line"))).doesNotContain("attached:");
        press("Attach the new one");
        waitUntil("new", () -> !words(".shm-tab").contains("made anew under the same name"));
        assertThat(ask(() -> tabs().getTabs())).hasSize(2);
        waitUntil("bytes", () -> words("#status-line").contains("live"));
        clickByte(0);
        waitUntil("its bytes", () -> words(".shm-tab").contains("0101 1010"));
    }

    @Test
    void detachingLeavesTheSegmentWithEveryByte() throws Exception {
        phpStore();
        SegmentId id = id();
        byte[] before = memory(id, 0, STORE_BYTES);
        openOnSegment();
        waitUntil("slots", () -> slots().size() == 3);
        control(KeyCode.W);
        waitUntil("farewell", () -> notice().contains("stay in memory"));
        assertThat(ask(() -> tabs().getTabs())).isEmpty();
        assertThat(host.facts(id).nattch()).isZero();
        assertThat(memory(id, 0, STORE_BYTES)).isEqualTo(before);
    }

    @Test
    void aSegmentThatPhpRemovesStaysOnTheScreenMarkedForRemoval() throws Exception {
        Php php = servant();
        php.ask("put 1 'last words'");
        SegmentId id = id();
        openOnSegment();
        waitUntil("slot", () -> slots().size() == 1);
        assertThat(php.ask("destroy")).isEqualTo("true");
        waitUntil("told", () -> words(".shm-tab").contains("Marked for removal"));
        assertThat(ask(this::slots).getFirst()).contains("last words");
        click("#detach");
        waitUntil("detached", () -> tabs().getTabs().isEmpty());
        php.close();
        assertGone(id);
    }

    @Test
    void aSegmentMadeAnewWithTheSameKeyIsOfferedAndAttached() throws Exception {
        Php php = servant();
        php.ask("put 1 'the old one'");
        SegmentId old = id();
        removeAtTheEnd(old);
        openOnSegment();
        waitUntil("slot", () -> slots().size() == 1);
        php.ask("destroy");
        php.ask("anew 8000");
        php.ask("put 2 'the new one'");
        press("Attach the new one");
        waitUntil(
                "the new one's slot",
                () -> slots().size() == 1 && slots().getFirst().contains("the new one"));
        assertThat(host.facts(id()).nattch()).isEqualTo(2);
        // What this window alone still holds is still there, and can be told from the new one.
        assertThat(tabTexts())
                .containsExactly(
                        "0x%x %s  removed  rw".formatted(key.value(), old.text()),
                        "0x%x  live  rw".formatted(key.value()));
        robot.press(KeyCode.CONTROL).type(KeyCode.TAB).release(KeyCode.CONTROL);
        waitUntil(
                "the old one's slot",
                () -> slots().size() == 1 && slots().getFirst().contains("the old one"));
        assertThat(memory(old, 0, 8)).startsWith("PHP_SM".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void theLastBytesOfARemovedSegmentDoNotGoUnasked() throws Exception {
        phpStore();
        SegmentId id = id();
        byte[] before = memory(id, 0, STORE_BYTES);
        Path taken = Files.writeString(folder.resolve("taken.bin"), "another's");
        Path image = folder.resolve("image.bin");
        Deque<Path> answers = new ArrayDeque<>(List.of(taken, image));
        files = new Saves(answers);
        openOnSegment();
        removeAtTheEnd(id);
        host.remove(id);
        control(KeyCode.W);
        waitUntil("asked", () -> isThere("#last-sheet"));
        screenshot(stage(), "last-bytes");
        assertThat(ask(() -> words("#last-lines")))
                .contains(id.text() + " is marked for removal")
                .contains("only this window still holds it: its 4,000 bytes are destroyed");
        robot.type(KeyCode.ENTER);
        waitUntil("stayed", () -> !isThere("#last-sheet"));
        assertThat(memory(id, 0, STORE_BYTES)).isEqualTo(before);
        control(KeyCode.W);
        click("#last-save");
        waitUntil("not over a file", () -> words("#last-sheet").contains("name another"));
        assertThat(taken).hasContent("another's");
        click("#last-save");
        waitUntil("detached", () -> tabs().getTabs().isEmpty());
        assertThat(image).hasBinaryContent(before);
        assertGone(id);
    }

    @Test
    void quittingAsksForTheLastBytesToo() throws Exception {
        phpStore();
        SegmentId id = id();
        openOnSegment();
        removeAtTheEnd(id);
        host.remove(id);
        control(KeyCode.Q);
        waitUntil("asked", () -> isThere("#last-sheet"));
        robot.type(KeyCode.ESCAPE);
        waitUntil("stayed", () -> !isThere("#last-sheet"));
        assertThat(host.facts(id).nattch()).isEqualTo(1);
        control(KeyCode.Q);
        click("#last-go");
        waitUntil("quit", () -> !stage().isShowing());
        assertGone(id);
    }

    @Test
    void ofAPosixObjectThatIsUnlinkedOnlyTheNameIsSaidToBeGone() throws Exception {
        Path object = posixObject();
        String name = "/" + object.getFileName();
        Path image = folder.resolve("image.bin");
        files = new Saves(new ArrayDeque<>(List.of(image)));
        openOnPosix(object);
        FileChannel other = keep(FileChannel.open(object));
        Files.delete(object);
        waitUntil("told", () -> words(".shm-tab").contains("Its name is gone"));
        assertThat(ask(() -> words(".shm-tab"))).contains("this window too, still shares them");
        assertThat(tabTexts()).containsExactly(name + "  name gone  rw");
        waitUntil("status", () -> words("#status-line").contains("its name is gone"));
        assertThat(ask(() -> words("#status-line"))).doesNotContain("mapped by");
        assertThat(ask(() -> isDisabled("#remove"))).isTrue();
        fill("#segment-filter", name.substring(1) + " gone");
        waitUntil("listed", () -> words("#segment-list").contains("name gone"));
        other.close();
        waitUntil("ours", () -> words("#status-line").contains("only this window"));
        screenshot(stage(), "name-gone");
        press("Save an image…");
        waitUntil("saved", () -> Files.exists(image) && notice().contains("image.bin"));
        assertThat(image).hasBinaryContent(new byte[20_000]);

        // Under the same name there is another one now: that one can be removed and attached.
        Files.write(object, new byte[5000]);
        waitUntil("another", () -> words("#status-line").contains("leads to another one"));
        assertThat(tabTexts()).containsExactly(name + "  name gone  rw");
        fill("#segment-filter", name.substring(1));
        waitUntil("its row", () -> words("#segment-list").contains("4.9 KiB"));
        assertThat(ask(() -> words("#segment-list"))).doesNotContain("attached");
        robot.type(KeyCode.DOWN, KeyCode.ENTER);
        waitUntil("both", () -> tabs().getTabs().size() == 2);
        assertThat(tabTexts())
                .containsExactlyInAnyOrder(name + "  name gone  rw", name + "  live  rw");
    }

    private List<String> tabTexts() {
        return ask(() -> tabs().getTabs().stream().map(Tab::getText).toList());
    }

    @Test
    void theLastBytesOfAnObjectWithoutANameDoNotGoUnasked() throws Exception {
        Path object = posixObject();
        byte[] bytes = new byte[20_000];
        bytes[7] = 9;
        Files.write(object, bytes);
        Path image = folder.resolve("image.bin");
        files = new Saves(new ArrayDeque<>(List.of(image)));
        openOnPosix(object);
        // As a process that opened it and never mapped it.
        FileChannel other = keep(FileChannel.open(object));
        Files.delete(object);
        control(KeyCode.W);
        waitUntil("another holds it", () -> tabs().getTabs().isEmpty());

        Files.write(object, bytes);
        openOnPosixAgain(object);
        Files.delete(object);
        control(KeyCode.W);
        waitUntil("asked", () -> isThere("#last-sheet"));
        assertThat(ask(() -> words("#last-lines")))
                .startsWith("posix:/%s was removed".formatted(object.getFileName()))
                .contains("nobody but this window is seen to hold it: its 20,000 bytes are freed");
        click("#last-save");
        waitUntil("detached", () -> tabs().getTabs().isEmpty());
        assertThat(image).hasBinaryContent(bytes);
        assertThat(other.size()).isEqualTo(20_000);
    }

    @Test
    void aPosixObjectThatIsCutShortUnderTheViewHarmsNothing() throws Exception {
        Path object = posixObject();
        openOnPosix(object);
        try (FileChannel channel = FileChannel.open(object, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
        waitUntil("told", () -> words(".shm-tab").contains("The object is empty: 0 bytes."));
        Files.write(object, new byte[100]);
        waitUntil("grown again", () -> !words(".shm-tab").contains("The object is empty"));
    }

    private Path posixObject() throws IOException {
        Path object = Path.of("/dev/shm/shmlens-test-" + key.unsigned());
        Files.write(object, new byte[20_000], StandardOpenOption.CREATE_NEW);
        keep(() -> Files.deleteIfExists(object));
        return object;
    }

    private void openOnPosix(Path object) {
        openWindow();
        openOnPosixAgain(object);
    }

    private void openOnPosixAgain(Path object) {
        control(KeyCode.O);
        click("#attach-way-posix");
        fill("#attach-text", "/" + object.getFileName());
        robot.type(KeyCode.ENTER);
        waitUntil("tab", () -> tabs().getTabs().size() == 1);
        waitUntil("bytes", () -> words("#status-line").contains("live"));
    }

    private void assertGone(SegmentId id) {
        ShmException thrown = catchThrowableOfType(ShmException.class, () -> host.facts(id));
        assertThat(thrown).isNotNull();
        assertThat(thrown.failure()).isInstanceOf(ShmFailure.Gone.class);
    }

    /// Names one file after the other.
    private static final class Saves extends NoFiles {
        private final Deque<Path> answers;

        private Saves(Deque<Path> answers) {
            this.answers = answers;
        }

        @Override
        public Optional<Path> save(@Nullable Window over, String title, String name) {
            return Optional.ofNullable(answers.poll());
        }
    }
}
