package io.github.shmlens.fields;

/// What a person pasted, made ready for the lexer.
final class SourceText {

    /// No header of one program's types comes near.
    static final int MAX_CHARS = 1 << 20;

    private SourceText() {}

    /// The text with blanks in place of comments; lines and columns stay what they were.
    ///
    /// @throws BadDeclaration when it is too long, or a comment does not end
    static String withoutComments(String source) throws BadDeclaration {
        if (source.length() > MAX_CHARS) {
            throw new BadDeclaration(
                    1,
                    1,
                    "the text has %,d characters and may have %,d: give only the types that matter"
                            .formatted(source.length(), MAX_CHARS));
        }
        char[] text = source.toCharArray();
        int line = 1;
        int lineBegin = 0;
        int at = 0;
        while (at < text.length) {
            char c = text[at];
            char next = at + 1 < text.length ? text[at + 1] : '\0';
            if (c == '\n') {
                line++;
                lineBegin = ++at;
            } else if (c == '/' && next == '/') {
                while (at < text.length && text[at] != '\n') {
                    boolean goesOn =
                            text[at] == '\\' && at + 1 < text.length && text[at + 1] == '\n';
                    text[at++] = ' ';
                    if (goesOn) {
                        at++;
                        line++;
                        lineBegin = at;
                    }
                }
            } else if (c == '/' && next == '*') {
                int end = source.indexOf("*/", at + 2);
                if (end < 0) {
                    throw new BadDeclaration(
                            line, at - lineBegin + 1, "this comment does not end: */ is missing");
                }
                for (; at < end + 2; at++) {
                    if (text[at] == '\n') {
                        line++;
                        lineBegin = at + 1;
                    } else {
                        text[at] = ' ';
                    }
                }
            } else if (c == '"' || (c == '\'' && !betweenDigits(text, at))) {
                at = literalEnd(text, at);
            } else {
                at++;
            }
        }
        return new String(text);
    }

    /// Behind the closing quote, or where the line ends.
    private static int literalEnd(char[] text, int begin) {
        int at = begin + 1;
        while (at < text.length && text[at] != '\n' && text[at] != text[begin]) {
            at += text[at] == '\\' ? 2 : 1;
        }
        return Math.min(at < text.length && text[at] != '\n' ? at + 1 : at, text.length);
    }

    /// As in 1'000'000.
    private static boolean betweenDigits(char[] text, int at) {
        return at > 0
                && at + 1 < text.length
                && Character.digit(text[at - 1], 16) >= 0
                && Character.digit(text[at + 1], 16) >= 0;
    }
}
