package io.github.shmlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.testing.FakeSource;
import io.github.shmlens.testing.Shell;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `wait` and `watch`, on a host in memory where something happens each time they pause.
class WaitingCommandsTest {

    private final FakeSource host = new FakeSource();

    @Test
    void waitReturnsAtOnceWhenTheSlotIsThere() {
        run("put", "7", "1", "x");
        assertThat(run("wait", "7", "1")).isEqualTo(new Shell.Said(0, new byte[0], ""));
    }

    @Test
    void waitEndsWhenSegmentAndSlotHaveCome() {
        Shell.Said said =
                meanwhile(
                                () -> {},
                                () -> host.add(new SegmentKey(7), 1000),
                                () -> run("put", "7", "2", "no"),
                                () -> run("put", "7", "1", "x"))
                        .run("wait", "7", "1");
        assertThat(said).isEqualTo(new Shell.Said(0, new byte[0], ""));
    }

    @Test
    void waitFollowsTheKeyToANewSegment() {
        run("put", "7", "1", "old");
        Shell.Said said =
                meanwhile(() -> run("remove", "7"), () -> run("put", "7", "1", "new"))
                        .run("wait", "7", "1", "new");
        assertThat(said.code()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "int, 42, 42",
        "int, -42, -42",
        "string, 42, 42",
        "string, -x, -x",
        "bool, true, true",
        "float, 0.5, 0.5",
        "null, null, null",
    })
    void waitComparesAScalarAsGetPrintsIt(String as, String stored, String wanted) {
        run("put", "7", "1", stored, "--as", as);
        assertThat(run("wait", "7", "1", wanted, "--timeout", "0").code()).isZero();
        assertThat(run("wait", "7", "1", wanted + "!", "--timeout", "0").code()).isEqualTo(4);
    }

    @Test
    void waitWithATypeWantsThatType() {
        run("put", "7", "1", "42");
        assertThat(run("wait", "7", "1", "42", "--as", "int", "--timeout", "0").code())
                .isEqualTo(4);
        run("put", "7", "1", "[1,2]", "--as", "json");
        assertThat(run("wait", "7", "1", "[1, 2]", "--as", "json", "--timeout", "0").code())
                .isZero();
    }

    @Test
    void waitSaysWhatItSawLast() {
        assertThat(run("wait", "7", "1", "--timeout", "0").err())
                .isEqualTo(
                        "shmlens: slot 1 of 7 did not come to be so within 0 s: there is no such"
                                + " segment\n");
        run("put", "7", "1", "x");
        assertThat(run("wait", "7", "1", "y", "--timeout", "0").err()).endsWith("it holds \"x\"\n");
        assertThat(run("wait", "7", "2", "--timeout", "0").err())
                .endsWith("there is no such slot\n");
    }

    @Test
    void waitForAnIdThatIsGoneEndsAtOnce() {
        assertThat(run("wait", "id:5", "1").code()).isEqualTo(1);
    }

    @Test
    void watchPrintsBytesWithWhatWasThere() {
        SegmentId id = host.add(new SegmentKey(7), 100);
        Shell.Said said =
                meanwhile(() -> host.memory(id).put(64, (byte) 1, (byte) 0, (byte) 2))
                        .run("watch", "7", "--json", "--count", "1");
        assertThat(said.code()).isZero();
        assertThat(said.json("kind")).isEqualTo("bytes");
        assertThat(said.json("offset")).isEqualTo(64L);
        assertThat(said.json("old")).isEqualTo("000000");
        assertThat(said.json("new")).isEqualTo("010002");
        assertThat(said.json("time")).asString().matches("\\d{4}-.*T.*Z");
    }

    @Test
    void watchTellsDistantBytesApart() {
        SegmentId id = host.add(new SegmentKey(7), 10_000);
        Shell.Said said =
                meanwhile(
                                () -> {
                                    host.memory(id).put(60, new byte[] {1, 1, 1, 1, 1, 1, 1, 1});
                                    host.memory(id).put(76, (byte) 2);
                                    host.memory(id).put(9999, (byte) 3);
                                })
                        .run("watch", "7", "--count", "3");
        assertThat(said.out().lines().map(line -> line.substring(13)))
                .containsExactly(
                        "bytes at 60: 0000000000000000 -> 0101010101010101",
                        "bytes at 76: 00 -> 02",
                        "bytes at 9999: 00 -> 03");
    }

    @Test
    void watchPrintsSlotsByKey() {
        run("put", "7", "1", "a");
        run("put", "7", "2", "b");
        Deque<Runnable> events =
                new ArrayDeque<>(
                        List.of(
                                () -> run("put", "7", "3", "42", "--as", "int"),
                                () -> run("unset", "7", "1"),
                                () -> run("remove", "7")));
        Deque<String> awaited = new ArrayDeque<>(List.of("", "added", "moved"));
        Shell shell = new Shell(host);
        shell.whileWaiting(_ -> {
            String next = awaited.peek();
            if (next != null && shell.soFar().contains(next)) {
                awaited.remove();
                events.remove().run();
            }
            LockSupport.parkNanos(1_000_000);
        });
        List<String> lines =
                shell.run("watch", "7", "--json")
                        .out()
                        .lines()
                        .filter(line -> line.contains("\"kind\":\"slot\""))
                        .map(line -> line.replaceFirst(".*\"kind\":\"slot\",", "{"))
                        .toList();
        assertThat(lines)
                .contains(
                        "{\"key\":3,\"change\":\"added\",\"value\":42}",
                        "{\"key\":1,\"change\":\"removed\",\"value\":null}",
                        "{\"key\":2,\"change\":\"moved\",\"value\":\"b\"}");
    }

    @Test
    void watchEndsWhenNobodyCanChangeAnythingAnyMore() {
        run("put", "7", "1", "a");
        Shell.Said said = meanwhile(() -> run("remove", "7")).run("watch", "7");
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err())
                .isEqualTo(
                        "shmlens: 0x7 (id:0) was removed and nobody else is attached: nothing"
                                + " changes any more\n");
    }

    @Test
    void watchEndsWithItsReaderAlsoWhereNothingChanges() {
        host.add(new SegmentKey(7), 64);
        AtomicBoolean gone = new AtomicBoolean();
        Shell.Said said =
                meanwhile(() -> {}, () -> gone.set(true)).unlessRead(gone::get).run("watch", "7");
        assertThat(said).isEqualTo(new Shell.Said(141, new byte[0], ""));
    }

    @Test
    void watchFitsTheTerminal() {
        SegmentId id = host.add(new SegmentKey(7), 10_000);
        byte[] all = new byte[5000];
        java.util.Arrays.fill(all, (byte) 7);
        assertThat(
                        meanwhile(() -> host.memory(id).put(0, all))
                                .onTerminal(60)
                                .run("watch", "7", "--count", "2")
                                .out()
                                .lines())
                .hasSize(2)
                .allMatch(line -> line.length() <= 60);
    }

    @Test
    void watchEndsAfterItsTime() throws ShmException {
        host.add(new SegmentKey(7), 100);
        assertThat(run("watch", "7", "--seconds", "0").code()).isZero();
    }

    private Shell.Said run(String... words) {
        return new Shell(host).run(words);
    }

    /// A shell in which these things happen, one at each pause.
    private Shell meanwhile(Runnable... events) {
        Deque<Runnable> left = new ArrayDeque<>(List.of(events));
        return new Shell(host)
                .whileWaiting(time -> {
                    Runnable next = left.poll();
                    if (next != null) {
                        next.run();
                    } else {
                        Thread.sleep(time);
                    }
                });
    }
}
