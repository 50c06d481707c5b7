package io.github.shmlens.ui.shell;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.ui.fx.FxExecutor;
import io.github.shmlens.ui.hex.HexEdit;
import io.github.shmlens.ui.hex.HexView;
import io.github.shmlens.ui.slots.SlotEdit;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.typing.TypedValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
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

        CompletableFuture<Edits.Outcome> write(SlotEdit edit);

        void written(Edits.Outcome done);

        void refused(TypedValue<?> value, BadInput why);

        /// It was not written, or not all of it.
        void refused(Edits.@Nullable Outcome why, @Nullable Throwable thrown);
    }

    private final HexView hex;
    private final List<Supplier<Optional<TypedValue<HexEdit>>>> fields;
    private final Supplier<Optional<TypedValue<SlotEdit>>> member;
    private final Place place;

    /// @param fields where values of bytes are typed in place
    /// @param member where a member of a slot's value is
    Drafts(
            HexView hex,
            List<Supplier<Optional<TypedValue<HexEdit>>>> fields,
            Supplier<Optional<TypedValue<SlotEdit>>> member,
            Place place) {
        this.hex = hex;
        this.fields = List.copyOf(fields);
        this.member = member;
        this.place = place;
    }

    /// What there is at this moment; empty when all is written or dropped.
    Optional<Unwritten> unwritten() {
        return hex.pendingEdits().isEmpty() && values().isEmpty()
                ? Optional.empty()
                : Optional.of(new Now());
    }

    private List<TypedValue<?>> values() {
        List<TypedValue<?>> values = new ArrayList<>(ofBytes());
        member.get().ifPresent(values::add);
        return values;
    }

    private List<TypedValue<HexEdit>> ofBytes() {
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
            for (TypedValue<HexEdit> value : ofBytes()) {
                all.add(write(value, place::write));
            }
            member.get().ifPresent(value -> all.add(write(value, place::write)));
            List<HexEdit> runs = hex.pendingEdits();
            if (!runs.isEmpty()) {
                all.add(write(runs));
            }
            return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                    .thenApplyAsync(
                            _ -> all.stream().allMatch(CompletableFuture::join), FxExecutor.FX);
        }

        private <E> CompletableFuture<Boolean> write(
                TypedValue<E> value, Function<E, CompletableFuture<Edits.Outcome>> writing) {
            E edit;
            try {
                edit = value.reading().edit();
            } catch (BadInput wrong) {
                place.refused(value, wrong);
                return CompletableFuture.completedFuture(false);
            }
            if (edit == null) {
                value.drop().run();
                return CompletableFuture.completedFuture(true);
            }
            return writing.apply(edit)
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
        if (outcome instanceof Edits.Outcome.BytesWritten
                || outcome instanceof Edits.Outcome.SlotWritten) {
            place.written(outcome);
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
