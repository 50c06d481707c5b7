package io.github.shmlens.bench;

import io.github.shmlens.ui.hex.RepaintCost;
import java.util.List;

/// A repaint of the hex view in which every byte has changed, one in which eight have, and what
/// JavaFX takes to bring as many pixels to the screen, whoever painted them.
final class RepaintCase implements BenchCase {

    private static final int ROUNDS = 5;

    @Override
    public List<String> names() {
        return List.of("repaint-ms", "repaint-few-ms", "repaint-bare-ms");
    }

    @Override
    public boolean inWindow() {
        return true;
    }

    @Override
    public List<Row> run() throws Exception {
        BenchWindow.startToolkit();
        double[] cpu =
                Rounds.medians(
                        ROUNDS,
                        () -> told("every byte", RepaintCost.ofHexView()),
                        () -> told("eight bytes", RepaintCost.ofFewBytes()),
                        () -> told("bare image", RepaintCost.ofBareImage()));
        return List.of(
                Row.value("repaint-ms", "ms of CPU a frame", cpu[0]),
                Row.value("repaint-few-ms", "ms of CPU a frame", cpu[1]),
                Row.value("repaint-bare-ms", "ms of CPU a frame", cpu[2]));
    }

    private static double told(String what, RepaintCost.Cost cost) {
        System.out.println(what + "  " + cost);
        return cost.cpu();
    }
}
