package io.github.shmlens.ui.fields;

import io.github.shmlens.fields.CType;
import io.github.shmlens.fields.FieldAt;
import io.github.shmlens.live.Guard;
import io.github.shmlens.live.SequenceLock;
import io.github.shmlens.live.Window;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.ui.hex.Tint;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.scene.control.TreeItem;
import org.jspecify.annotations.Nullable;

/// One overlay's rows. FX thread, but for the lock, which belongs to whoever reads.
final class FieldsTree {

    /// Among more members, the bytes of a union are not told apart by colour.
    private static final int MOST_TOLD_APART = 4096;

    private Laid laid;
    private final long segmentBytes;
    private final FieldItem item;
    private final @Nullable FieldAt root;
    private final @Nullable Guard guard;
    private final @Nullable SequenceLock lock;

    FieldsTree(Laid laid, AttachedSegment segment, long segmentBytes) {
        this.laid = laid;
        this.segmentBytes = segmentBytes;
        this.root = laid.root(segmentBytes);
        this.guard = guard(laid);
        this.lock = guard == null ? null : guard.lock(segment, segmentBytes);
        this.item = new FieldItem(FieldNode.root(this, root));
    }

    private static @Nullable Guard guard(Laid laid) {
        try {
            return laid.guard();
        } catch (BadInput wrong) {
            throw new IllegalStateException("checked when it was laid", wrong);
        }
    }

    Laid laid() {
        return laid;
    }

    /// The same layout, written otherwise.
    void relabel(Laid changed) {
        laid = changed;
    }

    FieldItem item() {
        return item;
    }

    @Nullable FieldAt root() {
        return root;
    }

    /// The sequence that a person said guards it; null for none.
    @Nullable Guard guard() {
        return guard;
    }

    /// For reading it under that; null without one, and where a counter is not in the segment.
    @Nullable SequenceLock lock() {
        return lock;
    }

    boolean covers(long at) {
        return root != null && root.covers(at);
    }

    /// How many bytes of the segment it lies over.
    long sizeBytes() {
        return root == null ? 0 : root.sizeBytes();
    }

    /// Whether its fields reach as far as the segment does.
    boolean fits(long bytes) {
        return bytes == segmentBytes;
    }

    /// The row of the smallest field that covers a byte, with the rows above it opened; of a union,
    /// of the first member that does.
    TreeItem<FieldNode> reveal(long at) {
        TreeItem<FieldNode> found = item;
        int child = found.getValue().childCovering(at);
        while (child >= 0) {
            open(found);
            found = found.getChildren().get(child);
            child = found.getValue().childCovering(at);
        }
        return found;
    }

    private static void open(TreeItem<FieldNode> row) {
        if (row instanceof FieldItem field) {
            field.open();
        }
    }

    /// The keys of the rows that are open.
    Set<String> open() {
        Set<String> keys = new HashSet<>();
        collect(item, keys);
        return keys;
    }

    private static void collect(TreeItem<FieldNode> at, Set<String> keys) {
        if (at.isExpanded() && !at.isLeaf()) {
            keys.add(at.getValue().key());
            at.getChildren().forEach(child -> collect(child, keys));
        }
    }

    /// Opens the rows with these keys, where there are such.
    void open(Set<String> keys) {
        open(item, keys);
    }

    private static void open(TreeItem<FieldNode> at, Set<String> keys) {
        if (!at.isLeaf() && keys.contains(at.getValue().key())) {
            open(at);
            at.getChildren().forEach(child -> open(child, keys));
        }
    }

    /// The colours of its fields among the bytes of a window.
    void tint(Window window, List<Tint> tints) {
        FieldAt whole = root;
        if (whole == null) {
            return;
        }
        long at = Math.max(window.offset(), whole.offset());
        long end = Math.min(window.end(), whole.end());
        while (at < end) {
            Place place = placeAt(whole, at);
            if (place == null) {
                // Padding.
                at++;
                continue;
            }
            FieldAt leaf = place.field();
            tints.add(new Tint(leaf.offset(), leaf.sizeBytes(), FieldNode.colour(place.index())));
            at = Math.max(at + 1, leaf.end());
        }
    }

    /// A field that covers a byte.
    ///
    /// @param parent what it is a part of; null for the whole
    /// @param index of it there
    record Place(@Nullable FieldAt parent, FieldAt field, long index) {}

    /// The smallest field with a value of its own that covers a byte; null in padding.
    static @Nullable Place placeAt(FieldAt whole, long at) {
        FieldAt parent = null;
        FieldAt field = whole;
        long index = 0;
        while (!field.leaf()) {
            if (field.type().resolved() instanceof CType.Compound compound
                    && compound.union()
                    && compound.members().size() > MOST_TOLD_APART) {
                return new Place(parent, field, index);
            }
            long child = field.childCovering(at);
            if (child < 0) {
                return null;
            }
            parent = field;
            index = child;
            field = field.child(child);
        }
        return field.covers(at) ? new Place(parent, field, index) : null;
    }
}
