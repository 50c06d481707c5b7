package io.github.shmlens.ui.fields;

import io.github.shmlens.fields.CType;
import io.github.shmlens.fields.FieldAt;
import io.github.shmlens.fields.FieldEdit;
import io.github.shmlens.fields.FieldFormat;
import io.github.shmlens.fields.FieldValue;
import io.github.shmlens.layout.ByteView;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.ui.hex.Tint;
import io.github.shmlens.ui.records.FormatMenu;
import io.github.shmlens.ui.records.OwnRanges;
import io.github.shmlens.ui.text.Texts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One row of the tree: an overlay, a field of it, or a run of an array's elements; and of a field
/// what was seen of its value. FX thread.
final class FieldNode {

    /// As many rows stand directly below one.
    static final int MOST_CHILDREN = 256;

    private static final int SMALLEST_RUN = 100;
    private static final Texts TEXTS = Texts.of(FieldNode.class);

    private static final Tint.Kind[] COLOURS = {
        Tint.Kind.FIELD_BLUE, Tint.Kind.FIELD_GREEN, Tint.Kind.FIELD_SAND, Tint.Kind.FIELD_MAUVE
    };

    private final FieldsTree tree;
    private final @Nullable FieldAt field;
    private final boolean root;
    private final long from;
    private final long to;
    private final long index;

    private FieldReader.@Nullable State state;
    private byte @Nullable [] bytes;
    private @Nullable String text;
    private long changes;
    private long changedAtNanos;
    private boolean ours;

    private FieldNode(
            FieldsTree tree,
            @Nullable FieldAt field,
            boolean root,
            long from,
            long to,
            long index) {
        this.tree = tree;
        this.field = field;
        this.root = root;
        this.from = from;
        this.to = to;
        this.index = index;
    }

    /// The row of an overlay.
    ///
    /// @param field null while it has no layout
    static FieldNode root(FieldsTree tree, @Nullable FieldAt field) {
        return new FieldNode(tree, field, true, 0, field == null ? 0 : field.childCount(), 0);
    }

    FieldsTree tree() {
        return tree;
    }

    /// The field; of a run that which it is a part of; null for an overlay without a layout.
    @Nullable FieldAt field() {
        return field;
    }

    boolean isRoot() {
        return root;
    }

    boolean isRun() {
        return index < 0;
    }

    /// The field, where it has a value of its own.
    @Nullable FieldAt leaf() {
        FieldAt mine = field;
        return mine != null && !isRun() && mine.leaf() ? mine : null;
    }

    /// What to call it below its parent.
    String name() {
        FieldAt mine = field;
        if (isRun()) {
            return TEXTS.say("node.run", from, to - 1);
        }
        if (root || mine == null) {
            Overlay overlay = tree.laid().overlay();
            return switch (overlay.count()) {
                case "" -> overlay.type();
                case Overlay.ALL -> overlay.type() + " []";
                default -> "%s [%s]".formatted(overlay.type(), overlay.count());
            };
        }
        return mine.name().isEmpty() ? TEXTS.say("node.nameless") : mine.name();
    }

    /// Tells it from every other row of its tree.
    String key() {
        FieldAt mine = field;
        return isRun()
                ? "%s %d-%d".formatted(mine == null ? "" : mine.path(), from, to)
                : root ? "" : "%s %d".formatted(mine == null ? "" : mine.path(), index);
    }

    /// What it is, for the type column; in front of it, the factor that its number is shown times.
    String type() {
        FieldAt mine = field;
        if (mine == null || isRun()) {
            return "";
        }
        String name = mine.type().name();
        String marked = CType.atomic(mine.type()) && !name.contains("_Atomic") ? "_Atomic " : "";
        String type = marked + (mine.bitField() ? name + " : " + mine.bits() : name);
        return format() instanceof FieldFormat.Scaled scaled
                ? FormatMenu.times(scaled) + " " + type
                : type;
    }

    /// Where it begins, from the segment's start.
    long offset() {
        FieldAt mine = field;
        if (mine == null) {
            return tree.laid().overlay().offset();
        }
        return isRun() && to > from ? mine.child(from).offset() : mine.offset();
    }

    /// The first offset behind it.
    long end() {
        FieldAt mine = field;
        if (mine == null) {
            return offset();
        }
        return isRun() && to > from ? mine.child(to - 1).end() : mine.end();
    }

    boolean covers(long at) {
        return at >= offset() && at < end();
    }

    /// Its colour among the bytes; null where only its fields have some.
    Tint.@Nullable Kind colour() {
        return leaf() == null ? null : colour(index);
    }

    /// The colour of one of several fields side by side.
    static Tint.Kind colour(long index) {
        return COLOURS[(int) (index % COLOURS.length)];
    }

    // ---- what is below it

    boolean hasChildren() {
        return field != null && !field.leaf() && to > from;
    }

    List<FieldNode> children() {
        List<FieldNode> children = new ArrayList<>();
        FieldAt mine = field;
        if (mine == null || !hasChildren()) {
            return children;
        }
        long run = run();
        for (long at = from; at < to; at += run) {
            if (run == 1) {
                FieldAt child = mine.child(at);
                long count = child.leaf() ? 0 : child.childCount();
                children.add(new FieldNode(tree, child, false, 0, count, at));
            } else {
                long end = Math.min(to, at + run);
                children.add(new FieldNode(tree, mine, false, at, end, -1));
            }
        }
        return children;
    }

    /// Which of [#children] a byte lies in; −1 for none.
    int childCovering(long at) {
        FieldAt mine = field;
        if (mine == null || !hasChildren()) {
            return -1;
        }
        long child = mine.childCovering(at);
        return child < from || child >= to ? -1 : (int) ((child - from) / run());
    }

    /// How many fields each row below stands for: 1 where they have room, else a round number.
    private long run() {
        long count = to - from;
        if (count <= MOST_CHILDREN) {
            return 1;
        }
        long run = SMALLEST_RUN;
        while ((count - 1) / run + 1 > MOST_CHILDREN) {
            run *= 10;
        }
        return run;
    }

    // ---- its value

    /// Takes what a look saw of it.
    ///
    /// @return whether anything is other than before
    boolean take(FieldReader.Seen seen, long atNanos, OwnRanges own) {
        FieldAt mine = field;
        if (mine == null) {
            return false;
        }
        if (seen.state() == FieldReader.State.BUSY) {
            // The last whole value stays.
            boolean news = state != seen.state();
            state = seen.state();
            return news;
        }
        byte[] before = bytes;
        boolean known =
                seen.state() == FieldReader.State.KNOWN || seen.state() == FieldReader.State.TORN;
        boolean news = state != seen.state();
        boolean same = before != null && same(mine, before, seen.bytes());
        if (known && before != null && !same) {
            changes++;
            changedAtNanos = atNanos;
            ours = own.covers(mine.offset(), seen.bytes(), atNanos);
            news = true;
        }
        if (news || before == null) {
            text = null;
        }
        state = seen.state();
        bytes = known ? seen.bytes() : null;
        return news || before == null;
    }

    /// Bit-fields share bytes.
    private static boolean same(FieldAt field, byte[] one, byte[] other) {
        return one.length == other.length && FieldEdit.same(field, one, other);
    }

    FieldReader.@Nullable State state() {
        return state;
    }

    /// The bytes that were seen last; null where none were.
    byte @Nullable [] bytes() {
        return bytes;
    }

    long changes() {
        return changes;
    }

    /// [System#nanoTime] of the last change; of no meaning without one.
    long changedAtNanos() {
        return changedAtNanos;
    }

    /// Whether the last change was our own write.
    boolean ours() {
        return ours;
    }

    /// Somebody chose another format.
    void forgetText() {
        text = null;
    }

    /// What the value column says.
    String text() {
        FieldAt mine = field;
        if (mine == null || isRun()) {
            return "";
        }
        if (!mine.leaf()) {
            return mine.array() ? TEXTS.count("node.elements", mine.childCount()) : "";
        }
        String known = text;
        if (known == null) {
            known = read(mine);
            text = known;
        }
        return known;
    }

    private String read(FieldAt mine) {
        byte[] seen = bytes;
        if (seen != null) {
            return format().text(mine, value(mine, seen));
        }
        return switch (state) {
            case BEYOND -> TEXTS.say("node.beyond");
            case UNREAD -> TEXTS.say("node.unread");
            case BUSY -> TEXTS.say("node.busy");
            case KNOWN, TORN -> "";
            case null -> "";
        };
    }

    /// A value as far as it was copied.
    static FieldValue value(FieldAt field, byte[] seen) {
        return FieldValue.read(field, ByteView.of(seen), field.offset(), FieldReader.TEXT_BYTES);
    }

    /// How its value is written.
    FieldFormat format() {
        FieldAt mine = field;
        return mine == null ? FieldFormat.Fixed.USUAL : format(tree.laid().overlay(), mine);
    }

    static FieldFormat format(Overlay overlay, FieldAt field) {
        String id = overlay.formats().get(FieldFormat.key(field.path()));
        if (id == null) {
            return FieldFormat.Fixed.USUAL;
        }
        try {
            FieldFormat kept = FieldFormat.parse(id);
            return kept.suits(field) ? kept : FieldFormat.Fixed.USUAL;
        } catch (BadInput ofALaterVersion) {
            return FieldFormat.Fixed.USUAL;
        }
    }
}
