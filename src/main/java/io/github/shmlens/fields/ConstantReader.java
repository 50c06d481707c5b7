package io.github.shmlens.fields;

import io.github.shmlens.fields.grammar.CDeclarationsParser.BinaryContext;
import io.github.shmlens.fields.grammar.CDeclarationsParser.CastContext;
import io.github.shmlens.fields.grammar.CDeclarationsParser.CharacterContext;
import io.github.shmlens.fields.grammar.CDeclarationsParser.ChoiceContext;
import io.github.shmlens.fields.grammar.CDeclarationsParser.DesignatorContext;
import io.github.shmlens.fields.grammar.CDeclarationsParser.ExpressionContext;
import io.github.shmlens.fields.grammar.CDeclarationsParser.InnerContext;
import io.github.shmlens.fields.grammar.CDeclarationsParser.IntegerContext;
import io.github.shmlens.fields.grammar.CDeclarationsParser.MeasureContext;
import io.github.shmlens.fields.grammar.CDeclarationsParser.NameContext;
import io.github.shmlens.fields.grammar.CDeclarationsParser.OffsetOfContext;
import io.github.shmlens.fields.grammar.CDeclarationsParser.TypeNameContext;
import io.github.shmlens.fields.grammar.CDeclarationsParser.UnaryContext;
import java.math.BigInteger;
import java.util.Locale;
import org.antlr.v4.runtime.Token;

/// Computes constant expressions as a C compiler does.
final class ConstantReader {

    private final Abi abi;
    private final Scope scope;

    /// What names mean where an expression stands.
    interface Scope {

        /// Names of a directive's condition: all are 0, and there are no types.
        Scope EMPTY =
                new Scope() {
                    @Override
                    public Constant constant(Token name) {
                        return Constant.ofInt("true".equals(name.getText()) ? 1 : 0);
                    }

                    @Override
                    public CType type(TypeNameContext name) {
                        throw Refused.at(name.getStart(), "there are no types here");
                    }

                    @Override
                    public long offset(CType type, DesignatorContext designator) {
                        throw Refused.at(designator.getStart(), "there are no types here");
                    }
                };

        /// The value of a named constant.
        ///
        /// @throws Refused when it is none
        Constant constant(Token name);

        /// The type that a cast or `sizeof` names.
        ///
        /// @throws Refused when its size is not known
        CType type(TypeNameContext name);

        /// Where a member lies, in bytes.
        long offset(CType type, DesignatorContext designator);
    }

    ConstantReader(Abi abi, Scope scope) {
        this.abi = abi;
        this.scope = scope;
    }

    /// @throws Refused when it is not constant
    Constant value(ExpressionContext expression) {
        return switch (expression) {
            case IntegerContext integer -> integer(integer.getStart());
            case CharacterContext character -> character(character.getStart());
            case NameContext name -> scope.constant(name.getStart());
            case InnerContext inner -> value(inner.expression());
            case MeasureContext measure -> {
                CType type = scope.type(measure.typeName());
                yield Constant.ofSize(
                        measure.SIZEOF() != null ? type.sizeBytes() : type.alignBytes(), abi);
            }
            case OffsetOfContext offset ->
                    Constant.ofSize(
                            scope.offset(scope.type(offset.typeName()), offset.designator()), abi);
            case CastContext cast -> cast(scope.type(cast.typeName()), cast);
            case UnaryContext unary -> unary(unary.op, value(unary.expression()));
            case BinaryContext binary -> binary(binary);
            case ChoiceContext choice ->
                    value(choice.expression(value(choice.expression(0)).isTrue() ? 1 : 2));
            default -> throw Refused.at(expression.getStart(), "this is no whole number");
        };
    }

    private Constant integer(Token token) {
        String text = String.valueOf(token.getText()).toLowerCase(Locale.ROOT).replace("'", "");
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == 'u' || text.charAt(end - 1) == 'l')) {
            end--;
        }
        String suffix = text.substring(end);
        String digits = text.substring(0, end);
        int radix = 10;
        if (digits.startsWith("0x")) {
            radix = 16;
            digits = digits.substring(2);
        } else if (digits.startsWith("0b")) {
            radix = 2;
            digits = digits.substring(2);
        } else if (digits.length() > 1 && digits.startsWith("0")) {
            radix = 8;
        }
        if (!suffix.matches("u?l{0,2}|l{1,2}u") || digits.length() > 64) {
            throw Refused.at(token, Grammar.quoted(token) + " is no number that C knows");
        }
        BigInteger value;
        try {
            value = new BigInteger(digits, radix);
        } catch (NumberFormatException notDigits) {
            throw Refused.at(token, Grammar.quoted(token) + " is no number that C knows");
        }
        int bits = value.bitLength();
        if (bits > Long.SIZE) {
            throw Refused.at(token, Grammar.quoted(token) + " has more than 64 bits");
        }
        boolean unsigned = suffix.contains("u");
        boolean mayBeUnsigned = unsigned || radix != 10;
        int longs = (int) suffix.chars().filter(c -> c == 'l').count();
        int bytes = longs == 2 ? Long.BYTES : longs == 1 ? abi.wordBytes() : Integer.BYTES;
        if (bytes == Integer.BYTES && bits > (mayBeUnsigned ? Integer.SIZE : Integer.SIZE - 1)) {
            bytes = Long.BYTES;
        }
        unsigned |= bits == bytes * Byte.SIZE;
        return new Constant(value.longValue(), bytes, unsigned).wrapped();
    }

    private Constant character(Token token) {
        String text = String.valueOf(token.getText());
        boolean wide = text.charAt(0) != '\'';
        int at = text.indexOf('\'') + 1;
        int end = text.length() - 1;
        long value = 0;
        int count = 0;
        while (at < end) {
            int one = text.codePointAt(at);
            at += Character.charCount(one);
            if (one == '\\') {
                char kind = text.charAt(at++);
                int from = at;
                switch (kind) {
                    case 'n' -> one = '\n';
                    case 't' -> one = '\t';
                    case 'r' -> one = '\r';
                    case 'a' -> one = 7;
                    case 'b' -> one = '\b';
                    case 'f' -> one = '\f';
                    case 'v' -> one = 11;
                    case 'x' -> {
                        while (at < end && Character.digit(text.charAt(at), 16) >= 0) {
                            at++;
                        }
                        one = number(token, text.substring(from, at), 16);
                    }
                    case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                        while (at < end
                                && at < from + 2
                                && Character.digit(text.charAt(at), 8) >= 0) {
                            at++;
                        }
                        one = number(token, text.substring(from - 1, at), 8);
                    }
                    default -> one = kind;
                }
            }
            count++;
            value = wide ? one : value << Byte.SIZE | (one & 0xff);
        }
        if (count > Integer.BYTES) {
            throw Refused.at(token, "a character constant holds at most four characters");
        }
        if (!wide && count == 1) {
            value = abi.signedChar() ? (byte) value : value & 0xff;
        }
        return Constant.ofInt(value);
    }

    private static int number(Token token, String digits, int radix) {
        try {
            return Integer.parseInt(digits, radix);
        } catch (NumberFormatException none) {
            throw Refused.at(token, Grammar.quoted(token) + " is no character that C knows");
        }
    }

    private Constant cast(CType type, CastContext cast) {
        Constant value = value(cast.expression());
        boolean signed;
        switch (type.resolved()) {
            case CType.Scalar scalar -> {
                if (scalar.kind() == CType.Scalar.Kind.BOOL) {
                    return Constant.ofInt(value.isTrue() ? 1 : 0);
                }
                if (scalar.kind() == CType.Scalar.Kind.FLOAT
                        || scalar.kind() == CType.Scalar.Kind.OPAQUE) {
                    throw Refused.at(cast.getStart(), "this is no whole number");
                }
                signed = scalar.signed();
            }
            case CType.Enumeration named -> signed = named.signed();
            case CType.Pointer _, CType.Array _, CType.Compound _, CType.Alias _ ->
                    throw Refused.at(cast.getStart(), "this is no whole number");
        }
        int unused = Long.SIZE - (int) type.sizeBytes() * Byte.SIZE;
        long cut = signed ? value.bits() << unused >> unused : value.bits() << unused >>> unused;
        return type.sizeBytes() < Integer.BYTES
                ? Constant.ofInt(cut)
                : new Constant(cut, (int) type.sizeBytes(), !signed).wrapped();
    }

    private static Constant unary(Token op, Constant value) {
        return switch (String.valueOf(op.getText())) {
            case "-" -> new Constant(-value.bits(), value.bytes(), value.unsigned()).wrapped();
            case "~" -> new Constant(~value.bits(), value.bytes(), value.unsigned()).wrapped();
            case "!" -> Constant.ofInt(value.isTrue() ? 0 : 1);
            default -> value;
        };
    }

    private Constant binary(BinaryContext binary) {
        String op = String.valueOf(binary.op.getText());
        Constant left = value(binary.expression(0));
        if (op.equals("&&") || op.equals("||")) {
            // The other side may be anything where this one decides.
            if (left.isTrue() == op.equals("||")) {
                return Constant.ofInt(left.isTrue() ? 1 : 0);
            }
            return Constant.ofInt(value(binary.expression(1)).isTrue() ? 1 : 0);
        }
        Constant right = value(binary.expression(1));
        if (op.equals("<<") || op.equals(">>")) {
            return shifted(left, right, binary.op);
        }
        Constant a = left.broughtTo(right);
        Constant b = right.broughtTo(left);
        boolean unsigned = a.unsigned();
        if ((op.equals("/") || op.equals("%")) && b.bits() == 0) {
            throw Refused.at(binary.op, "this divides by zero");
        }
        int order =
                unsigned
                        ? Long.compareUnsigned(a.bits(), b.bits())
                        : Long.compare(a.bits(), b.bits());
        return switch (op) {
            case "==" -> Constant.ofInt(order == 0 ? 1 : 0);
            case "!=" -> Constant.ofInt(order != 0 ? 1 : 0);
            case "<" -> Constant.ofInt(order < 0 ? 1 : 0);
            case ">" -> Constant.ofInt(order > 0 ? 1 : 0);
            case "<=" -> Constant.ofInt(order <= 0 ? 1 : 0);
            case ">=" -> Constant.ofInt(order >= 0 ? 1 : 0);
            default -> {
                long bits =
                        switch (op) {
                            case "*" -> a.bits() * b.bits();
                            case "/" ->
                                    unsigned
                                            ? Long.divideUnsigned(a.bits(), b.bits())
                                            : a.bits() / b.bits();
                            case "%" ->
                                    unsigned
                                            ? Long.remainderUnsigned(a.bits(), b.bits())
                                            : a.bits() % b.bits();
                            case "+" -> a.bits() + b.bits();
                            case "-" -> a.bits() - b.bits();
                            case "&" -> a.bits() & b.bits();
                            case "^" -> a.bits() ^ b.bits();
                            default -> a.bits() | b.bits();
                        };
                yield checked(new Constant(bits, a.bytes(), unsigned), a, b, op, binary.op);
            }
        };
    }

    /// A product or sum of sizes that does not fit must not come out as a small one.
    private static Constant checked(Constant raw, Constant a, Constant b, String op, Token at) {
        if (!raw.unsigned()) {
            BigInteger left = BigInteger.valueOf(a.bits());
            BigInteger right = BigInteger.valueOf(b.bits());
            BigInteger exact =
                    switch (op) {
                        case "*" -> left.multiply(right);
                        case "+" -> left.add(right);
                        case "-" -> left.subtract(right);
                        default -> BigInteger.valueOf(raw.bits());
                    };
            if (exact.bitLength() >= raw.bytes() * Byte.SIZE) {
                throw Refused.at(at, "the result does not fit its type");
            }
        }
        return raw.wrapped();
    }

    private static Constant shifted(Constant left, Constant right, Token at) {
        int width = left.bytes() * Byte.SIZE;
        if (right.bits() < 0 || right.bits() >= width) {
            throw Refused.at(at, "this shifts by %s of %d bits".formatted(right, width));
        }
        int by = (int) right.bits();
        long bits =
                "<<".equals(at.getText())
                        ? left.bits() << by
                        : left.unsigned() ? left.bits() >>> by : left.bits() >> by;
        return new Constant(bits, left.bytes(), left.unsigned()).wrapped();
    }
}
