package io.github.shmlens.php;

import io.github.shmlens.segment.Digits;
import java.util.function.Function;

/// One finding about a store.
///
/// @param code stable name for scripts: `sum-mismatch`, `duplicate-key`, …
/// @param offset of the bytes at fault, from the segment's start
/// @param message one sentence without a final stop, as scripts have it
/// @param shown the same for people: digits of amounts are grouped, those of keys are not
public record Problem(String code, long offset, String message, String shown) {

    /// One without amounts.
    public Problem(String code, long offset, String message) {
        this(code, offset, message, message);
    }

    static Problem of(String code, long offset, Function<Digits, String> message) {
        return new Problem(
                code, offset, message.apply(Digits.PLAIN), message.apply(Digits.GROUPED));
    }

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
