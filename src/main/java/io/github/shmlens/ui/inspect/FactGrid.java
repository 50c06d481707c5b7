package io.github.shmlens.ui.inspect;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;

/// All facts, in two columns where the widest number fits both and one below the other where it
/// does not. One of them is the current one; arrows move it. FX thread.
final class FactGrid extends Region {

    /// The longest of the short facts, `-5.9604645E-8`.
    private static final int SHORT_FIGURES = 13;

    /// The longest of the long ones, `2026-11-25 21:47:04.000000`.
    private static final int LONG_FIGURES = 26;

    private static final double GAP = 14;

    private final Map<Fact, FactCell> cells = new EnumMap<>(Fact.class);
    private final List<FactCell> left = new ArrayList<>();
    private final List<FactCell> right = new ArrayList<>();
    private final List<FactCell> wide = new ArrayList<>();
    private final Consumer<Fact> edit;
    private Fact current = Fact.I32;
    private Consumer<Fact> onCurrent = _ -> {};

    /// @param edit asked to edit a fact
    FactGrid(Consumer<Fact> edit) {
        this.edit = edit;
        getStyleClass().add("at-cursor-grid");
        setId("at-cursor-facts");
        setFocusTraversable(true);
        for (Fact fact : Fact.shortOnes()) {
            left.add(new FactCell(fact));
        }
        for (Fact fact : Fact.longOnes()) {
            right.add(new FactCell(fact));
        }
        for (Fact fact : Fact.wideOnes()) {
            wide.add(new FactCell(fact));
        }
        for (FactCell cell : all()) {
            cells.put(cell.fact(), cell);
            getChildren().add(cell);
            cell.addEventHandler(MouseEvent.MOUSE_PRESSED, event -> pressed(cell, event));
        }
        addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        focusedProperty().subscribe(_ -> mark());
    }

    /// Told which fact is the current one.
    void setOnCurrent(Consumer<Fact> callback) {
        onCurrent = callback;
    }

    Fact current() {
        return current;
    }

    FactCell cell(Fact fact) {
        FactCell cell = cells.get(fact);
        if (cell == null) {
            throw new IllegalStateException("no cell for " + fact);
        }
        return cell;
    }

    private List<FactCell> all() {
        List<FactCell> all = new ArrayList<>(left);
        all.addAll(right);
        all.addAll(wide);
        return all;
    }

    void choose(Fact fact) {
        current = fact;
        mark();
        onCurrent.accept(fact);
    }

    private void mark() {
        for (FactCell cell : all()) {
            cell.setCurrent(isFocused() && cell.fact() == current);
        }
    }

    private void pressed(FactCell cell, MouseEvent event) {
        // The scroll pane around would take the keyboard.
        event.consume();
        choose(cell.fact());
        // A click into the field that a value is typed into is the field's own.
        if (!(event.getTarget() instanceof Node node) || !isEditor(node)) {
            requestFocus();
        }
        if (event.isPrimaryButtonDown() && event.getClickCount() == 2) {
            edit.accept(cell.fact());
        }
    }

    private static boolean isEditor(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (at instanceof javafx.scene.control.TextField) {
                return true;
            }
        }
        return false;
    }

    private void key(KeyEvent event) {
        if (!isFocused() || event.isShortcutDown() || event.isAltDown()) {
            return;
        }
        KeyCode code = event.getCode();
        List<FactCell> all = all();
        int at = all.indexOf(cell(current));
        boolean two = columns() == 2;
        switch (code) {
            case UP -> step(all, at - 1);
            case DOWN -> step(all, at + 1);
            case HOME -> step(all, 0);
            case END -> step(all, all.size() - 1);
            case LEFT ->
                    step(all, two && isLong(at) ? Math.min(at - left.size(), left.size() - 1) : at);
            case RIGHT -> step(all, two && at < left.size() ? at + left.size() : at);
            case ENTER, F2 -> edit.accept(current);
            default -> {
                return;
            }
        }
        event.consume();
    }

    private boolean isLong(int at) {
        return at >= left.size() && at < left.size() + right.size();
    }

    private void step(List<FactCell> all, int to) {
        choose(all.get(Math.clamp(to, 0, all.size() - 1)).fact());
    }

    // ---- layout

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    private int columns() {
        return columns(getWidth());
    }

    private int columns(double width) {
        return width >= leftWidth() + GAP + names(right) + figures(LONG_FIGURES) ? 2 : 1;
    }

    private double leftWidth() {
        return names(left) + figures(SHORT_FIGURES);
    }

    private double figures(int count) {
        return FactCell.gap() + wide.getFirst().figures(count);
    }

    private static double names(List<FactCell> column) {
        double widest = 0;
        for (FactCell cell : column) {
            widest = Math.max(widest, cell.nameWidth());
        }
        return widest;
    }

    private double rowHeight() {
        return snapSizeY(wide.getFirst().prefHeight(-1));
    }

    @Override
    protected double computePrefHeight(double width) {
        double given = width < 0 ? getWidth() : width;
        int rows =
                columns(given) == 2
                        ? Math.max(left.size(), right.size()) + wide.size()
                        : left.size() + right.size() + wide.size();
        return rows * rowHeight();
    }

    @Override
    protected double computePrefWidth(double height) {
        return leftWidth() + GAP + names(right) + figures(LONG_FIGURES);
    }

    @Override
    protected double computeMinWidth(double height) {
        return 60;
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        double row = rowHeight();
        if (columns() == 2) {
            double first = snapSizeX(leftWidth());
            column(left, names(left), 0, first, row, 0);
            column(right, names(right), first + GAP, width - first - GAP, row, 0);
            double rows = Math.max(left.size(), right.size());
            column(wide, names(wide), 0, width, row, rows * row);
        } else {
            List<FactCell> all = all();
            column(all, names(all), 0, width, row, 0);
        }
    }

    private static void column(
            List<FactCell> column, double names, double x, double width, double row, double top) {
        for (int i = 0; i < column.size(); i++) {
            column.get(i).align(names);
            column.get(i).resizeRelocate(x, top + i * row, Math.max(0, width), row);
        }
    }
}
