package io.github.shmlens.ui.hex;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Numbers;
import io.github.shmlens.ui.text.Texts;
import java.util.OptionalLong;

/// A place in a segment as a person types it, with arithmetic:
///
/// ```
/// 4096      0x1000      0x40 + 3*24      (end - 0x20) / 2      #5 + 8      +16      -0x10
/// ```
///
/// `#5` is where the value of slot 5 begins, `end` the offset behind the last byte (alone it means
/// the last byte), `here` the caret. A sign in front counts from the caret. `*`, `/` and `%` bind
/// closer than `+` and `-`; a quotient is cut towards zero. Numbers are those of [Numbers], and no
/// sum overflows unnoticed. Pure.
public final class OffsetText {

    private static final Texts TEXTS = Texts.of(OffsetText.class);

    /// Longer than anybody types; so recursion cannot go deep either.
    private static final int MOST_CHARACTERS = 200;

    private static final int SHOWN_CHARACTERS = 24;

    /// What the words of an expression stand for.
    ///
    /// @param here where the caret is; below 0 for nowhere, which counts as 0
    public record Meaning(long sizeBytes, long here, Slots slots) {}

    /// Where the value of a slot begins.
    @FunctionalInterface
    public interface Slots {
        OptionalLong content(long key);
    }

    private final String text;
    private final Meaning meaning;
    private int at;
    private boolean saysEnd;

    private OffsetText(String text, Meaning meaning) {
        this.text = text;
        this.meaning = meaning;
    }

    /// Reads an offset inside the segment.
    ///
    /// @throws BadInput when it is none; names the character at fault, counted from 1
    public static long read(String text, Meaning meaning) throws BadInput {
        if (meaning.sizeBytes() <= 0) {
            throw new BadInput(TEXTS.say("offset.empty-segment"));
        }
        OffsetText reader = new OffsetText(text, meaning);
        long value = reader.whole();
        long last = meaning.sizeBytes() - 1;
        if (reader.saysEnd && value == meaning.sizeBytes()) {
            return last;
        }
        if (value < 0) {
            throw new BadInput(TEXTS.say("offset.before-start", shown(value)));
        }
        if (value > last) {
            throw new BadInput(TEXTS.say("offset.behind-end", shown(value), last, last));
        }
        return value;
    }

    /// Reads a length, with the same words.
    ///
    /// @param most what it may be at most; it is at least 1
    public static long readLength(String text, Meaning meaning, long most) throws BadInput {
        long value = new OffsetText(text, meaning).whole();
        if (value < 1 || value > most) {
            throw new BadInput(TEXTS.say("offset.length", shown(value), most));
        }
        return value;
    }

    private long whole() throws BadInput {
        if (text.length() > MOST_CHARACTERS) {
            throw new BadInput(TEXTS.say("offset.too-long", MOST_CHARACTERS));
        }
        skipBlanks();
        if (at == text.length()) {
            throw new BadInput(TEXTS.say("offset.nothing"));
        }
        boolean fromHere = text.charAt(at) == '+' || text.charAt(at) == '-';
        int start = at;
        long value = sum();
        if (at < text.length()) {
            throw new BadInput(TEXTS.say("offset.not-expected", rest(), at + 1));
        }
        return fromHere ? exact(() -> Math.addExact(here(), value), start) : value;
    }

    private long here() {
        return Math.max(0, meaning.here());
    }

    private long sum() throws BadInput {
        long value = product();
        while (at < text.length() && "+-".indexOf(text.charAt(at)) >= 0) {
            int sign = at++;
            long left = value;
            long right = product();
            value =
                    text.charAt(sign) == '+'
                            ? exact(() -> Math.addExact(left, right), sign)
                            : exact(() -> Math.subtractExact(left, right), sign);
        }
        return value;
    }

    private long product() throws BadInput {
        long value = signed();
        while (at < text.length() && "*/%".indexOf(text.charAt(at)) >= 0) {
            int sign = at++;
            long left = value;
            long right = signed();
            if (text.charAt(sign) == '*') {
                value = exact(() -> Math.multiplyExact(left, right), sign);
            } else if (right == 0) {
                throw new BadInput(TEXTS.say("offset.by-zero", sign + 1));
            } else {
                value =
                        text.charAt(sign) == '/'
                                ? exact(() -> Math.divideExact(left, right), sign)
                                : left % right;
            }
        }
        return value;
    }

    private long signed() throws BadInput {
        skipBlanks();
        if (at < text.length() && text.charAt(at) == '-') {
            int sign = at++;
            long value = signed();
            return exact(() -> Math.negateExact(value), sign);
        }
        if (at < text.length() && text.charAt(at) == '+') {
            at++;
            return signed();
        }
        return term();
    }

    private long term() throws BadInput {
        if (at == text.length()) {
            throw new BadInput(TEXTS.say("offset.missing", at + 1));
        }
        char first = text.charAt(at);
        if (first == '(') {
            int open = at++;
            long value = sum();
            if (at == text.length() || text.charAt(at) != ')') {
                throw new BadInput(TEXTS.say("offset.unclosed", open + 1));
            }
            at++;
            skipBlanks();
            return value;
        }
        if (first == '#') {
            return slot();
        }
        int start = at;
        String word = word();
        long value =
                switch (word) {
                    case "" -> throw new BadInput(TEXTS.say("offset.no-term", rest(), start + 1));
                    case "end" -> {
                        saysEnd = true;
                        yield meaning.sizeBytes();
                    }
                    case "here" -> here();
                    default -> number(word, start, 0);
                };
        skipBlanks();
        return value;
    }

    private long slot() throws BadInput {
        int start = at++;
        String sign = at < text.length() && text.charAt(at) == '-' ? "-" : "";
        at += sign.length();
        String word = word();
        if (word.isEmpty()) {
            throw new BadInput(TEXTS.say("offset.no-key", start + 1));
        }
        long key = number(sign + word, start, Long.MIN_VALUE);
        skipBlanks();
        OptionalLong content = meaning.slots().content(key);
        if (content.isEmpty()) {
            throw new BadInput(TEXTS.say("offset.no-slot", key, start + 1));
        }
        return content.getAsLong();
    }

    private long number(String word, int start, long least) throws BadInput {
        try {
            return Numbers.parse("number", word, least, Long.MAX_VALUE);
        } catch (BadInput none) {
            throw new BadInput(TEXTS.say("offset.at-character", none.sentence(), start + 1));
        }
    }

    private String word() {
        int start = at;
        while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private String rest() {
        String rest = text.substring(at).strip();
        return rest.length() <= SHOWN_CHARACTERS ? rest : rest.substring(0, SHOWN_CHARACTERS) + "…";
    }

    private static String shown(long value) {
        return value < 0 ? Long.toString(value) : "0x%x".formatted(value);
    }

    private interface Sum {
        long value();
    }

    private static long exact(Sum sum, int sign) throws BadInput {
        try {
            return sum.value();
        } catch (ArithmeticException overflow) {
            throw new BadInput(TEXTS.say("offset.overflow", sign + 1));
        }
    }
}
