package io.github.shmlens.sysv;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Private memory for a shadow, given out in chunks. It is reserved in slabs and becomes real as it
/// is written.
final class ShadowMemory {

    static final int CHUNK_BYTES = 1 << 20;

    private static final long SLAB_BYTES = 64L << 20;

    private final Kernel kernel = new Kernel();
    private final Arena arena;
    private MemorySegment slab = MemorySegment.NULL;
    private long given;

    /// @param arena ends the memory's life
    ShadowMemory(Arena arena) {
        this.arena = arena;
    }

    /// The next chunk, all zeros.
    ///
    /// @param mostBytes what will ever be asked for: little needs no slab
    MemorySegment chunk(long mostBytes) throws Refused {
        if (given + CHUNK_BYTES > slab.byteSize()) {
            long bytes = Math.clamp(mostBytes, CHUNK_BYTES, SLAB_BYTES);
            slab = reserved(bytes / CHUNK_BYTES * CHUNK_BYTES);
            given = 0;
        }
        MemorySegment chunk = slab.asSlice(given, CHUNK_BYTES);
        given += CHUNK_BYTES;
        return chunk;
    }

    private MemorySegment reserved(long bytes) throws Refused {
        long address = kernel.reserve(bytes);
        return MemorySegment.ofAddress(address)
                .reinterpret(bytes, arena, _ -> kernel.release(address, bytes));
    }
}
