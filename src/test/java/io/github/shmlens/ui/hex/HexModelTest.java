package io.github.shmlens.ui.hex;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.ui.hex.HexModel.Column;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HexModelTest {

    private final HexModel model = new HexModel();

    @BeforeEach
    void aKilobyte() {
        model.setSize(1024);
        model.setShape(16, 10);
        model.setWindow(SampleBytes.counting(0, 1024).window());
    }

    @Nested
    class Rows {

        @ParameterizedTest
        @ValueSource(longs = {1, 15, 16, 17, 1L << 40, (1L << 40) + 1, Long.MAX_VALUE})
        void lastByteIsReachedExactlyAtAnySize(long size) {
            model.setSize(size);
            model.moveTo(Long.MAX_VALUE, false);
            assertThat(model.selection().caret()).isEqualTo(size - 1);
            long lastRow = (size - 1) / 16;
            assertThat(lastRow).isBetween(model.topRow(), model.topRow() + 9);
        }

        @ParameterizedTest
        @ValueSource(longs = {0, 17, (1L << 40) - 3, (1L << 60) + 5, Long.MAX_VALUE - 1})
        void jumpIsExactInTheLargestSegment(long offset) {
            model.setSize(Long.MAX_VALUE);
            model.select(offset, offset);
            model.show(offset, 1);
            assertThat(model.selection().caret()).isEqualTo(offset);
            assertThat(offset / 16).isBetween(model.topRow(), model.topRow() + 9);
        }

        @Test
        void jumpToWhatIsOnTheScreenScrollsNothing() {
            model.setTopRow(5);
            model.show(14 * 16, 16);
            assertThat(model.topRow()).isEqualTo(5);
        }

        @Test
        void anEmptySegmentHasNoSelection() {
            model.setSize(0);
            model.moveBy(1, false);
            model.moveRows(1, true);
            model.moveToRowEnd(false);
            model.selectAll();
            assertThat(model.selection()).isEqualTo(Selection.NONE);
            assertThat(model.maxTopRow()).isZero();
        }

        @Test
        void aSegmentCutShortPullsSelectionAndScreenBack() {
            model.moveTo(1000, false);
            model.setSize(100);
            assertThat(model.selection()).isEqualTo(Selection.at(99));
            assertThat(model.topRow()).isZero();
        }

        @Test
        void firstByteStaysWhenRowsBecomeWider() {
            model.setTopRow(20);
            model.setShape(32, 10);
            assertThat(model.topRow() * 32).isEqualTo(20 * 16);
        }

        @Test
        void scrollingSaturates() {
            model.scrollRows(Long.MAX_VALUE);
            assertThat(model.topRow()).isEqualTo(64 - 10);
            model.scrollRows(Long.MIN_VALUE);
            assertThat(model.topRow()).isZero();
        }
    }

    @Nested
    class Moving {

        @Test
        void downOnTheLastRowStays() {
            model.moveTo(1020, false);
            model.moveRows(1, false);
            assertThat(model.selection().caret()).isEqualTo(1020);
        }

        @Test
        void downOntoAShorterLastRowGoesToItsEnd() {
            model.setSize(1010);
            model.moveTo(1007, false);
            model.moveRows(1, false);
            assertThat(model.selection().caret()).isEqualTo(1009);
        }

        @Test
        void pageDownMovesScreenAndCaretTogether() {
            model.moveTo(3 * 16 + 5, false);
            model.movePage(1, false);
            assertThat(model.topRow()).isEqualTo(10);
            assertThat(model.selection().caret()).isEqualTo(13 * 16 + 5);
        }

        @Test
        void pageDownNearTheEndReachesTheLastRow() {
            model.moveTo(60 * 16, false);
            model.movePage(1, false);
            assertThat(model.selection().caret()).isEqualTo(63 * 16);
        }

        @Test
        void extendingKeepsTheAnchor() {
            model.moveTo(20, false);
            model.moveBy(-5, true);
            assertThat(model.selection()).isEqualTo(new Selection(20, 15));
            assertThat(model.selection().from()).isEqualTo(15);
            assertThat(model.selection().length()).isEqualTo(6);
        }

        @Test
        void wordIsTheAlignedOne() {
            model.selectWord(21);
            assertThat(model.selection()).isEqualTo(new Selection(16, 23));
        }

        @Test
        void wordAtTheEndIsCut() {
            model.setSize(20);
            model.selectWord(18);
            assertThat(model.selection()).isEqualTo(new Selection(16, 19));
        }
    }

    @Nested
    class Typing {

        @Test
        void twoDigitsMakeAByteAndGoOn() {
            model.moveTo(5, false);
            model.typeDigit(0xc);
            assertThat(model.low()).isTrue();
            model.typeDigit(0xa);
            assertThat(model.pending().runs()).containsExactly(edit(5, bytes(5), bytes(0xca)));
            assertThat(model.selection()).isEqualTo(Selection.at(6));
        }

        @Test
        void oneDigitKeepsTheOtherHalf() {
            model.moveTo(0x35, false);
            model.typeDigit(0xc);
            assertThat(model.pending().runs())
                    .containsExactly(edit(0x35, bytes(0x35), bytes(0xc5)));
        }

        @Test
        void aGapMakesTwoEdits() {
            type(5, 0xaa);
            type(6, 0xbb);
            type(9, 0xcc);
            assertThat(model.pending().runs())
                    .containsExactly(
                            edit(5, bytes(5, 6), bytes(0xaa, 0xbb)),
                            edit(9, bytes(9), bytes(0xcc)));
        }

        @Test
        void takesBackOneDigitAtATime() {
            model.moveTo(5, false);
            model.typeDigit(0xc);
            model.typeDigit(0xa);
            model.undoTyping();
            assertThat(model.pending().runs()).containsExactly(edit(5, bytes(5), bytes(0xc5)));
            assertThat(model.low()).isTrue();
            model.undoTyping();
            assertThat(model.pending().isEmpty()).isTrue();
            assertThat(model.undoTyping()).isFalse();
        }

        @Test
        void aCharacterOfTwoBytesIsTakenBackWhole() {
            model.setColumn(Column.TEXT);
            model.typeBytes(bytes(0xc3, 0xa9));
            model.undoTyping();
            assertThat(model.pending().isEmpty()).isTrue();
            assertThat(model.selection()).isEqualTo(Selection.at(0));
        }

        @Test
        void theByteSeenFirstIsKeptWhenMemoryMovesOn() {
            type(5, 0xaa);
            model.setWindow(SampleBytes.counting(0, 1024).put(5, (byte) 0x77).window());
            model.moveTo(5, false);
            model.typeDigit(0xb);
            assertThat(model.pending().runs()).containsExactly(edit(5, bytes(5), bytes(0xba)));
            assertThat(model.pendingCount()).isEqualTo(new Pending(1, 1));
        }

        @Test
        void noConflictWhileNobodyWrote() {
            type(5, 0xaa);
            model.setWindow(SampleBytes.counting(0, 1024).put(6, (byte) 0x77).window());
            assertThat(model.pendingCount()).isEqualTo(new Pending(1, 0));
        }

        @Test
        void refusesBytesNobodyHasSeen() {
            model.setSize(1 << 20);
            model.moveTo(5000, false);
            assertThat(model.typeDigit(1)).isFalse();
            assertThat(model.pending().isEmpty()).isTrue();
        }

        @Test
        void refusesTextThatWouldPassTheEnd() {
            model.moveTo(1023, false);
            assertThat(model.typeBytes(bytes(1, 2))).isFalse();
            assertThat(model.pending().isEmpty()).isTrue();
        }

        @Test
        void lastByteCanBeTyped() {
            type(1023, 0x42);
            assertThat(model.pending().runs())
                    .containsExactly(edit(1023, bytes(0xff), bytes(0x42)));
            assertThat(model.selection()).isEqualTo(Selection.at(1023));
        }

        @Test
        void pagesNeverTouchedCountAsZeros() {
            model.setWindow(
                    SampleBytes.counting(0, 1024).untouched(0, 512).put(5, (byte) 0).window());
            type(5, 0x42);
            assertThat(model.pending().runs()).containsExactly(edit(5, bytes(0), bytes(0x42)));
        }

        @Test
        void typingStartsWhereTheSelectionStarts() {
            model.select(20, 10);
            model.typeDigit(1);
            assertThat(model.pending().runs().getFirst().offset()).isEqualTo(10);
        }

        @Test
        void whatLiesBeyondANewEndIsForgotten() {
            type(5, 0xaa);
            type(900, 0xbb);
            model.setSize(512);
            assertThat(model.pending().runs()).containsExactly(edit(5, bytes(5), bytes(0xaa)));
        }
    }

    private void type(long offset, int value) {
        model.moveTo(offset, false);
        model.typeDigit(value >> 4);
        model.typeDigit(value & 0xF);
    }

    private static HexEdit edit(long offset, byte[] seen, byte[] next) {
        return new HexEdit(offset, seen, next);
    }

    private static byte[] bytes(int... values) {
        byte[] made = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            made[i] = (byte) values[i];
        }
        return made;
    }
}
