package io.github.shmlens.ui.records;

import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Figures;
import io.github.shmlens.ui.theme.Looks;
import io.github.shmlens.ui.theme.Theme;
import java.time.Duration;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.shape.Polyline;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// A number's small curve, with its name, its value and what it went through since it was asked
/// for. It reads nothing: whoever shows it adds what was seen ([#add]). FX thread.
public final class Sparkline extends HBox {

    private static final Texts TEXTS = Texts.of(Sparkline.class);
    private static final double HEIGHT = 22;

    private final String name;
    private final History history;
    private String newest = "";
    private String lowest = "";
    private String highest = "";
    private final Label value = new Label();
    private final Label range = new Label();
    private final Tooltip whole = new Tooltip();
    private final Curve curve = new Curve();

    /// @param name of what it follows
    /// @param nowNanos [System#nanoTime], from which it counts
    /// @param onEnd asked to take it away again
    public Sparkline(String name, long nowNanos, Runnable onEnd) {
        this.name = name;
        this.history = new History(nowNanos);
        getStyleClass().add("shm-sparkline");
        getStylesheets().add(Theme.css(Sparkline.class, "records.css"));
        setAlignment(Pos.CENTER_LEFT);
        Label title = new Label(name);
        title.getStyleClass().addAll(Looks.MONO, "shm-sparkline-name");
        value.getStyleClass().add(Looks.MONO);
        range.getStyleClass().add(Looks.FACT_NAME);
        for (Label label : new Label[] {title, value}) {
            label.setMinWidth(USE_PREF_SIZE);
        }
        range.setMinWidth(0);
        range.setTooltip(whole);
        HBox.setHgrow(curve, Priority.ALWAYS);
        Button end = new Button(null, new FontIcon(Feather.X));
        end.getStyleClass().addAll("flat", "small");
        String tip = TEXTS.say("sparkline.end", name);
        end.setTooltip(new Tooltip(tip));
        end.setAccessibleText(tip);
        end.setMinWidth(USE_PREF_SIZE);
        end.setOnAction(_ -> onEnd.run());
        getChildren().setAll(title, value, curve, range, end);
        say();
    }

    public History history() {
        return history;
    }

    /// Takes one more look at the number.
    ///
    /// @param number no number where it could not be read
    /// @param words as a person reads it; a `double` does not tell all digits of a long number
    public void add(double number, String words, long nowNanos) {
        if (Double.isFinite(number)) {
            newest = words;
            // Also true of the first one.
            lowest = history.least() <= number ? lowest : words;
            highest = history.greatest() >= number ? highest : words;
        }
        history.add(number, nowNanos);
        say();
        curve.draw();
    }

    private void say() {
        if (Double.isNaN(history.last())) {
            value.setText("–");
            range.setText(TEXTS.say("sparkline.nothing"));
        } else {
            value.setText(newest);
            range.setText(
                    TEXTS.say(
                            "sparkline.range",
                            lowest,
                            highest,
                            history.looks(),
                            Figures.span(Duration.ofNanos(history.spanNanos()))));
        }
        whole.setText("%s: %s, %s".formatted(name, value.getText(), range.getText()));
        setAccessibleText(whole.getText());
    }

    /// The curve itself: from the least to the greatest of each step.
    private final class Curve extends Region {

        private final Polyline line = new Polyline();

        Curve() {
            getStyleClass().add("shm-sparkline-curve");
            line.getStyleClass().add("shm-sparkline-line");
            line.setManaged(false);
            line.setFill(null);
            getChildren().add(line);
            setMinWidth(100);
        }

        void draw() {
            double width = Math.max(1, getWidth() - 2);
            double height = Math.max(1, getHeight() - 4);
            double low = history.least();
            double halfSpan = history.greatest() / 2 - low / 2;
            int steps = history.steps();
            Double[] points = new Double[4 * steps];
            for (int i = 0; i < steps; i++) {
                double x = steps == 1 ? width : 1 + width * i / (steps - 1.0);
                points[4 * i] = x;
                points[4 * i + 1] = y(history.least(i), low, halfSpan, height);
                points[4 * i + 2] = x;
                points[4 * i + 3] = y(history.greatest(i), low, halfSpan, height);
            }
            line.getPoints().setAll(points);
        }

        /// In halves: the span of two doubles can be more than a double holds.
        private static double y(double value, double low, double halfSpan, double height) {
            double part = halfSpan == 0 ? 0.5 : (value / 2 - low / 2) / halfSpan;
            return 2 + height * (1 - Math.clamp(part, 0, 1));
        }

        @Override
        protected void layoutChildren() {
            draw();
        }

        @Override
        protected double computePrefHeight(double width) {
            return HEIGHT;
        }

        @Override
        protected double computePrefWidth(double height) {
            return 160;
        }
    }
}
