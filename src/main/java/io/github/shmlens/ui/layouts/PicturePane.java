package io.github.shmlens.ui.layouts;

import io.github.shmlens.known.Picture;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.ui.fx.Background;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.text.Texts;
import java.util.Arrays;
import javafx.animation.PauseTransition;
import javafx.scene.control.Label;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// A picture that lies in the segment, read off the FX thread a few times a second while samples
/// come. A large one is read with pixels left out. Takes no room while there is none. FX thread.
final class PicturePane extends VBox {

    private static final Texts TEXTS = Texts.of(PicturePane.class);

    /// Of the image, in pixels.
    private static final int MOST_SIDE = 1024;

    private static final Duration REST = Duration.millis(200);
    private static final double MOST_HEIGHT = 150;

    private final AttachedSegment segment;
    private final ImageView view = new ImageView();
    private final StackPane frame = new StackPane(view);
    private final Label caption = new Label();
    private final PauseTransition rest = new PauseTransition(REST);
    private @Nullable Picture picture;
    private @Nullable WritableImage image;
    private boolean busy;
    private boolean wanted;
    private boolean closed;

    /// Colours of each `step`th pixel of each `step`th line.
    private record Read(Picture of, int step, int width, int height, int[] colours) {}

    PicturePane(AttachedSegment segment) {
        this.segment = segment;
        getStyleClass().add("shm-layout-picture");
        frame.setMinWidth(0);
        frame.setId("layout-picture");
        frame.getStyleClass().add("shm-layout-frame");
        frame.setMaxWidth(USE_PREF_SIZE);
        view.setPreserveRatio(true);
        view.fitWidthProperty().bind(widthProperty().subtract(18));
        view.setFitHeight(MOST_HEIGHT);
        caption.setId("layout-caption");
        caption.getStyleClass().add("shm-layout-line");
        caption.setWrapText(true);
        caption.setMinHeight(USE_PREF_SIZE);
        caption.setMaxWidth(Double.MAX_VALUE);
        getChildren().addAll(frame, caption);
        rest.setOnFinished(_ -> {
            busy = false;
            begin();
        });
        hide(true);
    }

    /// A sample came: the picture may be another one by now.
    void show(@Nullable Picture now) {
        picture = now;
        hide(now == null);
        wanted = now != null;
        begin();
    }

    void close() {
        closed = true;
        wanted = false;
        rest.stop();
    }

    private void begin() {
        Picture now = picture;
        if (busy || closed || !wanted || now == null) {
            return;
        }
        busy = true;
        wanted = false;
        Background.<Read>run(() -> read(segment, now), this::draw, this::failed);
    }

    private static Read read(AttachedSegment segment, Picture picture) throws ShmException {
        int longest = Math.max(picture.width(), picture.height());
        int step = (longest + MOST_SIDE - 1) / MOST_SIDE;
        int width = (picture.width() + step - 1) / step;
        int height = (picture.height() + step - 1) / step;
        int[] colours = new int[width * height];
        byte[] line = new byte[picture.lineBytes()];
        for (int y = 0; y < height; y++) {
            segment.readResident(picture.lineOffset(y * step), line, 0, line.length);
            picture.colours(line, step, colours, y * width);
        }
        return new Read(picture, step, width, height, colours);
    }

    private void draw(Read read) {
        if (closed) {
            return;
        }
        rest.playFromStart();
        if (!read.of().isLike(picture)) {
            return;
        }
        WritableImage into = image;
        if (into == null
                || (int) into.getWidth() != read.width()
                || (int) into.getHeight() != read.height()) {
            into = new WritableImage(read.width(), read.height());
            image = into;
            view.setImage(into);
            // Small ones show their pixels.
            view.setSmooth(read.width() > 200);
        }
        into.getPixelWriter()
                .setPixels(
                        0,
                        0,
                        read.width(),
                        read.height(),
                        PixelFormat.getIntArgbInstance(),
                        read.colours(),
                        0,
                        read.width());
        String size = TEXTS.say("picture.size", read.of().width(), read.of().height());
        boolean blank = Arrays.stream(read.colours()).allMatch(one -> one == read.colours()[0]);
        caption.setText(
                size
                        + (read.step() > 1 ? TEXTS.say("picture.thinned", read.step()) : "")
                        + (blank ? TEXTS.say("picture.one-colour") : ""));
        frame.setAccessibleText(TEXTS.say("picture.name", size));
    }

    private void failed(Throwable thrown) {
        if (!closed) {
            rest.playFromStart();
            caption.setText(TEXTS.say("picture.old", Problem.of(thrown).sentence()));
        }
    }

    private void hide(boolean hidden) {
        setVisible(!hidden);
        setManaged(!hidden);
    }
}
