package io.github.shmlens.ui.find;

import io.github.shmlens.source.SearchWatch;
import io.github.shmlens.ui.fx.LatestOnFx;
import java.util.function.DoubleConsumer;

/// One long look in the background: how far it is, and the wish to end it.
public class Running implements SearchWatch {

    private final LatestOnFx<Double> share;
    private volatile boolean stopped;

    /// @param share told on the FX thread which share is done, 0 to 1
    public Running(DoubleConsumer share) {
        this.share = new LatestOnFx<>(share::accept);
    }

    /// Any thread.
    public void stop() {
        stopped = true;
        share.close();
    }

    public boolean stopped() {
        return stopped;
    }

    @Override
    public boolean goOn(long doneBytes, long ofBytes) {
        share.offer(ofBytes == 0 ? 1.0 : (double) doneBytes / ofBytes);
        return !stopped;
    }
}
