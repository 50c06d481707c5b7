package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.journal.Journal;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.testing.Php;
import java.nio.file.Files;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.Test;

/// An image that is loaded while a PHP process holds the lock.
final class LoadJobTest extends MainJob {

    private static final int BYTES = 4096;

    private SegmentId loadUnder(Php php) throws Exception {
        SegmentId id = raw(BYTES);
        byte[] wanted = new byte[BYTES];
        wanted[0x40] = 7;
        files = new ThisFile(Files.write(folder.resolve("image.bin"), wanted));
        journal = Journal.in(folder.resolve("state"), "Shmlens");
        openOnSegment();
        unlockUnder(php);
        click("#more");
        click("#more-load");
        waitUntil("compared", () -> !words("#load-holders").isBlank());
        click("#load-confirm");
        waitUntil(
                "says so", () -> words("#load-prospect").contains("Somebody else holds the lock"));
        return id;
    }

    @Test
    void stopIsHeardWhileTheLockIsWaitedFor() throws Exception {
        Php php = holder();
        SegmentId id = loadUnder(php);
        robot.type(KeyCode.ESCAPE);
        waitUntil("stopped", () -> words("#load-sheet").contains("You stopped it"));
        assertThat(ask(() -> words("#load-sheet"))).contains("Nothing was loaded.");
        php.send("let go");
        assertThat(php.line()).isEqualTo("free");
        waitUntil("compared anew", () -> !isDisabled("#load-confirm"));
        assertThat(memory(id, 0, BYTES)).containsOnly(0);
        assertThat(journal.read().entries()).isEmpty();
        click("#load-confirm");
        waitUntil("loaded", () -> notice().contains("1 byte changed"));
        assertThat(memory(id, 0x40, 1)).containsExactly(7);
    }

    @Test
    void whatADeadProcessHeldIsNotWaitedFor() throws Exception {
        Php php = holder();
        SegmentId id = loadUnder(php);
        php.kill();
        waitUntil("loaded", () -> notice().contains("1 byte changed"));
        assertThat(memory(id, 0x40, 1)).containsExactly(7);
    }

    @Test
    void quittingAsksAboutALoadThatIsUnderWayAndStopsItOnlyThen() throws Exception {
        Php php = holder();
        SegmentId id = loadUnder(php);
        pressTheX();
        waitUntil("asked", () -> isThere("#underway-sheet"));
        assertThat(ask(() -> words("#underway-lines")))
                .contains("is being loaded into " + key.hex());
        waitUntil(
                "as high as its words",
                () -> lookup("#underway-sheet") instanceof Region sheet && sheet.getHeight() < 180);
        screenshot(stage(), "underway");
        robot.type(KeyCode.ESCAPE);
        waitUntil("goes on", () -> !isThere("#underway-sheet"));
        assertThat(isThere("#load-sheet")).isTrue();
        pressTheX();
        click("#underway-stop");
        waitUntil("gone", () -> !stage().isShowing());
        assertThat(host.lock(key).orElseThrow().waiters()).isZero();
        assertThat(memory(id, 0, BYTES)).containsOnly(0);
        assertThat(journal.read().entries()).isEmpty();
    }

    @Test
    void quittingAsksAboutAChangeOfATabThatIsClosedAlready() throws Exception {
        SegmentId id = raw(BYTES);
        Php php = holder();
        openOnSegment();
        unlockUnder(php);
        clickByte(0x60);
        robot.write("a7");
        robot.type(KeyCode.ENTER);
        waitUntil("waits", this::isWaitedFor);
        control(KeyCode.W);
        waitUntil("closed", () -> tabs().getTabs().isEmpty());
        control(KeyCode.Q);
        waitUntil("asked", () -> words("#underway-lines").contains("not done yet"));
        php.send("let go");
        assertThat(php.line()).isEqualTo("free");
        waitUntil("written", () -> byteAt(id) == (byte) 0xa7);
        click("#underway-stop");
        waitUntil("gone", () -> !stage().isShowing());
    }

    private boolean isWaitedFor() {
        try {
            return host.lock(key).orElseThrow().waiters() == 1;
        } catch (ShmException refused) {
            throw new AssertionError(refused);
        }
    }

    private byte byteAt(SegmentId id) {
        try {
            return memory(id, 0x60, 1)[0];
        } catch (ShmException refused) {
            throw new AssertionError(refused);
        }
    }
}
