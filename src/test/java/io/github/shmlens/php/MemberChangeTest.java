package io.github.shmlens.php;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MemberChangeTest {

    private static final String VALUE =
            "a:3:{s:6:\"limits\";a:2:{s:3:\"max\";i:10;s:3:\"min\";i:1;}"
                    + "s:5:\"items\";a:2:{i:0;O:1:\"C\":1:{s:4:\"\0C\0a\";d:0.5;}i:1;s:2:\"ab\";}"
                    + "s:2:\"on\";b:1;}";

    private static String between(String old, String next) {
        return MemberChange.between(bytes(old), bytes(next))
                .map(change -> change.text(12))
                .orElse("");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "i:10;, i:20;, limits.max: 10 → 20",
        "b:1;, b:0;, on: true → false",
        "d:0.5;, d:2.25;, items[0].a: 0.5 → 2.25",
        "'s:2:\"ab\"', 's:14:\"the next value\"', 'items[1]: \"ab\" → \"the next v…'",
        "i:1;}, 'a:1:{i:0;N;}}', limits.min: 1 → [null]"
    })
    void theOnlyMemberThatDiffersIsNamedByItsPath(String old, String next, String told) {
        assertThat(between(VALUE, VALUE.replace(old, next))).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({
        "'i:1;', 'i:2;'",
        "'a:1:{i:0;i:1;}', 'a:2:{i:0;i:1;i:1;i:2;}'",
        "'a:1:{i:0;i:1;}', 'a:1:{i:1;i:1;}'",
        "'a:2:{i:0;i:1;i:1;i:2;}', 'a:2:{i:0;i:5;i:2;i:6;}'",
        "'O:1:\"A\":1:{s:1:\"x\";i:1;}', 'O:1:\"B\":1:{s:1:\"x\";i:2;}'",
        "'a:1:{i:0;i:1;}', 'O:1:\"B\":1:{i:0;i:2;}'",
        "'a:1:{i:0;i:1;}', 'a:1:{i:0;i:'",
        "'a:1:{i:0;i:1;}', 'a:1:{i:0;i:2;}x'",
        "'a:1:{i:0;i:1;}', 'a:1:{i:0;i:1;}'"
    })
    void whatIsNotOneMemberIsNotToldAsOne(String old, String next) {
        assertThat(between(old, next)).isEmpty();
        assertThat(between(next, old)).isEmpty();
        assertThat(MemberChange.between(null, bytes(old))).isEmpty();
        assertThat(MemberChange.between(bytes(old), null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'{s:3:\"max\";i:10;s:3:\"min\";i:1;}', '{s:3:\"max\";i:2;s:3:\"min\";i:0;}',"
                + " 'members ''max'', ''min'' of limits: [max: 10, m… → [max: 2, mi…'",
        "'s:2:\"ab\";}s:2:\"on\";b:1;', 's:2:\"ac\";}s:2:\"on\";b:0;',"
                + " 'members ''items'', ''on'': [limits: [m… → [limits: [m…'"
    })
    void upToThreeMembersAreNamed(String old, String next, String told) {
        assertThat(VALUE).contains(old);
        assertThat(between(VALUE, VALUE.replace(old, next))).isEqualTo(told);
    }

    private static String list(int changed, int of) {
        StringBuilder text = new StringBuilder("a:" + of + ":{");
        for (int i = 0; i < of; i++) {
            text.append("i:%d;i:%d;".formatted(i, i < changed ? i + 1 : i));
        }
        return text.append('}').toString();
    }

    @Test
    void moreThanThreeMembersAreCountedAndNotNamed() {
        String three = between(list(0, 12), list(3, 12));
        assertThat(three).startsWith("members [0], [1], [2]: [0, 1, 2");
        assertThat(between(list(0, 12), list(4, 12))).startsWith("4 of 12 members: [0, 1");
        assertThat(
                        between(
                                "a:1:{s:6:\"limits\";" + list(0, 12) + "}",
                                "a:1:{s:6:\"limits\";" + list(5, 12) + "}"))
                .startsWith("5 members of limits: [0, 1");
    }

    @Test
    void fourThousandLevelsAreToldAsFarAsAnybodyFollowsThem() {
        String value = "a:1:{i:0;".repeat(4000) + "i:5;" + "}".repeat(4000);
        assertThat(between(value, value.replace("i:5;", "i:6;")))
                .startsWith("[0]".repeat(16) + ": [[[")
                .hasSizeLessThan(100);
    }

    @Test
    void aKeyWithLinesStaysOnOneAndALongOneIsCut() {
        assertThat(
                        between(
                                "a:1:{s:20:\"one\ntwo three four 5\";i:1;}",
                                "a:1:{s:20:\"one\ntwo three four 5\";i:2;}"))
                .isEqualTo("one\\ntwo th…: 1 → 2");
    }
}
