package io.github.shmlens.php;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.shmlens.segment.BadInput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MemberEditTest {

    private static final String VALUE =
            "a:5:{s:5:\"limit\";i:10;s:4:\"name\";s:3:\"äx\";s:2:\"on\";b:1;"
                    + "i:0;O:1:\"C\":2:{s:4:\"\0C\0a\";d:0.5;s:1:\"b\";R:2;}i:1;N;}";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static PhpValue.Key[] keys(String path) {
        return path.isEmpty()
                ? new PhpValue.Key[0]
                : java.util.Arrays.stream(path.split("/"))
                        .map(step ->
                                step.matches("\\d+")
                                        ? PhpValue.Int.of(Long.parseLong(step))
                                        : PhpValue.Str.of(step.replace('~', '\0')))
                        .toArray(PhpValue.Key[]::new);
    }

    private static MemberEdit edit(String value, String path) throws BadInput {
        return MemberEdit.of(bytes(value), List.of(keys(path)));
    }

    @ParameterizedTest
    @CsvSource({
        "limit, 55, 'i:10;', 'i:55;'",
        "limit, 0x10, 'i:10;', 'i:16;'",
        "on, false, 'b:1;', 'b:0;'",
        "0/~C~a, 2.25, 'd:0.5;', 'd:2.25;'"
    })
    void onlyTheMembersOwnBytesChange(String path, String typed, String before, String after)
            throws BadInput {
        assertThat(new String(edit(VALUE, path).payload(typed), StandardCharsets.UTF_8))
                .isEqualTo(VALUE.replace(before, after));
    }

    @Test
    void aTextsLengthIsThatOfItsBytes() throws BadInput {
        MemberEdit edit = edit("a:1:{i:0;s:1:\"a\";}", "0");
        assertThat(edit.text()).isEqualTo("a");
        assertThat(edit.payload("\"ü;\"")).isEqualTo(bytes("a:1:{i:0;s:5:\"\"ü;\"\";}"));
    }

    @Test
    void aValueByItselfIsTypedToo() throws BadInput {
        assertThat(edit("i:7;", "").payload("-8")).isEqualTo(bytes("i:-8;"));
    }

    @ParameterizedTest
    @CsvSource({
        "0/b, reference",
        "1, null",
        "0, single",
        "nowhere, not there",
        "limit/0, not there"
    })
    void whatCannotBeTypedByItselfSaysWhy(String path, String why) {
        assertThatThrownBy(() -> edit(VALUE, path))
                .isInstanceOfSatisfying(
                        BadInput.class, bad -> assertThat(bad.sentence()).contains(why));
    }

    @ParameterizedTest
    @CsvSource({
        "'a:2:{i:0;i:1;i:0;i:2;}', 0, twice",
        "'a:1:{i:0;i:1;}x', 0, as PHP",
        "'a:1:{i:0;i:', 0, cannot read"
    })
    void bytesThatWouldNotStayAreNotTouched(String value, String path, String why) {
        assertThatThrownBy(() -> edit(value, path))
                .isInstanceOfSatisfying(
                        BadInput.class, bad -> assertThat(bad.sentence()).contains(why));
    }

    @Test
    void whatIsNoSuchValueIsRefused() throws BadInput {
        MemberEdit edit = edit("a:1:{i:0;i:1;}", "0");
        assertThatThrownBy(() -> edit.payload("one")).isInstanceOf(BadInput.class);
    }

    @Test
    void fourThousandLevelsAreNothingSpecial() throws BadInput {
        int depth = 4000;
        String value = "a:1:{i:0;".repeat(depth) + "i:5;" + "}".repeat(depth);
        String path = "0/".repeat(depth - 1) + "0";
        assertThat(new String(edit(value, path).payload("6"), StandardCharsets.UTF_8))
                .isEqualTo(value.replace("i:5;", "i:6;"));
    }
}
