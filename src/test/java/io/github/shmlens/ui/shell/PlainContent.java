package io.github.shmlens.ui.shell;

import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.ui.segments.ListEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// A tab that shows nothing but what the window told it.
final class PlainContent implements TabContent {

    final AttachedSegment segment;
    final Target named;
    final Origin origin;
    final TabHost host;
    final List<String> told = new ArrayList<>();

    private final Button first = new Button("First");
    private final VBox node = new VBox(first);
    private final ReadOnlyObjectWrapper<TabLabel> label;
    private final ObservableList<Node> status;
    private @Nullable CompletableFuture<Void> closed;

    PlainContent(AttachedSegment segment, Target named, Origin origin, TabHost host) {
        this.segment = segment;
        this.named = named;
        this.origin = origin;
        this.host = host;
        SegmentFacts facts = segment.factsBefore();
        label =
                new ReadOnlyObjectWrapper<>(
                        new TabLabel(
                                ListEntry.nameOf(facts),
                                TabLabel.State.LIVE,
                                segment.access(),
                                ""));
        status = FXCollections.observableArrayList(new Label("status of " + named.text()));
    }

    void label(TabLabel next) {
        label.set(next);
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public ReadOnlyObjectProperty<TabLabel> label() {
        return label.getReadOnlyProperty();
    }

    @Override
    public ObservableList<Node> statusLine() {
        return status;
    }

    @Override
    public void activated() {
        told.add("activated");
    }

    @Override
    public void deactivated(Hidden hidden) {
        told.add(hidden.name());
    }

    @Override
    public void refresh() {
        told.add("refresh");
    }

    @Override
    public void focus() {
        first.requestFocus();
    }

    @Override
    public void failed(ShmFailure failure) {
        told.add(failure.toString());
    }

    @Override
    public void saveImage() {
        told.add("save");
    }

    @Override
    public void loadImage() {
        told.add("load");
    }

    @Override
    public CompletionStage<Void> close() {
        CompletableFuture<Void> ended = closed;
        if (ended == null) {
            ended = CompletableFuture.runAsync(segment::close);
            closed = ended;
        }
        return ended;
    }
}
