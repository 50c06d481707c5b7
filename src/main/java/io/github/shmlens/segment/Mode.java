package io.github.shmlens.segment;

/// Permission bits, the low nine of a mode.
public record Mode(int bits) {

    public Mode {
        bits &= 0777;
    }

    /// PHP's own default.
    public static final Mode DEFAULT = new Mode(0666);

    /// Four octal digits: `0666`.
    public String octal() {
        return "%04o".formatted(bits);
    }

    /// As `ls -l` writes it: `rw-rw-rw-`.
    public String letters() {
        StringBuilder letters = new StringBuilder(9);
        for (int bit = 8; bit >= 0; bit--) {
            letters.append((bits & (1 << bit)) == 0 ? '-' : "xwr".charAt(bit % 3));
        }
        return letters.toString();
    }

    /// Reads octal digits, with or without a leading zero.
    ///
    /// @throws BadInput when it is not octal or above 0777
    public static Mode parse(String text) throws BadInput {
        String digits = text.strip();
        if (!digits.matches("0*[0-7]{1,3}")) {
            throw new BadInput(
                    "the mode \"%s\" is not an octal number from 0 to 0777".formatted(digits));
        }
        return new Mode(Integer.parseInt(digits, 8));
    }
}
