package io.github.shmlens.fields;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Numbers;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A time as a count since the beginning of 1970, UTC. Pure.
public enum EpochTime {
    SECONDS(1, 0),
    MILLIS(1_000, 3),
    MICROS(1_000_000, 6),
    NANOS(1_000_000_000, 9);

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int LAST_YEAR = 9999;

    private static final Pattern TYPED =
            Pattern.compile(
                    "([0-9]{4})-([0-9]{2})-([0-9]{2})"
                            + "(?:[ T]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\\.([0-9]{1,9}))?)?)?"
                            + "\\s*(?:Z|UTC)?");

    private final long perSecond;
    private final DateTimeFormatter form;

    EpochTime(long perSecond, int digits) {
        this.perSecond = perSecond;
        String fraction = digits == 0 ? "" : "." + "S".repeat(digits);
        this.form = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss" + fraction, Locale.ROOT);
    }

    /// The time of a count, to the last digit that the count can tell; empty outside the years 1 to
    /// 9999: a number that was never meant as a time.
    public Optional<String> text(long count) {
        return text(
                Math.floorDiv(count, perSecond),
                Math.floorMod(count, perSecond) * (NANOS_PER_SECOND / perSecond),
                form);
    }

    /// The same of a count without a sign.
    ///
    /// @param count read as unsigned
    public Optional<String> textUnsigned(long count) {
        return count >= 0 ? text(count) : Optional.empty();
    }

    /// The time of a count with a fraction, to the microsecond: a `double` tells no more.
    public Optional<String> text(double count) {
        double seconds = Math.floor(count / perSecond);
        // Also false for what is no number.
        if (!(Math.abs(seconds) < Long.MAX_VALUE / 1e6)) {
            return Optional.empty();
        }
        BigDecimal nanos =
                new BigDecimal(count)
                        .subtract(new BigDecimal(seconds).multiply(BigDecimal.valueOf(perSecond)))
                        .multiply(BigDecimal.valueOf(NANOS_PER_SECOND / perSecond));
        long micros = Math.clamp(nanos.longValue() / 1000, 0, 999_999);
        return text((long) seconds, micros * 1000, MICROS.form);
    }

    private static Optional<String> text(long seconds, long nanos, DateTimeFormatter form) {
        try {
            LocalDateTime time = LocalDateTime.ofEpochSecond(seconds, (int) nanos, ZoneOffset.UTC);
            boolean meant = time.getYear() >= 1 && time.getYear() <= LAST_YEAR;
            return meant ? Optional.of(form.format(time)) : Optional.empty();
        } catch (DateTimeException beyond) {
            return Optional.empty();
        }
    }

    /// The count of a time as [#text(long)] writes it, of a day alone, of `now`, or the count
    /// itself.
    ///
    /// @throws BadInput when it is no such time, or too fine or too late for this count
    public long count(String typed) throws BadInput {
        if (typed.matches("[+-]?[0-9a-fA-FxX]+")) {
            return Numbers.parse("count", typed, Long.MIN_VALUE, Long.MAX_VALUE);
        }
        Instant time = typed.equals("now") ? now() : moment(typed);
        long step = NANOS_PER_SECOND / perSecond;
        if (time.getNano() % step != 0) {
            throw new BadInput("%s is finer than this count can tell".formatted(shortened(typed)));
        }
        try {
            return BigInteger.valueOf(time.getEpochSecond())
                    .multiply(BigInteger.valueOf(perSecond))
                    .add(BigInteger.valueOf(time.getNano() / step))
                    .longValueExact();
        } catch (ArithmeticException overflow) {
            throw new BadInput("%s is too far away for this count".formatted(shortened(typed)));
        }
    }

    /// The same as a number with a fraction.
    public BigDecimal fraction(String typed) throws BadInput {
        if (Numbers.isDecimal(typed)) {
            return new BigDecimal(typed);
        }
        Instant time = typed.equals("now") ? now() : moment(typed);
        return BigDecimal.valueOf(time.getEpochSecond())
                .add(BigDecimal.valueOf(time.getNano(), 9))
                .multiply(BigDecimal.valueOf(perSecond));
    }

    /// As fine as the count.
    private Instant now() {
        Instant now = Instant.now();
        return now.minusNanos(now.getNano() % (NANOS_PER_SECOND / perSecond));
    }

    private static Instant moment(String typed) throws BadInput {
        Matcher parts = TYPED.matcher(typed);
        if (!parts.matches()) {
            throw new BadInput(
                    "%s is no time: 2026-11-25 21:47:04, a day, now, or the count itself"
                            .formatted(shortened(typed)));
        }
        try {
            LocalDateTime time =
                    LocalDateTime.of(
                            number(parts, 1),
                            number(parts, 2),
                            number(parts, 3),
                            number(parts, 4),
                            number(parts, 5),
                            number(parts, 6));
            String fraction = parts.group(7) == null ? "" : parts.group(7);
            int nanos = Integer.parseInt((fraction + "000000000").substring(0, 9));
            return time.toInstant(ZoneOffset.UTC).plusNanos(nanos);
        } catch (DateTimeException none) {
            throw new BadInput("there is no such time as %s".formatted(shortened(typed)));
        }
    }

    private static String shortened(String typed) {
        return "\"%s\"".formatted(typed.length() <= 24 ? typed : typed.substring(0, 24) + "…");
    }

    private static int number(Matcher parts, int group) {
        String digits = parts.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
