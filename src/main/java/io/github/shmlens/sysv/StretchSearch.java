package io.github.shmlens.sysv;

import io.github.shmlens.scan.Hits;
import io.github.shmlens.scan.NeedleSearch;
import io.github.shmlens.scan.RangeSearch;
import io.github.shmlens.source.SearchPattern;
import io.github.shmlens.source.ValueType;
import java.lang.foreign.MemorySegment;

/// The kernel that looks for a pattern in one stretch of memory.
interface StretchSearch {

    /// Adds every hit that begins in `[from, to)` and lies in `memory`.
    void find(MemorySegment memory, long from, long to, Hits hits);

    static StretchSearch of(SearchPattern pattern) {
        return switch (pattern) {
            case SearchPattern.Bytes bytes -> new NeedleSearch(bytes.value(), bytes.mask())::find;
            case SearchPattern.Between between -> range(between)::find;
        };
    }

    private static RangeSearch range(SearchPattern.Between between) {
        ValueType type = between.type();
        return switch (type.kind()) {
            case SIGNED, UNSIGNED ->
                    RangeSearch.integers(
                            type.widthBytes(),
                            type.order(),
                            type.bitsOf(between.leastRank()),
                            type.bitsOf(between.mostRank()));
            case FLOAT ->
                    RangeSearch.floats(
                            type.widthBytes(),
                            type.order(),
                            ValueType.numberOf(between.leastRank()),
                            ValueType.numberOf(between.mostRank()));
        };
    }
}
