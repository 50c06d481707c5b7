package io.github.shmlens.known;

import io.github.shmlens.layout.ByteView;
import io.github.shmlens.layout.Shape;
import io.github.shmlens.layout.Structure;
import java.nio.ByteOrder;
import java.time.DateTimeException;
import java.time.Instant;

/// A reference clock's samples, `struct shmTime` of ntpd's refclock_shm.c, as 64-bit programs lay
/// it out. It has no mark of its own: the key says what it is, `NTP0` plus the unit.
final class NtpClockShape implements Shape {

    private static final int KEY = 0x4e545030;
    private static final int UNITS = 256;
    private static final int SIZE = 96;

    @Override
    public String format() {
        return "ntp-shm";
    }

    /// The bytes alone say nothing.
    @Override
    public boolean recognises(ByteView head, long segmentBytes) {
        return false;
    }

    @Override
    public boolean recognises(ByteView head, long segmentBytes, int key) {
        return key >= KEY && key < KEY + UNITS && segmentBytes == SIZE;
    }

    @Override
    public long extentBytes(ByteView head, long segmentBytes) {
        return Math.min(SIZE, segmentBytes);
    }

    @Override
    public Structure walk(ByteView copy, long segmentBytes) {
        Walk walk = Walk.little(copy, segmentBytes);
        walk.header(SIZE);
        long mode = walk.int32("mode", 0, "0: valid only; 1: count before and after must agree");
        walk.int32("count", 4, "counts the writer's steps");
        walk.int64("clockTimeStampSec", 8, time(copy, 8, 16, 52));
        walk.int32("clockTimeStampUSec", 16, "microseconds");
        walk.int64("receiveTimeStampSec", 24, time(copy, 24, 32, 56));
        walk.int32("receiveTimeStampUSec", 32, "microseconds");
        long leap =
                walk.int32("leap", 36, "0: no warning, 1: add a second, 2: drop one, 3: not set");
        walk.int32("precision", 40, "of the clock: 2 to this power, in seconds");
        walk.int32("nsamples", 44);
        walk.int32("valid", 48, "1: a sample waits to be read; the reader sets it to 0");
        walk.uint32("clockTimeStampNSec", 52, "nanoseconds");
        walk.uint32("receiveTimeStampNSec", 56, "nanoseconds");
        walk.bytes("dummy", 60, SIZE - 60, "spare");
        if (mode < 0 || mode > 1) {
            walk.wrong("There is no mode %d.".formatted(mode));
        }
        if (leap < 0 || leap > 3) {
            walk.wrong("There is no leap indicator %d.".formatted(leap));
        }
        return walk.end(format(), "NTP reference clock");
    }

    /// Writers that know no nanoseconds leave that field alone: as ntpd does, it is believed when
    /// it agrees with the microseconds.
    private static String time(ByteView copy, long seconds, long micros, long nanos) {
        if (!copy.holds(0, SIZE)) {
            return "";
        }
        long at = copy.int64(seconds);
        long fine = Integer.toUnsignedLong(copy.int32(nanos, ByteOrder.LITTLE_ENDIAN));
        long coarse = copy.int32(micros, ByteOrder.LITTLE_ENDIAN);
        long part = fine / 1000 == coarse ? fine : coarse * 1000;
        if (at == 0) {
            return "never";
        }
        try {
            return Instant.ofEpochSecond(at, part).toString();
        } catch (DateTimeException | ArithmeticException _) {
            return "no time";
        }
    }
}
