package io.github.shmlens.testing;

import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.Condition;
import io.github.shmlens.source.Narrowing;
import io.github.shmlens.source.SearchHits;
import io.github.shmlens.source.SearchListener;
import io.github.shmlens.source.SearchOutcome;
import io.github.shmlens.source.SearchPattern;
import io.github.shmlens.source.SearchRequest;
import io.github.shmlens.source.SearchWatch;
import io.github.shmlens.source.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Searching as one would write it down first: place by place over a copy. What the fast ones are
/// measured by, and what a fake segment does.
public final class PlainSearch {

    private PlainSearch() {}

    /// Every offset where the pattern fits.
    public static List<Long> hits(byte[] bytes, SearchPattern pattern, int alignment) {
        List<Long> found = new ArrayList<>();
        for (int at = 0; at + pattern.lengthBytes() <= bytes.length; at++) {
            if (at % alignment == 0 && pattern.matches(bytes, at)) {
                found.add((long) at);
            }
        }
        return found;
    }

    static SearchOutcome search(
            AttachedSegment segment, SearchRequest request, SearchListener listener)
            throws ShmException {
        Copy copy = Copy.of(segment, request.offset(), request.length());
        int width = request.pattern().lengthBytes();
        long reported = 0;
        for (long at : copy.places(width, request.alignment())) {
            if (!request.pattern().matches(copy.bytes, copy.index(at))) {
                continue;
            }
            if (reported == request.limit()) {
                return new SearchOutcome(
                        reported,
                        SearchOutcome.End.MORE_THAN_LIMIT,
                        request.length() - copy.skipped,
                        copy.skipped);
            }
            listener.found(new SearchHits(new long[] {at}, copy.at(at, width)));
            reported++;
        }
        listener.goOn(request.length(), request.length());
        return new SearchOutcome(
                reported, SearchOutcome.End.ALL, request.length() - copy.skipped, copy.skipped);
    }

    private record Copy(long offset, byte[] bytes, boolean[] resident, long skipped) {

        static Copy of(AttachedSegment segment, long offset, long length) throws ShmException {
            byte[] bytes = new byte[Math.toIntExact(length)];
            boolean[] resident = segment.readResident(offset, bytes, 0, bytes.length);
            Copy copy = new Copy(offset, bytes, resident, 0);
            long skipped = 0;
            for (long at = offset; at < offset + length; at++) {
                skipped += copy.isThere(at) ? 0 : 1;
            }
            return new Copy(offset, bytes, resident, skipped);
        }

        boolean isThere(long at) {
            int page = AttachedSegment.PAGE_BYTES;
            return resident[(int) (at / page - offset / page)];
        }

        int index(long at) {
            return (int) (at - offset);
        }

        byte[] at(long at, int width) {
            return Arrays.copyOfRange(bytes, index(at), index(at) + width);
        }

        List<Long> places(int width, int alignment) {
            List<Long> places = new ArrayList<>();
            for (long at = offset; at + width <= offset + bytes.length; at++) {
                if (at % alignment == 0 && isThere(at) && isThere(at + width - 1)) {
                    places.add(at);
                }
            }
            return places;
        }
    }

    /// [Narrowing] over lists.
    static final class Plain implements Narrowing {
        private final AttachedSegment segment;
        private final ValueType type;
        private final long offset;
        private final long length;
        private final int alignment;
        private List<Candidate> now = List.of();
        private List<List<Candidate>> before = List.of();
        private int steps;

        Plain(AttachedSegment segment, ValueType type, long offset, long length, int alignment) {
            this.segment = segment;
            this.type = type;
            this.offset = offset;
            this.length = length;
            this.alignment = alignment;
        }

        @Override
        public ValueType type() {
            return type;
        }

        @Override
        public Step narrow(Condition condition, SearchWatch watch) throws ShmException {
            Copy copy = Copy.of(segment, offset, length);
            List<Candidate> next = new ArrayList<>();
            if (steps == 0) {
                for (long at : copy.places(type.widthBytes(), alignment)) {
                    judge(copy, new Candidate(at, 0), condition, next);
                }
            } else {
                now.forEach(one -> judge(copy, one, condition, next));
            }
            if (!watch.goOn(length, length)) {
                return new Step(false, now.size(), 0);
            }
            before = steps == 0 ? List.of() : List.of(now);
            now = next;
            steps++;
            return new Step(true, now.size(), copy.skipped);
        }

        private void judge(Copy copy, Candidate one, Condition condition, List<Candidate> next) {
            long bits = type.bits(copy.bytes, copy.index(one.offset()));
            if (condition.holds(type.rank(one.bits()), type.rank(bits))) {
                next.add(new Candidate(one.offset(), bits));
            }
        }

        @Override
        public int steps() {
            return steps;
        }

        @Override
        public long remaining() {
            return now.size();
        }

        @Override
        public List<Candidate> candidates(long from, int most) {
            return now.stream().skip(from).limit(most).toList();
        }

        @Override
        public boolean undo() {
            if (before.isEmpty()) {
                return false;
            }
            now = before.getFirst();
            before = List.of();
            steps--;
            return true;
        }

        @Override
        public void close() {
            now = List.of();
            before = List.of();
        }
    }
}
