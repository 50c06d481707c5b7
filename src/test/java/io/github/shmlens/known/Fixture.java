package io.github.shmlens.known;

import io.github.shmlens.layout.ByteView;
import io.github.shmlens.layout.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// What a real program left in memory, dumped while it ran.
///
/// @param format also the file's name
/// @param key of the segment it lay in; 0 where it had none
record Fixture(String format, int key) {

    static final List<Fixture> ALL =
            List.of(
                    new Fixture("postgresql", 2427397),
                    new Fixture("ntp-shm", 0x4e545030),
                    new Fixture("perl-shareable", 752548035),
                    new Fixture("perl-sharelite", 0x534e454c),
                    new Fixture("python-shareablelist", 0),
                    new Fixture("boost-managed", 0),
                    new Fixture("xwd", 0),
                    new Fixture("jvm-hsperfdata", 0),
                    new Fixture("json-text", 2099709875));

    byte[] bytes() throws IOException {
        return Files.readAllBytes(Path.of("src/test/resources/known", format + ".bin"));
    }

    /// Each field on a line, as somebody checked it against what the program said.
    List<String> expected() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/known", format + ".txt"));
    }

    static KnownStructure walk(Shape shape, byte[] bytes) {
        ByteView head = ByteView.of(Arrays.copyOf(bytes, Math.min(bytes.length, Shape.HEAD_BYTES)));
        long extent = shape.extentBytes(head, bytes.length);
        ByteView copy = ByteView.of(Arrays.copyOf(bytes, (int) extent));
        return (KnownStructure) shape.walk(copy, bytes.length);
    }

    /// The shape that recognises these bytes in a segment with this key.
    static List<Shape> shapes(byte[] bytes, int key) {
        ByteView head = ByteView.of(Arrays.copyOf(bytes, Math.min(bytes.length, Shape.HEAD_BYTES)));
        return KnownLayouts.ALL.stream()
                .filter(shape -> shape.recognises(head, bytes.length, key))
                .toList();
    }

    static String line(KnownField field) {
        return "%s | %d | %d | %s | %s | %s"
                .formatted(
                        field.name(),
                        field.offset(),
                        field.lengthBytes(),
                        field.type(),
                        field.value(),
                        field.note())
                .strip();
    }

    @Override
    public String toString() {
        return format;
    }
}
