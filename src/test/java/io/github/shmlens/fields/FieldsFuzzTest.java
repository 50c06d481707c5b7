package io.github.shmlens.fields;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.shmlens.layout.ByteView;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;

/// Whatever the text is, it is read or refused with a sentence. A normal run replays the stored
/// inputs; `JAZZER_FUZZ=1 installer/test -Djazzer.hooks=true -Dtest=FieldsFuzzTest#readsAnyText`
/// looks for new ones for ten minutes.
@Tag("fuzz")
final class FieldsFuzzTest {

    private static final int LOOKED_AT = 200;

    /// Every value of a byte, so that offsets lead somewhere.
    private static final byte[] BYTES = new byte[256];

    static {
        for (int i = 0; i < BYTES.length; i++) {
            BYTES[i] = (byte) i;
        }
    }

    @FuzzTest(maxDuration = "10m")
    void readsAnyText(byte[] source) {
        try {
            Declarations all =
                    Declarations.parse(new String(source, StandardCharsets.UTF_8), Abi.X86_64);
            for (DeclaredType type : all.types()) {
                walk(FieldAt.root(type.type(), 3, 1000), ByteView.of(BYTES), all, 0, LOOKED_AT);
            }
        } catch (BadDeclaration refused) {
            assertThat(refused.reason()).isNotBlank();
            assertThat(refused.line()).isPositive();
            assertThat(refused.column()).isPositive();
        }
    }

    /// @return how many more may be looked at
    private static int walk(FieldAt field, ByteView copy, Declarations all, int depth, int left) {
        assertThat(field.offset()).isNotNegative();
        assertThat(field.sizeBytes()).isNotNegative();
        assertThat(depth).isLessThan(200);
        FieldValue value = FieldValue.read(field, copy, 0);
        assertThat(value.text()).isNotNull();
        if (Lead.of(field, value, all, 1000) instanceof Lead.To(FieldAt there)) {
            assertThat(there.offset()).isBetween(0L, 1000 - there.type().sizeBytes());
        }
        assertThat(field.deepestAt(field.offset() + field.sizeBytes())).isEmpty();
        int rest = left - 1;
        for (long i = 0; i < field.childCount() && rest > 0; i++) {
            rest = walk(field.child(i), copy, all, depth + 1, rest);
        }
        return rest;
    }
}
