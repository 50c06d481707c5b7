package io.github.shmlens.ui.hex;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.testing.Php;
import io.github.shmlens.ui.hex.CopyRequest.Format;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.Random;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HexTextTest {

    private static String of(Format format, byte[] bytes) {
        return HexText.of(bytes, format, _ -> true);
    }

    /// Every byte twice, in such an order that each stands before digits, letters and a dollar.
    private static byte[] everyByte() {
        byte[] all = new byte[1024];
        byte[] behind = "0a${\\".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 512; i++) {
            all[2 * i] = (byte) i;
            all[2 * i + 1] = behind[(i + i / 256) % behind.length];
        }
        return all;
    }

    @Test
    void realPhpReadsTheStringBackByteForByte() {
        byte[] all = everyByte();
        String code = "echo bin2hex(" + of(Format.PHP_STRING, all) + ");";
        assertThat(Php.run(code).strip()).isEqualTo(java.util.HexFormat.of().formatHex(all));
    }

    @Test
    void writesPlainTextPlainly() {
        assertThat(of(Format.PHP_STRING, "a \"b\" $c \\\n\0".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("\"a \\\"b\\\" \\$c \\\\\\n\\x00\"");
        assertThat(of(Format.C_ARRAY, new byte[] {0, 0x50, -1}))
                .isEqualTo("const unsigned char bytes[3] = {\n    0x00, 0x50, 0xff\n};\n");
        assertThat(of(Format.JAVA_ARRAY, new byte[] {0x7f, -128}))
                .isEqualTo("byte[] bytes = {\n    0x7f, (byte) 0x80\n};\n");
        assertThat(Base64.getDecoder().decode(of(Format.BASE64, everyByte())))
                .isEqualTo(everyByte());
    }

    @Test
    void javacCompilesTheLongestArrayThatIsOffered(@TempDir Path folder) throws Exception {
        byte[] bytes = new byte[Format.JAVA_ARRAY.mostBytes()];
        new Random(3).nextBytes(bytes);
        Path source = folder.resolve("Copied.java");
        Files.writeString(
                source, "class Copied { static %s }".formatted(of(Format.JAVA_ARRAY, bytes)));
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        assertThat(compiler.run(null, null, null, "-proc:none", source.toString())).isZero();
    }

    @Test
    void everyFormOfBytesIsReadBackByPasting() throws Exception {
        byte[] all = everyByte();
        for (Format format : new Format[] {Format.HEX, Format.C_ARRAY, Format.JAVA_ARRAY}) {
            assertThat(Paste.bytes(of(format, all), Paste.As.HEX)).as("%s", format).isEqualTo(all);
        }
        assertThat(Arrays.stream(Format.values()).map(Format::words)).doesNotHaveDuplicates();
    }
}
