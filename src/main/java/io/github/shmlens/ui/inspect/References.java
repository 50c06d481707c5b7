package io.github.shmlens.ui.inspect;

import io.github.shmlens.php.PhpValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the numbers of `r:` and `R:` mean in one value: counted from 1 in the order of the text,
/// keys and `R:` left out. Without recursion, because values nest deeper than a thread's stack.
final class References {

    private final List<PhpValue> values = new ArrayList<>();
    private final List<PhpValue.@Nullable Key> keys = new ArrayList<>();
    private final List<Integer> parents = new ArrayList<>();

    private record Open(int number, Iterator<PhpValue.Entry> left) {}

    References(PhpValue top) {
        Deque<Open> open = new ArrayDeque<>();
        add(top, null, 0, open);
        while (!open.isEmpty()) {
            Open last = open.getLast();
            if (last.left().hasNext()) {
                PhpValue.Entry entry = last.left().next();
                add(entry.value(), entry.key(), last.number(), open);
            } else {
                open.removeLast();
            }
        }
    }

    private void add(PhpValue value, PhpValue.@Nullable Key key, int parent, Deque<Open> open) {
        if (value instanceof PhpValue.VariableRef) {
            return;
        }
        values.add(value);
        keys.add(key);
        parents.add(parent);
        int number = values.size();
        switch (value) {
            case PhpValue.Array array -> open.addLast(new Open(number, array.entries().iterator()));
            case PhpValue.Obj object ->
                    open.addLast(new Open(number, object.properties().iterator()));
            case PhpValue.Null _,
                    PhpValue.Bool _,
                    PhpValue.Int _,
                    PhpValue.Float _,
                    PhpValue.Str _,
                    PhpValue.Custom _,
                    PhpValue.Enum _,
                    PhpValue.ObjectRef _,
                    PhpValue.VariableRef _ -> {}
        }
    }

    /// The value a number means, through references to references; null when there is none.
    @Nullable PhpValue target(long number) {
        long at = number;
        while (at >= 1 && at <= values.size()) {
            PhpValue value = values.get((int) at - 1);
            if (!(value instanceof PhpValue.ObjectRef(long next))) {
                return value;
            }
            if (next >= at) {
                // Only what lies before can be meant; this also ends every loop.
                return null;
            }
            at = next;
        }
        return null;
    }

    /// How a script would reach the value of a number: `$value['a'][0]->name`; at most so long.
    String path(long number, int maxChars) {
        if (number < 1 || number > values.size()) {
            return "nothing";
        }
        Deque<String> steps = new ArrayDeque<>();
        int chars = 0;
        int at = (int) number;
        while (at > 1) {
            int parent = parents.get(at - 1);
            PhpValue.Key key = keys.get(at - 1);
            if (key != null) {
                String step = Names.step(key, values.get(parent - 1) instanceof PhpValue.Obj);
                chars += step.length();
                if (chars > maxChars) {
                    steps.addFirst("…");
                    break;
                }
                steps.addFirst(step);
            }
            at = parent;
        }
        return "$value" + String.join("", steps);
    }
}
