package io.github.shmlens.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.sysv.HostSegments;
import io.github.shmlens.testing.Php;
import io.github.shmlens.testing.Shell;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The demo, as a process that is started, edited and stopped.
class DemoTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HostSegments host = new HostSegments();
    private final Shell shell = new Shell(host);

    @Test
    void theFirstLineIsForMachines() {
        try (Program demo = Program.start("demo")) {
            assertThat(demo.line())
                    .matches("demo key=0x534c[0-9a-f]{4} shmid=\\d+ lock=sem:0x534c[0-9a-f]{4}");
        }
    }

    @Test
    void itsProgressMovesOn() {
        try (Program demo = Program.start("demo")) {
            String key = key(demo);
            Object before = slot(key, 3);
            assertThat(comesTrue(() -> !slot(key, 3).equals(before))).isTrue();
        }
    }

    @Test
    void itObeysTheSpeedThatIsPutUnderItsLock() {
        try (Program demo = Program.start("demo")) {
            String key = key(demo);
            Shell.Said said =
                    shell.run("put", key, "6", "7", "--as", "int", "--lock", "sem:" + key);
            assertThat(said.code()).isZero();
            assertThat(comesTrue(() -> slot(key, 7).equals("slot 6 (speed) says 7 KiB/s")))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"fast, string", "0, int", "5001, int", "[1], json", "1.5, float"})
    void itIgnoresNonsenseAndSaysSo(String wish, String as) {
        try (Program demo = Program.start("demo")) {
            String key = key(demo);
            shell.run("put", key, "6", wish, "--as", as, "--lock", "sem:" + key);
            assertThat(comesTrue(() -> slot(key, 7).toString().contains("still 150 KiB/s")))
                    .isTrue();
        }
    }

    @Test
    void phpReadsItUnderTheSameLock() {
        try (Program demo = Program.start("demo")) {
            String read =
                    Php.run(
                            """
                            $key = intval($argv[1], 16);
                            $sem = sem_get($key);
                            sem_acquire($sem);
                            $report = shm_get_var(shm_attach($key), 5);
                            sem_release($sem);
                            say(count($report["files"]) . " " . $report["files"][1]["name"]);
                            """,
                            key(demo));
            assertThat(read).isEqualTo("6 Übersicht.ods\n");
        }
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130", "HUP, 129"})
    void aSignalLeavesNothingBehind(String signal, int code) throws Exception {
        try (Program demo = Program.start("demo")) {
            String key = key(demo);
            demo.signal(signal);
            assertThat(demo.exitCode()).isEqualTo(code);
            assertThat(leftOf(key)).isEmpty();
        }
    }

    @Test
    void itEndsByItselfAfterTheTimeAsked() throws Exception {
        try (Program demo = Program.start("demo", "--seconds", "0.5")) {
            String key = key(demo);
            assertThat(demo.exitCode()).isZero();
            assertThat(leftOf(key)).isEmpty();
        }
    }

    @Test
    void itEndsWithItsParent() throws Exception {
        // The shell is the parent, and is killed so that it can tell nobody.
        List<String> child = List.of("sh", "-c", "\"$@\" & echo parent=$$; wait", "sh");
        try (Program shellAndDemo = Program.start(child, "demo", "--with-parent")) {
            shellAndDemo.line();
            String key = key(shellAndDemo);
            shellAndDemo.signal("KILL");
            assertThat(comesTrue(() -> leftOf(key).isEmpty())).isTrue();
        }
    }

    @Test
    void itEndsWhenItsSegmentIsRemoved() throws Exception {
        try (Program demo = Program.start("demo")) {
            String key = key(demo);
            assertThat(shell.run("remove", key).code()).isZero();
            assertThat(demo.exitCode()).isZero();
            assertThat(leftOf(key)).isEmpty();
        }
    }

    @Test
    void itBeginsAnewWhenItsStoreIsRuined() throws Exception {
        try (Program demo = Program.start("demo")) {
            String key = key(demo);
            SegmentId id = Objects.requireNonNull(host.resolve(Target.parse(key)).id());
            try (AttachedSegment segment = host.attach(id, Access.READ_WRITE)) {
                segment.write(0, new byte[40], 0, 40);
            }
            assertThat(comesTrue(() -> shell.run("has", key, "5").code() == 0)).isTrue();
        }
    }

    @Test
    void itTakesOverNothingThatWasThere() throws Exception {
        try (Program demo = Program.start("demo")) {
            String key = key(demo);
            try (Program second = Program.start("demo", "--key", key)) {
                assertThat(second.exitCode()).isEqualTo(1);
            }
            assertThat(shell.run("has", key, "1").code()).isZero();
        }
    }

    @Test
    void itsKeyCanBeChosen() {
        SegmentKey key = new SegmentKey(0x534d_0000 | (int) (Math.random() * 0xffff));
        try (Program demo = Program.start("demo", "--key", key.hex())) {
            assertThat(key(demo)).isEqualTo(key.hex());
        }
    }

    @Test
    void withoutADisplayTheProgramShowsTheDemoInTheTerminal() {
        try (Program program = Program.start()) {
            String shown = program.rest();
            assertThat(program.exitCode()).isZero();
            assertThat(program.errors()).startsWith("shmlens: there is no display");
            assertThat(shown)
                    .contains("php-sysvshm, 10000 bytes")
                    .contains("KEY")
                    .contains("\"uploading\"");
            Matcher key = Pattern.compile("0x[0-9a-f]{8}").matcher(shown);
            assertThat(key.find()).isTrue();
            assertThat(shell.run("info", key.group()).code()).isEqualTo(1);
        }
    }

    private static String key(Program demo) {
        String first = demo.line();
        return first.replaceFirst("^demo key=(0x[0-9a-f]{8}) .*$", "$1");
    }

    private Object slot(String key, long slot) {
        Shell.Said said = shell.run("get", key, Long.toString(slot), "--json");
        Object value = said.code() == 0 ? said.json("value") : null;
        return value == null ? "(nothing)" : value;
    }

    /// What is there of a demo: its segment, its semaphore.
    private Optional<Object> leftOf(String key) {
        try {
            Optional<Object> segment = Optional.ofNullable(host.resolve(Target.parse(key)).id());
            return segment.isPresent()
                    ? segment
                    : host.lock(SegmentKey.parse(key)).map(lock -> (Object) lock);
        } catch (Exception refused) {
            throw new AssertionError(refused);
        }
    }

    private static boolean comesTrue(BooleanSupplier fact) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!fact.getAsBoolean()) {
            if (System.nanoTime() > until) {
                return false;
            }
            LockSupport.parkNanos(20_000_000);
        }
        return true;
    }
}
