package io.github.shmlens.ui.attach;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.FtokDoubt;
import io.github.shmlens.segment.Rights;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.Resolution;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.ui.segments.Witness;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a name stands for at the moment.
public sealed interface Preview {

    /// Nothing to look up yet.
    record Blank(Naming.Field field) implements Preview {}

    /// It cannot be meant.
    record Wrong(Naming.Field field, String sentence) implements Preview {}

    /// Nothing answers to it.
    ///
    /// @param key the key it comes to; null where there is none
    record Missing(Target target, @Nullable SegmentKey key) implements Preview {}

    /// @param doubt what to say about a key that opens a stranger's segment; mostly empty
    record Exists(
            Target target,
            @Nullable SegmentKey key,
            Witness witness,
            Rights rights,
            Optional<String> doubt)
            implements Preview {}

    /// The host would not say.
    record Refused(Target target, ShmFailure failure) implements Preview {}

    /// Looks it up. Attaches to nothing. Off the FX thread.
    static Preview of(SegmentSource source, Naming naming) {
        return switch (naming.read()) {
            case Naming.Read.Blank(Naming.Field field) -> new Blank(field);
            case Naming.Read.Wrong(Naming.Field field, String sentence) ->
                    new Wrong(field, sentence);
            case Naming.Read.Named(Target target) -> look(source, target);
        };
    }

    private static Preview look(SegmentSource source, Target target) {
        Resolution found;
        try {
            found = source.resolve(target);
        } catch (BadInput wrong) {
            return new Wrong(Naming.Field.TEXT, wrong.sentence());
        } catch (ShmException refused) {
            return refused.failure() instanceof ShmFailure.NotFound
                    ? new Missing(target, null)
                    : new Refused(target, refused.failure());
        }
        SegmentId id = found.id();
        if (id == null) {
            return new Missing(target, found.key());
        }
        try {
            Witness witness = Witness.look(source, id);
            SegmentKey key = found.key() == null ? witness.facts().key() : found.key();
            return new Exists(
                    target,
                    key,
                    witness,
                    source.rights(witness.facts()),
                    FtokDoubt.about(target, witness.facts(), source.self())
                            .map(FtokDoubt::sentence));
        } catch (ShmException refused) {
            return refused.failure() instanceof ShmFailure.Gone
                    ? new Missing(target, found.key())
                    : new Refused(target, refused.failure());
        }
    }
}
