package io.github.shmlens.fields;

import io.github.shmlens.fields.grammar.CDeclarationsLexer;
import io.github.shmlens.fields.grammar.CDeclarationsParser;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Lexer;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/// Turns a text into the tokens that the parser sees: macros are expanded, what `#if` excludes is
/// gone, and what cannot be followed is noted.
///
/// Everything it does is bounded, because macros can ask for any amount of it.
final class Preprocessor {

    /// More than a text of the longest allowed kind has, unless it is made of punctuation.
    static final int MAX_TOKENS = 1 << 18;

    /// Brackets of any kind within each other.
    static final int MAX_DEPTH = 100;

    /// Tokens between two of `;`, `,`, `{` and `}`: what the parser descends into, at most.
    static final int MAX_RUN = 1000;

    private static final int MAX_NAME_CHARS = 255;
    private static final int MAX_EXPANSIONS = 1 << 18;
    private static final int MAX_EXPANSION_DEPTH = 100;

    /// Headers whose types are known without them.
    private static final Set<String> STANDARD =
            Set.of(
                    "<inttypes.h>",
                    "<linux/types.h>",
                    "<pthread.h>",
                    "<stdatomic.h>",
                    "<stdbool.h>",
                    "<stddef.h>",
                    "<stdint.h>",
                    "<sys/types.h>",
                    "<uchar.h>",
                    "<wchar.h>");

    private final Abi abi;
    private final Map<String, Macro> macros = new HashMap<>();
    private final List<CommonToken> out = new ArrayList<>();
    private final List<Note> notes = new ArrayList<>();
    private final NavigableMap<Integer, Long> packs = new TreeMap<>();
    private final Deque<Long> pushedPacks = new ArrayDeque<>();
    private final Deque<Branch> branches = new ArrayDeque<>();
    private long pack;
    private int expansions;

    /// @param parameters null for one without
    /// @param plain whether we can expand it: no `#`, no `##`, no `...`
    private record Macro(@Nullable List<String> parameters, List<Token> body, boolean plain) {}

    /// One `#if`.
    ///
    /// @param outer whether what surrounds it counts
    /// @param active whether the lines now read count
    /// @param done whether one of its branches was taken
    private record Branch(Token at, boolean outer, boolean active, boolean done) {}

    private Preprocessor(Abi abi) {
        this.abi = abi;
        define("__linux__", "1");
        define("__unix__", "1");
        define("__GNUC__", "12");
        define("__STDC__", "1");
        define("__STDC_VERSION__", "201710L");
        define("__CHAR_BIT__", "8");
        define("__BYTE_ORDER__", "1234");
        define("__ORDER_LITTLE_ENDIAN__", "1234");
        define("__ORDER_BIG_ENDIAN__", "4321");
        define("__SIZEOF_POINTER__", Integer.toString(abi.wordBytes()));
        define("__SIZEOF_LONG__", Integer.toString(abi.wordBytes()));
        define(
                switch (abi) {
                    case X86_64 -> "__x86_64__";
                    case AARCH64 -> "__aarch64__";
                    case I386 -> "__i386__";
                },
                "1");
        if (abi.wordBytes() == Long.BYTES) {
            define("__LP64__", "1");
        }
        if (!abi.signedChar()) {
            define("__CHAR_UNSIGNED__", "1");
        }
    }

    /// What came of a text.
    ///
    /// @param tokens the last one is the end
    /// @param packs alignment of `#pragma pack` from a token's index on; 0 for none
    /// @param opaque names of macros that were met and not expanded
    record Result(
            List<CommonToken> tokens,
            List<Note> notes,
            NavigableMap<Integer, Long> packs,
            Set<String> opaque) {

        /// Bytes that `#pragma pack` allows at a token; 0 where there is none.
        long packAt(int tokenIndex) {
            Map.Entry<Integer, Long> entry = packs.floorEntry(tokenIndex);
            return entry == null ? 0 : entry.getValue();
        }
    }

    static Result run(String source, Abi abi) throws BadDeclaration {
        try {
            return new Preprocessor(abi).all(SourceText.withoutComments(source));
        } catch (Refused refused) {
            throw refused.declared();
        }
    }

    private void define(String name, String value) {
        macros.put(name, new Macro(null, lexed(value, 1, 0), true));
    }

    private Result all(String text) {
        List<Token> tokens = lexed(text, 1, 0);
        int lastLine = 0;
        int at = 0;
        while (at < tokens.size()) {
            Token token = tokens.get(at);
            if (token.getType() == CDeclarationsLexer.Directive) {
                if (token.getLine() == lastLine) {
                    throw Refused.at(token, "# does not belong here: a directive begins its line");
                }
                directive(token);
                at++;
            } else if (active()) {
                at = expand(tokens, at, token, new HashSet<>(), 0, out);
            } else {
                at++;
            }
            lastLine = token.getLine();
        }
        if (!branches.isEmpty()) {
            throw Refused.at(branches.peek().at(), "this condition has no #endif");
        }
        checkShape();
        CommonToken end = new CommonToken(Token.EOF, "the end");
        Token last = tokens.isEmpty() ? null : tokens.getLast();
        end.setLine(last == null ? 1 : last.getLine());
        end.setCharPositionInLine(
                last == null
                        ? 0
                        : last.getCharPositionInLine() + String.valueOf(last.getText()).length());
        out.add(end);
        Set<String> opaque = new HashSet<>();
        macros.forEach((name, macro) -> {
            if (!macro.plain()) {
                opaque.add(name);
            }
        });
        return new Result(List.copyOf(out), List.copyOf(notes), packs, opaque);
    }

    /// Tokens without blanks.
    private static List<Token> lexed(String text, int line, int column) {
        Lexer lexer = Grammar.lexer(text, line, column);
        List<Token> tokens = new ArrayList<>();
        for (Token token = lexer.nextToken();
                token.getType() != Token.EOF;
                token = lexer.nextToken()) {
            if (token.getChannel() != Token.DEFAULT_CHANNEL) {
                continue;
            }
            if (tokens.size() == MAX_TOKENS) {
                throw tooMany(token);
            }
            if (isName(token) && token.getStopIndex() - token.getStartIndex() >= MAX_NAME_CHARS) {
                throw Refused.at(
                        token, "this name has more than %d characters".formatted(MAX_NAME_CHARS));
            }
            tokens.add(token);
        }
        return tokens;
    }

    private static Refused tooMany(Token token) {
        return Refused.at(
                token,
                "the text has more than %,d words and signs: give only the types that matter"
                        .formatted(MAX_TOKENS));
    }

    /// Whether nothing lies too deep or goes on too long for a parser that calls itself.
    private void checkShape() {
        int depth = 0;
        int run = 0;
        for (Token token : out) {
            run++;
            switch (String.valueOf(token.getText())) {
                case "(", "[" -> depth++;
                case ")", "]" -> depth--;
                case "[[" -> depth += 2;
                case "{" -> {
                    depth++;
                    run = 0;
                }
                case "}" -> {
                    depth--;
                    run = 0;
                }
                case ";", "," -> run = 0;
                default -> {}
            }
            if (depth > MAX_DEPTH) {
                throw Refused.at(
                        token, "more than %d brackets lie within each other".formatted(MAX_DEPTH));
            }
            if (run > MAX_RUN) {
                throw Refused.at(
                        token,
                        "this goes on for more than %,d words and signs without an end"
                                .formatted(MAX_RUN));
            }
        }
    }

    // Macros

    /// Puts out the token at `at`, or what it stands for.
    ///
    /// @param place where errors in it are shown: the token of the text itself
    /// @return index of the next token
    private int expand(
            List<? extends Token> tokens,
            int at,
            Token place,
            Set<String> hidden,
            int depth,
            List<CommonToken> to) {
        Token token = tokens.get(at);
        String name = String.valueOf(token.getText());
        Macro macro = isName(token) && !hidden.contains(name) ? macros.get(name) : null;
        if (macro == null || !macro.plain()) {
            put(token, place, to);
            return at + 1;
        }
        List<List<Token>> arguments = List.of();
        int next = at + 1;
        if (macro.parameters() != null) {
            if (next >= tokens.size() || !"(".equals(tokens.get(next).getText())) {
                put(token, place, to);
                return next;
            }
            arguments = new ArrayList<>();
            next = arguments(tokens, next, place, arguments);
            int wanted = macro.parameters().size();
            if (arguments.size() != wanted && !(wanted == 0 && arguments.getFirst().isEmpty())) {
                throw Refused.at(
                        place,
                        "the macro %s takes %d arguments and has %d here"
                                .formatted(name, wanted, arguments.size()));
            }
        }
        if (++expansions > MAX_EXPANSIONS || depth > MAX_EXPANSION_DEPTH) {
            throw Refused.at(place, "the macro %s expands to too much".formatted(name));
        }
        List<Token> body = substituted(macro, arguments, place);
        Set<String> within = new HashSet<>(hidden);
        within.add(name);
        int in = 0;
        while (in < body.size()) {
            in = expand(body, in, place, within, depth + 1, to);
        }
        return next;
    }

    /// Reads the arguments of a macro from its opening parenthesis on.
    private static int arguments(
            List<? extends Token> tokens, int open, Token place, List<List<Token>> arguments) {
        int depth = 0;
        List<Token> one = new ArrayList<>();
        for (int at = open; at < tokens.size(); at++) {
            Token token = tokens.get(at);
            String text = String.valueOf(token.getText());
            if (text.equals("(")) {
                depth++;
            } else if (text.equals(")")) {
                depth--;
            }
            if (depth == 0) {
                arguments.add(one);
                return at + 1;
            }
            if (depth == 1 && text.equals(",")) {
                arguments.add(one);
                one = new ArrayList<>();
            } else if (at > open) {
                one.add(token);
            }
        }
        throw Refused.at(place, "the arguments of this macro do not end: ) is missing");
    }

    private List<Token> substituted(Macro macro, List<List<Token>> arguments, Token place) {
        if (macro.parameters() == null) {
            return macro.body();
        }
        List<Token> body = new ArrayList<>();
        for (Token token : macro.body()) {
            int which = macro.parameters().indexOf(token.getText());
            if (which < 0) {
                body.add(token);
            } else {
                body.addAll(arguments.get(which));
            }
            if (body.size() > MAX_TOKENS) {
                throw tooMany(place);
            }
        }
        return body;
    }

    private static void put(Token token, Token place, List<CommonToken> to) {
        if (to.size() >= MAX_TOKENS) {
            throw tooMany(place);
        }
        CommonToken copy = new CommonToken(token);
        copy.setLine(place.getLine());
        copy.setCharPositionInLine(place.getCharPositionInLine());
        to.add(copy);
    }

    private static boolean isName(Token token) {
        String text = String.valueOf(token.getText());
        return !text.isEmpty() && (Character.isLetter(text.charAt(0)) || text.charAt(0) == '_');
    }

    // Directives

    private boolean active() {
        Branch branch = branches.peek();
        return branch == null || branch.active();
    }

    private void directive(Token directive) {
        // A line that goes on is one line; blanks keep the columns of the first one right.
        String text = String.valueOf(directive.getText()).replaceAll("\\\\\r?\n", " ");
        List<Token> tokens =
                lexed(
                        text.substring(1),
                        directive.getLine(),
                        directive.getCharPositionInLine() + 1);
        if (tokens.isEmpty()) {
            return;
        }
        String name = String.valueOf(tokens.getFirst().getText());
        List<Token> rest = tokens.subList(1, tokens.size());
        switch (name) {
            case "if" -> begin(directive, active() && holds(directive, rest));
            case "ifdef" -> begin(directive, active() && defined(directive, rest));
            case "ifndef" -> begin(directive, active() && !defined(directive, rest));
            case "elif" -> {
                Branch last = end(directive);
                branches.push(
                        new Branch(
                                last.at(),
                                last.outer(),
                                last.outer() && !last.done() && holds(directive, rest),
                                last.done()));
                markDone();
            }
            case "else" -> {
                Branch last = end(directive);
                branches.push(
                        new Branch(last.at(), last.outer(), last.outer() && !last.done(), true));
            }
            case "endif" -> {
                Branch ended = end(directive);
                if (ended.outer() && !ended.done()) {
                    note(ended.at(), "what this condition excludes is left out");
                }
            }
            default -> {
                if (active()) {
                    other(directive, name, rest);
                }
            }
        }
    }

    private void other(Token directive, String name, List<Token> rest) {
        switch (name) {
            case "define" -> define(directive, rest);
            case "undef" -> {
                if (!rest.isEmpty()) {
                    macros.remove(rest.getFirst().getText());
                }
            }
            case "include" -> {
                String header = rest.stream().map(Token::getText).collect(Collectors.joining());
                if (!STANDARD.contains(header)) {
                    note(directive, "#include is not followed: paste what it declares, if needed");
                }
            }
            case "pragma" -> pragma(rest);
            case "error" -> note(directive, "#error is ignored");
            default -> {}
        }
    }

    private void begin(Token at, boolean taken) {
        if (branches.size() >= MAX_DEPTH) {
            throw Refused.at(
                    at, "more than %d conditions lie within each other".formatted(MAX_DEPTH));
        }
        branches.push(new Branch(at, active(), taken, taken));
    }

    private Branch end(Token directive) {
        Branch last = branches.poll();
        if (last == null) {
            throw Refused.at(directive, "there is no #if that this belongs to");
        }
        return last;
    }

    private void markDone() {
        Branch last = branches.pop();
        branches.push(
                new Branch(last.at(), last.outer(), last.active(), last.done() || last.active()));
    }

    private boolean defined(Token directive, List<Token> rest) {
        if (rest.isEmpty()) {
            throw Refused.at(directive, "a name is missing behind this directive");
        }
        return macros.containsKey(rest.getFirst().getText());
    }

    private void define(Token directive, List<Token> rest) {
        if (rest.isEmpty() || !isName(rest.getFirst())) {
            throw Refused.at(directive, "#define needs a name");
        }
        Token name = rest.getFirst();
        boolean takesArguments =
                rest.size() > 1
                        && "(".equals(rest.get(1).getText())
                        && rest.get(1).getStartIndex() == name.getStopIndex() + 1;
        List<String> parameters = null;
        int from = 1;
        boolean plain = true;
        if (takesArguments) {
            parameters = new ArrayList<>();
            for (from = 2; from < rest.size() && !")".equals(rest.get(from).getText()); from++) {
                Token parameter = rest.get(from);
                if (isName(parameter)) {
                    parameters.add(parameter.getText());
                } else if (!",".equals(parameter.getText())) {
                    plain = false;
                }
            }
            from++;
        }
        List<Token> body = rest.subList(Math.min(from, rest.size()), rest.size());
        for (Token token : body) {
            plain &= token.getType() != CDeclarationsLexer.Directive && !isPaste(token);
        }
        if (macros.size() >= MAX_TOKENS) {
            throw tooMany(directive);
        }
        macros.put(name.getText(), new Macro(parameters, List.copyOf(body), plain));
    }

    private static boolean isPaste(Token token) {
        return "##".equals(token.getText());
    }

    /// `#pragma pack(2)`, `pack(push, 1)`, `pack(push)`, `pack(pop)`, `pack()`.
    private void pragma(List<Token> rest) {
        if (rest.isEmpty() || !"pack".equals(rest.getFirst().getText())) {
            return;
        }
        long wanted = -1;
        boolean bare = true;
        for (Token token : rest.subList(1, rest.size())) {
            switch (String.valueOf(token.getText())) {
                case "push" -> {
                    pushedPacks.push(pack);
                    bare = false;
                }
                case "pop" -> {
                    Long last = pushedPacks.poll();
                    pack = last == null ? 0 : last;
                    bare = false;
                }
                case "0", "1", "2", "4", "8", "16" -> {
                    wanted = Long.parseLong(token.getText());
                    bare = false;
                }
                case "(", ")", "," -> {}
                default ->
                        throw Refused.at(token, "#pragma pack takes push, pop, 1, 2, 4, 8 or 16");
            }
        }
        if (wanted >= 0 || bare) {
            pack = Math.max(0, wanted);
        }
        packs.put(out.size(), pack);
    }

    /// Whether a condition holds; one that we do not understand does not, and is noted.
    private boolean holds(Token directive, List<Token> rest) {
        List<CommonToken> condition = new ArrayList<>();
        int at = 0;
        while (at < rest.size()) {
            Token token = rest.get(at);
            if ("defined".equals(token.getText())) {
                boolean inBrackets = at + 1 < rest.size() && "(".equals(rest.get(at + 1).getText());
                int name = at + (inBrackets ? 2 : 1);
                CommonToken answer = new CommonToken(token);
                answer.setType(CDeclarationsLexer.IntegerLiteral);
                boolean known = name < rest.size() && macros.containsKey(rest.get(name).getText());
                answer.setText(known ? "1" : "0");
                condition.add(answer);
                at = name + (inBrackets ? 2 : 1);
            } else {
                at = expand(rest, at, token, new HashSet<>(), 0, condition);
            }
        }
        if (condition.size() > MAX_RUN) {
            throw Refused.at(directive, "this condition is too long");
        }
        condition.add(new CommonToken(Token.EOF, "the line's end"));
        try {
            CDeclarationsParser parser = Grammar.parser(condition);
            return new ConstantReader(abi, ConstantReader.Scope.EMPTY)
                    .value(parser.condition().expression())
                    .isTrue();
        } catch (Refused notUnderstood) {
            note(directive, "this condition is not understood and taken for false");
            return false;
        }
    }

    private void note(Token at, String sentence) {
        notes.add(new Note(at.getLine(), sentence));
    }
}
