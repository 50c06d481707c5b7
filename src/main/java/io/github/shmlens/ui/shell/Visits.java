package io.github.shmlens.ui.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;

/// The offsets a person jumped from and to in one segment, as a browser keeps pages: back, forward,
/// and a jump forgets what lay ahead. Steps of the caret are no jumps. FX thread.
final class Visits {

    /// Older ones are forgotten.
    static final int MOST = 200;

    /// A caret that moved less than this since it arrived is still at the same place.
    private static final long NEAR_BYTES = 64;

    private final List<Long> places = new ArrayList<>();
    private int at = -1;
    private final ReadOnlyBooleanWrapper back = new ReadOnlyBooleanWrapper(this, "back", false);
    private final ReadOnlyBooleanWrapper ahead = new ReadOnlyBooleanWrapper(this, "ahead", false);

    /// Whether there is a place to go back to.
    ReadOnlyBooleanProperty backProperty() {
        return back.getReadOnlyProperty();
    }

    /// Whether there is one to go forward to.
    ReadOnlyBooleanProperty aheadProperty() {
        return ahead.getReadOnlyProperty();
    }

    /// The caret jumps.
    ///
    /// @param from where it was; below 0 for nowhere
    void jump(long from, long to) {
        places.subList(at + 1, places.size()).clear();
        if (from >= 0) {
            stay(from);
        }
        if (places.isEmpty() || places.getLast() != to) {
            places.add(to);
        }
        if (places.size() > MOST) {
            places.subList(0, places.size() - MOST).clear();
        }
        at = places.size() - 1;
        tell();
    }

    /// The place before, seen from where the caret is; empty when there is none.
    OptionalLong back(long here) {
        if (at <= 0) {
            return OptionalLong.empty();
        }
        if (!isNear(here)) {
            // Strayed by hand: first back to where the last jump led.
            places.subList(at + 1, places.size()).clear();
            if (here >= 0) {
                places.add(here);
            }
        } else {
            at--;
        }
        tell();
        return OptionalLong.of(places.get(at));
    }

    /// The place that [#back] left; empty when there is none.
    OptionalLong forward(long here) {
        if (at + 1 >= places.size()) {
            return OptionalLong.empty();
        }
        if (here >= 0 && isNear(here)) {
            places.set(at, here);
        }
        at++;
        tell();
        return OptionalLong.of(places.get(at));
    }

    /// Remembers where the caret stood, in the place of the jump that led near it.
    private void stay(long here) {
        if (at >= 0 && isNear(here)) {
            places.set(at, here);
        } else {
            places.add(here);
            at = places.size() - 1;
        }
    }

    private boolean isNear(long here) {
        long place = places.get(at);
        return here >= 0 && Math.max(here, place) - Math.min(here, place) < NEAR_BYTES;
    }

    private void tell() {
        back.set(at > 0);
        ahead.set(at + 1 < places.size());
    }
}
