package io.github.shmlens.ui.shell;

import io.github.shmlens.ui.problem.FileAsker;
import java.nio.file.Path;
import java.util.Optional;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/// A person who cancels each question for a file that a test does not answer.
class NoFiles implements FileAsker {

    @Override
    public Optional<Path> open(@Nullable Window over, String title) {
        return Optional.empty();
    }

    @Override
    public Optional<Path> folder(@Nullable Window over, String title) {
        return Optional.empty();
    }

    @Override
    public Optional<Path> save(@Nullable Window over, String title, String name) {
        return Optional.empty();
    }
}
