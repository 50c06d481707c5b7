package io.github.shmlens.kryo;

import io.github.shmlens.layout.ByteView;
import io.github.shmlens.layout.Field;
import io.github.shmlens.layout.Layout;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Counted;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The frame around Kryo bytes. It tells them from any other string, and from a half-written one.
///
/// ```
/// 0        4         8        12         16              16+length
/// +--------+---------+--------+----------+---------------+
/// | magic  | version | length | checksum | body (Kryo)   |
/// +--------+---------+--------+----------+---------------+
/// 8b 'SLK'  1        of the   CRC-32C of bytes 0 to 11, then the body
///                    body
/// ```
///
/// Numbers have 32 bits and are little-endian. The magic's first byte begins no UTF-8 text. Nothing
/// follows the body.
final class Envelope {

    /// Longest body. What a value costs in memory is a small multiple of it.
    static final int MOST_BODY_BYTES = 16 << 20;

    static final int VERSION = 1;

    private static final byte[] MAGIC_BYTES = {(byte) 0x8b, 'S', 'L', 'K'};

    static final Layout HEADER;
    static final Field MAGIC;
    static final Field VERSION_NUMBER;
    static final Field LENGTH;
    static final Field CHECKSUM;

    static {
        Layout.Builder header = Layout.named("Kryo envelope");
        MAGIC = header.bytes("magic", MAGIC_BYTES.length);
        VERSION_NUMBER = header.int32("version");
        LENGTH = header.int32("length");
        CHECKSUM = header.int32("checksum");
        HEADER = header.build();
    }

    static final int HEADER_BYTES = HEADER.size();

    private Envelope() {}

    /// Puts the frame around a body.
    ///
    /// @throws BadInput when the body is longer than [#MOST_BODY_BYTES]
    static byte[] seal(byte[] body, int length) throws BadInput {
        if (length > MOST_BODY_BYTES) {
            throw tooLong();
        }
        ByteBuffer sealed =
                ByteBuffer.allocate(HEADER_BYTES + length).order(ByteOrder.LITTLE_ENDIAN);
        sealed.put(MAGIC_BYTES).putInt(VERSION).putInt(length);
        sealed.position(HEADER_BYTES).put(body, 0, length);
        sealed.putInt(CHECKSUM.offset(), checksum(sealed.array()));
        return sealed.array();
    }

    static BadInput tooLong() {
        return new BadInput(
                "the value takes more than the %,d bytes that a Kryo slot may have"
                        .formatted(MOST_BODY_BYTES));
    }

    /// Whether bytes begin as an envelope does; says nothing of what follows.
    static boolean begins(byte[] bytes) {
        return bytes.length >= HEADER_BYTES
                && Arrays.equals(bytes, 0, MAGIC_BYTES.length, MAGIC_BYTES, 0, MAGIC_BYTES.length);
    }

    /// Why the bytes are no envelope with a body that may be read; null when they are. The body
    /// then lies behind the header, up to the end.
    static @Nullable String trouble(byte[] bytes) {
        if (!begins(bytes)) {
            return "the bytes do not begin as an envelope does";
        }
        ByteView view = ByteView.of(bytes);
        long version = view.read(0, VERSION_NUMBER);
        long length = view.read(0, LENGTH);
        if (version != VERSION) {
            return "the envelope is of version %d, and only version %d is known"
                    .formatted(version, VERSION);
        }
        if (length != bytes.length - HEADER_BYTES) {
            return "the envelope claims %s and holds %d"
                    .formatted(Counted.bytes(length), bytes.length - HEADER_BYTES);
        }
        if (length > MOST_BODY_BYTES) {
            return "the envelope holds more than %,d bytes".formatted(MOST_BODY_BYTES);
        }
        if ((int) view.read(0, CHECKSUM) != checksum(bytes)) {
            return "the envelope's checksum does not match its bytes";
        }
        return null;
    }

    private static int checksum(byte[] envelope) {
        CRC32C sum = new CRC32C();
        sum.update(envelope, 0, CHECKSUM.offset());
        sum.update(envelope, HEADER_BYTES, envelope.length - HEADER_BYTES);
        return (int) sum.getValue();
    }
}
