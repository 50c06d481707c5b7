package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.ui.hex.HexView;
import io.github.shmlens.ui.hex.Selection;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.control.TableView;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import org.junit.jupiter.api.Test;

/// A segment of a known layout in the window: what real programs left, in a real segment.
final class LayoutJobTest extends MainJob {

    private SegmentId left(String format) throws Exception {
        byte[] bytes = Files.readAllBytes(Path.of("src/test/resources/known", format + ".bin"));
        SegmentId id = raw(bytes.length);
        poke(id, 0, bytes);
        return id;
    }

    private void poke(SegmentId id, long offset, byte... bytes) throws Exception {
        try (AttachedSegment segment = host.attach(id, Access.READ_WRITE)) {
            segment.write(offset, bytes, 0, bytes.length);
        }
    }

    private String cells() {
        return words("#layout-table");
    }

    private Selection selection() {
        return find(".hex-view", HexView.class).getSelection();
    }

    @Test
    void fieldsStandBesideTheBytesFollowThemAndAreOneSelectionWithThem() throws Exception {
        SegmentId id = left("postgresql");
        openOnSegment();
        waitUntil("fields", () -> words("#layout-title").startsWith("PostgreSQL server's header"));
        waitUntil("values", () -> cells().contains("creatorPID") && cells().contains("977"));

        poke(id, 4, (byte) 0x39, (byte) 0x30, (byte) 0, (byte) 0);
        waitUntil("a new value", () -> cells().contains("12345"));

        TableView<?> table = find("#layout-table", TableView.class);
        fx(() -> {
            table.requestFocus();
            table.getSelectionModel().select(0);
            table.getFocusModel().focus(0);
        });
        robot.type(KeyCode.DOWN, KeyCode.DOWN);
        waitUntil("bytes chosen", () -> selection().caret() == 8);
        assertThat(ask(() -> selection().length())).isEqualTo(8);

        fx(() -> find(".hex-view", HexView.class).requestFocus());
        robot.type(KeyCode.DOWN, KeyCode.DOWN);
        waitUntil("field chosen", () -> table.getSelectionModel().getSelectedIndex() == 6);
        assertThat(ask(() -> selection().caret())).isEqualTo(40);
    }

    @Test
    void aScreenIsShownAsAPictureAndFollows() throws Exception {
        SegmentId id = left("xwd");
        openOnSegment();
        waitUntil("picture", () -> words("#layout-caption").startsWith("64 × 48 pixels"));
        poke(id, 3232, (byte) 0x11, (byte) 0x22, (byte) 0xcc, (byte) 0);
        ImageView view =
                (ImageView) find("#layout-picture", StackPane.class).getChildren().getFirst();
        waitUntil("red", () -> view.getImage().getPixelReader().getArgb(0, 0) == 0xffcc2211);
    }

    @Test
    void whenTheMarkGoesTheBytesStandAloneAgain() throws Exception {
        SegmentId id = left("perl-shareable");
        openOnSegment();
        waitUntil("fields", () -> cells().contains("Storable version"));
        poke(id, 0, (byte) 'J');
        waitUntil("alone", () -> !isThere("#layout-title"));
    }
}
