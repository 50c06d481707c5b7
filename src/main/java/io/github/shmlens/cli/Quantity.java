package io.github.shmlens.cli;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Numbers;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sizes and times as people type them.
final class Quantity {

    private static final Pattern SIZE = Pattern.compile("(\\w+?)\\s*([KMGT])(?:iB|B)?");

    private static final Map<String, Integer> SHIFTS = Map.of("K", 10, "M", 20, "G", 30, "T", 40);

    private static final String UNITS = "KMGTPE";

    private static final Pattern AGE =
            Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)\\s*([smhdw]?)");

    private static final Map<String, Integer> SECONDS =
            Map.of("", 1, "s", 1, "m", 60, "h", 3600, "d", 86_400, "w", 604_800);

    private Quantity() {}

    /// A size in bytes, at least `least`: `10000`, `0x1000`, `64K`, `1MiB` (all powers of two).
    static long size(String what, String text, long least) throws BadInput {
        Matcher suffixed = SIZE.matcher(text.strip());
        if (!text.strip().startsWith("0x") && suffixed.matches()) {
            int shift = SHIFTS.getOrDefault(suffixed.group(2).toUpperCase(Locale.ROOT), 0);
            long most = Long.MAX_VALUE >> shift;
            return Numbers.parse(what, suffixed.group(1), Math.max(1, least >> shift), most)
                    << shift;
        }
        return Numbers.parse(what, text, least, Long.MAX_VALUE);
    }

    /// A span of time: seconds, or with a unit: `90`, `0.5`, `15m`, `2d`.
    static Duration time(String what, String text) throws BadInput {
        Matcher age = AGE.matcher(text.strip());
        if (!age.matches()) {
            throw new BadInput(
                    "the %s \"%s\" is no span of time: seconds, or a number with s, m, h, d or w"
                            .formatted(what, text));
        }
        BigDecimal seconds =
                new BigDecimal(age.group(1))
                        .multiply(BigDecimal.valueOf(SECONDS.getOrDefault(age.group(2), 1)));
        return Duration.ofMillis(seconds.movePointRight(3).longValue());
    }

    /// A size for people: `10000 bytes`, `1.5 GiB`.
    static String shown(long bytes) {
        if (bytes < 10L << 10) {
            return bytes + " bytes";
        }
        double size = bytes;
        int unit = -1;
        while (size >= 1024 && unit < UNITS.length() - 1) {
            size /= 1024;
            unit++;
        }
        return "%.1f %siB".formatted(size, UNITS.charAt(unit));
    }
}
