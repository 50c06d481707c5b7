package io.github.shmlens.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Measures the program against its peers: `installer/bench [NAME…]`.
final class Bench {

    private static final List<BenchCase> CASES =
            List.of(
                    new SweepCase(),
                    new FindCase(),
                    new RepaintCase(),
                    new IdleCase(),
                    new LatencyCase(),
                    new StartCase(),
                    new SlotsCase() //
                    );

    /// The order of the closing lines.
    private static final List<String> ORDER =
            List.of(
                    "sweep-vs-c",
                    "sweep-vs-memcmp",
                    "find16-vs-memmem",
                    "find2-vs-memmem",
                    "get1-vs-php",
                    "get100-vs-php",
                    "get1000-vs-php",
                    "put1-vs-php",
                    "put1000-vs-php",
                    "start-vs-plain",
                    "repaint-ms",
                    "idle-cpu-percent",
                    "latency-median-ms",
                    "cli-ls-ms");

    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private Bench() {}

    /// Measures and ends the process.
    ///
    /// @param names of rows; none for all
    public static void main(String... names) {
        System.exit(run(List.of(names)));
    }

    private static int run(List<String> names) {
        List<String> known = CASES.stream().map(BenchCase::names).flatMap(List::stream).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                System.err.println("no case is called " + name + ": " + String.join(" ", known));
                return USAGE;
            }
        }
        List<Row> rows = new ArrayList<>();
        boolean whole = true;
        for (BenchCase each : CASES) {
            if (isChosen(each, names)) {
                whole &= run(each, rows);
            }
        }
        closing(rows).map(Row::closingLine).forEach(System.out::println);
        return whole ? 0 : FAILED;
    }

    private static boolean isChosen(BenchCase each, Collection<String> names) {
        return names.isEmpty() || each.names().stream().anyMatch(names::contains);
    }

    private static boolean run(BenchCase each, List<Row> rows) {
        try {
            for (Row row : each.run()) {
                System.out.println(row.text());
                rows.add(row);
            }
            return true;
        } catch (Exception | AssertionError broken) {
            System.err.println(each.names().getFirst() + " could not be measured");
            broken.printStackTrace();
            return false;
        }
    }

    private static Stream<Row> closing(List<Row> rows) {
        return rows.stream()
                .filter(row -> ORDER.contains(row.name()))
                .sorted(Comparator.comparingInt(row -> ORDER.indexOf(row.name())));
    }
}
