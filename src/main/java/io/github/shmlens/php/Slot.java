package io.github.shmlens.php;

import io.github.shmlens.layout.ByteView;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One variable in a store, as the walk met it; damaged ones too. Its key is its identity: PHP
/// moves slots. The value is copied and read when first asked for.
///
/// Safe on any thread.
public final class Slot {

    private final ByteView copy;
    private final long copyFrom;
    private final int headerBytes;
    private final long key;
    private final long offset;
    private final long lengthBytes;
    private final long strideBytes;
    private @Nullable Decoded decoded;

    /// A slot of a store in our words.
    ///
    /// @param copy holds the slot's header, and the payload where its length is possible
    Slot(ByteView copy, long offset) {
        this(copy, 0, offset, StoreLayout.OURS);
    }

    /// @param copyFrom where in the segment the copy begins
    /// @param offset from the segment's start
    Slot(ByteView copy, long copyFrom, long offset, StoreLayout layout) {
        long at = offset - copyFrom;
        this.copy = copy;
        this.copyFrom = copyFrom;
        this.headerBytes = layout.slotHeaderBytes();
        this.offset = offset;
        this.key = layout.number(copy, at, layout.key);
        this.lengthBytes = layout.number(copy, at, layout.length);
        this.strideBytes = layout.number(copy, at, layout.stride);
    }

    /// What the script calls the variable.
    public long key() {
        return key;
    }

    /// Where the slot's header begins, from the segment's start.
    public long offset() {
        return offset;
    }

    /// Bytes of payload as the header claims; may be impossible.
    public long lengthBytes() {
        return lengthBytes;
    }

    /// Distance to the next slot as the header claims; may be impossible. PHP calls it `next`.
    public long strideBytes() {
        return strideBytes;
    }

    public long payloadOffset() {
        return offset + headerBytes;
    }

    /// A copy of the payload; null where the length is impossible.
    public byte @Nullable [] payload() {
        return payloadInside() ? copy.bytes(payloadOffset() - copyFrom, (int) lengthBytes) : null;
    }

    /// The value, or why it cannot be read.
    public Decoded decoded() {
        // Two threads may both read it; they get equal values.
        Decoded known = decoded;
        if (known == null) {
            byte[] payload = payload();
            known =
                    payload == null
                            ? new Decoded.Unreadable("the slot's length is impossible", 0)
                            : PhpDecoder.decode(payload);
            decoded = known;
        }
        return known;
    }

    /// Equal in everything but the place.
    boolean sameAs(Slot that) {
        return key == that.key
                && lengthBytes == that.lengthBytes
                && strideBytes == that.strideBytes
                && Arrays.equals(payload(), that.payload());
    }

    private boolean payloadInside() {
        return lengthBytes <= Integer.MAX_VALUE - 8
                && copy.holds(payloadOffset() - copyFrom, lengthBytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Slot that && offset == that.offset && sameAs(that);
    }

    @Override
    public int hashCode() {
        return Objects.hash(key, offset, lengthBytes, strideBytes);
    }

    @Override
    public String toString() {
        return "Slot[key=%d, offset=%d, lengthBytes=%d, strideBytes=%d]"
                .formatted(key, offset, lengthBytes, strideBytes);
    }
}
