package io.github.shmlens.ui.hex;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.testing.FxTest;
import io.github.shmlens.ui.hex.RepaintCost.Cost;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Own command, because it wants a quiet machine: `mvn test -Dtest=HexRepaintCostTest
/// -Dtest.groups=soak -Dtest.excludedGroups=`
@Tag("soak")
class HexRepaintCostTest extends FxTest {

    @Test
    void fullRepaintStaysBelowFourMillisecondsOfCpu() throws Exception {
        Cost whole = RepaintCost.ofHexView();
        Cost bare = RepaintCost.ofBareImage();
        Path file = Path.of("target", "measured", "hex-repaint.txt");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                """
                1200x900, every byte changed in each frame
                hex view:   %s
                bare image, same size, nothing painted: %s
                """
                        .formatted(whole, bare));
        assertThat(whole.cpu()).isLessThan(4);
    }
}
