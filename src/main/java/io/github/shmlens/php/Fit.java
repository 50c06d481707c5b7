package io.github.shmlens.php;

/// Whether a value would fit, before anything is written.
///
/// @param neededBytes what the slot takes with its header and padding
/// @param freeBytes what the store has left now
/// @param freedBytes what replacing the slot gives back; 0 when there is none with this key
/// @param replaces whether a slot with this key is there
public record Fit(
        long neededBytes, long freeBytes, long freedBytes, boolean fits, boolean replaces) {}
