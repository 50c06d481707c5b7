package io.github.shmlens.ui.fields;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who gets the room of the fields' columns.
final class FieldWidthsTest {

    private static final int TIME = "2026-11-26 10:00:00".length();

    @ParameterizedTest
    @CsvSource({"408, 14", "560, 18", "700, 14", "1200, 20"})
    void aTimeIsWholeAndTheOffsetInSight(double width, double font) {
        double[] widths = FieldWidths.of(width, font, TIME);
        assertThat(widths[1]).isGreaterThanOrEqualTo(TIME * 0.602 * font + 0.8 * font);
        assertThat(widths[0] + widths[1] + widths[2] + widths[3]).isLessThanOrEqualTo(width);
    }

    @Test
    void shortValuesLeaveTheTypeItsRoom() {
        double[] few = FieldWidths.of(408, 14, 4);
        double[] many = FieldWidths.of(408, 14, TIME);
        assertThat(few[2]).isGreaterThan(many[2]);
        assertThat(few[1]).isLessThan(many[1]);
    }

    @Test
    void inAWideWindowNothingLiesBehindTheEdge() {
        assertThat(Arrays.stream(FieldWidths.of(900, 14, TIME)).sum()).isBetween(860.0, 900.0);
    }

    @Test
    void widthsFollowTheText() {
        assertThat(FieldWidths.of(816, 28, TIME)[3])
                .isCloseTo(
                        2 * FieldWidths.of(408, 14, TIME)[3],
                        org.assertj.core.data.Offset.offset(2.0));
    }

    @Test
    void theTypeIsNotCutWhereTheOffsetIsBehindTheEdgeAnyway() {
        assertThat(FieldWidths.of(248, 14, 10)[2]).isEqualTo(FieldWidths.of(900, 14, 10)[2]);
    }

    @Test
    void noColumnIsWithoutRoomInANarrowPane() {
        for (double width = 0; width < 400; width += 7) {
            assertThat(Arrays.stream(FieldWidths.of(width, 14, 100)).min().orElseThrow())
                    .isGreaterThan(30);
        }
    }
}
