package io.github.shmlens.bench;

import io.github.shmlens.ui.hex.RepaintCost;
import java.util.List;

/// A full repaint of the hex view in which every byte has changed, and what JavaFX takes to bring
/// as many pixels to the screen, whoever painted them.
final class RepaintCase implements BenchCase {

    @Override
    public List<String> names() {
        return List.of("repaint-ms", "repaint-bare-ms");
    }

    @Override
    public List<Row> run() throws Exception {
        BenchWindow.startToolkit();
        RepaintCost.Cost hex = RepaintCost.ofHexView();
        RepaintCost.Cost bare = RepaintCost.ofBareImage();
        System.out.println("hex view   " + hex);
        System.out.println("bare image " + bare);
        return List.of(
                Row.value("repaint-ms", "ms of CPU a frame", hex.cpu()),
                Row.value("repaint-bare-ms", "ms of CPU a frame", bare.cpu()));
    }
}
