package io.github.shmlens.debuginfo;

import io.github.shmlens.debuginfo.Outline.Member;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what gdb's `ptype /o` says about a structure or union. Source: GDB's manual, "Symbols",
/// and its `c_type_print_base_struct_union` and `print_offset_data` (versions 9 to 15).
///
/// ```
/// /* offset      |    size */  type = struct sensor {
/// /*      0      |       4 */    uint32_t sequence;
/// /*      4: 3   |       4 */    unsigned int level : 5;
/// /* XXX  3-byte hole      */
/// /*      8      |      16 */    struct {
/// /*      8      |       4 */        int x;
///                                    /* total size (bytes):   16 */
///                                } inner;
///                                /* total size (bytes):   24 */
///                              }
/// ```
///
/// Offsets are those from the outermost structure, but within an array or behind a pointer they
/// begin anew; members of a union have none.
final class PtypeReader {

    private static final int MOST_DEPTH = 60;

    private static final int MOST_MEMBERS = 20_000;

    private static final Pattern TOP =
            Pattern.compile(
                    "^(?:/\\*[^*]*\\*/)?\\s*type = (?:(?:const|volatile|_Atomic) )*(struct|union|class)(?: (.*?))? ?\\{$");

    private static final Pattern MEMBER =
            Pattern.compile(
                    "^/\\*\\s*(?:(\\d{1,18})(?:\\s*:\\s*(\\d{1,2}))?\\s*\\|\\s*)?(\\d{1,18})\\s*\\*/\\s*(.*)$");

    private static final Pattern OPENING =
            Pattern.compile(
                    "^(?:(?:const|volatile|_Atomic) )*(struct|union|class)(?: (.*?))? ?\\{$");

    private static final Pattern TOTAL =
            Pattern.compile("^/\\* total size(?: \\(bytes\\))?:\\s+(\\d{1,18})(?: bytes)? \\*/$");

    private static final Pattern DIMENSION = Pattern.compile("\\[(\\d{1,18})]");

    private static final Pattern WIDTH = Pattern.compile("^(.*\\S)\\s+: (\\d{1,3})$");

    private final List<String> lines;

    /// Line that opens to the line that closes.
    private final Map<Integer, Integer> closings = new HashMap<>();

    private int members;

    /// What gdb said is not of this form.
    private static final class Unexpected extends RuntimeException {

        private static final long serialVersionUID = 1;

        private Unexpected() {
            super("unexpected form", null, false, false);
        }
    }

    private PtypeReader(List<String> lines) {
        this.lines = lines;
    }

    /// Empty for what is no structure, or of no form that we know.
    static Optional<Outline> read(String said) {
        PtypeReader reader = new PtypeReader(said.lines().toList());
        try {
            return reader.top();
        } catch (Unexpected | ArithmeticException other) {
            return Optional.empty();
        }
    }

    private Optional<Outline> top() {
        for (int i = 0; i < lines.size(); i++) {
            Matcher top = TOP.matcher(lines.get(i));
            if (top.find()) {
                pair();
                return Optional.of(
                        body(i, top.group(1).equals("union"), tag(top.group(2)), 0, -1, 0));
            }
        }
        return Optional.empty();
    }

    private void pair() {
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.endsWith("{")) {
                open.push(i);
            } else if (line.startsWith("}") && !open.isEmpty()) {
                closings.put(open.pop(), i);
            }
        }
    }

    /// Of `Derived : public Base` the first; templates have none that C could say.
    private static @Nullable String tag(@Nullable String named) {
        String name = named == null ? "" : named.split(" : ", 2)[0].strip();
        return Wording.isName(name) ? name : null;
    }

    /// @param base what offsets are counted from in here
    /// @param sizeBytes where gdb does not say it again at the end; -1 where it must
    private Outline body(
            int opening,
            boolean union,
            @Nullable String tag,
            long base,
            long sizeBytes,
            int depth) {
        Integer closing = closings.get(opening);
        if (closing == null || depth > MOST_DEPTH) {
            throw new Unexpected();
        }
        List<Member> found = new ArrayList<>();
        long size = sizeBytes;
        for (int i = opening + 1; i < closing; i++) {
            String line = lines.get(i).strip();
            Matcher total = TOTAL.matcher(line);
            if (total.matches()) {
                size = Long.parseLong(total.group(1));
                continue;
            }
            Matcher member = MEMBER.matcher(line);
            // What has no size is a label of C++, a static member or a hole.
            if (!member.matches()) {
                continue;
            }
            if (++members > MOST_MEMBERS) {
                throw new Unexpected();
            }
            long offset = member.group(1) == null ? base : Long.parseLong(member.group(1));
            int bit = member.group(2) == null ? 0 : Integer.parseInt(member.group(2));
            long bytes = Long.parseLong(member.group(3));
            String text = member.group(4);
            Matcher nested = OPENING.matcher(text);
            if (nested.matches()) {
                int end = closings.getOrDefault(i, closing);
                found.add(nested(i, end, nested, base, offset, bytes, depth));
                i = end;
            } else {
                found.add(member(text, offset - base, bit, bytes));
            }
        }
        if (size < 0) {
            throw new Unexpected();
        }
        return new Outline(union, tag, found, size);
    }

    private Member nested(
            int opening, int closing, Matcher head, long base, long offset, long bytes, int depth) {
        String end = lines.get(closing).strip();
        String behind = end.substring(1, end.endsWith(";") ? end.length() - 1 : end.length());
        String declarator = behind.strip();
        if (declarator.contains("*")) {
            // What it points to has no other name.
            return new Member(Wording.of("void " + declarator), null, offset - base, 0, 0, bytes);
        }
        String tag = tag(head.group(2));
        if (tag != null) {
            // It has a name to ask for.
            String word = head.group(1).equals("union") ? "union" : "struct";
            return new Member(
                    Wording.of("%s %s %s".formatted(word, tag, declarator)),
                    null,
                    offset - base,
                    0,
                    0,
                    bytes);
        }
        boolean anew = declarator.contains("[");
        Outline inner =
                body(
                        opening,
                        head.group(1).equals("union"),
                        null,
                        anew ? 0 : offset,
                        bytes / elements(declarator),
                        depth + 1);
        Wording wording =
                declarator.isEmpty()
                        ? new Wording("", "", "", false, true)
                        : Wording.of("int " + declarator);
        return new Member(
                new Wording(declarator, wording.name(), "", false, wording.plain()),
                inner,
                offset - base,
                0,
                0,
                bytes);
    }

    /// Of `ring[3][2]` 6; 1 for what is no array, and for one without elements.
    private static long elements(String declarator) {
        long elements = 1;
        Matcher dimension = DIMENSION.matcher(declarator);
        while (dimension.find()) {
            elements = Math.multiplyExact(elements, Long.parseLong(dimension.group(1)));
        }
        return Math.max(1, elements);
    }

    private static Member member(String text, long offset, int bit, long bytes) {
        String declaration = text.endsWith(";") ? text.substring(0, text.length() - 1) : text;
        Matcher width = WIDTH.matcher(declaration);
        if (width.matches()) {
            int bits = Integer.parseInt(width.group(2));
            return new Member(Wording.of(width.group(1)), null, offset, bit, bits, bytes);
        }
        return new Member(Wording.of(declaration), null, offset, bit, 0, bytes);
    }
}
