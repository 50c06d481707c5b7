package io.github.shmlens.ui.hex;

/// Colours of the hex view and the occupancy strip, opaque, as `0xAARRGGBB`. Text on every
/// background that can come up, also half-way through a fade, has a contrast of [#readable] or
/// more.
///
/// @param dim text that matters less: zero bytes, pages never touched
/// @param edge a line where one tinted stretch ends and the next begins
/// @param changed full heat of a byte that just changed
/// @param ours the same, for our own writes
/// @param torn dots around a byte that a writer was in the middle of
/// @param baseline line below a byte that changed since the baseline
/// @param idleSelection selection while the view has no focus
/// @param readable the contrast that text reaches, to 1: 4.5 (WCAG 2, level AA, smaller text) or 7
///   (level AAA)
public record HexPalette(
        int background,
        int text,
        int dim,
        int edge,
        int changed,
        int ours,
        int torn,
        int baseline,
        int selection,
        int idleSelection,
        int caret,
        int focusRing,
        int pending,
        int pendingText,
        int conflict,
        int conflictText,
        Tints tints,
        double readable) {

    /// Background of each kind of stretch.
    public record Tints(
            int header,
            int slotHeader,
            int value,
            int padding,
            int free,
            int stale,
            int chosen,
            int match,
            int amber,
            int rose,
            int lime,
            int violet) {

        public int of(Tint.Kind kind) {
            return switch (kind) {
                case HEADER -> header;
                case SLOT_HEADER, FIELD_BLUE -> slotHeader;
                case VALUE, FIELD_GREEN -> value;
                case PADDING, FIELD_SAND -> padding;
                case FREE -> free;
                case STALE, FIELD_MAUVE -> stale;
                case CHOSEN -> chosen;
                case MATCH -> match;
                case BOOKMARK_AMBER -> amber;
                case BOOKMARK_ROSE -> rose;
                case BOOKMARK_LIME -> lime;
                case BOOKMARK_VIOLET -> violet;
            };
        }
    }

    public static final HexPalette LIGHT =
            new HexPalette(
                    0xFFFFFFFF,
                    0xFF1F2328,
                    0xFF656D76,
                    0xFF8C959F,
                    0xFFFFA657,
                    0xFFC9A6FF,
                    0xFFCF222E,
                    0xFFBC4C00,
                    0xFFA9D0FF,
                    0xFFD3D9E0,
                    0xFF0550AE,
                    0xFF0969DA,
                    0xFFA8E6DD,
                    0xFF003D36,
                    0xFFFFC4BE,
                    0xFF82071E,
                    new Tints(
                            0xFFE3E8EE,
                            0xFFD8E9FB,
                            0xFFE2F3E4,
                            0xFFF4EFE2,
                            0xFFF6F8FA,
                            0xFFF3E3F0,
                            0xFFCFE0FF,
                            0xFFFFF1A8,
                            0xFFFFE2B8,
                            0xFFFFD3DC,
                            0xFFDDF3AE,
                            0xFFE9E0FF),
                    4.5);

    public static final HexPalette DARK =
            new HexPalette(
                    0xFF0D1117,
                    0xFFD6DEE6,
                    0xFF8B949E,
                    0xFF5A6470,
                    0xFF7D4100,
                    0xFF5B3A9E,
                    0xFFFF7B84,
                    0xFFFFA657,
                    0xFF1F4B8F,
                    0xFF39424D,
                    0xFF79C0FF,
                    0xFF58A6FF,
                    0xFF0F5B52,
                    0xFFD9FFF8,
                    0xFF7A1620,
                    0xFFFFE3E0,
                    new Tints(
                            0xFF252D37,
                            0xFF15294A,
                            0xFF15311F,
                            0xFF2C271B,
                            0xFF12171E,
                            0xFF321F2F,
                            0xFF1B3A6B,
                            0xFF400048,
                            0xFF463409,
                            0xFF4C1A2B,
                            0xFF2C3F0C,
                            0xFF2E2250),
                    4.5);

    private static final HexPalette LIGHT_HIGH =
            new HexPalette(
                    0xFFFFFFFF,
                    0xFF000000,
                    0xFF3D444D,
                    0xFF57606A,
                    0xFFFFA657,
                    0xFFC9A6FF,
                    0xFFA40E26,
                    0xFF8A3600,
                    0xFFA9D0FF,
                    0xFFD3D9E0,
                    0xFF03388A,
                    0xFF0349B4,
                    0xFFA8E6DD,
                    0xFF002B26,
                    0xFFFFC4BE,
                    0xFF5C0413,
                    LIGHT.tints(),
                    7);

    private static final HexPalette DARK_HIGH =
            new HexPalette(
                    0xFF000000,
                    0xFFFFFFFF,
                    0xFFC3CAD2,
                    0xFF8B949E,
                    0xFF7D4100,
                    0xFF5B3A9E,
                    0xFFFF9BA2,
                    0xFFFFB877,
                    0xFF1F4B8F,
                    0xFF39424D,
                    0xFF79C0FF,
                    0xFF79C0FF,
                    0xFF0F5B52,
                    0xFFFFFFFF,
                    0xFF7A1620,
                    0xFFFFFFFF,
                    DARK.tints(),
                    7);

    /// The colours for a window that is light or dark, in usual or high contrast.
    public static HexPalette of(boolean dark, boolean highContrast) {
        if (highContrast) {
            return dark ? DARK_HIGH : LIGHT_HIGH;
        }
        return dark ? DARK : LIGHT;
    }

    /// The ink that was asked for, where it can be read on this background; otherwise the text's.
    public int inkOn(int background, int wanted) {
        return contrast(background, wanted) >= readable ? wanted : text;
    }

    /// A background on its way from `base` to `top`.
    ///
    /// @param part 0 for all base, 1 for all top
    public static int mix(int base, int top, double part) {
        int mixed = 0xFF;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int from = base >> shift & 0xFF;
            int to = top >> shift & 0xFF;
            mixed = mixed << 8 | (int) Math.round(from + (to - from) * part);
        }
        return mixed;
    }

    /// WCAG 2: from 1 (the same) to 21 (black on white).
    static double contrast(int one, int other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(int argb) {
        return 0.2126 * linear(argb >> 16 & 0xFF)
                + 0.7152 * linear(argb >> 8 & 0xFF)
                + 0.0722 * linear(argb & 0xFF);
    }

    static double linear(int channel) {
        double c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }
}
