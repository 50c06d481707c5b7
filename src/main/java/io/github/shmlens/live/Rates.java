package io.github.shmlens.live;

/// How often there was a sample, and how much changed, over the last second or so.
final class Rates {

    private static final int KEPT = 128;
    private static final long SECOND = 1_000_000_000;

    private final long[] times = new long[KEPT];
    private final long[] changes = new long[KEPT];
    private long samples;
    private double hz;
    private double changesPerSecond;

    void sample(long now, long changedBytes) {
        int newest = (int) (samples % KEPT);
        times[newest] = now;
        changes[newest] = changedBytes;
        samples++;
        long kept = Math.min(samples, KEPT);
        long begin = now;
        long seen = 0;
        int frames = 0;
        // At least one frame, however long ago it began.
        for (int back = 1; back < kept; back++) {
            if (frames > 0 && now - times[index(back)] > SECOND) {
                break;
            }
            begin = times[index(back)];
            seen += changes[index(back - 1)];
            frames++;
        }
        double seconds = (now - begin) / 1e9;
        hz = seconds > 0 ? frames / seconds : 0;
        changesPerSecond = seconds > 0 ? seen / seconds : 0;
    }

    long samples() {
        return samples;
    }

    double hz() {
        return hz;
    }

    double changesPerSecond() {
        return changesPerSecond;
    }

    private int index(int back) {
        return (int) ((samples - 1 - back) % KEPT);
    }
}
