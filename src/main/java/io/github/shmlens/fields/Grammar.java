package io.github.shmlens.fields;

import io.github.shmlens.fields.grammar.CDeclarationsLexer;
import io.github.shmlens.fields.grammar.CDeclarationsParser;
import java.util.List;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.jspecify.annotations.Nullable;

/// The generated lexer and parser, which stop at the first error with a sentence of ours.
final class Grammar {

    private static final int SHOWN_CHARS = 40;

    private Grammar() {}

    /// @param line of the text's first character, from 1
    /// @param column of the text's first character, from 0
    static CDeclarationsLexer lexer(String text, int line, int column) {
        CDeclarationsLexer lexer = new CDeclarationsLexer(CharStreams.fromString(text));
        lexer.removeErrorListeners();
        lexer.setLine(line);
        lexer.setCharPositionInLine(column);
        return lexer;
    }

    /// A parser that throws [Refused].
    static CDeclarationsParser parser(List<? extends Token> tokens) {
        CDeclarationsParser parser =
                new CDeclarationsParser(new CommonTokenStream(new ListTokenSource(tokens)));
        parser.removeErrorListeners();
        parser.addErrorListener(new FirstError());
        return parser;
    }

    /// A token as a sentence quotes it.
    static String quoted(Token token) {
        String text = String.valueOf(token.getText());
        return "\""
                + (text.length() > SHOWN_CHARS ? text.substring(0, SHOWN_CHARS) + "…" : text)
                + "\"";
    }

    private static final class FirstError extends BaseErrorListener {

        @Override
        public void syntaxError(
                Recognizer<?, ?> recognizer,
                @Nullable Object offending,
                int line,
                int column,
                String message,
                @Nullable RecognitionException why) {
            boolean ends = offending instanceof Token token && token.getType() == Token.EOF;
            String what =
                    offending instanceof Token token && !ends
                            ? quoted(token)
                            : "the end of the text";
            String missing = recognizer instanceof Parser parser ? only(parser) : "";
            throw new Refused(
                    line,
                    column + 1,
                    missing.isEmpty()
                            ? ends
                                    ? "the text ends in the middle of a declaration"
                                    : what
                                            + " does not belong here"
                                            + (what.equals("\"}\"")
                                                    ? ": a ; may be missing before it"
                                                    : "")
                            : "%s is missing before %s".formatted(missing, what));
        }

        /// The token that alone could stand here; empty where there are several.
        private static String only(Parser parser) {
            IntervalSet expected = parser.getExpectedTokens();
            if (expected.size() != 1) {
                return "";
            }
            int type = expected.getMinElement();
            String literal = parser.getVocabulary().getLiteralName(type);
            return literal != null
                    ? literal
                    : type == CDeclarationsParser.Identifier ? "a name" : "";
        }
    }
}
