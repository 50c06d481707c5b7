package io.github.shmlens.ui.inspect;

import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;

/// The name of one fact and its value, or the field that the value is typed into. What does not fit
/// ends in dots and is told in full by the tooltip. FX thread.
final class FactCell extends Region {

    private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");
    private static final double GAP = 6;

    private final Fact fact;
    private final Label name;
    private final Label value = new Label(Fact.NOTHING);
    private final Tooltip whole = new Tooltip();
    private TextField editor = new TextField();
    private boolean edited;
    private double nameWidth;
    private String words = "";

    FactCell(Fact fact) {
        this.fact = fact;
        this.name = new Label(fact.label());
        getStyleClass().add("at-cursor-cell");
        name.getStyleClass().add("at-cursor-name");
        name.setMinWidth(USE_PREF_SIZE);
        value.getStyleClass().add("at-cursor-value");
        value.setMinWidth(0);
        value.setId("at-cursor-" + fact.name().toLowerCase(java.util.Locale.ROOT));
        Tooltip.install(this, whole);
        getChildren().addAll(name, value);
        show("", "");
    }

    Fact fact() {
        return fact;
    }

    /// @param more what else there is to say of the value
    void show(String text, String more) {
        // Text that stays keeps its layout.
        if (!text.equals(value.getText()) || !more.equals(words)) {
            words = more;
            value.setText(more.isEmpty() ? text : text + "  " + more);
            whole.setText("%s: %s\n%s".formatted(fact.label(), value.getText(), fact.meaning()));
        }
    }

    /// The value as shown, with everything there is to say of it.
    String shown() {
        return value.getText();
    }

    /// How wide the names of all cells in this column are.
    void align(double width) {
        nameWidth = width;
        setNeedsLayout(true);
    }

    double nameWidth() {
        return name.prefWidth(-1);
    }

    /// How wide so many figures are.
    double figures(int count) {
        javafx.scene.text.Text sample = new javafx.scene.text.Text("0".repeat(count));
        sample.setFont(value.getFont());
        Insets padding = value.getInsets();
        return Math.ceil(sample.getLayoutBounds().getWidth())
                + padding.getLeft()
                + padding.getRight();
    }

    void setCurrent(boolean current) {
        pseudoClassStateChanged(CURRENT, current);
    }

    /// Puts the field in the place of the value.
    void edit(TextField field) {
        editor = field;
        edited = true;
        value.setVisible(false);
        getChildren().add(field);
    }

    void endEdit() {
        edited = false;
        getChildren().remove(editor);
        value.setVisible(true);
    }

    static double gap() {
        return GAP;
    }

    @Override
    protected void layoutChildren() {
        double height = getHeight();
        double left = nameWidth + GAP;
        double rest = Math.max(0, getWidth() - left);
        name.resizeRelocate(0, baseline(name, height), nameWidth, name.prefHeight(-1));
        value.resizeRelocate(
                left,
                baseline(value, height),
                Math.min(rest, snapSizeX(value.prefWidth(-1))),
                value.prefHeight(-1));
        if (edited) {
            editor.resizeRelocate(left, 0, rest, height);
        }
    }

    private double baseline(Label label, double height) {
        return snapPositionY((height - label.prefHeight(-1)) / 2);
    }

    @Override
    protected double computePrefHeight(double width) {
        return Math.max(name.prefHeight(-1), value.prefHeight(-1)) + 2;
    }
}
