package io.github.shmlens.ui.find;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javafx.collections.ObservableListBase;

/// Offsets in rising order, as a list for a view: eight bytes each, however many there are. FX
/// thread.
final class Offsets extends ObservableListBase<Long> {

    private long[] offsets = new long[64];
    private int count;

    @Override
    public Long get(int index) {
        return at(index);
    }

    @Override
    public int size() {
        return count;
    }

    long at(int index) {
        Objects.checkIndex(index, count);
        return offsets[index];
    }

    /// @param more behind all that are there
    void append(long[] more) {
        if (more.length == 0) {
            return;
        }
        if (count + more.length > offsets.length) {
            offsets = Arrays.copyOf(offsets, Math.max(offsets.length * 2, count + more.length));
        }
        System.arraycopy(more, 0, offsets, count, more.length);
        beginChange();
        nextAdd(count, count + more.length);
        count += more.length;
        endChange();
    }

    /// Another list altogether.
    void replace(long[] all) {
        int before = count;
        List<Long> gone = before == 0 ? List.of() : boxed();
        beginChange();
        offsets = all.length == 0 ? new long[64] : all.clone();
        count = all.length;
        nextReplace(0, count, gone);
        endChange();
    }

    /// What a change says it took away; nobody looks at it, so it is not kept twice.
    private List<Long> boxed() {
        long[] old = Arrays.copyOf(offsets, count);
        return new AbstractList<>() {
            @Override
            public Long get(int index) {
                return old[index];
            }

            @Override
            public int size() {
                return old.length;
            }
        };
    }

    /// Index of the first offset at or behind `offset`; the size when there is none.
    int firstAt(long offset) {
        int found = Arrays.binarySearch(offsets, 0, count, offset);
        return found >= 0 ? found : -found - 1;
    }
}
