package io.github.shmlens.ui.hex;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.ui.hex.HexModel.Column;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HexGridTest {

    @ParameterizedTest
    @CsvSource({
        "0, 8",
        "4294967296, 8",
        "4294967297, 12",
        "281474976710656, 12",
        "281474976710657, 16",
        "9223372036854775807, 16"
    })
    void addressesGrowWithTheSegment(long size, int digits) {
        assertThat(HexGrid.digitsFor(size)).isEqualTo(digits);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 4",
        "1, 4",
        "65536, 4",
        "65537, 5",
        "4294967296, 8",
        "4294967297, 9",
        "9223372036854775807, 16"
    })
    void whereRoomIsShortAddressesHaveTheDigitsOfTheLastOne(long size, int digits) {
        assertThat(HexGrid.leastDigitsFor(size)).isEqualTo(digits);
        assertThat("%x".formatted(Math.max(0, size - 1)).length()).isLessThanOrEqualTo(digits);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 16, 32})
    void aPointOnACellFindsItsByte(int bytesPerRow) {
        HexGrid grid = new HexGrid(8, 18, bytesPerRow, 12);
        for (int i = 0; i < bytesPerRow; i++) {
            for (int x : new int[] {0, grid.hexWidth() / 2, grid.hexWidth() - 1}) {
                assertThat(grid.hit(grid.hexX(i) + x)).isEqualTo(new HexGrid.Hit(Column.HEX, i));
            }
            assertThat(grid.hit(grid.textX(i) + 3)).isEqualTo(new HexGrid.Hit(Column.TEXT, i));
        }
    }

    @Test
    void leftOfTheFirstCellIsTheFirstByteAndRightOfTheLastTheLast() {
        HexGrid grid = new HexGrid(8, 18, 16, 8);
        assertThat(grid.hit(-50)).isEqualTo(new HexGrid.Hit(Column.HEX, 0));
        assertThat(grid.hit(1e9)).isEqualTo(new HexGrid.Hit(Column.TEXT, 15));
        assertThat(grid.indexAt(Column.HEX, 1e9)).isEqualTo(15);
    }
}
