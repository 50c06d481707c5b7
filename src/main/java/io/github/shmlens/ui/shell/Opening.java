package io.github.shmlens.ui.shell;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.SegmentSource;
import org.jspecify.annotations.Nullable;

/// A segment attached, with how that came about. Blocks; never on the FX thread.
///
/// @param writeRefused why it is read-only although more was asked for
record Opening(AttachedSegment segment, @Nullable ShmFailure writeRefused) {

    /// Which segment a target names.
    ///
    /// @throws ShmException `NotFound` when it names none
    static SegmentId find(SegmentSource source, Target target) throws ShmException, BadInput {
        SegmentId id = source.resolve(target).id();
        if (id == null) {
            throw new ShmException(new ShmFailure.NotFound(target.text(), "ENOENT"));
        }
        return id;
    }

    /// Attaches; where writing is refused, read-only.
    static Opening attach(SegmentSource source, SegmentId id, Access wanted) throws ShmException {
        try {
            return new Opening(source.attach(id, wanted), null);
        } catch (ShmException refused) {
            if (wanted == Access.READ_ONLY
                    || !(refused.failure() instanceof ShmFailure.AccessDenied denied)) {
                throw refused;
            }
            return new Opening(source.attach(id, Access.READ_ONLY), denied);
        }
    }
}
