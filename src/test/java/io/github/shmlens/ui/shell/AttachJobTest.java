package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.sysv.Unprivileged;
import io.github.shmlens.testing.Php;
import io.github.shmlens.ui.problem.FileAsker;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Attaching, with the keyboard and the mouse.
final class AttachJobTest extends MainJob {

    @Test
    void attachesByKeyAndShowsTheSlots() throws Exception {
        phpStore();
        openWindow();
        attachByKey();
        waitUntil("three slots", () -> slots().size() == 3);
        waitUntil("a value", () -> slots().getFirst().contains("Hello"));
        assertThat(ask(this::tabText)).contains("0x%x".formatted(key.value()), "live", "rw");
        assertThat(host.facts(id()).nattch()).isEqualTo(1);
    }

    @Test
    void attachesByThePathAndProjectOfFtok() throws Exception {
        Path file = Files.createFile(folder.resolve("uploads.lock"));
        String made =
                Php.run(
                        """
                        $key = ftok($argv[1], 'S');
                        $shm = shm_attach($key, 4000);
                        shm_put_var($shm, 7, 'by ftok');
                        echo $key;
                        """,
                        file.toString());
        SegmentKey ftok = SegmentKey.parse(made);
        removeAtTheEnd(idOf(new Target.Key(ftok)));
        openWindow();
        control(KeyCode.O);
        click("#attach-way-ftok");
        fill("#attach-text", file.toString());
        fill("#attach-project", "S");
        robot.type(KeyCode.ENTER);
        waitUntil("its slot", () -> words("#slots").contains("by ftok"));
        assertThat(ask(this::tabText)).contains("0x%x".formatted(ftok.value()));
    }

    @Test
    void attachesReadOnlyWhereTheKernelRefusesWritingAndSaysSo() throws Exception {
        phpStore("0644");
        byte[] before = memory(id(), 0, STORE_BYTES);
        openWindow(asNobody(host));
        attachByKey();
        waitUntil("slots", () -> slots().size() == 3);
        assertThat(ask(() -> words(".shm-tab")))
                .contains("Attached read-only: writing is not permitted")
                .contains("mode is 0644, owner root");
        assertThat(ask(this::tabText)).endsWith("ro");
        assertThat(ask(() -> words("#status-line"))).contains("read-only");
        assertThat(ask(() -> isDisabled("#edit"))).isTrue();
        clickByte(0x40);
        robot.write("ff");
        robot.type(KeyCode.ENTER);
        waitUntil("told", () -> words(".shm-tab").contains("Nothing can be typed here"));
        assertThat(memory(id(), 0, STORE_BYTES)).isEqualTo(before);
    }

    @Test
    void aKeyThatCannotBeReadAttachesNothing() {
        openWindow();
        control(KeyCode.O);
        fill("#attach-text", "0xzz");
        robot.type(KeyCode.ENTER);
        waitUntil("told at the field", () -> words("#attach-text-error").contains("0xzz"));
        assertThat(ask(() -> tabs().getTabs())).isEmpty();
    }

    @Test
    void opensASavedDumpReadOnly() throws Exception {
        phpStore();
        byte[] image = memory(id(), 0, STORE_BYTES);
        Path dump = Files.write(folder.resolve("store.bin"), image);
        openWindow();
        control(KeyCode.O);
        click("#attach-way-file");
        fill("#attach-text", dump.toString());
        robot.type(KeyCode.ENTER);
        waitUntil("its slots", () -> slots().size() == 3);
        assertThat(ask(this::tabText)).contains("store.bin", "file", "ro");
        assertThat(ask(() -> isDisabled("#edit"))).isTrue();
        clickByte(0);
        robot.write("ff");
        robot.type(KeyCode.ENTER);
        waitUntil("told", () -> words(".shm-tab").contains("Nothing can be typed here"));
        assertThat(dump).hasBinaryContent(image);
    }

    @Test
    void anImageSavedFromTheTabHoldsEveryByteAndIsOpenedFromTheMenu() throws Exception {
        phpStore();
        byte[] before = memory(id(), 0, STORE_BYTES);
        Path image = folder.resolve("image.bin");
        files = new OneFile(image);
        openOnSegment();
        click("#more");
        robot.clickOn("Save an image (dump)…");
        waitUntil("saved", () -> notice().startsWith("Saved 4,000 bytes of 0x"));
        assertThat(image).hasBinaryContent(before);
        click("#menu");
        robot.clickOn("Open a saved image…");
        waitUntil("opened", () -> tabs().getTabs().size() == 2);
        waitUntil("its slots", () -> slots().size() == 3);
        assertThat(ask(() -> tabs().getTabs().getLast().getText()))
                .contains("image.bin", "file", "ro");
    }

    /// Answers every dialog with the same file.
    private record OneFile(Path path) implements FileAsker {
        @Override
        public Optional<Path> open(@Nullable Window over, String title) {
            return Optional.of(path);
        }

        @Override
        public Optional<Path> save(@Nullable Window over, String title, String name) {
            return Optional.of(path);
        }

        @Override
        public Optional<Path> folder(@Nullable Window over, String title) {
            return Optional.empty();
        }
    }

    /// Root may write to everything: here each call to the kernel is made by the user nobody.
    private static SegmentSource asNobody(SegmentSource host) {
        return (SegmentSource)
                Proxy.newProxyInstance(
                        SegmentSource.class.getClassLoader(),
                        new Class<?>[] {SegmentSource.class},
                        (_, method, arguments) ->
                                Unprivileged.run(() -> {
                                    try {
                                        return method.invoke(host, arguments);
                                    } catch (InvocationTargetException thrown) {
                                        if (thrown.getCause() instanceof Exception refused) {
                                            throw refused;
                                        }
                                        throw thrown;
                                    }
                                }));
    }
}
