package io.github.shmlens.ui.hex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.shmlens.ui.hex.GlyphAtlas.Ink;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HexPaletteTest {

    @Test
    void blackOnWhiteIsTheLargestContrast() {
        assertThat(HexPalette.contrast(0xFF000000, 0xFFFFFFFF)).isEqualTo(21, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void textCanBeReadAtEveryHeatHueTintAndSelection(String theme) {
        HexPalette palette = palette(theme);
        List<String> unreadable = new ArrayList<>();
        for (int look : everyLook()) {
            for (boolean faint : new boolean[] {false, true}) {
                Ink ink = HexPainter.ink(palette, look, faint);
                double contrast = HexPalette.contrast(ink.foreground(), ink.background());
                if (contrast < 4.5) {
                    unreadable.add(
                            "%08x: %08x on %08x %.2f"
                                    .formatted(look, ink.foreground(), ink.background(), contrast));
                }
            }
        }
        assertThat(unreadable).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void linesAndDotsStandOutOnEveryColdBackground(String theme) {
        HexPalette palette = palette(theme);
        for (int look : everyLook()) {
            boolean cold = (look >> HexPainter.HEAT_SHIFT & 0xF) == 0;
            boolean typed = (look & HexPainter.PENDING) != 0;
            if (cold && !typed) {
                int background = HexPainter.ink(palette, look, false).background();
                for (int line : new int[] {palette.torn(), palette.baseline(), palette.caret()}) {
                    assertThat(HexPalette.contrast(line, background))
                            .as("%08x on %08x", line, background)
                            .isGreaterThanOrEqualTo(3);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void aFreshChangeIsNoTintAndNotOurs(String theme) {
        HexPalette palette = palette(theme);
        assertThat(palette.changed()).isNotEqualTo(palette.ours());
        for (Tint.Kind kind : Tint.Kind.values()) {
            assertThat(palette.tints().of(kind)).isNotIn(palette.changed(), palette.ours());
        }
    }

    private static HexPalette palette(String theme) {
        return theme.equals("dark") ? HexPalette.DARK : HexPalette.LIGHT;
    }

    private static List<Integer> everyLook() {
        List<Integer> looks = new ArrayList<>();
        int[] typed = {0, HexPainter.PENDING, HexPainter.PENDING | HexPainter.CONFLICT};
        int[] chosen = {0, HexPainter.SELECTED, HexPainter.SELECTED | HexPainter.IDLE};
        for (int heat = 0; heat <= HexPainter.HEAT_LEVELS; heat++) {
            for (int ours = 0; ours <= 1; ours++) {
                for (int tint = 0; tint <= Tint.Kind.values().length; tint++) {
                    for (int edit : typed) {
                        for (int selected : chosen) {
                            looks.add(
                                    (heat << HexPainter.HEAT_SHIFT)
                                            | (ours << HexPainter.OURS_SHIFT)
                                            | (tint << HexPainter.TINT_SHIFT)
                                            | edit
                                            | selected);
                        }
                    }
                }
            }
        }
        return looks;
    }
}
