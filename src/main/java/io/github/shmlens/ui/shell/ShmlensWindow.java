package io.github.shmlens.ui.shell;

import io.github.shmlens.layout.Shape;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.ui.theme.Settings;
import java.util.List;
import javafx.scene.Scene;
import javafx.scene.layout.BorderPane;
import javafx.stage.Stage;

/// The main window.
public final class ShmlensWindow {

    private final BorderPane root = new BorderPane();

    public ShmlensWindow(
            SegmentSource source,
            List<Shape> shapes,
            Settings settings,
            DemoStarter demo,
            TabContentFactory contents) {}

    /// Shows the window. FX thread.
    public void show(Stage stage) {
        stage.setScene(new Scene(root, 1280, 800));
        stage.show();
    }

    /// Attaches the segment a target names and opens a tab on it; failures are shown. FX thread.
    public void attach(Target target, Access access) {}
}
