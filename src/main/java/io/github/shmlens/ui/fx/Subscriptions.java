package io.github.shmlens.ui.fx;

import java.util.ArrayList;
import java.util.List;
import javafx.util.Subscription;

/// What a view has registered for while it is shown, let go of together. FX thread.
public final class Subscriptions implements AutoCloseable {

    private final List<Subscription> kept = new ArrayList<>();

    public void keep(Subscription subscription) {
        kept.add(subscription);
    }

    /// Lets go in reverse order. May be filled and closed again.
    @Override
    public void close() {
        List<Subscription> going = List.copyOf(kept).reversed();
        kept.clear();
        going.forEach(Subscription::unsubscribe);
    }
}
