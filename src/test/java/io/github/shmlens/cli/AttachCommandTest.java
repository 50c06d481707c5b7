package io.github.shmlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.testing.FakeSource;
import io.github.shmlens.testing.Shell;
import org.junit.jupiter.api.Test;

class AttachCommandTest {

    private final Shell shell = new Shell(new FakeSource());

    @Test
    void opensTheWindowOnEverySegmentNamed() {
        assertThat(shell.run("attach", "987654", "-5", "posix:/sensor").code()).isZero();
        assertThat(shell.opened())
                .containsExactly(
                        "0xf1206 READ_WRITE", "0xfffffffb READ_WRITE", "posix:/sensor READ_WRITE");
    }

    @Test
    void opensItWithoutTheRightToWriteWhereAsked() {
        shell.run("attach", "--read-only", "id:3");
        assertThat(shell.opened()).containsExactly("id:3 READ_ONLY");
    }

    @Test
    void refusesWhatIsNoTargetBeforeAWindowOpens() {
        assertThat(shell.run("attach", "987654", "12x").code()).isEqualTo(2);
        assertThat(shell.opened()).isEmpty();
    }

    @Test
    void refusesToOpenNothing() {
        assertThat(shell.run("attach").code()).isEqualTo(2);
    }
}
