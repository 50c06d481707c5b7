package io.github.shmlens.known;

import io.github.shmlens.layout.ByteView;
import io.github.shmlens.layout.Shape;
import io.github.shmlens.layout.Structure;
import java.nio.ByteOrder;

/// The first segment of a value under Perl's IPC::ShareLite (and IPC::SharedCache on top of it),
/// `Header` of its sharestuff.h: four numbers, then data. It has no mark, so all that must hold is
/// asked for: a value that fits has no next segment, and one that does not fit has one.
///
/// ```
/// 0            4        8       12        16
/// | next_shmid | length | state | version | data ...
/// ```
final class ShareLiteShape implements Shape {

    private static final int HEADER = 16;
    private static final int MOST_STATE = 1 << 20;

    @Override
    public String format() {
        return "perl-sharelite";
    }

    /// The bytes alone are too little: a private segment or a file is none.
    @Override
    public boolean recognises(ByteView head, long segmentBytes) {
        return false;
    }

    @Override
    public boolean recognises(ByteView head, long segmentBytes, int key) {
        if (key == 0 || segmentBytes <= HEADER || !head.holds(0, HEADER)) {
            return false;
        }
        int next = number(head, 0);
        int length = number(head, 4);
        int state = number(head, 8);
        int version = number(head, 12);
        boolean fits = length <= segmentBytes - HEADER;
        return length > 0
                && (fits ? next == -1 : next > 0)
                && state >= 1
                && state <= MOST_STATE
                && version >= 1;
    }

    @Override
    public long extentBytes(ByteView head, long segmentBytes) {
        return Math.min(HEAD_BYTES, segmentBytes);
    }

    @Override
    public Structure walk(ByteView copy, long segmentBytes) {
        Walk walk = Walk.little(copy, segmentBytes);
        walk.header(HEADER);
        long next = walk.int32("next_shmid", 0, "the segment where the data goes on; -1: none");
        long length = walk.int32("length", 4, "bytes of the whole value");
        walk.uint32("shm_state", 8, "counts changes of the chain of segments");
        walk.uint32("version", 12, "counts writes");
        long room = Math.max(0, segmentBytes - HEADER);
        if (length < 0) {
            walk.wrong("The value's length is %d.".formatted(length));
        }
        long here = Math.clamp(length, 0, room);
        if (here > 0) {
            long seen = Math.clamp(copy.size() - HEADER, 0, here);
            walk.add(
                    "data",
                    HEADER,
                    here,
                    "bytes",
                    walk.text(HEADER, seen) + (seen < here ? "…" : ""),
                    length > here ? "%d more in id:%d".formatted(length - here, next) : "");
            walk.entry(HEADER, here, HEADER, here);
        }
        walk.free(HEADER + here, segmentBytes);
        walk.remark("Recognised by what holds between its numbers: it has no mark of its own.");
        return walk.end(format(), "Perl IPC::ShareLite");
    }

    private static int number(ByteView head, long offset) {
        return head.int32(offset, ByteOrder.LITTLE_ENDIAN);
    }
}
