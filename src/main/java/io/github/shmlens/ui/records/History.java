package io.github.shmlens.ui.records;

/// What a number was seen to be since somebody asked for it, in a fixed number of steps: when they
/// are used up, two become one, and keep the least and the greatest that was seen in them. So it
/// goes back to the beginning however long it lasts, and no peak is lost. One thread.
public final class History {

    static final int STEPS = 256;

    private final double[] least = new double[STEPS];
    private final double[] greatest = new double[STEPS];
    private final long sinceNanos;
    private int steps;
    private int inStep;
    private int perStep = 1;
    private long looks;
    private double last = Double.NaN;
    private long lastNanos;
    private double lowest = Double.NaN;
    private double highest = Double.NaN;

    /// @param nowNanos [System#nanoTime] when it was asked for
    public History(long nowNanos) {
        this.sinceNanos = nowNanos;
        this.lastNanos = nowNanos;
    }

    /// Takes one more look.
    ///
    /// @param value what is no finite number counts as a look and is left out
    public void add(double value, long nowNanos) {
        looks++;
        lastNanos = nowNanos;
        if (!Double.isFinite(value)) {
            return;
        }
        last = value;
        lowest = Double.isNaN(lowest) ? value : Math.min(lowest, value);
        highest = Double.isNaN(highest) ? value : Math.max(highest, value);
        if (steps > 0 && inStep < perStep) {
            least[steps - 1] = Math.min(least[steps - 1], value);
            greatest[steps - 1] = Math.max(greatest[steps - 1], value);
            inStep++;
            return;
        }
        if (steps == STEPS) {
            halve();
        }
        least[steps] = value;
        greatest[steps] = value;
        steps++;
        inStep = 1;
    }

    private void halve() {
        for (int i = 0; i < STEPS / 2; i++) {
            least[i] = Math.min(least[2 * i], least[2 * i + 1]);
            greatest[i] = Math.max(greatest[2 * i], greatest[2 * i + 1]);
        }
        steps = STEPS / 2;
        perStep *= 2;
    }

    /// How many looks there were.
    public long looks() {
        return looks;
    }

    /// From the request to the newest look.
    public long spanNanos() {
        return lastNanos - sinceNanos;
    }

    /// The newest value; no number while there was none.
    public double last() {
        return last;
    }

    /// Of all that was seen; no number while there was none.
    public double least() {
        return lowest;
    }

    public double greatest() {
        return highest;
    }

    int steps() {
        return steps;
    }

    double least(int step) {
        return least[step];
    }

    double greatest(int step) {
        return greatest[step];
    }
}
