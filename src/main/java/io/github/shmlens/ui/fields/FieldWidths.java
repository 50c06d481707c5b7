package io.github.shmlens.ui.fields;

/// How wide the columns of the fields are.
final class FieldWidths {

    private static final double LEAST_NAME = 7.4;
    private static final double MOST_NAME = 11;
    private static final double TYPE = 6.9;
    private static final double LEAST_TYPE = 3.4;
    private static final double OFFSET = 4.6;
    private static final double CHANGES = 2.9;
    private static final double AGE = 3.4;
    private static final double LEAST_VALUE = 7;

    /// Of the fixed-width font, and what stands around the letters.
    private static final double LETTER = 0.61;

    private static final double AROUND = 1;

    /// As long as a point in time; what is longer is cut, and in the tip.
    private static final int MOST_LETTERS = 24;

    /// The scroll bar, and the borders.
    private static final double BESIDE = 1.1;

    private FieldWidths() {}

    /// Divides the room: the value has what its text wants before type and name have all they want,
    /// the offset is whole, and what is left over is the value's. Changes and ages lie behind the
    /// edge where not all have room.
    ///
    /// @param letters of the longest value
    /// @return in pixels, in the order of the columns
    static double[] of(double widthPixels, double fontSize, int letters) {
        double all = widthPixels / fontSize - BESIDE;
        double wanted = Math.max(LEAST_VALUE, Math.min(letters, MOST_LETTERS) * LETTER + AROUND);
        double name = Math.clamp(all - OFFSET - wanted - TYPE, LEAST_NAME, MOST_NAME);
        double room = all - name - OFFSET;
        // Where the offset lies behind the edge anyway, a cut type would win nothing.
        boolean fits = room >= LEAST_VALUE + LEAST_TYPE;
        double type = fits ? Math.clamp(room - wanted, LEAST_TYPE, TYPE) : TYPE;
        double rest = room - type;
        double value = Math.max(LEAST_VALUE, rest);
        if (rest - CHANGES - AGE >= wanted) {
            value = rest - CHANGES - AGE;
        }
        double[] ems = {name, value, type, OFFSET, CHANGES, AGE};
        for (int i = 0; i < ems.length; i++) {
            ems[i] = Math.floor(ems[i] * fontSize);
        }
        return ems;
    }
}
