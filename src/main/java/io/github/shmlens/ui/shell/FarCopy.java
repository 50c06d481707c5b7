package io.github.shmlens.ui.shell;

import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.ui.fx.LatestWork;
import io.github.shmlens.ui.hex.CopyRequest;
import io.github.shmlens.ui.hex.HexText;
import io.github.shmlens.ui.hex.Selection;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Figures;
import java.time.Duration;
import java.util.BitSet;
import java.util.function.Consumer;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import org.jspecify.annotations.Nullable;

/// Copies bytes to the clipboard that reach beyond those on the screen: read anew, off the FX
/// thread, and never from a page that nobody touched. The newest wish wins. FX thread.
final class FarCopy implements AutoCloseable {

    private static final Texts TEXTS = Texts.of(FarCopy.class);
    private static final int CHUNK = 1 << 20;
    private static final int PAGE = AttachedSegment.PAGE_BYTES;

    /// @param unread bytes of pages that were not resident
    /// @param text null when the form has no sign for what was not read
    private record Copied(CopyRequest request, @Nullable String text, long unread) {}

    private final AttachedSegment segment;
    private final Consumer<String> tell;
    private final LatestWork<CopyRequest, Copied> work;

    /// @param tell what was copied, or why not
    FarCopy(AttachedSegment segment, Consumer<String> tell, Consumer<? super Throwable> failed) {
        this.segment = segment;
        this.tell = tell;
        this.work = new LatestWork<>(Duration.ZERO, this::read, this::put, failed);
    }

    void copy(CopyRequest request) {
        long length = request.selection().length();
        CopyRequest.Format format = request.format();
        if (length > format.mostBytes()) {
            tell.accept(
                    TEXTS.say(
                            "copy.too-long",
                            Figures.size(length),
                            format.words(),
                            Figures.size(format.mostBytes())));
            return;
        }
        work.askNow(request);
    }

    /// What is being read is not put on the clipboard any more.
    @Override
    public void close() {
        work.close();
    }

    private Copied read(CopyRequest request) throws ShmException {
        Selection chosen = request.selection();
        byte[] bytes = new byte[(int) chosen.length()];
        BitSet unread = new BitSet();
        for (int at = 0; at < bytes.length; at += CHUNK) {
            int length = Math.min(CHUNK, bytes.length - at);
            long offset = chosen.from() + at;
            boolean[] resident = segment.readResident(offset, bytes, at, length);
            long firstPage = offset / PAGE;
            for (int page = 0; page < resident.length; page++) {
                if (!resident[page]) {
                    long from = Math.max(offset, (firstPage + page) * PAGE) - offset;
                    long to = Math.min(length, (firstPage + page + 1) * PAGE - offset);
                    unread.set(at + (int) from, at + (int) to);
                }
            }
        }
        boolean whole = request.format().showsUnread() || unread.isEmpty();
        String text =
                whole ? HexText.of(bytes, request.format(), index -> !unread.get(index)) : null;
        return new Copied(request, text, unread.cardinality());
    }

    private void put(Copied copied) {
        String text = copied.text();
        if (text == null) {
            tell.accept(
                    TEXTS.say("copy.unread", copied.unread(), copied.request().format().words()));
            return;
        }
        ClipboardContent content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
        Selection chosen = copied.request().selection();
        String unread = copied.unread() == 0 ? "" : TEXTS.count("copy.far-unread", copied.unread());
        tell.accept(
                TEXTS.say(
                        "copy.far-done",
                        chosen.length(),
                        chosen.from(),
                        chosen.to(),
                        copied.request().format().words(),
                        unread));
    }
}
