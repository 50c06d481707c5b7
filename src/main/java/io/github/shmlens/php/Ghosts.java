package io.github.shmlens.php;

import java.util.List;

/// The ghosts in one store's free room, by rising offset.
///
/// @param reading the store they were looked for in
/// @param found the first of them
/// @param count how many there are in all; larger than the list when not all are kept
/// @param whole whether the free room was looked through to its end; false for bytes that are made
///   to waste time
/// @param from where the free room begins, from the segment's start
/// @param to where it ends
public record Ghosts(
        StoreReading reading, List<Ghost> found, long count, boolean whole, long from, long to) {

    public Ghosts {
        found = List.copyOf(found);
    }
}
