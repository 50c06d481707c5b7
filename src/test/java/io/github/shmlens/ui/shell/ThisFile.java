package io.github.shmlens.ui.shell;

import java.nio.file.Path;
import java.util.Optional;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/// A person who opens one file, and cancels each other question.
final class ThisFile extends NoFiles {

    private final Path file;

    ThisFile(Path file) {
        this.file = file;
    }

    @Override
    public Optional<Path> open(@Nullable Window over, String title) {
        return Optional.of(file);
    }
}
