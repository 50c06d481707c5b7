package io.github.shmlens.ui.records;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

/// Puts record numbers in the order of their keys, in place. Equal keys are in the order of the
/// records, so that no two are alike and no content of a segment can make it slow: the pivot is
/// drawn by lot.
final class RowSort {

    private static final int SMALL = 24;

    /// Shares of the work that are told, at least so many numbers apart.
    private static final long TOLD = 1 << 18;

    private final RowSet keys;
    private final RowSet rows;
    private final boolean falling;
    private final BooleanSupplier goOn;
    private final DoubleConsumer share;
    private long done;
    private long told;

    private RowSort(
            RowSet keys, RowSet rows, boolean falling, BooleanSupplier goOn, DoubleConsumer share) {
        this.keys = keys;
        this.rows = rows;
        this.falling = falling;
        this.goOn = goOn;
        this.share = share;
    }

    /// @param keys of each of the rows; sorted along with them
    /// @param falling whether the greatest key comes first
    /// @param goOn asked now and then
    /// @param share told which share is in place, 0 to 1
    /// @return false when it was stopped, and the rows are in no order
    static boolean sort(
            RowSet keys, RowSet rows, boolean falling, BooleanSupplier goOn, DoubleConsumer share) {
        return new RowSort(keys, rows, falling, goOn, share).sort(0, rows.size() - 1);
    }

    private boolean sort(long first, long last) {
        long from = first;
        long to = last;
        while (to - from >= SMALL) {
            if (!goOn.getAsBoolean()) {
                return false;
            }
            long split = split(from, to);
            // The smaller side first: the stack stays as deep as the count has bits.
            if (split - from < to - split) {
                if (!sort(from, split)) {
                    return false;
                }
                from = split + 1;
            } else {
                if (!sort(split + 1, to)) {
                    return false;
                }
                to = split;
            }
        }
        insert(from, to);
        done += Math.max(0, to - from + 1);
        if (done - told >= TOLD) {
            told = done;
            share.accept((double) done / rows.size());
        }
        return true;
    }

    /// @return the last place of the lesser side
    private long split(long from, long to) {
        long lot = ThreadLocalRandom.current().nextLong(from, to);
        long key = keys.at(lot);
        long row = rows.at(lot);
        long left = from - 1;
        long right = to + 1;
        while (true) {
            do {
                left++;
            } while (before(keys.at(left), rows.at(left), key, row));
            do {
                right--;
            } while (before(key, row, keys.at(right), rows.at(right)));
            if (left >= right) {
                return right;
            }
            swap(left, right);
        }
    }

    private void insert(long from, long to) {
        for (long at = from + 1; at <= to; at++) {
            long key = keys.at(at);
            long row = rows.at(at);
            long hole = at;
            while (hole > from && before(key, row, keys.at(hole - 1), rows.at(hole - 1))) {
                keys.set(hole, keys.at(hole - 1));
                rows.set(hole, rows.at(hole - 1));
                hole--;
            }
            keys.set(hole, key);
            rows.set(hole, row);
        }
    }

    private boolean before(long key, long row, long otherKey, long otherRow) {
        return key == otherKey ? row < otherRow : (key < otherKey) != falling;
    }

    private void swap(long one, long other) {
        long key = keys.at(one);
        long row = rows.at(one);
        keys.set(one, keys.at(other));
        rows.set(one, rows.at(other));
        keys.set(other, key);
        rows.set(other, row);
    }
}
