package io.github.shmlens.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class PhpTest {

    @Test
    void returnsWhatTheScriptPrinted() {
        assertThat(Php.run("echo $argv[1], '-', $argv[2];", "ä", "-x")).isEqualTo("ä--x");
    }

    @Test
    void failsWithTheScriptsComplaint() {
        assertThatThrownBy(() -> Php.run("throw new Exception('no way');"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no way");
    }

    @Test
    void talksToALivingScript() {
        try (Php php = Php.start("while (true) say(strrev(hear()));")) {
            assertThat(php.ask("abc")).isEqualTo("cba");
            assertThat(php.ask("def")).isEqualTo("fed");
        }
    }

    @Test
    void endsWhenClosed() {
        Php php = Php.start("hear();");
        php.close();
        assertThat(php.alive()).isFalse();
    }

    /// Each script that lives blocks two of them, and they are as many as the machine has cores.
    @Test
    @Timeout(30)
    void isHeardThoughNoCarrierOfVirtualThreadsIsFree() {
        AtomicBoolean done = new AtomicBoolean();
        try {
            for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
                Thread.startVirtualThread(() -> {
                    while (!done.get()) {
                        Thread.onSpinWait();
                    }
                });
            }
            assertThat(Php.run("echo 'through';")).isEqualTo("through");
            try (Php php = Php.start("say('here'); hear();")) {
                assertThat(php.line()).isEqualTo("here");
            }
        } finally {
            done.set(true);
        }
    }

    @Test
    void loadsTheSharedMemoryExtensions() {
        assertThat(
                        Php.run(
                                "echo function_exists('shm_attach'), function_exists('sem_get'),"
                                        + " function_exists('shmop_open');"))
                .isEqualTo("111");
    }
}
