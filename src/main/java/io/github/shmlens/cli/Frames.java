package io.github.shmlens.cli;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.ShmException;
import java.time.Duration;
import java.util.List;

/// Shows the same view again and again: in place on a terminal, until it is interrupted; a few
/// times one below the other where nobody could interrupt it.
final class Frames {

    /// How many looks a file or a pipe gets.
    static final int ELSEWHERE = 5;

    private static final String HOME = "\u001b[H";
    private static final String CLEAR = "\u001b[2J";
    private static final String CLEAR_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";

    /// One look, in at most `width` columns.
    interface Frame {
        List<String> lines(int width) throws ShmException, BadInput, Refusal;
    }

    private Frames() {}

    static void show(Console console, Duration every, Frame frame)
            throws ShmException, BadInput, Refusal, InterruptedException {
        if (!console.terminal()) {
            for (int look = 0; look < ELSEWHERE; look++) {
                if (look > 0) {
                    console.pause().await(every);
                    console.line("");
                }
                frame.lines(console.width()).forEach(console::line);
                console.flush();
            }
            return;
        }
        console.text(CLEAR);
        while (true) {
            StringBuilder screen = new StringBuilder(HOME);
            List<String> lines = frame.lines(console.width());
            int room = console.height() - 1;
            boolean all = lines.size() <= room;
            for (String line : lines.subList(0, all ? lines.size() : Math.max(0, room - 1))) {
                screen.append(Table.cut(line, console.width())).append(CLEAR_LINE).append('\n');
            }
            if (!all) {
                screen.append("… ").append(lines.size() - room + 1).append(" more");
                screen.append(CLEAR_LINE).append('\n');
            }
            console.text(screen.append(CLEAR_BELOW).toString());
            console.flush();
            console.pause().await(every);
        }
    }
}
