package io.github.shmlens.ui.shell;

import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.ui.fx.LatestWork;
import io.github.shmlens.ui.hex.HexEdit;
import io.github.shmlens.ui.hex.HexView;
import io.github.shmlens.ui.hex.Paste;
import io.github.shmlens.ui.problem.Banner;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.text.Texts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// Asks about what is pasted beyond the bytes that are chosen or beyond the segment, and reads what
/// lies below a paste that no sample covers. Nothing is written: what is pasted stays pending like
/// what is typed. FX thread.
final class Pastes implements HexView.Pasting, AutoCloseable {

    private static final Texts TEXTS = Texts.of(Pastes.class);

    private record Wish(long offset, byte[] next) {}

    private final AttachedSegment segment;
    private final HexView hex;
    private final Banner banner;
    private final Consumer<String> tell;
    private final LatestWork<Wish, HexEdit> look;

    /// @param banner where questions are asked
    Pastes(AttachedSegment segment, HexView hex, Banner banner, Consumer<String> tell) {
        this.segment = segment;
        this.hex = hex;
        this.banner = banner;
        this.tell = tell;
        this.look =
                new LatestWork<>(
                        Duration.ZERO,
                        this::seen,
                        this::pend,
                        thrown -> banner.show(Banner.Weight.DANGER, Problem.of(thrown), keep()));
    }

    @Override
    public void exceeds(Paste paste) {
        int fits = (int) Math.min(paste.bytes().length, paste.roomBytes());
        List<Banner.Offer> offers = new ArrayList<>();
        if (paste.exceedsSelection()) {
            offers.add(first(paste, (int) Math.min(fits, paste.chosenBytes())));
        }
        if (!paste.exceedsSegment()) {
            offers.add(new Banner.Offer(TEXTS.say("paste.all", fits), () -> take(paste, fits)));
        } else if (fits > 0 && !(paste.exceedsSelection() && paste.chosenBytes() >= fits)) {
            offers.add(first(paste, fits));
        }
        offers.add(keep());
        String sentence =
                paste.exceedsSelection()
                        ? TEXTS.say(
                                "paste.beyond-selection",
                                paste.bytes().length,
                                paste.chosenBytes(),
                                paste.offset())
                        : TEXTS.say(
                                "paste.beyond-segment",
                                paste.bytes().length,
                                paste.roomBytes(),
                                paste.offset());
        banner.show(
                Banner.Weight.WARNING,
                new Problem(TEXTS.say("paste.title"), sentence, ""),
                offers.toArray(Banner.Offer[]::new));
        banner.focusLast();
    }

    private Banner.Offer first(Paste paste, int bytes) {
        return new Banner.Offer(TEXTS.say("paste.first", bytes), () -> take(paste, bytes));
    }

    private Banner.Offer keep() {
        return new Banner.Offer(
                TEXTS.say("paste.none"),
                () -> {
                    banner.clear();
                    hex.requestFocus();
                });
    }

    /// The segment may have been locked or cut short while the question stood there.
    private void take(Paste paste, int bytes) {
        banner.clear();
        hex.requestFocus();
        if (hex.isEditable()) {
            hex.typeOver(paste.offset(), Arrays.copyOf(paste.bytes(), bytes));
        } else {
            tell.accept(TEXTS.say("paste.locked"));
        }
    }

    @Override
    public void beyond(long offset, byte[] next) {
        look.askNow(new Wish(offset, next));
    }

    @Override
    public void refused(String sentence) {
        tell.accept(TEXTS.say("paste.refused", sentence));
    }

    /// What is not resident counts as 0, as in the view.
    private HexEdit seen(Wish wish) throws ShmException {
        byte[] seen = new byte[wish.next().length];
        segment.readResident(wish.offset(), seen, 0, seen.length);
        return new HexEdit(wish.offset(), seen, wish.next());
    }

    private void pend(HexEdit edit) {
        if (hex.isEditable()) {
            hex.resume(edit);
            tell.accept(TEXTS.count("paste.far", edit.next().length, edit.offset()));
        } else {
            tell.accept(TEXTS.say("paste.locked"));
        }
    }

    @Override
    public void close() {
        look.close();
    }
}
