package io.github.shmlens.ui.inspect;

import io.github.shmlens.php.PhpValue;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One place in a value: the path of keys that leads there. Stays the same object while the values
/// at it change, and remembers whether it is open.
final class Place {

    /// How many elements of an open container are listed before the user asks for more.
    static final int STEP = 200;

    /// Null for the top.
    final @Nullable Place parent;

    /// Null for the top, and for the line that offers more elements.
    final PhpValue.@Nullable Key key;

    boolean open;
    int most = STEP;

    /// What the last outline found here.
    PhpValue value = PhpValue.NULL;

    /// The value that a reference here means; the value itself otherwise. Null when it means none.
    @Nullable PhpValue target = PhpValue.NULL;

    /// A reference to something that encloses it.
    boolean cycle;

    int depth;
    boolean property;

    /// Elements that are not listed; only in the line that offers them.
    int hidden;

    private @Nullable Map<PhpValue.Key, Place> children;
    private @Nullable Place more;
    private int turn;

    Place(@Nullable Place parent, PhpValue.@Nullable Key key) {
        this.parent = parent;
        this.key = key;
    }

    /// The place of one element, for the outline of this turn.
    Place child(PhpValue.Key of, int turnNumber) {
        Map<PhpValue.Key, Place> known = children;
        if (known == null) {
            known = new HashMap<>();
            children = known;
        }
        Place child = known.computeIfAbsent(of, at -> new Place(this, at));
        child.turn = turnNumber;
        return child;
    }

    Place more() {
        Place known = more;
        if (known == null) {
            known = new Place(this, null);
            more = known;
        }
        return known;
    }

    boolean isMore() {
        return hidden > 0;
    }

    /// Forgets closed places that were not there lately, so that values that come and go for hours
    /// leave nothing behind.
    void forgetGone(int turnNumber) {
        Map<PhpValue.Key, Place> known = children;
        if (known != null && known.size() > 2 * most) {
            known.values().removeIf(child -> child.turn != turnNumber && !child.open);
        }
    }

    /// Whether there is something to open.
    boolean expandable() {
        PhpValue at = target;
        return !cycle
                && switch (at) {
                    case PhpValue.Array array -> !array.entries().isEmpty();
                    case PhpValue.Obj object -> !object.properties().isEmpty();
                    case null -> false;
                    case PhpValue.Null _,
                            PhpValue.Bool _,
                            PhpValue.Int _,
                            PhpValue.Float _,
                            PhpValue.Str _,
                            PhpValue.Custom _,
                            PhpValue.Enum _,
                            PhpValue.ObjectRef _,
                            PhpValue.VariableRef _ ->
                            false;
                };
    }
}
