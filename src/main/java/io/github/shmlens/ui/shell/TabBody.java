package io.github.shmlens.ui.shell;

import io.github.shmlens.ui.hex.HexView;
import io.github.shmlens.ui.hex.Minimap;
import io.github.shmlens.ui.inspect.AtCursor;
import io.github.shmlens.ui.theme.Settings;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// How the views of a tab share its room: above the bytes with their minimap and what stands beside
/// them, below the values at the cursor and what stands beside those. Dividers are where the user
/// left them for what stands there. FX thread.
final class TabBody extends SplitPane {

    /// As many bytes a row are shown in the narrowest window.
    private static final int LEAST_ROW = 8;

    /// What stands beside the bytes needs so much at least.
    private static final double LEAST_BESIDE = 210;

    private static final double LEAST_BYTES = 120;

    private final Settings settings;
    private final HexView hex;
    private final Minimap minimap;
    private final AtCursor cursor;
    private final HBox hexAndMap;
    private final VBox bytes;
    private final SplitPane upper;
    private final SplitPane lower;
    private boolean table;

    TabBody(Settings settings, GoToBar goTo, HexView hex, Minimap minimap, AtCursor cursor) {
        this.settings = settings;
        this.hex = hex;
        this.minimap = minimap;
        this.cursor = cursor;
        hexAndMap = new HBox(hex, minimap);
        bytes = new VBox(goTo, hexAndMap);
        upper = new SplitPane(bytes);
        lower = new SplitPane(cursor);
        getItems().setAll(upper, lower);
        setOrientation(Orientation.VERTICAL);
        // What the bytes keep is reckoned from this width: it must not keep the width in turn.
        upper.setMinWidth(0);
        lower.setMinWidth(0);
        HBox.setHgrow(hex, Priority.ALWAYS);
        VBox.setVgrow(hexAndMap, Priority.ALWAYS);
        setResizableWithParent(lower, false);
        Dividers.place(this, settings, "body", 0.66);
        Dividers.follow(this, settings, () -> table ? "body-records" : "body");
        Dividers.follow(upper, settings, "slots");
        Dividers.follow(lower, settings, () -> table ? "records" : "value");
        upper.widthProperty().subscribe(_ -> makeRoom());
        hexAndMap.widthProperty().subscribe(_ -> makeRoom());
    }

    /// Puts a view beside the bytes.
    ///
    /// @param view null for none
    /// @param usual its share of the width where its divider was never moved
    void beside(@Nullable Node view, double usual) {
        if (view == null) {
            upper.getItems().setAll(bytes);
        } else {
            upper.getItems().setAll(view, bytes);
            Dividers.place(upper, settings, "slots", usual);
        }
        makeRoom();
    }

    /// Puts a view beside the values at the cursor.
    ///
    /// @param view null for none
    /// @param isTable whether it is a table of records, which has its dividers where its own were
    ///   left
    void below(@Nullable Node view, boolean isTable) {
        table = isTable;
        if (view == null) {
            lower.getItems().setAll(cursor);
        } else {
            lower.getItems().setAll(view, cursor);
        }
        if (table) {
            Dividers.place(lower, settings, "records", 0.7);
            Dividers.place(this, settings, "body-records", 0.45);
        } else {
            Dividers.place(lower, settings, "value", 0.56);
            Dividers.place(this, settings, "body", 0.66);
        }
    }

    /// Where room is short the text of eight bytes a row comes before the minimap, and before what
    /// stands beside the bytes; that keeps a least width.
    void makeRoom() {
        double wanted = hex.widthFor(LEAST_ROW);
        double most = upper.getWidth() - LEAST_BESIDE;
        bytes.setMinWidth(
                upper.getItems().size() > 1
                        ? Math.max(LEAST_BYTES, Math.min(wanted, most))
                        : LEAST_BYTES);
        minimap.setRoom(hexAndMap.getWidth() - minimap.minWidth(-1) >= wanted);
    }
}
