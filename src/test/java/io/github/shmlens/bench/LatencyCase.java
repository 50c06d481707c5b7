package io.github.shmlens.bench;

import io.github.shmlens.ui.hex.HexCells;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javafx.scene.robot.Robot;

/// From a write by another process until the byte's pixels on the screen are others: what the X
/// server shows, not what the program believes. Both ends are read from the same clock.
///
/// Each write has a cell of its own, cold and zero, so that nothing but the write changes it.
final class LatencyCase implements BenchCase {

    private static final int WRITES = 200;
    private static final int WARM_UP = 40;

    /// Pixels around the middle of a cell, well inside of it.
    private static final int HALF = 6;

    /// The caret is before it.
    private static final int FIRST = 64;

    @Override
    public List<String> names() {
        return List.of("latency-median-ms", "latency-p99-ms");
    }

    @Override
    public boolean inWindow() {
        return true;
    }

    @Override
    public List<Row> run() throws Exception {
        try (BenchSegment segment = BenchSegment.ofSize(1 << 20);
                Peer writer = Peer.inC("writer", segment.shmid());
                BenchWindow window = BenchWindow.open(1280, 900)) {
            // Pages that nobody touched are not read.
            writer.ask("poke 0 1");
            window.attach(segment.target());
            BenchWindow.rest(3_000);
            double[] millis = new double[WRITES];
            Random random = new Random(5);
            for (int write = -WARM_UP; write < WRITES; write++) {
                BenchWindow.rest(20 + random.nextInt(40));
                double took = one(writer, window, FIRST + WARM_UP + write);
                if (write >= 0) {
                    millis[write] = took;
                }
            }
            Arrays.sort(millis);
            System.out.printf(
                    "latency over %d writes: least %.1f, median %.1f, 90 %% %.1f, 99 %% %.1f,"
                            + " most %.1f ms%n",
                    WRITES,
                    millis[0],
                    Rounds.median(millis),
                    millis[WRITES * 90 / 100 - 1],
                    millis[WRITES * 99 / 100 - 1],
                    millis[WRITES - 1]);
            return List.of(
                    Row.value("latency-median-ms", "ms", Rounds.median(millis)),
                    Row.value("latency-p99-ms", "ms", millis[WRITES * 99 / 100 - 1]));
        }
    }

    private static double one(Peer writer, BenchWindow window, int offset) throws Exception {
        Point2D middle = BenchWindow.ask(() -> HexCells.hex(window.hex(), offset));
        Rectangle2D cell =
                new Rectangle2D(
                        Math.rint(middle.getX()) - HALF,
                        Math.rint(middle.getY()) - HALF,
                        2 * HALF,
                        2 * HALF);
        Robot robot = BenchWindow.ask(Robot::new);
        int[] before = BenchWindow.ask(() -> pixels(robot, cell));
        long written = (long) writer.ask("poke " + offset + " 90");
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (System.nanoTime() < limit) {
            int[] now = BenchWindow.ask(() -> pixels(robot, cell));
            if (!Arrays.equals(before, now)) {
                return (System.nanoTime() - written) / 1e6;
            }
            BenchWindow.rest(1);
        }
        throw new AssertionError("the write at " + offset + " never came to the screen");
    }

    private static int[] pixels(Robot robot, Rectangle2D place) {
        WritableImage image = robot.getScreenCapture(null, place, false);
        PixelReader reader = image.getPixelReader();
        int[] pixels = new int[(int) image.getWidth() * (int) image.getHeight()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = reader.getArgb(i % (int) image.getWidth(), i / (int) image.getWidth());
        }
        return pixels;
    }
}
