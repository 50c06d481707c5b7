package io.github.shmlens.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

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

    @Test
    void loadsTheSharedMemoryExtensions() {
        assertThat(
                        Php.run(
                                "echo function_exists('shm_attach'), function_exists('sem_get'),"
                                        + " function_exists('shmop_open');"))
                .isEqualTo("111");
    }
}
