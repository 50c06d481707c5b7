package io.github.shmlens.ui.fields;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.fields.Abi;
import io.github.shmlens.fields.FieldAt;
import io.github.shmlens.live.Window;
import io.github.shmlens.testing.FakeSegment;
import io.github.shmlens.ui.hex.Tint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.scene.control.TreeItem;
import org.junit.jupiter.api.Test;

/// Rows and readings of structures of any size, without a window.
class FieldsTreeTest {

    private static Laid laid(String text, String type, String sequence) {
        Overlay overlay = new Overlay(Abi.X86_64, 0, "", type, sequence, null, Map.of(), text);
        return Laid.of(overlay, null);
    }

    private static FieldsTree tree(String text, String type, FakeSegment segment, long bytes) {
        Laid laid = laid(text, type, "");
        assertThat(laid.trouble()).isEmpty();
        return new FieldsTree(laid, segment, bytes);
    }

    @Test
    void aByteInTheMiddleOfATrillionElementsIsFoundWithFewRows() {
        String text = "struct p { int x, y; }; struct s { struct p all[1000000000000]; };";
        FieldsTree tree = tree(text, "struct s", FakeSegment.ofSize(4096), 4096);
        long index = 777_777_777_777L;
        TreeItem<FieldNode> found = tree.reveal(index * 8 + 5);
        FieldAt field = found.getValue().field();
        assertThat(field == null ? "" : field.path()).isEqualTo("all[777777777777].y");
        int levels = 0;
        for (TreeItem<FieldNode> at = found.getParent(); at != null; at = at.getParent()) {
            assertThat(at.getChildren()).hasSizeLessThanOrEqualTo(FieldNode.MOST_CHILDREN);
            levels++;
        }
        assertThat(levels).isLessThan(10);
    }

    @Test
    void neighboursHaveOtherColoursAndPaddingNone() {
        String text = "struct s { char a; int b; char c[3]; };";
        FieldsTree tree = tree(text, "struct s", FakeSegment.ofSize(64), 64);
        List<Tint> tints = new ArrayList<>();
        tree.tint(new Window(0, new byte[64], new byte[64], new long[64]), tints);
        assertThat(tints)
                .containsExactly(
                        new Tint(0, 1, FieldNode.colour(0)),
                        new Tint(4, 4, FieldNode.colour(1)),
                        new Tint(8, 3, FieldNode.colour(2)));
        assertThat(FieldNode.colour(0)).isNotEqualTo(FieldNode.colour(1));
    }

    @Test
    void whatTheSequenceDoesNotAllowIsBusyAndWhatIsBehindTheEndIsSaid() throws Exception {
        FakeSegment segment = FakeSegment.ofSize(64);
        segment.bytes()[0] = 1;
        String text = "struct s { unsigned seq; int value; int far[32]; };";
        FieldsTree tree = new FieldsTree(laid(text, "struct s", "seq"), segment, 64);
        FieldNode value = tree.item().getChildren().get(1).getValue();
        FieldNode far = tree.reveal(120).getValue();
        List<FieldReader.Want> wants = new ArrayList<>();
        for (FieldNode one : List.of(value, far)) {
            FieldAt leaf = one.leaf();
            if (leaf != null) {
                wants.add(new FieldReader.Want(one, tree, leaf));
            }
        }
        FieldReader.Look odd = FieldReader.read(segment, wants);
        assertThat(odd.seen())
                .extracting(FieldReader.Seen::state)
                .containsExactlyInAnyOrder(FieldReader.State.BUSY, FieldReader.State.BEYOND);
        segment.bytes()[0] = 2;
        segment.bytes()[4] = 9;
        FieldReader.Look even = FieldReader.read(segment, wants);
        assertThat(even.seen())
                .anySatisfy(one -> {
                    assertThat(one.state()).isEqualTo(FieldReader.State.KNOWN);
                    assertThat(one.bytes()).containsExactly(9, 0, 0, 0);
                });
        assertThat(even.shares().getFirst().repeated()).isPositive();
    }

    private static FieldReader.Look look(FakeSegment segment, FieldsTree tree, long... offsets)
            throws Exception {
        List<FieldReader.Want> wants = new ArrayList<>();
        for (long offset : offsets) {
            FieldNode node = tree.reveal(offset).getValue();
            wants.add(new FieldReader.Want(node, tree, Objects.requireNonNull(node.leaf())));
        }
        return FieldReader.read(segment, wants);
    }

    @Test
    void aSequenceGuardsMegabytesToTheSegmentsEndAndTouchesNoPageThatNobodyTouched()
            throws Exception {
        FakeSegment segment = FakeSegment.ofSize(3 << 20);
        segment.forgetPages(1, 700);
        segment.bytes()[0] = 1;
        String text = "struct s { unsigned seq; unsigned pad; long far[]; };";
        FieldsTree tree = new FieldsTree(laid(text, "struct s", "seq"), segment, 3 << 20);
        assertThat(tree.guard()).isNotNull();
        long end = (3 << 20) - 8;
        assertThat(look(segment, tree, 8, 4096, end).seen())
                .extracting(FieldReader.Seen::state)
                .containsOnly(FieldReader.State.BUSY);
        segment.bytes()[0] = 2;
        assertThat(look(segment, tree, 8, 4096, end).seen())
                .extracting(FieldReader.Seen::state)
                .containsExactly(
                        FieldReader.State.KNOWN, FieldReader.State.UNREAD, FieldReader.State.KNOWN);
        assertThat(segment.isResident(1)).isFalse();
    }

    @Test
    void aSequenceBehindTheSegmentsEndGuardsNothingAndATreeKnowsThat() {
        String text = "struct s { int value; char room[100]; unsigned seq; };";
        FieldsTree tree = new FieldsTree(laid(text, "struct s", "seq"), FakeSegment.ofSize(64), 64);
        assertThat(tree.guard()).isNotNull();
        assertThat(tree.lock()).isNull();
    }

    @Test
    void aLayoutThatCannotBeReadLeavesTheOneOfBefore() {
        Laid good = laid("struct s { int a; };", "struct s", "");
        Laid bad = Laid.of(good.overlay().with("struct s { int a"), good);
        assertThat(bad.trouble()).contains("line 1, column");
        assertThat(bad.type()).isSameAs(good.type());
        assertThat(Laid.of(bad.overlay().with("struct s { int b; };"), bad).trouble()).isEmpty();
        assertThat(laid("struct s { int a; };", "struct s", "nope").trouble()).contains("nope");
    }
}
