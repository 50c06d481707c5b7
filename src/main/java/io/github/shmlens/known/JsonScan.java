package io.github.shmlens.known;

import io.github.shmlens.layout.ByteView;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Goes over bytes as JSON (RFC 8259), without recursion and without keeping values: how far they
/// are it, and where the outermost object or array has its members.
final class JsonScan {

    /// As deep as Perl's JSON writes unless told otherwise.
    private static final int MOST_DEPTH = 512;

    private static final int MOST_MEMBERS = Walk.MOST_FIELDS;

    /// What may come next.
    private enum Next {
        VALUE,
        VALUE_OR_END,
        NAME,
        NAME_OR_END,
        COLON,
        COMMA_OR_END,
        NOTHING
    }

    /// What the bytes are.
    enum Verdict {
        WHOLE,
        /// They end before the JSON does.
        BEGINNING,
        NONE
    }

    /// One member of the outermost value, by where it lies.
    ///
    /// @param nameBegin behind the name's quote; -1 for an element of an array
    /// @param first the value's first byte, which says what it is
    record Member(long nameBegin, long nameEnd, long valueBegin, long valueEnd, char first) {}

    private final ByteView bytes;
    private final List<Member> members = new ArrayList<>();
    private final BitSet objects = new BitSet();
    private int depth;
    private long at;
    private long nameBegin = -1;
    private long nameEnd = -1;
    private long valueBegin;
    private boolean cut;

    private JsonScan(ByteView bytes) {
        this.bytes = bytes;
    }

    /// @param end the first byte behind the JSON; of a beginning, of all bytes
    record Result(Verdict verdict, long end, List<Member> members) {}

    /// Scans from the first byte on; only objects and arrays count.
    static Result of(ByteView bytes) {
        JsonScan scan = new JsonScan(bytes);
        boolean opens = bytes.size() > 0 && (bytes.uint8(0) == '{' || bytes.uint8(0) == '[');
        Verdict verdict =
                opens && scan.scan() ? Verdict.WHOLE : scan.cut ? Verdict.BEGINNING : Verdict.NONE;
        return new Result(verdict, scan.at, List.copyOf(scan.members));
    }

    /// @return whether the outermost value ended
    private boolean scan() {
        Next next = Next.VALUE;
        while (next != Next.NOTHING) {
            while (at < bytes.size() && " \t\r\n".indexOf(bytes.uint8(at)) >= 0) {
                at++;
            }
            if (at >= bytes.size()) {
                cut = true;
                return false;
            }
            Next then = step(next, (char) bytes.uint8(at));
            if (then == null) {
                return false;
            }
            next = then;
        }
        return true;
    }

    /// @return null where this is no JSON, or its end is missing
    private @Nullable Next step(Next next, char c) {
        boolean object = depth > 0 && objects.get(depth);
        return switch (next) {
            case COLON -> {
                at++;
                yield c == ':' ? Next.VALUE : null;
            }
            case COMMA_OR_END -> {
                if (c == ',') {
                    at++;
                    yield object ? Next.NAME : Next.VALUE;
                }
                yield closes(c, object);
            }
            case NAME, NAME_OR_END ->
                    next == Next.NAME_OR_END && c == '}' ? closes(c, object) : name(c);
            case VALUE, VALUE_OR_END -> {
                if (next == Next.VALUE_OR_END && c == ']') {
                    yield closes(c, object);
                }
                if (depth == 1) {
                    valueBegin = at;
                }
                yield value(c);
            }
            case NOTHING -> null;
        };
    }

    private @Nullable Next name(char c) {
        long begin = at + 1;
        if (c != '"' || !string()) {
            return null;
        }
        if (depth == 1) {
            nameBegin = begin;
            nameEnd = at - 1;
        }
        return Next.COLON;
    }

    private @Nullable Next value(char c) {
        if (c == '{' || c == '[') {
            if (depth >= MOST_DEPTH) {
                return null;
            }
            at++;
            objects.set(++depth, c == '{');
            return c == '{' ? Next.NAME_OR_END : Next.VALUE_OR_END;
        }
        boolean good =
                switch (c) {
                    case '"' -> string();
                    case 't' -> word("true");
                    case 'f' -> word("false");
                    case 'n' -> word("null");
                    default -> number();
                };
        return good ? ended() : null;
    }

    private @Nullable Next closes(char c, boolean object) {
        if (c != (object ? '}' : ']')) {
            return null;
        }
        at++;
        depth--;
        return depth == 0 ? Next.NOTHING : ended();
    }

    private Next ended() {
        if (depth == 1 && members.size() < MOST_MEMBERS) {
            char first = (char) bytes.uint8(valueBegin);
            members.add(new Member(nameBegin, nameEnd, valueBegin, at, first));
            nameBegin = -1;
        }
        return Next.COMMA_OR_END;
    }

    private boolean string() {
        for (at++; at < bytes.size(); at++) {
            int c = bytes.uint8(at);
            if (c == '"') {
                at++;
                return true;
            }
            if (c < ' ') {
                return false;
            }
            if (c == '\\') {
                at++;
                if (at < bytes.size() && "\"\\/bfnrtu".indexOf(bytes.uint8(at)) < 0) {
                    return false;
                }
            }
        }
        cut = true;
        return false;
    }

    private boolean word(String word) {
        for (int i = 0; i < word.length(); i++, at++) {
            if (at >= bytes.size()) {
                cut = true;
                return false;
            }
            if (bytes.uint8(at) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean number() {
        if (at < bytes.size() && bytes.uint8(at) == '-') {
            at++;
        }
        long whole = at;
        if (!digits()) {
            return false;
        }
        if (bytes.uint8(whole) == '0' && at > whole + 1) {
            return false;
        }
        if (at < bytes.size() && bytes.uint8(at) == '.') {
            at++;
            if (!digits()) {
                return false;
            }
        }
        if (at < bytes.size() && (bytes.uint8(at) | 0x20) == 'e') {
            at++;
            if (at < bytes.size() && (bytes.uint8(at) == '+' || bytes.uint8(at) == '-')) {
                at++;
            }
            return digits();
        }
        return true;
    }

    /// At least one.
    private boolean digits() {
        long begin = at;
        while (at < bytes.size() && bytes.uint8(at) >= '0' && bytes.uint8(at) <= '9') {
            at++;
        }
        cut |= at >= bytes.size() && at == begin;
        return at > begin;
    }
}
