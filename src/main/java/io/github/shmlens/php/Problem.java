package io.github.shmlens.php;

/// One finding about a store.
///
/// @param code stable name for scripts: `sum-mismatch`, `duplicate-key`, …
/// @param offset of the bytes at fault, from the segment's start
/// @param message one sentence without a final stop
public record Problem(String code, long offset, String message) {

    /// The copy could not be made while no writer was at work.
    public static final String TORN = "torn";

    /// Too few bytes for a store's header.
    static final String TOO_SHORT = "too-short";

    /// The bytes are no store's, or no store's any more.
    static final String MAGIC = "magic";

    /// Whether only a value is at fault and the structure around it is whole. PHP writes such
    /// values itself when serializing throws.
    boolean aboutPayload() {
        return code.startsWith("payload-");
    }
}
