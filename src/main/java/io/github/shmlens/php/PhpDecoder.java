package io.github.shmlens.php;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads payloads: texts of serialize(), by the rules of PHP 8.2's unserialize().
///
/// Classes are shown by name and never loaded; a class or enum that PHP does not know is no reason
/// to refuse, nor is a name that none could have. The one text PHP takes and we do not has a length
/// or a reference of more than 64 bit, which PHP cuts. Nothing the bytes say makes this throw,
/// recurse deeper than a few calls, or allocate more than a small multiple of their length.
public final class PhpDecoder {

    private PhpDecoder() {}

    /// The content of a payload that is one string and nothing else; null when it is anything else.
    /// Takes the bytes straight out of a buffer.
    public static byte @Nullable [] string(byte[] buffer, int at, int length) {
        int end = at + length;
        if (length < 6 || buffer[at] != 's' || buffer[at + 1] != ':') {
            return null;
        }
        int count = 0;
        int from = at + 2;
        while (from < end && buffer[from] >= '0' && buffer[from] <= '9') {
            count = count * 10 + buffer[from] - '0';
            from++;
            if (count > length) {
                return null;
            }
        }
        int first = from + 2;
        boolean whole =
                from > at + 2
                        && count == end - first - 2
                        && buffer[from] == ':'
                        && buffer[from + 1] == '"'
                        && buffer[end - 2] == '"'
                        && buffer[end - 1] == ';';
        return whole ? Arrays.copyOfRange(buffer, first, first + count) : null;
    }

    public static Decoded decode(byte[] payload) {
        return SerializedText.decode(payload);
    }
}
