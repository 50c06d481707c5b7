package io.github.shmlens.cli;

import io.github.shmlens.known.KnownLayouts;
import io.github.shmlens.layout.ByteView;
import io.github.shmlens.layout.Shape;
import io.github.shmlens.layout.Structure;
import io.github.shmlens.php.StoreShape;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.SegmentFacts;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.SegmentSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Recognises what lies in a segment by a brief look at its first bytes.
final class Formats {

    private static final List<Shape> SHAPES = all();

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
        Shape shape = shape(segment);
        return shape == null ? null : shape.format();
    }

    /// What recognises the segment's first bytes; null when nothing does.
    static @Nullable Shape shape(AttachedSegment segment) throws ShmException {
        long size = segment.sizeBytes();
        ByteView view = ByteView.of(head(segment));
        SegmentKey key = segment.factsBefore().key();
        for (Shape shape : SHAPES) {
            if (shape.recognises(view, size, key == null ? 0 : key.value())) {
                return shape;
            }
        }
        return null;
    }

    /// A walk over one copy of what a shape recognised. A writer may have been half done.
    static Structure structure(AttachedSegment segment, Shape shape) throws ShmException {
        long size = segment.sizeBytes();
        long extent = shape.extentBytes(ByteView.of(head(segment)), size);
        byte[] copy = new byte[(int) Math.min(extent, AttachedSegment.RUN_BYTES * 16L)];
        for (int at = 0; at < copy.length; at += AttachedSegment.RUN_BYTES) {
            segment.readResident(
                    at, copy, at, Math.min(AttachedSegment.RUN_BYTES, copy.length - at));
        }
        return shape.walk(ByteView.of(copy), size);
    }

    private static byte[] head(AttachedSegment segment) throws ShmException {
        byte[] head = new byte[(int) Math.min(segment.sizeBytes(), Shape.HEAD_BYTES)];
        segment.readResident(0, head, 0, head.length);
        return head;
    }

    private static List<Shape> all() {
        List<Shape> shapes = new ArrayList<>();
        shapes.add(new StoreShape());
        shapes.addAll(KnownLayouts.ALL);
        return List.copyOf(shapes);
    }
}
