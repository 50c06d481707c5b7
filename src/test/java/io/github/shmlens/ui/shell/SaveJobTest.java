package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.testing.Tapped;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An image that is saved while each of its pieces is waited for.
final class SaveJobTest extends MainJob {

    private static final int PIECES = 3;

    private static final int BYTES = PIECES << 20;

    /// Lets an image have one piece for each permit.
    private final Semaphore pieces = new Semaphore(0);

    private Path image = Path.of("");

    @BeforeEach
    void saveUpToTheFirstPiece() throws Exception {
        raw(BYTES);
        image = folder.resolve("image.bin");
        files = new SavedTo(image);
        openWindow(Tapped.source(host, "readResident", this::onePiece));
        attachByKey();
        save();
    }

    private void save() {
        click("#menu");
        click("#save-image");
        waitUntil("waits for a piece", pieces::hasQueuedThreads);
    }

    private void onePiece() throws InterruptedException {
        // The sampler reads too.
        if (Thread.currentThread().getName().startsWith("background")) {
            pieces.acquire();
        }
    }

    @Test
    void quittingAsksAboutAnImageThatIsNotWholeAndLeavesNoPartOfIt() throws Exception {
        control(KeyCode.Q);
        waitUntil("asked", () -> isThere("#underway-sheet"));
        assertThat(ask(() -> words("#underway-lines")))
                .contains(key.hex())
                .contains(image.toString());
        robot.type(KeyCode.ESCAPE);
        waitUntil("goes on", () -> !isThere("#underway-sheet"));
        pieces.release(PIECES);
        waitUntil("saved", () -> notice().contains("Saved 3,145,728 bytes"));
        assertThat(image).hasSize(BYTES);

        Files.delete(image);
        save();
        control(KeyCode.Q);
        click("#underway-stop");
        pieces.release();
        waitUntil("gone", () -> !stage().isShowing());
        assertThat(image.resolveSibling("image.bin.part")).doesNotExist();
        assertThat(image).doesNotExist();
    }

    @Test
    void anImageThatIsBrokenOffByDetachingIsSaidNotToBeThere() {
        control(KeyCode.W);
        pieces.release();
        waitUntil("said", () -> words(".shm-notices").contains("was not saved"));
        assertThat(image.resolveSibling("image.bin.part")).doesNotExist();
        assertThat(image).doesNotExist();
    }

    /// A person who saves to one file.
    private static final class SavedTo extends NoFiles {
        private final Path file;

        SavedTo(Path file) {
            this.file = file;
        }

        @Override
        public Optional<Path> save(@Nullable Window over, String title, String name) {
            return Optional.of(file);
        }
    }
}
