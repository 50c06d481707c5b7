package io.github.shmlens.bench;

import java.util.Arrays;

/// Measurements that take turns.
final class Rounds {

    private Rounds() {}

    /// One measurement.
    @FunctionalInterface
    interface Side {
        double measure() throws Exception;
    }

    /// Measures every side once in each round, and throws the first round away.
    ///
    /// @param rounds that count
    /// @return the median of each side, in the order of the sides
    static double[] medians(int rounds, Side... sides) throws Exception {
        double[][] figures = new double[sides.length][rounds];
        for (int round = -1; round < rounds; round++) {
            for (int side = 0; side < sides.length; side++) {
                double figure = sides[side].measure();
                if (round >= 0) {
                    figures[side][round] = figure;
                }
            }
        }
        return Arrays.stream(figures).mapToDouble(Rounds::median).toArray();
    }

    static double median(double... figures) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
