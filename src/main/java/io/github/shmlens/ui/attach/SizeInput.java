package io.github.shmlens.ui.attach;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Numbers;
import io.github.shmlens.ui.text.Texts;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sizes as a person types them: `10000`, `64 KiB`, `1M`, `2 GB`. A bare K, M, G or T is the binary
/// unit, as in `ls`, `dd` and `ipcs`; `kB`, `MB` and so on are powers of 1000.
final class SizeInput {

    private static final Texts TEXTS = Texts.of(SizeInput.class);

    private static final Pattern FORM =
            Pattern.compile("(0[xX][0-9a-fA-F]+|[0-9]+)\\s*([a-zA-Z]*)");

    private SizeInput() {}

    /// @throws BadInput when it is no size, or 0, or beyond what a 64-bit offset can reach
    static long parse(String typed) throws BadInput {
        String text = typed.strip();
        if (text.isEmpty()) {
            throw new BadInput(TEXTS.say("size.missing"));
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new BadInput(TEXTS.say("size.not-whole", text));
        }
        long unit = unit(form.group(2));
        return Numbers.parse("size", form.group(1), 1, Long.MAX_VALUE / unit) * unit;
    }

    private static long unit(String word) throws BadInput {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "", "b", "byte", "bytes" -> 1;
            case "k", "kib" -> 1L << 10;
            case "m", "mib" -> 1L << 20;
            case "g", "gib" -> 1L << 30;
            case "t", "tib" -> 1L << 40;
            case "kb" -> 1_000;
            case "mb" -> 1_000_000;
            case "gb" -> 1_000_000_000;
            case "tb" -> 1_000_000_000_000L;
            default -> throw new BadInput(TEXTS.say("size.no-unit", word));
        };
    }
}
