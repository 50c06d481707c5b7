package io.github.shmlens.segment;

import java.util.HexFormat;
import java.util.regex.Pattern;

/// A System V key (`key_t`): a signed 32-bit number, written both signed and unsigned in the wild.
/// −2 and 0xfffffffe are the same key.
public record SegmentKey(int value) {

    /// IPC_PRIVATE: never found by key; also what the kernel shows once a segment is marked for
    /// removal.
    public static final SegmentKey PRIVATE = new SegmentKey(0);

    /// Hex digits, a letter among them, without the 0x.
    private static final Pattern BARE_HEX = Pattern.compile("(?=[0-9]*[a-fA-F])[0-9a-fA-F]{1,8}");

    /// As `ipcs` prints it: 0x and eight lower-case hex digits.
    public String hex() {
        return "0x" + HexFormat.of().toHexDigits(value);
    }

    /// The same bits as an unsigned decimal.
    public String unsigned() {
        return Integer.toUnsignedString(value);
    }

    /// Reads decimal, 0x hex or 0 octal, signed or unsigned, as C would.
    ///
    /// @throws BadInput when it is no number or does not fit 32 bits
    public static SegmentKey parse(String text) throws BadInput {
        String key = text.strip();
        if (BARE_HEX.matcher(key).matches()) {
            throw new BadInput(
                    "the key \"%s\" is not a whole number: in hex it is written 0x%s"
                            .formatted(key, key));
        }
        return new SegmentKey((int) Numbers.parse("key", text, Integer.MIN_VALUE, 0xffff_ffffL));
    }
}
