package io.github.shmlens.ui.shell;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.ui.fx.FxExecutor;
import io.github.shmlens.ui.hex.HexEdit;
import io.github.shmlens.ui.hex.HexView;
import io.github.shmlens.ui.hex.TypedValue;
import io.github.shmlens.ui.text.Texts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All that is typed in a tab and not written: over the bytes, and in fields in the place of
/// values. FX thread.
final class Drafts {

    private static final Texts TEXTS = Texts.of(Drafts.class);

    /// Where the tab tells what went wrong, and what it knows.
    interface Place {
        /// How the segment is called.
        String name();

        /// Whether it is unlocked and still there.
        boolean writable();

        CompletableFuture<Edits.Outcome> write(HexEdit edit);

        void written(Edits.Outcome.BytesWritten done);

        void refused(TypedValue value, BadInput why);

        /// It was not written, or not all of it.
        void refused(Edits.@Nullable Outcome why, @Nullable Throwable thrown);
    }

    private final HexView hex;
    private final List<Supplier<Optional<TypedValue>>> fields;
    private final Place place;

    /// @param fields where values are typed in place
    Drafts(HexView hex, List<Supplier<Optional<TypedValue>>> fields, Place place) {
        this.hex = hex;
        this.fields = List.copyOf(fields);
        this.place = place;
    }

    /// What there is at this moment; empty when all is written or dropped.
    Optional<Unwritten> unwritten() {
        return hex.pendingEdits().isEmpty() && values().isEmpty()
                ? Optional.empty()
                : Optional.of(new Now());
    }

    private List<TypedValue> values() {
        return fields.stream().map(Supplier::get).flatMap(Optional::stream).toList();
    }

    private final class Now implements Unwritten {

        @Override
        public String sentence() {
            List<HexEdit> runs = hex.pendingEdits();
            String values =
                    values().stream().map(TypedValue::words).collect(Collectors.joining("; "));
            if (runs.isEmpty()) {
                return TEXTS.say("unwritten.values", values, place.name());
            }
            String bytes =
                    TEXTS.count(
                            "unwritten.bytes",
                            hex.getPending().bytes(),
                            place.name(),
                            runs.getFirst().offset());
            return values.isEmpty() ? bytes : TEXTS.say("unwritten.and", bytes, values);
        }

        @Override
        public boolean writable() {
            return place.writable();
        }

        @Override
        public void drop() {
            hex.dropPending();
            values().forEach(value -> value.drop().run());
        }

        @Override
        public CompletionStage<Boolean> write() {
            List<CompletableFuture<Boolean>> all = new ArrayList<>();
            for (TypedValue value : values()) {
                try {
                    HexEdit edit = value.reading().edit();
                    if (edit == null) {
                        value.drop().run();
                    } else {
                        all.add(write(value, edit));
                    }
                } catch (BadInput wrong) {
                    place.refused(value, wrong);
                    all.add(CompletableFuture.completedFuture(false));
                }
            }
            List<HexEdit> runs = hex.pendingEdits();
            if (!runs.isEmpty()) {
                all.add(write(runs));
            }
            return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                    .thenApplyAsync(
                            _ -> all.stream().allMatch(CompletableFuture::join), FxExecutor.FX);
        }

        private CompletableFuture<Boolean> write(TypedValue value, HexEdit edit) {
            return place.write(edit)
                    .handleAsync(
                            (outcome, thrown) -> {
                                boolean done = tell(outcome, thrown);
                                if (done) {
                                    value.drop().run();
                                }
                                return done;
                            },
                            FxExecutor.FX);
        }

        /// The bytes stay typed until it is known which of them are written.
        private CompletableFuture<Boolean> write(List<HexEdit> runs) {
            List<HexEdit> left = new ArrayList<>();
            CompletableFuture<@Nullable Void> line = CompletableFuture.completedFuture(null);
            for (HexEdit run : runs) {
                line =
                        line.thenCompose(_ -> place.write(run))
                                .handleAsync(
                                        (outcome, thrown) -> {
                                            if (!tell(outcome, thrown)) {
                                                left.add(rest(run, outcome));
                                            }
                                            return null;
                                        },
                                        FxExecutor.FX);
            }
            return line.thenApplyAsync(
                    _ -> {
                        hex.dropPending();
                        left.forEach(hex::resume);
                        return left.isEmpty();
                    },
                    FxExecutor.FX);
        }
    }

    private boolean tell(Edits.@Nullable Outcome outcome, @Nullable Throwable thrown) {
        if (outcome instanceof Edits.Outcome.BytesWritten done) {
            place.written(done);
            return true;
        }
        place.refused(outcome, thrown);
        return false;
    }

    /// What was not written of a run that went in part: behind that the bytes are our own.
    private static HexEdit rest(HexEdit run, Edits.@Nullable Outcome outcome) {
        int written = outcome instanceof Edits.Outcome.BytesMoved moved ? moved.writtenBytes() : 0;
        return new HexEdit(
                run.offset() + written,
                Arrays.copyOfRange(run.seen(), written, run.seen().length),
                Arrays.copyOfRange(run.next(), written, run.next().length));
    }
}
