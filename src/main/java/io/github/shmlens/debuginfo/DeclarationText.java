package io.github.shmlens.debuginfo;

import io.github.shmlens.debuginfo.NoTypes.Why;
import io.github.shmlens.debuginfo.Outline.Member;
import io.github.shmlens.fields.Abi;
import io.github.shmlens.fields.BadDeclaration;
import io.github.shmlens.fields.CType;
import io.github.shmlens.fields.Declarations;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Words definitions as C declarations that come out as the tool says: our parser lays them out,
/// and where a place or a size is another than the tool's, the structure is worded as packed, then
/// with its gaps written out, and a member that we cannot word becomes the bytes it has.
final class DeclarationText {

    /// More corrections are needed by nothing real.
    private static final int MOST_ROUNDS = 400;

    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private static final int MOST_NOTES = 50;

    private static final String PACKED = "__attribute__((packed)) ";

    private static final String GAP = "_gap_";

    /// Gaps up to here are bit-fields without a name, which no view shows.
    private static final int NAMELESS_BITS = 256;

    private enum Manner {
        AS_IT_IS,
        PACKED,
        WITH_GAPS;

        /// What to try where this one comes out otherwise than it should.
        Manner next() {
            return this == AS_IT_IS ? PACKED : WITH_GAPS;
        }
    }

    private final String heading;
    private final Abi abi;

    /// In the order of declaration: what a type needs comes before it.
    private final Map<String, Definition> definitions;

    /// Types that need only be named: nobody holds more than their address.
    private final Set<String> onlyNamed;

    private final IdentityHashMap<Outline, Manner> manners = new IdentityHashMap<>();
    private final IdentityHashMap<Member, Integer> asBytes = new IdentityHashMap<>();
    private final Set<String> opaque = new HashSet<>();

    private final StringBuilder text = new StringBuilder();

    /// What each line of the text words: a [Member] or a name; null for neither.
    private final List<@Nullable Object> words = new ArrayList<>();

    private int gaps;

    DeclarationText(
            String heading, Abi abi, Map<String, Definition> definitions, Set<String> onlyNamed) {
        this.heading = heading;
        this.abi = abi;
        this.definitions = definitions;
        this.onlyNamed = onlyNamed;
    }

    /// The declarations, of which the last is `wanted`.
    ///
    /// @throws NoTypes when no wording comes out as the tool says
    TakenType of(String wanted) throws NoTypes, InterruptedException {
        long begun = System.nanoTime();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (System.nanoTime() - begun > PATIENCE_NANOS) {
                break;
            }
            write();
            try {
                Declarations ours = Declarations.parse(text.toString(), abi);
                if (agrees(ours)) {
                    CType type =
                            ours.type(wanted).orElseThrow(() -> differs(wanted, "has no size"));
                    return new TakenType(wanted, text.toString(), abi, type.sizeBytes(), notes());
                }
            } catch (BadDeclaration bad) {
                correct(bad);
            }
        }
        throw differs(wanted, "comes out otherwise than the tool says, however it is worded");
    }

    private static NoTypes differs(String name, String how) {
        return new NoTypes(Why.NOT_BELIEVED, "%s %s: it is not taken over".formatted(name, how));
    }

    /// Words otherwise what the parser did not take.
    private void correct(BadDeclaration bad) throws NoTypes {
        Object word = bad.line() <= words.size() ? words.get(bad.line() - 1) : null;
        switch (word) {
            case Member member when asBytes.getOrDefault(member, 0) < 2 ->
                    asBytes.merge(member, 1, Integer::sum);
            case String name when opaque.add(name) -> {}
            case null, default ->
                    throw new NoTypes(
                            Why.NOT_BELIEVED,
                            "what the tool says is no C that is known here (%s): it is not taken over"
                                    .formatted(bad.sentence()));
        }
    }

    // Wording

    private void write() {
        text.setLength(0);
        words.clear();
        gaps = 0;
        line(heading, null);
        definitions.forEach(this::define);
    }

    private void line(String line, @Nullable Object word) {
        text.append(line).append('\n');
        words.add(word);
    }

    private void define(String name, Definition definition) {
        if (opaque.contains(name)) {
            bytes(name, name, definition.sizeBytes());
            return;
        }
        switch (definition) {
            case Definition.Compound(Outline outline) -> {
                outline(outline, name.substring(name.indexOf(' ') + 1), 0);
                words.set(words.lastIndexOf(outline), name);
                line("};", name);
            }
            case Definition.Incomplete _ -> line(name + ";", name);
            case Definition.Enumeration(String constants, long size) ->
                    line("%s%s %s;".formatted(name, underlying(constants, size), constants), name);
            case Definition.Opaque(String shown, long size) -> bytes(name, shown, size);
            case Definition.Typedef typedef -> typedef(name, typedef);
        }
    }

    private void typedef(String name, Definition.Typedef typedef) {
        Outline outline = typedef.outline();
        if (onlyNamed.contains(name) && (outline != null || typedef.ofTag())) {
            String stands = outline != null ? "struct " + name : typedef.target().text();
            line("typedef %s %s;".formatted(stands, name), name);
        } else if (outline != null) {
            outline(outline, null, 0);
            int head = words.lastIndexOf(outline);
            line("} %s;".formatted(name), name);
            words.set(head, name);
        } else if (typedef.constants() != null) {
            line(
                    "typedef enum%s %s %s;"
                            .formatted(
                                    underlying(typedef.constants(), typedef.sizeBytes()),
                                    typedef.constants(),
                                    name),
                    name);
        } else {
            line("typedef %s;".formatted(typedef.target().declaring(name)), name);
        }
    }

    /// GCC gives an enumeration 4 bytes where nobody wishes otherwise.
    private static String underlying(String constants, long size) {
        String sign = constants.contains("= -") ? "signed" : "unsigned";
        return switch ((int) size) {
            case 1 -> " : %s char".formatted(sign);
            case 2 -> " : %s short".formatted(sign);
            case 8 -> " : %s long long".formatted(sign);
            default -> "";
        };
    }

    /// A name for so many bytes.
    private void bytes(String name, String shown, long size) {
        if (name.indexOf(' ') < 0 && size >= 0) {
            line(
                    "typedef unsigned char %s[%d]; /* %s */".formatted(name, size, comment(shown)),
                    name);
        } else if (size >= 0 && !name.startsWith("enum ")) {
            line(
                    "%s { unsigned char bytes[%d]; }; /* %s */"
                            .formatted(name, size, comment(shown)),
                    name);
        }
    }

    /// All but the line that closes.
    private void outline(Outline outline, @Nullable String tag, int depth) {
        Manner manner = manners.getOrDefault(outline, Manner.AS_IT_IS);
        String indent = "    ".repeat(depth);
        line(
                "%s%s%s %s%s{"
                        .formatted(
                                indent,
                                depth == 0 && tag == null ? "typedef " : "",
                                outline.word(),
                                switch (manner) {
                                    case AS_IT_IS -> "";
                                    case PACKED -> PACKED;
                                    case WITH_GAPS -> endsOpen(outline) ? aligned(outline) : PACKED;
                                },
                                tag == null ? "" : tag + " "),
                outline);
        long at = 0;
        for (Member member : outline.members()) {
            long begin = member.offset() * Byte.SIZE + member.bitOffset();
            if (manner == Manner.WITH_GAPS && !outline.union()) {
                gap(indent + "    ", at, begin);
                at = member.endBit();
            }
            member(member, depth + 1);
        }
        if (manner == Manner.WITH_GAPS && outline.union()) {
            room(indent + "    ", outline.sizeBytes());
        } else if (manner == Manner.WITH_GAPS && !endsOpen(outline)) {
            gap(indent + "    ", at, outline.sizeBytes() * Byte.SIZE);
        }
    }

    private static boolean endsOpen(Outline outline) {
        return !outline.members().isEmpty() && outline.members().getLast().sizeBytes() == 0;
    }

    /// Behind a member of open length no gap can stand: the whole's alignment makes the room.
    private static String aligned(Outline outline) {
        long end = outline.members().getLast().offset();
        long align = 1;
        while (align < outline.sizeBytes()
                && (end + align - 1) / align * align < outline.sizeBytes()) {
            align *= 2;
        }
        return "__attribute__((packed, aligned(%d))) ".formatted(align);
    }

    /// Room between two members of a packed structure, counted in bits.
    private void gap(String indent, long from, long to) {
        long at = from;
        if (to - at > NAMELESS_BITS) {
            at = nameless(indent, at, (at + Byte.SIZE - 1) / Byte.SIZE * Byte.SIZE);
            long bytes = (to - at) / Byte.SIZE;
            room(indent, bytes);
            at += bytes * Byte.SIZE;
        }
        nameless(indent, at, to);
    }

    private long nameless(String indent, long from, long to) {
        for (long at = from; at < to; at += Long.SIZE) {
            line(
                    "%sunsigned long long : %d;".formatted(indent, Math.min(to - at, Long.SIZE)),
                    null);
        }
        return Math.max(from, to);
    }

    private void room(String indent, long bytes) {
        line("%sunsigned char %s%d[%d];".formatted(indent, GAP, ++gaps, bytes), null);
    }

    private void member(Member member, int depth) {
        String indent = "    ".repeat(depth);
        Wording wording = member.wording();
        if (isRoom(member)) {
            line(indent + bytes(member), member);
            return;
        }
        Outline nested = member.nested();
        if (nested != null) {
            outline(nested, null, depth);
            words.set(words.lastIndexOf(nested), member);
            line(
                    "%s}%s;"
                            .formatted(
                                    indent, wording.text().isEmpty() ? "" : " " + wording.text()),
                    member);
            return;
        }
        String width = member.bits() > 0 ? " : " + member.bits() : "";
        line("%s%s%s;".formatted(indent, wording.text(), width), member);
    }

    /// A member as no more than room.
    private String bytes(Member member) {
        String shown = comment(member.wording().text());
        String number = number(member);
        if (!number.isEmpty()) {
            return "%s; /* %s */".formatted(number, shown);
        }
        if (member.bits() > 0) {
            return "unsigned long long : %d; /* %s */".formatted(member.bits(), shown);
        }
        String name = member.wording().name();
        if (name.isEmpty() || asBytes.getOrDefault(member, 0) > 1) {
            name = "_at_" + member.offset();
        }
        return "unsigned char %s[%d]; /* %s */".formatted(name, member.sizeBytes(), shown);
    }

    /// An enumeration that cannot be worded, as the number it is; empty for all else.
    private static String number(Member member) {
        Wording wording = member.wording();
        boolean one = wording.text().startsWith("enum ") && wording.text().indexOf('[') < 0;
        if (!one || wording.name().isEmpty()) {
            return "";
        }
        String type =
                switch ((int) member.sizeBytes()) {
                    case 1 -> "unsigned char";
                    case 2 -> "unsigned short";
                    case 4 -> "unsigned int";
                    case 8 -> "unsigned long long";
                    default -> "";
                };
        String width = member.bits() > 0 ? " : " + member.bits() : "";
        return type.isEmpty() ? "" : "%s %s%s".formatted(type, wording.name(), width);
    }

    /// Whether it takes room and has no name of its own in the text.
    private boolean isNameless(Member member) {
        return member.bits() > 0 && isRoom(member) && number(member).isEmpty();
    }

    /// Whether it is not worded as the tool has it.
    private boolean isRoom(Member member) {
        return !member.wording().plain() || asBytes.containsKey(member);
    }

    /// Text of the program's in a comment of ours.
    private static String comment(String text) {
        String plain = text.replaceAll("[^\\x20-\\x7e]", "?").replace("*/", "* /");
        return plain.length() > 100 ? plain.substring(0, 100) + "..." : plain;
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        int more = 0;
        for (Object word : words) {
            String note = null;
            if (word instanceof Member member && isRoom(member)) {
                note =
                        "\"%s\" is taken over as %s"
                                .formatted(
                                        comment(member.wording().text()),
                                        !number(member).isEmpty()
                                                ? "a number"
                                                : member.bits() > 0
                                                        ? member.bits() + " bits without a name"
                                                        : member.sizeBytes() + " bytes");
            } else if (word instanceof String name
                    && (opaque.contains(name)
                            || definitions.get(name) instanceof Definition.Opaque)) {
                note = "the type %s is taken over as bytes".formatted(comment(name));
            }
            if (note != null && notes.size() < MOST_NOTES) {
                notes.add(note);
            } else if (note != null) {
                more++;
            }
        }
        if (more > 0) {
            notes.add("%d more members or types are taken over as bytes".formatted(more));
        }
        return notes;
    }

    // Comparing

    /// Whether all of them come out as the tool says; where not, the first that does not is worded
    /// otherwise the next time.
    private boolean agrees(Declarations ours) throws NoTypes {
        for (Map.Entry<String, Definition> one : definitions.entrySet()) {
            String name = one.getKey();
            Definition definition = one.getValue();
            CType type = ours.type(name).orElse(null);
            Outline outline =
                    switch (definition) {
                        case Definition.Compound compound -> compound.outline();
                        case Definition.Typedef typedef ->
                                onlyNamed.contains(name) ? null : typedef.outline();
                        case Definition.Incomplete _,
                                Definition.Enumeration _,
                                Definition.Opaque _ ->
                                null;
                    };
            if (outline != null && !opaque.contains(name)) {
                if (!(type != null && type.resolved() instanceof CType.Compound compound)) {
                    throw differs(name, "is no structure as it is worded");
                }
                if (!agree(name, outline, compound)) {
                    return false;
                }
            } else if (type != null
                    && definition.sizeBytes() >= 0
                    && !onlyNamed.contains(name)
                    && type.sizeBytes() != definition.sizeBytes()
                    && !isOpenArray(type)) {
                if (!opaque.add(name)) {
                    throw differs(
                            name,
                            "has %d bytes as the tool says, and %d as it is worded"
                                    .formatted(definition.sizeBytes(), type.sizeBytes()));
                }
                return false;
            }
        }
        return true;
    }

    private static boolean isOpenArray(CType type) {
        return type.resolved() instanceof CType.Array array && array.open();
    }

    private boolean agree(String name, Outline outline, CType.Compound ours) throws NoTypes {
        boolean placed = true;
        Iterator<CType.Member> mine =
                ours.members().stream().filter(member -> !member.name().startsWith(GAP)).iterator();
        for (Member theirs : outline.members()) {
            boolean room = isRoom(theirs);
            if (isNameless(theirs)) {
                continue;
            }
            if (!mine.hasNext()) {
                throw differs(name, "has more members than come out");
            }
            CType.Member member = mine.next();
            Outline nested = theirs.nested();
            if (nested != null && !room) {
                CType inner = member.type().resolved();
                while (inner instanceof CType.Array(CType element, _)) {
                    inner = element.resolved();
                }
                if (!(inner instanceof CType.Compound compound) || !agree(name, nested, compound)) {
                    return false;
                }
            }
            if (theirs.bits() == 0 && member.type().sizeBytes() != theirs.sizeBytes()) {
                if (room || asBytes.putIfAbsent(theirs, 1) != null) {
                    throw differs(name, "has a member of another size than comes out");
                }
                return false;
            }
            placed &=
                    member.offset() == theirs.offset()
                            && member.bitOffset() == theirs.bitOffset()
                            && member.bits() == theirs.bits();
        }
        if (placed && ours.sizeBytes() == outline.sizeBytes()) {
            return true;
        }
        Manner manner = manners.getOrDefault(outline, Manner.AS_IT_IS);
        if (manner == Manner.WITH_GAPS) {
            throw differs(
                    name,
                    "has %d bytes as the tool says, and %d or its members elsewhere as it is worded"
                            .formatted(outline.sizeBytes(), ours.sizeBytes()));
        }
        manners.put(outline, manner.next());
        return false;
    }
}
