package io.github.shmlens.ui.segments;

import java.util.function.Function;
import javafx.geometry.Pos;
import javafx.scene.control.TableCell;
import org.jspecify.annotations.Nullable;

/// A cell of a number that is ordered as a number and shown in words.
public final class FigureCell<S> extends TableCell<S, Long> {

    private final Function<Long, String> shown;

    public FigureCell(Function<Long, String> shown) {
        this.shown = shown;
        setAlignment(Pos.CENTER_RIGHT);
    }

    @Override
    protected void updateItem(@Nullable Long item, boolean empty) {
        super.updateItem(item, empty);
        setText(empty || item == null ? null : shown.apply(item));
    }
}
