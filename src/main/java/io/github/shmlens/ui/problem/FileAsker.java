package io.github.shmlens.ui.problem;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/// Asks the user for a file. An interface, so that a test can answer.
public interface FileAsker {

    /// A file that exists.
    Optional<Path> open(@Nullable Window over, String title);

    /// Where to write a new file.
    Optional<Path> save(@Nullable Window over, String title, String name);

    /// A folder that exists.
    Optional<Path> folder(@Nullable Window over, String title);

    /// The desktop's own file dialogs.
    static FileAsker ofDesktop() {
        return new FileAsker() {
            @Override
            public Optional<Path> open(@Nullable Window over, String title) {
                FileChooser chooser = new FileChooser();
                chooser.setTitle(title);
                return path(chooser.showOpenDialog(over));
            }

            @Override
            public Optional<Path> save(@Nullable Window over, String title, String name) {
                FileChooser chooser = new FileChooser();
                chooser.setTitle(title);
                chooser.setInitialFileName(name);
                return path(chooser.showSaveDialog(over));
            }

            @Override
            public Optional<Path> folder(@Nullable Window over, String title) {
                DirectoryChooser chooser = new DirectoryChooser();
                chooser.setTitle(title);
                return path(chooser.showDialog(over));
            }

            private static Optional<Path> path(@Nullable File chosen) {
                return Optional.ofNullable(chosen).map(File::toPath);
            }
        };
    }
}
