package io.github.shmlens.php;

/// The header's fields as they stand in the bytes; none of them is to be believed unchecked.
///
/// @param magic "PHP_SM"
/// @param start offset of the first slot
/// @param end offset just behind the last slot
/// @param free bytes left, as PHP counts them
/// @param total size of the segment, as PHP believes it
public record StoreHeader(String magic, long start, long end, long free, long total) {}
