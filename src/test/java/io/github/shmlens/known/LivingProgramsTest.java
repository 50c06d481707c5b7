package io.github.shmlens.known;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.layout.ByteView;
import io.github.shmlens.layout.Shape;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.sysv.HostSegments;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The programs themselves, read while they run. A usual run leaves this out; `installer/layouts`
/// installs what is missing and runs it.
@Tag("layouts")
final class LivingProgramsTest {

    private static final Path PROGRAMS = Path.of("src/test/resources/known/programs");

    private final HostSegments host = new HostSegments();

    /// What a program said on its first lines, and what was read while it ran.
    private record Seen(List<String> said, KnownStructure structure) {

        String value(String field) {
            return structure.fields().stream()
                    .filter(one -> one.name().equals(field))
                    .map(KnownField::value)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no field " + field));
        }
    }

    @Test
    void postgresql() throws Exception {
        Seen seen = see("postgresql", 3, "sh", "postgresql.sh");
        assertThat(seen.said().get(1)).isEqualTo("pid " + seen.value("creatorPID"));
        assertThat(seen.said().get(2)).isEqualTo("inode " + seen.value("inode"));
    }

    @Test
    void chrony() throws Exception {
        Seen seen = see("ntp-shm", 1, "sh", "chrony.sh");
        assertThat(seen.value("count")).isEqualTo("7");
        assertThat(seen.value("clockTimeStampNSec")).isEqualTo("123456789");
    }

    @Test
    void perlShareable() throws Exception {
        assertThat(see("perl-shareable", 1, "perl", "shareable.pl").value("value"))
                .isEqualTo("hash");
    }

    @Test
    void perlShareableAsJson() throws Exception {
        Seen seen = see("json-text", 1, "perl", "shareablejson.pl");
        assertThat(seen.value("[0]")).isEqualTo("\"Grüße\"");
        assertThat(seen.value("[2]")).isEqualTo("-1.5");
    }

    @Test
    void perlShareLite() throws Exception {
        Seen seen = see("perl-sharelite", 3, "perl", "sharelite.pl");
        assertThat(seen.said().get(1)).isEqualTo("next " + seen.value("next_shmid"));
        assertThat(seen.said().get(2)).isEqualTo("version " + seen.value("version"));
        assertThat(seen.value("data")).startsWith("The quick brown fox");
    }

    @Test
    void python() throws Exception {
        Seen seen = see("python-shareablelist", 1, "python3", "shareablelist.py");
        assertThat(seen.value("[0]")).isEqualTo("7");
        assertThat(seen.value("[4]")).isEqualTo("Grüße");
        assertThat(seen.value("[7]")).isEqualTo("1099511627776");
    }

    @Test
    void boost(@TempDir Path folder) throws Exception {
        String program = folder.resolve("boost").toString();
        Process compiler =
                new ProcessBuilder("g++", "-o", program, "boost.cpp", "-pthread", "-lrt")
                        .directory(PROGRAMS.toFile())
                        .inheritIO()
                        .start();
        assertThat(compiler.waitFor()).isZero();
        assertThat(see("boost-managed", 1, program).structure().fields())
                .extracting(KnownField::name)
                .contains("answer", "readings", "a longer name");
    }

    @Test
    void xvfb() throws Exception {
        Picture picture = see("xwd", 1, "sh", "xvfb.sh").structure().picture();
        assertThat(Objects.requireNonNull(picture).width()).isEqualTo(64);
        assertThat(picture.height()).isEqualTo(48);
    }

    @Test
    void java() throws Exception {
        Seen seen = see("jvm-hsperfdata", 2, "sh", "jvm.sh");
        assertThat(seen.value("java.property.java.vm.name")).isNotEmpty();
        assertThat(seen.value("sun.rt.javaCommand")).contains("Idle");
    }

    /// Starts a program, reads its segment while it runs, and lets it end.
    private Seen see(String format, int lines, String... command) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(PROGRAMS.toFile())
                        .redirectError(ProcessBuilder.Redirect.to(new File("/dev/null")));
        builder.environment()
                .put("JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Process program = builder.start();
        try (BufferedReader out = program.inputReader(StandardCharsets.UTF_8)) {
            List<String> said = new ArrayList<>();
            while (said.size() < lines) {
                said.add(
                        Objects.requireNonNull(
                                out.readLine(), () -> "ended after " + said.size() + " lines"));
            }
            KnownStructure structure = read(said.getFirst(), format);
            assertThat(structure.sound()).as("%s", structure.remarks()).isTrue();
            return new Seen(said, structure);
        } finally {
            end(program);
        }
    }

    private static void end(Process program) throws IOException, InterruptedException {
        program.getOutputStream().close();
        if (!program.waitFor(30, TimeUnit.SECONDS)) {
            program.destroyForcibly();
            throw new AssertionError("did not end by itself");
        }
    }

    private KnownStructure read(String target, String format) throws Exception {
        SegmentId id = Objects.requireNonNull(host.resolve(Target.parse(target)).id());
        try (AttachedSegment segment = host.attach(id, Access.READ_ONLY)) {
            byte[] bytes = new byte[(int) segment.sizeBytes()];
            segment.readResident(0, bytes, 0, bytes.length);
            SegmentKey key = segment.factsBefore().key();
            List<Shape> shapes = Fixture.shapes(bytes, key == null ? 0 : key.value());
            assertThat(shapes).extracting(Shape::format).containsExactly(format);
            return (KnownStructure) shapes.getFirst().walk(ByteView.of(bytes), bytes.length);
        }
    }
}
