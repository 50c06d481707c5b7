package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.testing.FakeSegment;
import io.github.shmlens.testing.FxTest;
import io.github.shmlens.ui.hex.CopyRequest;
import io.github.shmlens.ui.hex.Selection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FarCopyTest extends FxTest {

    private static final int SIZE = 5 << 20;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final byte[] memory = new byte[SIZE];
    private final FakeSegment segment = FakeSegment.of(memory);
    private FarCopy copy;

    @BeforeEach
    void emptyClipboard() {
        copy = ask(() -> new FarCopy(segment, told::add, failures::add));
        fx(() -> {
            ClipboardContent nothing = new ClipboardContent();
            nothing.putString("before");
            Clipboard.getSystemClipboard().setContent(nothing);
        });
    }

    @Test
    void copiesFourMebibytesAcrossChunks() {
        segment.bytes()[0x1234] = 0x5a;
        segment.bytes()[0x1234 + (4 << 20) - 1] = (byte) 0xc3;
        fx(() -> copy.copy(request(0x1234, 4 << 20, CopyRequest.Format.HEX)));
        waitUntil("copied", () -> !told.isEmpty());
        String text = clipboard();
        assertThat(text).hasSize(3 * (4 << 20) - 1).startsWith("5a 00").endsWith("00 c3");
        assertThat(told.getFirst())
                .isEqualTo("Copied 4,194,304 bytes from 0x1234 to 0x401233 as hex, read just now.");
    }

    @Test
    void oneByteMoreIsRefusedWithTheLimit() {
        fx(() -> copy.copy(request(0, (4 << 20) + 1, CopyRequest.Format.HEX)));
        assertThat(told.getFirst()).startsWith("Not copied").contains("4.0 MiB");
        assertThat(clipboard()).isEqualTo("before");
        assertThat(segment.reads()).isZero();
    }

    @Test
    void pagesNeverTouchedStayUntouchedAndAreDots() {
        segment.bytes()[4095] = 0x11;
        segment.forgetPages(1, 1);
        segment.bytes()[8192] = 0x22;
        fx(() -> copy.copy(request(4095, 4098, CopyRequest.Format.HEX)));
        waitUntil("copied", () -> !told.isEmpty());
        assertThat(clipboard()).startsWith("11 ·· ··").endsWith("·· 22");
        assertThat(told.getFirst()).contains("4,096 of them");
        assertThat(segment.isResident(1)).isFalse();
    }

    @Test
    void copiesText() {
        segment.bytes()[3] = 'H';
        segment.bytes()[4] = 'i';
        fx(() -> copy.copy(request(2, 4, CopyRequest.Format.TEXT)));
        waitUntil("copied", () -> !told.isEmpty());
        assertThat(clipboard()).isEqualTo(".Hi.");
    }

    @Test
    void aSegmentThatIsGoneIsSaid() {
        segment.removeUnderUs();
        fx(() -> copy.copy(request(0, 100, CopyRequest.Format.HEX)));
        waitUntil("failed", () -> !failures.isEmpty());
        assertThat(failures.getFirst())
                .isInstanceOfSatisfying(
                        ShmException.class,
                        refused ->
                                assertThat(refused.failure()).isInstanceOf(ShmFailure.Gone.class));
        assertThat(clipboard()).isEqualTo("before");
    }

    @Test
    void nothingIsPutThereAnyMoreOnceClosed() {
        fx(() -> {
            copy.copy(request(0, 1 << 20, CopyRequest.Format.HEX));
            copy.close();
        });
        waitUntil("read", () -> segment.reads() > 0);
        waitForFx();
        assertThat(told).isEmpty();
        assertThat(clipboard()).isEqualTo("before");
    }

    private static CopyRequest request(long from, int length, CopyRequest.Format format) {
        return new CopyRequest(new Selection(from, from + length - 1), format);
    }

    private static String clipboard() {
        return ask(() -> Clipboard.getSystemClipboard().getString());
    }
}
