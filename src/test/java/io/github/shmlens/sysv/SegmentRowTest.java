package io.github.shmlens.sysv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SegmentRowTest {

    private static final String HEADING =
            "       key      shmid perms                  size  cpid  lpid nattch   uid   gid"
                    + "  cuid  cgid      atime      dtime      ctime                   rss"
                    + "                  swap";

    private static List<SegmentRow> parsed(String... rows) {
        List<String> lines = new java.util.ArrayList<>(List.of(HEADING));
        lines.addAll(List.of(rows));
        return SegmentRow.parse(lines).orElseThrow();
    }

    @Test
    void readsAllSixteenColumns() {
        assertThat(
                        parsed(
                                "    987654          3  3644                  1024  4711  4712      2"
                                        + "    33    34    35    36 1764000001 1764000002 1764000003"
                                        + "                  4096                  8192"))
                .containsExactly(
                        new SegmentRow(
                                987654,
                                3,
                                03644,
                                1024,
                                4711,
                                4712,
                                2,
                                33,
                                34,
                                35,
                                36,
                                1764000001,
                                1764000002,
                                1764000003,
                                4096,
                                8192));
    }

    @Test
    void doesNotKnowTheMemoryOfOldKernels() {
        List<SegmentRow> rows = parsed("1 0 600 1024 1 1 0 0 0 0 0 0 0 1764000003");
        assertThat(rows).hasSize(1);
        assertThat(rows.getFirst().rssBytes()).isEqualTo(-1);
        assertThat(rows.getFirst().swapBytes()).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-2", "4294967294"})
    void readsKeysSignedAndUnsigned(String key) {
        assertThat(parsed(key + " 0 600 1 1 1 0 0 0 0 0 0 0 0 0 0").getFirst().key()).isEqualTo(-2);
    }

    @Test
    void readsSizesBeyondTheSignedRange() {
        assertThat(
                        parsed("1 0 600 18446744073692774399 1 1 0 0 0 0 0 0 0 0 0 0")
                                .getFirst()
                                .sizeBytes())
                .isEqualTo(Long.parseUnsignedLong("18446744073692774399"));
    }

    @Test
    void readsUsersBeyondTheSignedRange() {
        assertThat(parsed("1 0 600 1 1 1 0 4294967294 0 0 0 0 0 0 0 0").getFirst().uid())
                .isEqualTo(-2);
    }

    @Test
    void readsAnEmptyTable() {
        assertThat(parsed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 0 600 1024",
                "x 0 600 1024 1 1 0 0 0 0 0 0 0 0",
                "1 0 689 1024 1 1 0 0 0 0 0 0 0 0",
                "99999999999 0 600 1024 1 1 0 0 0 0 0 0 0 0"
            })
    void refusesATableThatItDoesNotKnow(String row) {
        assertThat(SegmentRow.parse(List.of(HEADING, row))).isEqualTo(Optional.empty());
    }

    @Test
    void refusesWhatHasNoHeading() {
        assertThat(SegmentRow.parse(List.of())).isEmpty();
        assertThat(SegmentRow.parse(List.of("1 0 600 1024 1 1 0 0 0 0 0 0 0 0"))).isEmpty();
    }

    @Test
    void laysOutTheKernelsStructureAsMeasured() {
        assertThat(ShmidDs.BYTES).isEqualTo(112);
        assertThat(ShmidDs.LAYOUT.fields())
                .extracting(field -> field.name() + "@" + field.offset())
                .contains(
                        "key@0",
                        "uid@4",
                        "gid@8",
                        "cuid@12",
                        "cgid@16",
                        "mode@20",
                        "segsz@48",
                        "atime@56",
                        "dtime@64",
                        "ctime@72",
                        "cpid@80",
                        "lpid@84",
                        "nattch@88");
    }
}
