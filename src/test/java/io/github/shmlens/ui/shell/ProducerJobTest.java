package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.testing.Compiling;
import io.github.shmlens.ui.fields.FieldRows;
import io.github.shmlens.ui.records.GridCells;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/// A C program that writes under a sequence lock at full speed, watched and edited in the window.
final class ProducerJobTest extends MainJob {

    private static final String HEADER =
            """
            struct cell { uint64_t a, b; };
            struct record {
                _Atomic uint32_t seq;
                uint32_t limit, answer, pad;
                uint64_t words[4];
                struct cell rows[8];
            };
            """;

    /// One number in every word and row, thousands of times without a pause; answers a limit that
    /// it was given, if that is good.
    private static final String PRODUCER =
            """
            #include <stdatomic.h>
            #include <stdint.h>
            #include <stdlib.h>
            #include <sys/shm.h>
            #include <unistd.h>
            %s
            int main(int argc, char **argv) {
                volatile struct record *r = shmat(shmget(strtol(argv[1], 0, 10), 0, 0), 0, 0);
                if (r == (void *)-1) return 1;
                alarm(120);
                for (uint64_t i = 1;; i++) {
                    uint32_t s = atomic_load_explicit(&r->seq, memory_order_relaxed);
                    atomic_store_explicit(&r->seq, s + 1, memory_order_relaxed);
                    atomic_thread_fence(memory_order_release);
                    for (int k = 0; k < 4; k++) r->words[k] = i;
                    for (int k = 0; k < 8; k++) r->rows[k].a = i;
                    r->answer = r->limit == 0 ? 0 : r->limit <= 1000 ? r->limit + 1 : 666;
                    for (int k = 0; k < 8; k++) r->rows[k].b = i;
                    atomic_store_explicit(&r->seq, s + 2, memory_order_release);
                    if ((i & 4095) == 0) usleep(300);
                }
            }
            """;

    private static final int LOOKS = 20;

    private Node tree() {
        return Objects.requireNonNull(lookup("#fields-tree"));
    }

    private String value(String path) {
        return FieldRows.value(tree(), path);
    }

    private void produce() throws Exception {
        Path source = Files.writeString(folder.resolve("producer.c"), PRODUCER.formatted(HEADER));
        Path program = folder.resolve("producer");
        Compiling.run(folder, "gcc", "-O2", "-o", program.toString(), source.toString());
        Process producer =
                new ProcessBuilder(program.toString(), Integer.toString(key.value()))
                        .inheritIO()
                        .start();
        keep(() -> producer.destroyForcibly().waitFor());
    }

    private void layOver() {
        click("#plain-structure");
        TextArea text = find("#structure-text", TextArea.class);
        fx(() -> text.setText(HEADER));
        fill("#structure-sequence", "seq");
        waitUntil("whole", () -> words("#structure-prospect").contains("176 bytes, from 0"));
        robot.type(KeyCode.ENTER);
        waitUntil("values", () -> value("seq").equals("0"));
    }

    private void choose(String path, int offset) {
        clickByte(offset);
        waitUntil(path, () -> FieldRows.chosen(tree()).equals(path));
    }

    @Test
    void whatIsShownWasWholeAndAnEditReachesTheProgramWhichAnswers() throws Exception {
        Compiling.needs("gcc");
        // Of a page that nobody touched nothing is shown.
        poke(raw(4096), 0, 0);
        openOnSegment();
        layOver();
        choose("words[3]", 40);
        produce();
        waitUntil("counted", () -> words("#fields-sequence").contains("Sequence seq: "));
        Set<String> seen = new HashSet<>();
        waitUntil(
                "many looks",
                () -> {
                    String one = value("words[0]");
                    for (int word = 1; word < 4; word++) {
                        assertThat(value("words[" + word + "]")).isEqualTo(one);
                    }
                    return seen.add(one) && seen.size() > LOOKS;
                });
        waitUntil(
                "copies made again",
                () ->
                        words("#fields-sequence").contains("% made again")
                                && !words("#fields-sequence").contains(" 0.0 %"));

        unlock();
        choose("limit", 4);
        fx(() -> tree().requestFocus());
        robot.type(KeyCode.F2);
        waitUntil("a field", () -> isThere("#fields-editor"));
        robot.write("41", 0);
        robot.type(KeyCode.ENTER);
        waitUntil("the program answers", () -> value("answer").equals("42"));

        choose("rows[0].a", 48);
        fx(() -> tree().requestFocus());
        robot.type(KeyCode.UP, KeyCode.UP);
        waitUntil("the array", () -> FieldRows.chosen(tree()).equals("rows"));
        robot.press(KeyCode.SHIFT);
        robot.type(KeyCode.F10);
        robot.release(KeyCode.SHIFT);
        waitUntil("its menu", () -> isThere(".context-menu"));
        robot.clickOn("As a table");
        waitUntil("rows", () -> isThere("#records-grid") && isThere("#records-sequence"));
        Node grid = find("#records-grid", Node.class);
        seen.clear();
        waitUntil(
                "many looks at rows",
                () -> {
                    for (int row = 0; row < 8; row++) {
                        assertThat(GridCells.text(grid, row, 1))
                                .isEqualTo(GridCells.text(grid, row, 0));
                    }
                    return seen.add(GridCells.text(grid, 0, 0)) && seen.size() > LOOKS;
                });
        assertThat(words("#records-sequence")).contains("Sequence seq: ", "Each row is whole");
    }
}
