package io.github.shmlens.source;

import io.github.shmlens.segment.SegmentId;

/// Outcome of a create.
///
/// @param isNew false when one was there already and creating was "or open"
public record Created(SegmentId id, boolean isNew) {}
