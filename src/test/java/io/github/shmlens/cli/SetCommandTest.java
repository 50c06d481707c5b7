package io.github.shmlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.Rights;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.SegmentStatus;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.testing.FakeSource;
import io.github.shmlens.testing.Shell;
import io.github.shmlens.testing.Shell.Said;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SetCommandTest {

    private final FakeSource source = new FakeSource();
    private final SegmentId.Sysv id = source.add(new SegmentKey(0xf1206), 1024);
    private final Shell shell = new Shell(source);

    @Test
    void changesModeAndGroupAndSaysWhatWas() throws ShmException {
        source.othersAttach(id, 71, "php");
        Said said = shell.run("set", "0xf1206", "--mode", "0640", "--group", "root", "--json");
        assertThat(said.code()).isZero();
        assertThat(said.err())
                .contains("changed 0xf1206 (id:0)")
                .contains("owner ada, group root, mode 0640; it was owner ada, group users, mode")
                .contains("php 71")
                .contains("attached they stay as they are");
        assertThat(said.json("perms")).isEqualTo("0640");
        assertThat(source.facts(id).group().name()).isEqualTo("root");
    }

    @Test
    void locksInMemoryAndLetsGo() throws ShmException {
        assertThat(shell.run("set", "id:0", "--lock-memory").err())
                .contains("changed id:0: locked in memory");
        assertThat(source.facts(id).status()).contains(SegmentStatus.LOCKED);
        assertThat(shell.run("set", "id:0", "--lock-memory").err())
                .contains("is so already: nothing was changed");
        assertThat(shell.run("set", "id:0", "--unlock-memory").err())
                .contains("no longer locked in memory");
        assertThat(source.facts(id).status()).isEmpty();
    }

    @Test
    void aDryRunChangesNothing() throws ShmException {
        assertThat(shell.run("set", "id:0", "--mode", "0", "--lock-memory", "--dry-run").err())
                .contains("would change id:0")
                .contains("mode 0000")
                .contains("locked in memory");
        assertThat(source.facts(id).mode()).isEqualTo(Mode.DEFAULT);
        assertThat(source.facts(id).status()).isEmpty();
    }

    @Test
    void whoMayNotIsToldSoWithExit77() {
        source.allow(id, Mode.DEFAULT, new Rights(true, true, false));
        Said said = shell.run("set", "id:0", "--mode", "0600");
        assertThat(said.code()).isEqualTo(77);
        assertThat(said.err()).contains("EPERM").contains("ada");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--mode 0600", "--lock-memory"})
    void aDryRunIsRefusedAsTheChangeWouldBe(String option) {
        source.allow(id, Mode.DEFAULT, new Rights(true, true, false));
        Said said = shell.run(("set id:0 --dry-run " + option).split(" "));
        assertThat(said.code()).isEqualTo(77);
        assertThat(said.err()).startsWith("shmlens: would be refused: id:0: not permitted to ");
    }

    @ParameterizedTest
    @CsvSource({
        "'', nothing to set",
        "--mode 0999, octal",
        "--owner nobody-here, 'no user \"nobody-here\"'",
        "--lock-memory --unlock-memory, exclude each other",
    })
    void whatCannotBeMeantIsWrongUsage(String options, String part) throws ShmException {
        String[] arguments = ("set id:0 " + options).strip().split(" ");
        Said said = shell.run(arguments);
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains(part);
        assertThat(source.facts(id).mode()).isEqualTo(Mode.DEFAULT);
    }

    @Test
    void anObjectCannotBeLockedInMemory() {
        source.addObject("/x", 10);
        Said said = shell.run("set", "posix:/x", "--lock-memory");
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains("only System V segments can");
    }
}
