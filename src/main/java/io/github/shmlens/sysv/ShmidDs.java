package io.github.shmlens.sysv;

import io.github.shmlens.layout.ByteView;
import io.github.shmlens.layout.Field;
import io.github.shmlens.layout.Layout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// The kernel's `struct shmid_ds` on 64-bit Linux; x86-64 and aarch64 have the same.
///
/// ```
/// 0     4     8     12    16    20     24     48      56      64      72      80    84    88     96
/// +-----+-----+-----+-----+-----+------+------+-------+-------+-------+-------+-----+-----+------+---
/// | key | uid | gid |cuid |cgid | mode | seq  | segsz | atime | dtime | ctime |cpid |lpid |nattch| …
/// +-----+-----+-----+-----+-----+------+------+-------+-------+-------+-------+-----+-----+------+---
/// ```
final class ShmidDs {

    static final Layout LAYOUT;
    static final int BYTES;

    private static final Field KEY;
    private static final Field UID;
    private static final Field GID;
    private static final Field CUID;
    private static final Field CGID;
    private static final Field MODE;
    private static final Field SEGSZ;
    private static final Field ATIME;
    private static final Field DTIME;
    private static final Field CTIME;
    private static final Field CPID;
    private static final Field LPID;
    private static final Field NATTCH;

    static {
        Layout.Builder fields = Layout.named("shmid_ds");
        KEY = fields.int32("key");
        UID = fields.int32("uid");
        GID = fields.int32("gid");
        CUID = fields.int32("cuid");
        CGID = fields.int32("cgid");
        MODE = fields.int32("mode");
        fields.bytes("seq", 24);
        SEGSZ = fields.int64("segsz");
        ATIME = fields.int64("atime");
        DTIME = fields.int64("dtime");
        CTIME = fields.int64("ctime");
        CPID = fields.int32("cpid");
        LPID = fields.int32("lpid");
        NATTCH = fields.int64("nattch");
        fields.bytes("spare", 16);
        LAYOUT = fields.build();
        BYTES = LAYOUT.size();
    }

    private ShmidDs() {}

    /// What IPC_SET reads: everything else in it is ignored.
    static void put(MemorySegment into, int uid, int gid, int mode) {
        into.set(ValueLayout.JAVA_INT, UID.offset(), uid);
        into.set(ValueLayout.JAVA_INT, GID.offset(), gid);
        into.set(ValueLayout.JAVA_INT, MODE.offset(), mode);
    }

    static SegmentRow row(int shmid, byte[] answer) {
        ByteView view = ByteView.of(answer);
        return new SegmentRow(
                (int) view.read(0, KEY),
                shmid,
                (int) view.read(0, MODE) & 0xffff,
                view.read(0, SEGSZ),
                (int) view.read(0, CPID),
                (int) view.read(0, LPID),
                view.read(0, NATTCH),
                (int) view.read(0, UID),
                (int) view.read(0, GID),
                (int) view.read(0, CUID),
                (int) view.read(0, CGID),
                view.read(0, ATIME),
                view.read(0, DTIME),
                view.read(0, CTIME),
                -1,
                -1);
    }
}
