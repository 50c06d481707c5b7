package io.github.shmlens.known;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.shmlens.layout.ByteView;
import io.github.shmlens.layout.Part;
import io.github.shmlens.layout.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;

/// Whatever the bytes are, no walk throws, hangs or names what lies outside. A normal run replays
/// the stored inputs; `JAZZER_FUZZ=1 installer/test -Djazzer.hooks=true -Dtest=KnownFuzzTest` looks
/// for new ones for ten minutes.
@Tag("fuzz")
final class KnownFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void walksAnyBytes(byte[] bytes) {
        walkAll(bytes);
    }

    static void walkAll(byte[] bytes) {
        long size = bytes.length;
        ByteView head = ByteView.of(Arrays.copyOf(bytes, Math.min(bytes.length, Shape.HEAD_BYTES)));
        for (Shape shape : KnownLayouts.ALL) {
            assertThat(shape.recognises(head, size) && !shape.recognises(head, size, 1)).isFalse();
            assertThat(shape.extentBytes(head, size)).isBetween(0L, size);
            KnownStructure walked = Fixture.walk(shape, bytes);
            assertThat(walked.format()).isEqualTo(shape.format());
            assertThat(walked.fields()).hasSizeLessThanOrEqualTo(Walk.MOST_FIELDS);
            for (Part part : walked.parts()) {
                assertThat(part.offset()).isBetween(0L, size);
                assertThat(part.end()).isBetween(part.offset(), size);
            }
            for (KnownField field : walked.fields()) {
                assertThat(field.offset()).isBetween(0L, size);
                assertThat(field.value().length()).isLessThan(1000);
                assertThat(field.value().chars()).noneMatch(Character::isISOControl);
                assertThat(field.end()).isBetween(field.offset(), size);
            }
            Picture picture = walked.picture();
            if (picture != null) {
                int line = picture.height() - 1;
                assertThat(picture.lineOffset(line) + picture.lineBytes())
                        .isLessThanOrEqualTo(size);
                picture.colours(new byte[picture.lineBytes()], 1, new int[picture.width()], 0);
            }
        }
    }
}
