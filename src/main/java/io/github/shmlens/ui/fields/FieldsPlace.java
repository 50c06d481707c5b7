package io.github.shmlens.ui.fields;

import io.github.shmlens.fields.FieldFormat;
import io.github.shmlens.fields.RecordLayout;
import io.github.shmlens.live.Guard;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.ui.hex.OffsetText;
import io.github.shmlens.ui.problem.FileAsker;
import io.github.shmlens.ui.problem.Sheets;
import io.github.shmlens.ui.typing.BytesPlace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the view of structures asks of the tab it is in. FX thread.
public interface FieldsPlace extends BytesPlace {

    AttachedSegment segment();

    /// Where the segment is from.
    SegmentSource source();

    Sheets sheets();

    FileAsker files();

    /// What the words of an offset stand for.
    OffsetText.Meaning meaning() throws BadInput;

    /// Chooses these bytes and has them on the screen; the keyboard stays where it is.
    void show(long offset, long length);

    /// Shows an array as a table.
    ///
    /// @param guard the sequence that guards it; null for none
    /// @param formats how each column is written
    void table(RecordLayout layout, @Nullable Guard guard, List<FieldFormat> formats);

    /// The colours of bytes may be others now.
    void marksChanged();

    /// The pane wants to be seen, or no longer.
    void opened(boolean open);

    /// What is remembered could not be read or written.
    void failed(Throwable why);
}
