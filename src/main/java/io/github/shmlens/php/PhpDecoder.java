package io.github.shmlens.php;

/// Reads payloads: texts of serialize(), by the rules of PHP 8.2's unserialize().
///
/// Classes are shown by name and never loaded; a class or enum that PHP does not know is no reason
/// to refuse, nor is a name that none could have. The one text PHP takes and we do not has a length
/// or a reference of more than 64 bit, which PHP cuts. Nothing the bytes say makes this throw,
/// recurse deeper than a few calls, or allocate more than a small multiple of their length.
public final class PhpDecoder {

    private PhpDecoder() {}

    public static Decoded decode(byte[] payload) {
        return SerializedText.decode(payload);
    }
}
