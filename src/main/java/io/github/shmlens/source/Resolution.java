package io.github.shmlens.source;

import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.Target;
import org.jspecify.annotations.Nullable;

/// What a target stands for at one moment.
///
/// @param key the System V key it comes to; null for ids, POSIX objects and files
/// @param id the segment it names; null when there is none at the moment
public record Resolution(Target target, @Nullable SegmentKey key, @Nullable SegmentId id) {}
