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
    @ValueSource(strings = {"light", "dark", "light-high", "dark-high"})
    void textCanBeReadAtEveryHeatHueTintAndSelection(String theme) {
        HexPalette palette = palette(theme);
        List<String> unreadable = new ArrayList<>();
        for (int look : everyLook()) {
            for (boolean faint : new boolean[] {false, true}) {
                Ink ink = HexPainter.ink(palette, look, faint);
                double contrast = HexPalette.contrast(ink.foreground(), ink.background());
                if (contrast < palette.readable()) {
                    unreadable.add(
                            "%08x: %08x on %08x %.2f"
                                    .formatted(look, ink.foreground(), ink.background(), contrast));
                }
            }
        }
        assertThat(unreadable).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark", "light-high", "dark-high"})
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
    @ValueSource(strings = {"light", "dark", "light-high", "dark-high"})
    void aFreshChangeIsNoTintAndNotOurs(String theme) {
        HexPalette palette = palette(theme);
        assertThat(palette.changed()).isNotEqualTo(palette.ours());
        for (Tint.Kind kind : Tint.Kind.values()) {
            assertThat(palette.tints().of(kind)).isNotIn(palette.changed(), palette.ours());
        }
    }

    @Test
    void highContrastAsksForMoreThanUsual() {
        assertThat(HexPalette.of(false, true).readable()).isEqualTo(7);
        assertThat(HexPalette.of(true, true).readable()).isEqualTo(7);
        assertThat(HexPalette.of(true, false).readable()).isEqualTo(4.5);
    }

    /// A change that just came must not look like one of ours, nor either like any tint, to people
    /// who lack one kind of cone. Matrices: Machado, Oliveira and Fernandes 2009, severity 1.
    @ParameterizedTest
    @ValueSource(strings = {"light", "dark", "light-high", "dark-high"})
    void freshChangesStayTellableWithoutRedGreenOrBlueCones(String theme) {
        HexPalette palette = palette(theme);
        List<String> alike = new ArrayList<>();
        for (double[] eyes : List.of(PROTANOPIA, DEUTERANOPIA, TRITANOPIA)) {
            List<Integer> fresh = List.of(palette.changed(), palette.ours());
            for (int mark : fresh) {
                List<Integer> others = new ArrayList<>(List.of(palette.background()));
                for (Tint.Kind kind : Tint.Kind.values()) {
                    others.add(palette.tints().of(kind));
                }
                fresh.stream().filter(one -> one != mark).forEach(others::add);
                for (int other : others) {
                    double apart = apart(seen(mark, eyes), seen(other, eyes));
                    if (apart < TELLABLE) {
                        alike.add("%08x %08x %.1f".formatted(mark, other, apart));
                    }
                }
            }
        }
        assertThat(alike).isEmpty();
    }

    /// Ten times a difference that is just seen side by side (CIE76).
    private static final double TELLABLE = 10;

    private static final double[] PROTANOPIA = {
        0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998
    };
    private static final double[] DEUTERANOPIA = {
        0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881
    };
    private static final double[] TRITANOPIA = {
        1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900
    };

    /// Linear red, green and blue as such eyes see them.
    private static double[] seen(int argb, double[] eyes) {
        double[] linear = {
            HexPalette.linear(argb >> 16 & 0xFF),
            HexPalette.linear(argb >> 8 & 0xFF),
            HexPalette.linear(argb & 0xFF)
        };
        double[] seen = new double[3];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                seen[row] += eyes[row * 3 + column] * linear[column];
            }
            seen[row] = Math.clamp(seen[row], 0, 1);
        }
        return seen;
    }

    private static double apart(double[] one, double[] other) {
        double[] a = lab(one);
        double[] b = lab(other);
        return Math.hypot(Math.hypot(a[0] - b[0], a[1] - b[1]), a[2] - b[2]);
    }

    /// CIE L*a*b*, D65.
    private static double[] lab(double[] rgb) {
        double x = f((0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.9505);
        double y = f(0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]);
        double z = f((0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.089);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double f(double t) {
        return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16.0 / 116;
    }

    private static HexPalette palette(String theme) {
        return HexPalette.of(theme.startsWith("dark"), theme.endsWith("high"));
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
