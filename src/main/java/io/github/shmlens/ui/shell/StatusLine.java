package io.github.shmlens.ui.shell;

import java.util.List;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;

/// The words of a tab's status line, as labels. FX thread.
final class StatusLine {

    /// Numbers that change faster than this cannot be read.
    private static final long READABLE_NANOS = 200_000_000;

    private final ObservableList<Node> labels = FXCollections.observableArrayList();

    /// All of it, whatever has room.
    private final Tooltip whole = new Tooltip();

    private long saidAtNanos = Long.MIN_VALUE;

    ObservableList<Node> labels() {
        return labels;
    }

    /// Whether what was said last stood long enough to be read.
    boolean due(long nowNanos) {
        return saidAtNanos == Long.MIN_VALUE || nowNanos - saidAtNanos >= READABLE_NANOS;
    }

    void say(List<String> words, long nowNanos) {
        saidAtNanos = nowNanos;
        whole.setText(String.join("\n", words));
        while (labels.size() > words.size()) {
            labels.removeLast();
        }
        while (labels.size() < words.size()) {
            labels.add(new Label());
        }
        for (int index = 0; index < words.size(); index++) {
            String word = words.get(index);
            if (labels.get(index) instanceof Label label) {
                label.setText(index == 0 ? word : "· " + word);
                label.setTooltip(whole);
            }
        }
    }
}
