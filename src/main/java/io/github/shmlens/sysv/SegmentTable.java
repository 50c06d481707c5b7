package io.github.shmlens.sysv;

import io.github.shmlens.segment.ShmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The kernel's table of System V segments. Reading it attaches to nothing and asks for no rights.
final class SegmentTable {

    private final Kernel kernel;
    private final ProcFiles proc;

    SegmentTable(Kernel kernel, ProcFiles proc) {
        this.kernel = kernel;
        this.proc = proc;
    }

    /// All segments, by rising shmid.
    List<SegmentRow> rows() throws ShmException {
        Optional<List<SegmentRow>> table = proc.lines("sysvipc/shm").flatMap(SegmentRow::parse);
        List<SegmentRow> rows = table.isPresent() ? table.get() : asked();
        // The table is read in pieces; what comes and goes meanwhile may stand in it twice.
        Map<Integer, SegmentRow> once = new TreeMap<>();
        for (SegmentRow row : rows) {
            once.put(row.shmid(), row);
        }
        return List.copyOf(once.values());
    }

    Optional<SegmentRow> row(int shmid) throws ShmException {
        return rows().stream().filter(row -> row.shmid() == shmid).findFirst();
    }

    /// Without /proc: index by index. Says nothing about memory in use.
    List<SegmentRow> asked() throws ShmException {
        List<SegmentRow> rows = new ArrayList<>();
        try {
            int highest = kernel.highestIndex();
            for (int index = 0; index <= highest; index++) {
                kernel.segmentAt(index).ifPresent(rows::add);
            }
        } catch (Refused refused) {
            throw refused.during(new Attempt("the list of segments", "list"));
        }
        rows.sort(Comparator.comparingInt(SegmentRow::shmid));
        return rows;
    }
}
