package io.github.shmlens.cli;

import io.github.shmlens.layout.ByteView;
import io.github.shmlens.layout.Shape;
import io.github.shmlens.php.StoreShape;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.SegmentSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Recognises what lies in a segment by a brief look at its first bytes.
final class Formats {

    private static final List<Shape> SHAPES = List.of(new StoreShape());

    private Formats() {}

    /// Attaches for a moment.
    ///
    /// @return the format's name; null when nothing known lies there, or when we may not look or it
    ///   is gone by now
    static @Nullable String of(SegmentSource source, SegmentFacts facts) throws ShmException {
        try (AttachedSegment segment = source.attach(facts.id(), Access.READ_ONLY)) {
            return of(segment);
        } catch (ShmException unreadable) {
            return switch (unreadable.failure()) {
                case ShmFailure.AccessDenied _, ShmFailure.Gone _, ShmFailure.NotFound _ -> null;
                case ShmFailure.AlreadyExists _,
                        ShmFailure.LimitReached _,
                        ShmFailure.DoesNotFit _,
                        ShmFailure.Moved _,
                        ShmFailure.Unexpected _ ->
                        throw unreadable;
            };
        }
    }

    /// Reads resident pages only, so that looking commits no memory.
    static @Nullable String of(AttachedSegment segment) throws ShmException {
        long size = segment.sizeBytes();
        byte[] head = new byte[(int) Math.min(size, Shape.HEAD_BYTES)];
        segment.readResident(0, head, 0, head.length);
        return SHAPES.stream()
                .filter(shape -> shape.recognises(ByteView.of(head), size))
                .map(Shape::format)
                .findFirst()
                .orElse(null);
    }
}
