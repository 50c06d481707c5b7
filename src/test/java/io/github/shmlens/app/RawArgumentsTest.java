package io.github.shmlens.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RawArgumentsTest {

    @TempDir Path folder;

    private Path commandLine(String latin1) throws IOException {
        return Files.writeString(folder.resolve("cmdline"), latin1, StandardCharsets.ISO_8859_1);
    }

    @Test
    void whatIsNoUtf8IsFoundBehindTheWordsOfTheJvm() throws IOException {
        Path file = commandLine("java\0-cp\0\u00ff\0Main\0put\07\0001\0a\u00ff\0");
        assertThat(RawArguments.firstGarbled(file, "put", "7", "1", "a\uFFFD")).isEqualTo(4);
        assertThat(RawArguments.firstGarbled(file, "a\uFFFD")).isEqualTo(1);
    }

    @Test
    void theSignItselfIsText() throws IOException {
        Path file = commandLine("java\0Main\0\u00ef\u00bf\u00bd\0");
        assertThat(RawArguments.firstGarbled(file, "\uFFFD")).isZero();
    }

    @Test
    void withoutTheKernelsWordNothingIsRefused() throws IOException {
        assertThat(RawArguments.firstGarbled(folder.resolve("none"), "\uFFFD")).isZero();
        assertThat(RawArguments.firstGarbled(commandLine("java\0"), "\uFFFD", "x")).isZero();
    }

    @Test
    void theProgramRefusesItAndStoresNothing() {
        List<String> raw = List.of("sh", "-c", "exec \"$@\" \"$(printf 'a\\377')\"", "sh");
        try (Program program = Program.start(raw, "put", "id:2147483647", "1")) {
            assertThat(program.exitCode()).isEqualTo(2);
            assertThat(program.errors())
                    .isEqualTo(
                            "shmlens: argument 4 is no UTF-8: \"a\uFFFD\"; the bytes of a value can come from standard input, with -\n");
        }
    }
}
