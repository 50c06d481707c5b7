package io.github.shmlens.fields;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How a compiler lays types out: the System V ABI of one processor, as GCC implements it. All
/// three are little-endian.
///
/// Sources: System V ABI, AMD64 supplement 3.1; Procedure Call Standard for the Arm 64-bit
/// Architecture (AAPCS64) 5 and 10.1; System V ABI, Intel386 supplement, chapter 3.
public enum Abi {
    /// 64-bit x86: `char` is signed.
    X86_64("x86-64", 8, 8, 8, 16, 16, true, true, false),

    /// 64-bit Arm: `char` and `wchar_t` are unsigned, and bit-fields without a name align too.
    AARCH64("aarch64", 8, 8, 8, 16, 16, false, false, true),

    /// 32-bit x86: 8-byte numbers align to 4 inside a structure.
    I386("i386", 4, 4, 4, 12, 4, true, true, false);

    private final String text;
    private final int wordBytes;
    private final int wideAlign;
    private final int doubleAlign;
    private final int longDoubleBytes;
    private final int longDoubleAlign;
    private final boolean signedChar;
    private final boolean signedWideChar;
    private final boolean namelessBitFieldsAlign;

    Abi(
            String text,
            int wordBytes,
            int wideAlign,
            int doubleAlign,
            int longDoubleBytes,
            int longDoubleAlign,
            boolean signedChar,
            boolean signedWideChar,
            boolean namelessBitFieldsAlign) {
        this.text = text;
        this.wordBytes = wordBytes;
        this.wideAlign = wideAlign;
        this.doubleAlign = doubleAlign;
        this.longDoubleBytes = longDoubleBytes;
        this.longDoubleAlign = longDoubleAlign;
        this.signedChar = signedChar;
        this.signedWideChar = signedWideChar;
        this.namelessBitFieldsAlign = namelessBitFieldsAlign;
    }

    /// That of the processor this program runs on, or the most common one.
    public static Abi ofHost() {
        return "aarch64".equals(System.getProperty("os.arch")) ? AARCH64 : X86_64;
    }

    /// The one a person names: `x86-64`, `aarch64`, `i386`.
    public static Optional<Abi> named(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replace('_', '-');
        return Arrays.stream(values()).filter(abi -> abi.text.equals(plain)).findFirst();
    }

    /// As a person names it.
    public String text() {
        return text;
    }

    /// Size and alignment of `long` and of pointers, in bytes.
    public int wordBytes() {
        return wordBytes;
    }

    /// Alignment of 8-byte whole numbers as members, in bytes.
    int wideAlign() {
        return wideAlign;
    }

    /// Alignment of `double` as a member, in bytes.
    int doubleAlign() {
        return doubleAlign;
    }

    int longDoubleBytes() {
        return longDoubleBytes;
    }

    int longDoubleAlign() {
        return longDoubleAlign;
    }

    /// Whether plain `char` is signed.
    boolean signedChar() {
        return signedChar;
    }

    /// Whether `wchar_t` is signed.
    boolean signedWideChar() {
        return signedWideChar;
    }

    /// Whether bit-fields without a name raise the alignment of what holds them.
    boolean namelessBitFieldsAlign() {
        return namelessBitFieldsAlign;
    }
}
