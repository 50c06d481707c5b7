package io.github.shmlens.fields;

import org.antlr.v4.runtime.Token;

/// A [BadDeclaration] on its way out of the generated parser, which lets no checked one through.
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int line;
    private final int column;

    Refused(int line, int column, String sentence) {
        super(sentence, null, false, false);
        this.line = line;
        this.column = column;
    }

    static Refused at(Token token, String sentence) {
        return new Refused(token.getLine(), token.getCharPositionInLine() + 1, sentence);
    }

    BadDeclaration declared() {
        return new BadDeclaration(line, column, String.valueOf(getMessage()));
    }
}
