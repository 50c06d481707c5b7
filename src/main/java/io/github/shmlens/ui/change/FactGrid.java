package io.github.shmlens.ui.change;

import io.github.shmlens.ui.theme.Looks;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;

/// Names on the left, what they are on the right. FX thread.
final class FactGrid extends GridPane {

    FactGrid() {
        getStyleClass().add("shm-change-grid");
    }

    /// @return the label on the left
    Label fact(int row, String name, Node value) {
        Label label = new Label(name);
        label.getStyleClass().add(Looks.FACT_NAME);
        label.setMinWidth(USE_PREF_SIZE);
        label.setLabelFor(value);
        add(label, 0, row);
        add(value, 1, row);
        setHgrow(value, Priority.ALWAYS);
        return label;
    }
}
