package io.github.shmlens.ui.fx;

import javafx.animation.AnimationTimer;

/// The moment from which a person sees a window.
public final class FirstFrame {

    private FirstFrame() {}

    /// Does something once a frame of what is shown now has been drawn. FX thread.
    public static void then(Runnable work) {
        new AnimationTimer() {
            // A pulse calls this before it lays out and draws; the one after it finds that done.
            private boolean drawn;

            @Override
            public void handle(long now) {
                if (drawn) {
                    stop();
                    work.run();
                }
                drawn = true;
            }
        }.start();
    }
}
