package io.github.shmlens.sysv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherEndTest {

    @TempDir Path folder;

    private final Kernel kernel = new Kernel();

    /// Our descriptors of a file.
    private static Set<Integer> descriptors(Path file) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.filter(one -> leadsTo(one, file))
                    .map(one -> Integer.valueOf(one.getFileName().toString()))
                    .collect(Collectors.toSet());
        }
    }

    private static boolean leadsTo(Path descriptor, Path file) {
        try {
            return Files.readSymbolicLink(descriptor).equals(file);
        } catch (IOException closed) {
            return false;
        }
    }

    @Test
    void ofAPipeIsClosedWhenItsLastReaderHasGone() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        int reader = kernel.open(pipe.toString(), false, true);
        try (FileOutputStream writer = new FileOutputStream(pipe.toFile())) {
            Set<Integer> ends = descriptors(pipe);
            ends.remove(reader);
            assertThat(ends).hasSize(1);
            int writing = ends.iterator().next();
            writer.write(1);
            assertThat(OtherEnd.closed(writing)).isFalse();
            kernel.close(reader);
            assertThat(OtherEnd.closed(writing)).isTrue();
        }
    }

    @Test
    void ofAFileIsNeverClosedAndADescriptorThatIsNoneHasNoOtherEnd() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "x");
        int writer = kernel.open(file.toString(), false, true);
        assertThat(OtherEnd.closed(writer)).isFalse();
        kernel.close(writer);
        assertThat(OtherEnd.closed(Integer.MAX_VALUE)).isFalse();
    }
}
