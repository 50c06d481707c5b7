package io.github.shmlens.ui.shell;

import io.github.shmlens.segment.ShmException;
import io.github.shmlens.ui.text.Texts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/// The images that are being saved from one tab, so that none is broken off unasked. Any thread.
final class Saving {

    private static final Texts TEXTS = Texts.of(Saving.class);

    /// Writes an image until it is whole, or told to stop.
    @FunctionalInterface
    interface Image {
        /// @return whether it is whole; of one that is not, nothing is left
        boolean save(BooleanSupplier stop) throws ShmException, IOException;
    }

    /// One image, from being asked for until its file is whole or gone.
    private final class Going implements UnderWay {
        private final String name;
        private final Path to;
        private final CompletableFuture<Void> ended = new CompletableFuture<>();
        private volatile boolean stopped;

        private Going(String name, Path to) {
            this.name = name;
            this.to = to;
        }

        @Override
        public String sentence() {
            return TEXTS.say("underway.save", name, to);
        }

        @Override
        public CompletionStage<Void> stop() {
            stopped = true;
            return ended;
        }
    }

    private final Set<Going> going = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /// Saves; blocks.
    ///
    /// @param name of the segment
    /// @return whether it is whole
    boolean save(String name, Path to, Image image) throws ShmException, IOException {
        Going one = new Going(name, to);
        going.add(one);
        try {
            return image.save(() -> one.stopped || closed);
        } finally {
            going.remove(one);
            one.ended.complete(null);
        }
    }

    /// What is not whole yet.
    List<UnderWay> underWay() {
        return new ArrayList<>(going);
    }

    /// Stops them all and returns when they have ended.
    void close() {
        closed = true;
        for (Going one : going) {
            one.ended.join();
        }
    }
}
