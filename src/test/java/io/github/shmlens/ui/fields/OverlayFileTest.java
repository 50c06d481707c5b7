package io.github.shmlens.ui.fields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.shmlens.fields.Abi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverlayFileTest {

    private static final String TEXT = "struct a { int x; };\n\t// \\n \u2028 \ud800 ende";

    @TempDir private Path folder;

    private static Overlay overlay(long offset) {
        return new Overlay(
                Abi.I386,
                offset,
                Overlay.ALL,
                "struct a",
                "x,y",
                Path.of("/tmp/a b\tc.h"),
                Map.of("points[].x", "scaled:0.01", "x", "hex"),
                TEXT);
    }

    @Test
    void whatIsKeptComesBackAsItWas() throws IOException {
        OverlayFile file = new OverlayFile(folder, "0xf1206");
        file.change(_ -> List.of(overlay(64), overlay(Long.MAX_VALUE)));
        assertThat(new OverlayFile(folder, "0xf1206").read())
                .containsExactly(overlay(64), overlay(Long.MAX_VALUE));
        assertThat(new OverlayFile(folder, "0xf1207").read()).isEmpty();
    }

    @Test
    void linesThatMakeNoSenseAndThoseBeyondTheMostStay() throws IOException {
        OverlayFile file = new OverlayFile(folder, "0xf1206");
        List<Overlay> many = new ArrayList<>();
        for (int i = 0; i < OverlayFile.MOST + 3; i++) {
            many.add(overlay(i));
        }
        file.change(_ -> many);
        Files.writeString(file.path(), Files.readString(file.path()) + "of\ta\tlater\tversion\n");
        assertThat(file.read()).hasSize(OverlayFile.MOST);
        file.change(before -> before.subList(1, before.size()));
        assertThat(Files.readString(file.path())).contains("of\ta\tlater\tversion");
        assertThat(file.read()).hasSize(OverlayFile.MOST).doesNotContain(overlay(0));
        assertThat(file.read()).contains(overlay(OverlayFile.MOST));
    }

    @Test
    void aFileOfSomethingElseIsNotWrittenOver() throws IOException {
        OverlayFile file = new OverlayFile(folder, "0xf1206");
        Files.writeString(file.path(), "mine");
        assertThatThrownBy(() -> file.change(_ -> List.of(overlay(1))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a file of structures");
        assertThat(file.path()).hasContent("mine");
    }
}
