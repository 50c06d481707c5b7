package io.github.shmlens.bench;

import java.util.Locale;

/// What was measured.
///
/// @param name of the closing line
/// @param unit of both figures
/// @param ours the median
/// @param peer the peer's median; NaN when the figure stands for itself
record Row(String name, String unit, double ours, double peer) {

    /// A figure without a peer.
    static Row value(String name, String unit, double ours) {
        return new Row(name, unit, ours, Double.NaN);
    }

    boolean isRatio() {
        return !Double.isNaN(peer);
    }

    /// Ours divided by the peer's: of rates, more than 1 is better; of times, less.
    double ratio() {
        return ours / peer;
    }

    String text() {
        return isRatio()
                ? format(
                        "%-18s ours %s %s, peer %s, ratio %.2f",
                        name, plain(ours), unit, plain(peer), ratio())
                : format("%-18s %s %s", name, plain(ours), unit);
    }

    /// For scripts.
    String closingLine() {
        return isRatio()
                ? format("ratio %s %.2f", name, ratio())
                : format("value %s %.2f", name, ours);
    }

    private static String plain(double figure) {
        return figure >= 1000 ? format("%,.0f", figure) : format("%.2f", figure);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
