package io.github.shmlens.sysv;

import io.github.shmlens.scan.Fingerprint;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Private memory for a shadow, given out in chunks, each with room for the fingerprints of its
/// pages behind it. It is reserved in slabs and becomes real as it is written.
final class ShadowMemory {

    static final int CHUNK_BYTES = 1 << 20;

    /// With the fingerprints.
    private static final int WHOLE_BYTES =
            CHUNK_BYTES + CHUNK_BYTES / Fingerprint.PAGE_BYTES * Fingerprint.BYTES;

    private static final long SLAB_BYTES = 64L * WHOLE_BYTES;

    private final Kernel kernel = new Kernel();
    private final Arena arena;
    private MemorySegment slab = MemorySegment.NULL;
    private long given;

    /// @param arena ends the memory's life
    ShadowMemory(Arena arena) {
        this.arena = arena;
    }

    /// The next chunk, all zeros. The fingerprint of its page `n` has its place at `CHUNK_BYTES + n
    /// * Fingerprint.BYTES`.
    ///
    /// @param mostBytes what will ever be asked for: little needs no slab
    MemorySegment chunk(long mostBytes) throws Refused {
        if (given + WHOLE_BYTES > slab.byteSize()) {
            long chunks = Math.clamp(mostBytes / CHUNK_BYTES, 1, SLAB_BYTES / WHOLE_BYTES);
            slab = reserved(chunks * WHOLE_BYTES);
            given = 0;
        }
        MemorySegment chunk = slab.asSlice(given, WHOLE_BYTES);
        given += WHOLE_BYTES;
        return chunk;
    }

    private MemorySegment reserved(long bytes) throws Refused {
        long address = kernel.reserve(bytes);
        return MemorySegment.ofAddress(address)
                .reinterpret(bytes, arena, _ -> kernel.release(address, bytes));
    }
}
