package io.github.shmlens.fields;

import io.github.shmlens.fields.CType.Array;
import io.github.shmlens.fields.CType.Compound;
import io.github.shmlens.fields.CType.Member;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A type laid over a segment at an offset, or one of the fields within it. Immutable, and made
/// when asked for: an array of ten million records costs nothing until one is looked at.
///
/// A field may lie behind the segment's end; whoever reads it says so.
public final class FieldAt {

    private static final Pattern STEP =
            Pattern.compile("\\.?([A-Za-z_$][A-Za-z_0-9$]*)|\\[(\\d{1,18})]");

    /// Between an offset and what it leads to.
    static final String STEP_AWAY = "->";

    /// How many names a sentence lists.
    private static final int LISTED = 12;

    private final String name;
    private final String path;
    private final CType type;
    private final long offset;
    private final int bitOffset;
    private final int bits;
    private final long roomEnd;

    private FieldAt(
            String name,
            String path,
            CType type,
            long offset,
            int bitOffset,
            int bits,
            long roomEnd) {
        this.name = name;
        this.path = path;
        this.type = type;
        this.offset = offset;
        this.bitOffset = bitOffset;
        this.bits = bits;
        this.roomEnd = roomEnd;
    }

    /// The whole type.
    ///
    /// @param offset where it begins in the segment, at least 0
    /// @param segmentBytes how far an array of open length reaches
    public static FieldAt root(CType type, long offset, long segmentBytes) {
        return new FieldAt("", "", type, offset, 0, Member.WHOLE, Math.max(offset, segmentBytes));
    }

    /// A field with no declaration around it: its name is its path.
    static FieldAt alone(String name, CType type, long offset) {
        long end = offset + type.sizeBytes();
        return new FieldAt(name, name, type, offset, 0, Member.WHOLE, end);
    }

    /// The same field of a structure of the same type that lies elsewhere.
    ///
    /// @param bytes how much farther it lies, at least 0
    /// @param under the path of what holds that structure
    FieldAt moved(long bytes, String under) {
        boolean joins = path.isEmpty() || path.startsWith("[");
        return new FieldAt(
                name,
                joins ? under + path : joined(under, path),
                type,
                offset + bytes,
                bitOffset,
                bits,
                roomEnd + bytes);
    }

    /// As the declaration calls it; `[3]` for an element, empty for what has no name.
    public String name() {
        return name;
    }

    /// From the whole type down: `limits.points[3].x`; empty for the whole.
    public String path() {
        return path;
    }

    public CType type() {
        return type;
    }

    /// Of the first byte that holds any of it, from the segment's start.
    public long offset() {
        return offset;
    }

    /// For a bit-field, its lowest bit counted from [#offset], 0 to 7; else 0.
    public int bitOffset() {
        return bitOffset;
    }

    /// For a bit-field, how many bits; else [Member#WHOLE].
    public int bits() {
        return bits;
    }

    public boolean bitField() {
        return bits != Member.WHOLE;
    }

    /// How many bytes hold some of it; for an array of open length, those of the elements there is
    /// room for.
    public long sizeBytes() {
        if (bitField()) {
            return (bitOffset + bits + 7L) / Byte.SIZE;
        }
        if (type.resolved() instanceof Array array && array.open()) {
            return count(array) * array.element().sizeBytes();
        }
        if (opensAtItsEnd()) {
            return Math.max(type.sizeBytes(), roomEnd - offset);
        }
        return type.sizeBytes();
    }

    /// The first offset behind it.
    public long end() {
        return offset + sizeBytes();
    }

    public boolean covers(long at) {
        return at >= offset && at - offset < sizeBytes();
    }

    /// Whether it is a text: an array of `char`.
    public boolean text() {
        return type.resolved() instanceof Array array && array.text();
    }

    /// Whether it has a value of its own rather than fields.
    public boolean leaf() {
        return switch (type.resolved()) {
            case Array array -> array.text();
            case Compound _ -> false;
            case CType.Scalar _, CType.Pointer _, CType.Enumeration _, CType.Alias _ -> true;
        };
    }

    /// Whether it is a structure, a union or an array of them, rather than a row of numbers.
    public boolean array() {
        return type.resolved() instanceof Array;
    }

    /// Members of a structure, elements of an array (also of a text); 0 for all else.
    public long childCount() {
        return switch (type.resolved()) {
            case Array array -> count(array);
            case Compound compound -> compound.members().size();
            case CType.Scalar _, CType.Pointer _, CType.Enumeration _, CType.Alias _ -> 0;
        };
    }

    /// One of its fields, in the declaration's order.
    ///
    /// @param index 0 to [#childCount], not included
    public FieldAt child(long index) {
        if (index < 0 || index >= childCount()) {
            throw new IndexOutOfBoundsException(index);
        }
        return switch (type.resolved()) {
            case Array array -> {
                long at = offset + index * array.element().sizeBytes();
                String step = "[" + index + "]";
                yield new FieldAt(
                        step,
                        path + step,
                        array.element(),
                        at,
                        0,
                        Member.WHOLE,
                        at + array.element().sizeBytes());
            }
            case Compound compound -> {
                Member member = compound.members().get((int) index);
                long at = offset + member.offset();
                boolean last = index == compound.members().size() - 1;
                yield new FieldAt(
                        member.name(),
                        member.name().isEmpty() ? path : joined(path, member.name()),
                        member.type(),
                        at,
                        member.bitOffset(),
                        member.bits(),
                        last && !compound.union() ? roomEnd : at + member.spanBytes());
            }
            case CType.Scalar _, CType.Pointer _, CType.Enumeration _, CType.Alias _ ->
                    throw new IndexOutOfBoundsException(index);
        };
    }

    /// The field that a path names, seen from here.
    ///
    /// @throws BadInput saying which step leads nowhere
    public FieldAt find(String wanted) throws BadInput {
        Matcher step = STEP.matcher(wanted);
        FieldAt at = this;
        int from = 0;
        while (from < wanted.length()) {
            if (!step.find(from) || step.start() != from || (from == 0 && wanted.startsWith("."))) {
                throw new BadInput(
                        "the field \"%s\" is not written as a.b[3].c, from character %d on"
                                .formatted(shortened(wanted), from + 1));
            }
            at =
                    step.group(1) != null
                            ? at.member(step.group(1))
                            : at.element(Long.parseLong(step.group(2)));
            from = step.end();
        }
        return at;
    }

    /// The smallest field that covers a byte; of a union, of the first member that does.
    public Optional<FieldAt> deepestAt(long at) {
        if (!covers(at)) {
            return Optional.empty();
        }
        FieldAt found = this;
        while (!found.leaf()) {
            long deeper = found.childCovering(at);
            if (deeper < 0) {
                // Padding.
                return Optional.of(found);
            }
            found = found.child(deeper);
        }
        return Optional.of(found);
    }

    /// Every field with a value of its own that covers a byte: bit-fields share bytes, and so do
    /// the members of a union.
    public List<FieldAt> leavesAt(long at) {
        List<FieldAt> leaves = new ArrayList<>();
        collect(at, leaves);
        return leaves;
    }

    private void collect(long at, List<FieldAt> leaves) {
        if (!covers(at)) {
            return;
        }
        if (leaf()) {
            leaves.add(this);
            return;
        }
        if (!(type.resolved() instanceof Compound compound)) {
            long element = childCovering(at);
            if (element >= 0) {
                child(element).collect(at, leaves);
            }
            return;
        }
        for (int i = firstCovering(compound, at); i < compound.members().size(); i++) {
            FieldAt child = child(i);
            if (!compound.union() && child.offset > at) {
                return;
            }
            child.collect(at, leaves);
        }
    }

    /// Which of its fields, as [#child] counts them, covers a byte, the first where several do; −1
    /// for none.
    public long childCovering(long at) {
        return switch (type.resolved()) {
            case Array array -> elementCovering(array, at);
            case Compound compound -> memberCovering(compound, at);
            case CType.Scalar _, CType.Pointer _, CType.Enumeration _, CType.Alias _ -> -1;
        };
    }

    private long elementCovering(Array array, long at) {
        long size = array.element().sizeBytes();
        long index = size == 0 || at < offset ? -1 : (at - offset) / size;
        return index < childCount() ? index : -1;
    }

    private long memberCovering(Compound compound, long at) {
        for (int i = firstCovering(compound, at); i < compound.members().size(); i++) {
            FieldAt child = child(i);
            if (child.covers(at)) {
                return i;
            }
            if (!compound.union() && child.offset > at) {
                return -1;
            }
        }
        return -1;
    }

    /// Before this member none covers the byte.
    private int firstCovering(Compound compound, long at) {
        if (compound.union() || compound.members().isEmpty()) {
            return 0;
        }
        int first = lastBeginningAtOrBefore(compound.members(), at - offset);
        // Bit-fields share bytes: the first of those that cover it.
        while (first > 0 && child(first - 1).covers(at)) {
            first--;
        }
        return first;
    }

    private static int lastBeginningAtOrBefore(List<Member> members, long offset) {
        int low = 0;
        int high = members.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (members.get(middle).offset() <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private FieldAt member(String wanted) throws BadInput {
        if (!(type.resolved() instanceof Compound compound)) {
            throw new BadInput(
                    "%s is of type %s and has no member %s"
                            .formatted(shown(), type.name(), shortened(wanted)));
        }
        FieldAt found = memberOrNull(compound, wanted);
        if (found == null) {
            Member first = compound.members().isEmpty() ? null : compound.members().getFirst();
            boolean whole = type.name().equals(wanted) || type.name().endsWith(" " + wanted);
            if (path.isEmpty() && whole && first != null && !first.name().isEmpty()) {
                throw new BadInput(
                        "%s is the whole and no field of it: start with a field, such as %s"
                                .formatted(shortened(wanted), first.name()));
            }
            String names =
                    compound.members().stream()
                            .limit(LISTED)
                            .map(member -> member.name().isEmpty() ? "…" : member.name())
                            .collect(Collectors.joining(", "));
            throw new BadInput(
                    "%s has no field %s; it has %s%s"
                            .formatted(
                                    path.isEmpty() ? type.name() : shown(),
                                    shortened(wanted),
                                    names.isEmpty() ? "none" : names,
                                    compound.members().size() > LISTED ? ", …" : ""));
        }
        return found;
    }

    private @Nullable FieldAt memberOrNull(Compound compound, String wanted) {
        for (int i = 0; i < compound.members().size(); i++) {
            Member member = compound.members().get(i);
            if (member.name().equals(wanted)) {
                return child(i);
            }
            if (member.name().isEmpty() && member.type().resolved() instanceof Compound inner) {
                FieldAt found = child(i).memberOrNull(inner, wanted);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private FieldAt element(long index) throws BadInput {
        if (!array()) {
            throw new BadInput("%s is of type %s and no array".formatted(shown(), type.name()));
        }
        long count = childCount();
        if (index >= count) {
            throw new BadInput(
                    "%s has %s: there is no [%d]"
                            .formatted(shown(), Counted.of(count, "element"), index));
        }
        return child(index);
    }

    private String shown() {
        return path.isEmpty() ? "the whole" : path;
    }

    private long count(Array array) {
        if (!array.open()) {
            return array.count();
        }
        long size = array.element().sizeBytes();
        return size == 0 ? 0 : Math.max(0, roomEnd - offset) / size;
    }

    /// Whether its last member, or that one's last, leaves its length open.
    private boolean opensAtItsEnd() {
        CType at = type.resolved();
        while (at instanceof Compound compound && !compound.union()) {
            if (compound.members().isEmpty()) {
                return false;
            }
            at = compound.members().getLast().type().resolved();
        }
        return at instanceof Array array && array.open();
    }

    /// What this offset leads to, as a field of its own: `head->next`.
    ///
    /// @param at where it begins in the segment
    /// @param segmentBytes how far an array of open length reaches
    FieldAt leadingTo(CType to, long at, long segmentBytes) {
        return new FieldAt(
                "", path + STEP_AWAY, to, at, 0, Member.WHOLE, Math.max(at, segmentBytes));
    }

    private static String joined(String path, String name) {
        boolean bare = path.isEmpty() || path.endsWith(STEP_AWAY);
        return path + (bare ? "" : ".") + name;
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    /// Two are equal when they have the same name at the same place; types are not compared.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FieldAt that
                && offset == that.offset
                && bitOffset == that.bitOffset
                && bits == that.bits
                && path.equals(that.path)
                && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return 31 * path.hashCode() + Long.hashCode(offset);
    }

    @Override
    public String toString() {
        return "%s (%s at %d)".formatted(path, type.name(), offset);
    }
}
