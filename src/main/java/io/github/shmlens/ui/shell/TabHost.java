package io.github.shmlens.ui.shell;

import io.github.shmlens.layout.Shape;
import io.github.shmlens.live.LifeBook;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.ui.problem.FileAsker;
import io.github.shmlens.ui.problem.Sheets;
import io.github.shmlens.ui.theme.Settings;
import java.util.List;

/// What a tab's content may ask of the window around it. FX thread.
public interface TabHost {

    SegmentSource source();

    /// The structures this program knows.
    List<Shape> shapes();

    Settings settings();

    /// What was seen to happen to each segment while this window runs.
    LifeBook lives();

    /// Where a content can put a question or form over the whole window.
    Sheets sheets();

    /// Asks for files.
    FileAsker files();

    /// Closes this tab, as its × does: detaches and says what stays.
    void detach();

    /// Opens the Remove… dialog for this tab's segment.
    void remove();

    /// Attaches the segment that the target names now in a tab beside this one, which keeps what it
    /// has: for a segment recreated with the same key.
    void attachAnew(Target target);

    /// Shows a sentence for some seconds, over the window's foot.
    void notice(String sentence);
}
