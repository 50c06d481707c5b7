package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.testing.Compiling;
import io.github.shmlens.ui.fields.FieldRows;
import io.github.shmlens.ui.records.GridCells;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.Node;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/// Columns out of the debug information of the C program that writes the segment.
final class ProgramJobTest extends MainJob {

    private static final String WRITER =
            """
            #include <stdio.h>
            #include <stdlib.h>
            #include <sys/shm.h>
            #include <unistd.h>
            typedef unsigned int count_t;
            struct reading { count_t id; double x; char name[8]; };
            int main(int argc, char **argv) {
                struct reading *r = shmat(shmget(strtol(argv[1], 0, 10), 0, 0), 0, 0);
                if (r == (void *)-1) return 1;
                for (int i = 0; i < 4; i++) {
                    r[i].id = i + 40;
                    r[i].x = i / 2.0;
                    snprintf(r[i].name, 8, "n%d", i);
                }
                puts("ready");
                fflush(stdout);
                alarm(120);
                pause();
            }
            """;

    private void writer(String debug) throws IOException, InterruptedException {
        Compiling.needs("gcc", "gdb");
        Path source = Files.writeString(folder.resolve("writer.c"), WRITER);
        Path program = folder.resolve("writer");
        Compiling.run(folder, "gcc", debug, "-o", program.toString(), source.toString());
        Process writer =
                new ProcessBuilder(program.toString(), Integer.toString(key.value()))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        keep(() -> writer.destroyForcibly().waitFor());
        assertThat(writer.inputReader(java.nio.charset.StandardCharsets.UTF_8).readLine())
                .isEqualTo("ready");
    }

    private void openSheet() {
        openOnSegment();
        control(KeyCode.T);
        fill("#records-offset", "0");
        click("#records-program");
        waitUntil("the sheet", () -> isThere("#program-sheet"));
    }

    private String cell(long row, int column) {
        Node grid = lookup("#records-grid");
        return grid == null ? "" : GridCells.text(grid, row, column);
    }

    @Test
    void aProgramsStructureBecomesTheColumnsOfATable() throws Exception {
        raw(4 * 24);
        writer("-g");
        openSheet();
        waitUntil("its types", () -> words("#program-state").contains("types."));
        assertThat(words("#program-sheet")).contains("writer (process ");
        fill("#program-filter", "READ");
        waitUntil("one type", () -> find("#program-types", ListView.class).getItems().size() == 1);
        screenshot(stage(), "program");
        robot.type(KeyCode.ENTER);
        waitUntil("rows", () -> isThere("#records-grid") && cell(3, 2).equals("\"n3\""));
        assertThat(isThere("#program-sheet")).isFalse();
        assertThat(isThere("#records-sheet")).isFalse();
        assertThat(cell(2, 0)).isEqualTo("42");
        assertThat(cell(3, 1)).isEqualTo("1.5");
        Node grid = find("#records-grid", Node.class);
        assertThat(ask(() -> GridCells.rows(grid))).isEqualTo(4);
    }

    @Test
    void aProgramsStructureIsLaidOverTheSegment() throws Exception {
        raw(4 * 24);
        writer("-g");
        openOnSegment();
        control(KeyCode.U);
        waitUntil("the structure's sheet", () -> isThere("#structure-sheet"));
        click("#structure-program");
        waitUntil("the sheet", () -> isThere("#program-sheet"));
        waitUntil("its types", () -> words("#program-state").contains("types."));
        fill("#program-filter", "READ");
        waitUntil("one type", () -> find("#program-types", ListView.class).getItems().size() == 1);
        robot.type(KeyCode.ENTER);
        waitUntil("room for four", () -> words("#structure-prospect").contains("room for 4"));
        assertThat(isThere("#program-sheet")).isFalse();
        screenshot(stage(), "structure-of-a-program");
        click("#structure-show");
        waitUntil(
                "its fields",
                () ->
                        isThere("#fields-tree")
                                && FieldRows.value(find("#fields-tree", Node.class), "id")
                                        .equals("40"));
    }

    @Test
    void aProgramWithoutDebugInformationIsSaidToBeOne() throws Exception {
        raw(96);
        writer("-g0");
        openSheet();
        waitUntil("said", () -> words("#program-error").contains("has no debug information"));
        robot.type(KeyCode.ESCAPE);
        waitUntil("closed", () -> !isThere("#program-sheet"));
        assertThat(isThere("#records-sheet")).isTrue();
    }
}
