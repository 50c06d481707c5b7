package io.github.shmlens.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
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

    private static final Pattern CLOSING = Pattern.compile("(ratio|value) ");

    /// What the launcher gives to the JVM of a window besides, in one text.
    private static final String WINDOW = "bench.window";

    /// Set where a case has its JVM for itself.
    private static final String ALONE = "bench.alone";

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
        List<BenchCase> chosen = CASES.stream().filter(each -> isChosen(each, names)).toList();
        List<String> closing = new ArrayList<>();
        boolean whole = true;
        for (BenchCase each : chosen) {
            whole &= Boolean.getBoolean(ALONE) ? run(each, closing) : runAlone(each, closing);
        }
        closing.sort(Comparator.comparingInt(line -> ORDER.indexOf(line.split(" ")[1])));
        closing.forEach(System.out::println);
        return whole ? 0 : FAILED;
    }

    private static boolean isChosen(BenchCase each, Collection<String> names) {
        return names.isEmpty() || each.names().stream().anyMatch(names::contains);
    }

    private static boolean run(BenchCase each, Collection<String> closing) {
        try {
            for (Row row : each.run()) {
                System.out.println(row.text());
                if (ORDER.contains(row.name())) {
                    closing.add(row.closingLine());
                }
            }
            return true;
        } catch (Exception | AssertionError broken) {
            System.err.println(each.names().getFirst() + " could not be measured");
            broken.printStackTrace();
            return false;
        }
    }

    /// In a JVM of its own, as any program would be: what the JIT learnt of one case is not what it
    /// would have learnt of another.
    private static boolean runAlone(BenchCase each, Collection<String> closing) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        if (each.inWindow()) {
            System.getProperty(WINDOW, "")
                    .strip()
                    .lines()
                    .flatMap(line -> Stream.of(line.strip().split(" ")))
                    .forEach(command::add);
        }
        command.add("-D" + ALONE + "=true");
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(Bench.class.getName(), each.names().getFirst()));
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            try (BufferedReader lines = process.inputReader()) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (CLOSING.matcher(line).lookingAt()) {
                        closing.add(line);
                    } else {
                        System.out.println(line);
                    }
                }
            }
            return process.waitFor() == 0;
        } catch (IOException | InterruptedException broken) {
            System.err.println(each.names().getFirst() + " could not be measured: " + broken);
            return false;
        }
    }
}
