package io.github.shmlens.ui.find;

import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.ui.fx.Background;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.scene.control.ListView;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// What lies at the offsets that a list shows, read again several times a second while the list can
/// be seen. Reads off the FX thread, one read at a time, and only the rows on the screen.
final class LiveBytes {

    private static final double HZ = 5;
    private static final int MOST_ROWS = 100;

    /// An offset's bytes as of the last look.
    ///
    /// @param bytes shorter than asked for at the segment's end
    /// @param known false where the page is not in memory; then the bytes mean nothing
    record Seen(byte[] bytes, boolean known) {}

    private final AttachedSegment segment;
    private final ListView<Long> list;
    private final Timeline beat;
    private Map<Long, Seen> seen = Map.of();
    private int length = 1;
    private boolean reading;

    LiveBytes(AttachedSegment segment, ListView<Long> list) {
        this.segment = segment;
        this.list = list;
        this.beat = new Timeline(new KeyFrame(Duration.seconds(1 / HZ), _ -> look()));
        beat.setCycleCount(Timeline.INDEFINITE);
    }

    /// @param bytes how many to read at each offset
    void length(int bytes) {
        length = bytes;
        seen = Map.of();
    }

    void run(boolean wanted) {
        if (wanted) {
            beat.play();
        } else {
            beat.stop();
        }
    }

    /// What was there at the last look; null when it was not looked at yet.
    @Nullable Seen at(long offset) {
        return seen.get(offset);
    }

    private void look() {
        if (reading || list.getScene() == null || list.getItems().isEmpty()) {
            return;
        }
        List<Long> rows =
                list.lookupAll(".list-cell").stream()
                        .filter(OffsetCell.class::isInstance)
                        .map(node -> ((OffsetCell) node).getItem())
                        .filter(Objects::nonNull)
                        .limit(MOST_ROWS)
                        .toList();
        int wanted = length;
        reading = true;
        Background.run(
                () -> read(rows, wanted),
                now -> {
                    reading = false;
                    if (wanted == length) {
                        seen = now;
                        list.lookupAll(".list-cell").stream()
                                .filter(OffsetCell.class::isInstance)
                                .forEach(node -> ((OffsetCell) node).render());
                    }
                },
                _ -> {
                    // Detached, gone, or cut short a moment ago: the tab says so, what was seen
                    // stays, and the next look may work again.
                    reading = false;
                    if (segment.closed()) {
                        beat.stop();
                    }
                });
    }

    private Map<Long, Seen> read(List<Long> rows, int wanted) throws ShmException {
        Map<Long, Seen> now = new HashMap<>();
        long size = segment.sizeBytes();
        for (long offset : rows) {
            byte[] bytes = new byte[(int) Math.clamp(size - offset, 0, wanted)];
            boolean known = true;
            for (boolean there : segment.readResident(offset, bytes, 0, bytes.length)) {
                known &= there;
            }
            now.put(offset, new Seen(bytes, known));
        }
        return now;
    }
}
