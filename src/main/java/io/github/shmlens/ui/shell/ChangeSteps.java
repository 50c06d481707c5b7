package io.github.shmlens.ui.shell;

import io.github.shmlens.live.Sampler;
import io.github.shmlens.ui.fx.FxExecutor;
import io.github.shmlens.ui.text.Texts;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Goes from one block that changed to the next, through the whole segment and around its end:
/// first among those that changed in the last seconds, and where there are none, among all that
/// were seen to change. FX thread.
final class ChangeSteps {

    private static final Texts TEXTS = Texts.of(ChangeSteps.class);

    enum Way {
        ON,
        BACK
    }

    /// As long as the minimap shows a change brightly.
    private static final long RECENT_NANOS = 10_000_000_000L;

    private static final int BLOCK = 64;

    private final Sampler sampler;
    private final LongConsumer go;
    private final Consumer<String> tell;

    /// Steps that were asked for while an earlier one is looked for are left out.
    private boolean looking;

    /// @param go shows a block, given its offset
    /// @param tell what there is to say about it
    ChangeSteps(Sampler sampler, LongConsumer go, Consumer<String> tell) {
        this.sampler = sampler;
        this.go = go;
        this.tell = tell;
    }

    /// @param caret where to begin; its own block counts last
    void step(Way way, long caret, long sizeBytes) {
        if (looking) {
            return;
        }
        looking = true;
        long recent = System.nanoTime() - RECENT_NANOS;
        around(way, caret, sizeBytes, recent)
                .thenCompose(found ->
                        found.isPresent()
                                ? CompletableFuture.completedFuture(new Found(found, true))
                                : around(way, caret, sizeBytes, Long.MIN_VALUE)
                                        .thenApply(any -> new Found(any, false)))
                .whenCompleteAsync((found, _) -> show(found, caret), FxExecutor.FX);
    }

    private record Found(OptionalLong block, boolean recent) {}

    private void show(@Nullable Found found, long caret) {
        looking = false;
        if (found == null || found.block().isEmpty()) {
            tell.accept(TEXTS.say("step.none"));
            return;
        }
        long block = found.block().getAsLong();
        if (block / BLOCK == caret / BLOCK) {
            tell.accept(
                    found.recent() ? TEXTS.say("step.none-lately") : TEXTS.say("step.none-else"));
        } else if (!found.recent()) {
            tell.accept(TEXTS.say("step.other-lately"));
        }
        go.accept(block);
    }

    /// From the caret's block to the end of the segment, then from the other end on.
    private CompletableFuture<OptionalLong> around(
            Way way, long caret, long sizeBytes, long sinceNanos) {
        return switch (way) {
            case ON ->
                    or(
                            sampler.changeAfter(caret, sinceNanos),
                            () ->
                                    // The first block lies behind no offset, only before others.
                                    or(
                                            sampler.changeBefore(BLOCK, sinceNanos),
                                            () -> sampler.changeAfter(0, sinceNanos)));
            case BACK ->
                    or(
                            sampler.changeBefore(caret, sinceNanos),
                            () -> sampler.changeBefore(behind(sizeBytes), sinceNanos));
        };
    }

    /// An offset in the block behind the last one.
    private static long behind(long sizeBytes) {
        return sizeBytes > Long.MAX_VALUE - BLOCK ? sizeBytes : sizeBytes + BLOCK - 1;
    }

    private static CompletableFuture<OptionalLong> or(
            CompletableFuture<OptionalLong> first,
            Supplier<CompletableFuture<OptionalLong>> otherwise) {
        return first.thenCompose(found ->
                found.isPresent() ? CompletableFuture.completedFuture(found) : otherwise.get());
    }
}
