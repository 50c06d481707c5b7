package io.github.shmlens.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.journal.Journal;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.sysv.HostSegments;
import io.github.shmlens.testing.Php;
import io.github.shmlens.testing.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The command line and real PHP, on one segment.
class PhpOnTheCommandLineTest {

    private static final String TEXT = "Hello.  This is the shared memory segment.";

    private final HostSegments host = new HostSegments();
    private final Shell shell = new Shell(host);
    private final SegmentKey key =
            new SegmentKey(ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE));
    private final String target = key.hex();
    private final String number = key.unsigned();

    @AfterEach
    void removeSegmentAndSemaphore() throws Exception {
        shell.run("remove", target);
        host.removeLock(key);
    }

    @Test
    void weReadWhatPhpSent() {
        php("shm_put_var($shm, 1, '" + TEXT + "');");
        assertThat(shell.run("get", target, "1").out()).isEqualTo(TEXT + "\n");
    }

    @Test
    void phpReadsWhatWeSent() {
        shell.run("send", target, "1", TEXT);
        assertThat(php("say(shm_get_var($shm, 1));")).isEqualTo(TEXT + "\n");
    }

    @Test
    void whatWeDeletePhpMakesAnew() {
        php("shm_put_var($shm, 1, 'old');");
        assertThat(shell.run("delete", target).code()).isZero();
        assertThat(php("var_dump(shm_has_var($shm, 1));")).isEqualTo("bool(false)\n");
    }

    @Test
    void phpMissesWhatWeUnset() {
        php("shm_put_var($shm, 1, 'one'); shm_put_var($shm, 2, 'two');");
        shell.run("unset", target, "1");
        assertThat(php("var_dump(shm_has_var($shm, 1)); say(shm_get_var($shm, 2));"))
                .isEqualTo("bool(false)\ntwo\n");
    }

    @Test
    void phpKeepsAndHandsOnAKryoValue() {
        String json = "{\"name\":\"grün\",\"list\":[1,2.5,null]}";
        shell.run("put", target, "1", json, "--as", "kryo");
        assertThat(
                        php(
                                "$v = shm_get_var($shm, 1); shm_put_var($shm, 2, $v);"
                                        + " var_dump(is_string($v));"))
                .isEqualTo("bool(true)\n");
        Shell.Said said = shell.run("get", target, "2", "--json");
        assertThat(said.json("codec")).isEqualTo("kryo");
        assertThat(said.out()).contains("\"list\":[1,2.5,null]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int | -7 | -7",
                "float | 0.1 | 0.1",
                "bool | false | false",
                "null | x | null",
                "string | ünï☃ | \"ünï☃\"",
                "json | {\"a\":[1,2.5,null,true],\"7\":\"x\"} | ['a'=>[1,2.5,null,true],7=>'x']",
            })
    void phpFindsEachTypeIdentical(String as, String typed, String php) {
        String[] command =
                as.equals("null")
                        ? new String[] {"put", target, "-1", "--as", as}
                        : new String[] {"put", target, "-1", typed, "--as", as};
        assertThat(shell.run(command).code()).isZero();
        assertThat(php("var_dump(shm_get_var($shm, -1) === " + php + ");"))
                .isEqualTo("bool(true)\n");
    }

    @Test
    void phpFindsTheOldValueWhenOursIsTakenBackAlthoughPhpMovedTheSlots(@TempDir Path state) {
        php("shm_put_var($shm, 1, 'old'); shm_put_var($shm, 2, 'two');");
        shell.keeping(Journal.in(state, "command line"));
        shell.run("put", target, "1", "ours");
        php("shm_put_var($shm, 2, 'longer than it was before'); shm_put_var($shm, 3, [1, 2]);");
        assertThat(shell.run("undo", "1").code()).isZero();
        assertThat(php("say(shm_get_var($shm, 1)); say(shm_get_var($shm, 2));"))
                .isEqualTo("old\nlonger than it was before\n");
        assertThat(shell.run("undo", "1", "--redo").code()).isZero();
        php("shm_put_var($shm, 1, 'theirs');");
        assertThat(shell.run("undo", "1").code()).isEqualTo(1);
        assertThat(php("say(shm_get_var($shm, 1));")).isEqualTo("theirs\n");
        assertThat(shell.run("check", target).code()).isZero();
    }

    @Test
    void phpGoesOnWritingAfterUs() {
        shell.run("put", target, "1", "ours");
        shell.run("put", target, "2", "ours");
        shell.run("unset", target, "1");
        php("shm_put_var($shm, 3, 'theirs'); shm_remove_var($shm, 2);");
        assertThat(shell.run("check", target).code()).isZero();
        assertThat(shell.run("get", target, "3").out()).isEqualTo("theirs\n");
    }

    @Test
    void whoIsAttachedIsNamedWhenWeRemove() {
        try (Php php =
                Php.start("$shm = shm_attach(intval($argv[1])); say('in'); hear();", number)) {
            php.line();
            assertThat(shell.run("remove", target).err())
                    .contains("1 process is attached: php %d (".formatted(php.pid()))
                    .contains("no new process finds it by key");
        }
    }

    @Test
    void aLockThatPhpHoldsTimesOut() {
        shell.run("put", target, "1", "old");
        try (Php php =
                Php.start(
                        "$s = sem_get(intval($argv[1])); sem_acquire($s); say('held'); hear();",
                        number)) {
            php.line();
            Shell.Said said =
                    shell.run(
                            "put",
                            target,
                            "1",
                            "new",
                            "--lock",
                            "sem:" + target,
                            "--lock-timeout",
                            "0.2");
            assertThat(said.code()).isEqualTo(4);
            assertThat(said.err()).contains("held by process " + php.pid() + " (php)");
        }
        assertThat(shell.run("get", target, "1").out()).isEqualTo("old\n");
    }

    @Test
    void aLockThatPhpGaveBackIsOurs() {
        Php.run("$s = sem_get(intval($argv[1])); sem_acquire($s); sem_release($s);", number);
        assertThat(shell.run("put", target, "1", "new", "--lock", "sem:" + target).code()).isZero();
    }

    @Test
    void listingNeitherTouchesNorCommits() throws Exception {
        shell.run("create", target, "--size", "1M");
        Shell.Said before = shell.run("info", target, "--json");
        shell.run("ls");
        shell.run("ls", "--posix", "--json");
        Shell.Said after = shell.run("ls", "--json");
        assertThat(before.json("rssBytes")).isEqualTo(0L);
        assertThat(after.out()).contains("\"rssBytes\":0");
    }

    @Test
    void lookingAtASegmentCommitsNothing() {
        shell.run("create", target, "--size", "1M");
        shell.run("slots", target);
        shell.run("hex", target);
        assertThat(shell.run("info", target, "--json").json("rssBytes")).isEqualTo(0L);
    }

    @Test
    void waitingEndsWhenPhpPutsTheValue() {
        try (Program waiting = Program.start("wait", target, "1", "100", "--timeout", "60")) {
            php("for ($i = 98; $i <= 100; $i++) shm_put_var($shm, 1, $i);");
            assertThat(waiting.exitCode()).isZero();
            assertThat(waiting.rest()).isEmpty();
        }
    }

    @Test
    void watchingTellsWhatPhpDoes() {
        php("shm_put_var($shm, 1, 'one');");
        try (Program watching = Program.start("watch", target, "--json");
                Php php =
                        Php.start(
                                """
                                $shm = shm_attach(intval($argv[1]));
                                while (true) { shm_put_var($shm, 2, intval(hear())); say('put'); }
                                """,
                                number)) {
            // The first look tells nothing, and we do not see when it was: write until one is told.
            Thread writer = Thread.ofVirtual().start(() -> writeOn(php));
            String line = watching.line();
            while (!line.contains("\"kind\":\"slot\"")) {
                assertThat(line).contains("\"kind\":\"bytes\"").contains("\"old\":");
                line = watching.line();
            }
            writer.interrupt();
            assertThat(line).matches(".*\"key\":2,\"change\":\"(added|changed)\",\"value\":\\d+}");
            watching.signal("INT");
            assertThat(watching.exitCode()).isEqualTo(130);
            assertThat(watching.errors()).isEmpty();
        }
    }

    private static void writeOn(Php php) {
        for (int value = 1; !Thread.currentThread().isInterrupted(); value++) {
            php.ask(Integer.toString(value));
            LockSupport.parkNanos(10_000_000);
        }
    }

    @Test
    void phpReadsTheByteThatWeWrote() {
        php("shm_put_var($shm, 1, 'cat');");
        // s:3:"cat" begins behind the store's and the slot's header.
        Shell.Said said =
                shell.run("write", target, "--offset", "69", "--hex", "68", "--expect", "63");
        assertThat(said.code()).isZero();
        assertThat(php("say(shm_get_var($shm, 1));")).isEqualTo("hat\n");
    }

    @Test
    void phpReadsWhatWasDumpedAndLoadedAgain(@TempDir Path folder) {
        String image = folder.resolve("image").toString();
        php("shm_put_var($shm, 1, 'kept');");
        assertThat(shell.run("dump", target, "-o", image).code()).isZero();
        assertThat(shell.run("delete", target).code()).isZero();
        assertThat(shell.run("load", target, image, "--create").code()).isZero();
        assertThat(php("say(shm_get_var($shm, 1));")).isEqualTo("kept\n");
    }

    @Test
    void aDumpThatIsInterruptedLeavesNothingBehind(@TempDir Path folder) throws Exception {
        Path image = folder.resolve("image");
        shell.run("create", target, "--size", "4G");
        try (Program dumping = Program.start("dump", target, "-o", image.toString())) {
            while (!Files.exists(image) || Files.size(image) == 0) {
                LockSupport.parkNanos(1_000_000);
            }
            dumping.signal("TERM");
            assertThat(dumping.exitCode()).isEqualTo(143);
        }
        assertThat(image).doesNotExist();
    }

    private String php(String code) {
        return Php.run("$shm = shm_attach(intval($argv[1]), 1024, 0666); " + code, number);
    }
}
