package io.github.shmlens.ui.fields;

import javafx.scene.Node;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeTableRow;
import javafx.scene.control.TreeTableView;
import org.jspecify.annotations.Nullable;

/// What the tree of fields shows, for tests of the whole window. FX thread.
public final class FieldRows {

    private FieldRows() {}

    /// The value of the open row with this path; empty where there is none.
    public static String value(@Nullable Node tree, String path) {
        FieldNode node = node(tree, path);
        return node == null ? "" : node.text();
    }

    /// How often that row was seen to change.
    public static long changes(@Nullable Node tree, String path) {
        FieldNode node = node(tree, path);
        return node == null ? -1 : node.changes();
    }

    /// The arrow of the row of this field.
    public static Node arrow(Node tree, String path) {
        for (Node one : tree.lookupAll(".tree-table-row-cell")) {
            if (one instanceof TreeTableRow<?> row
                    && row.getItem() instanceof FieldNode node
                    && node.field() != null
                    && node.field().path().equals(path)
                    && row.getDisclosureNode() != null) {
                return row.getDisclosureNode();
            }
        }
        throw new AssertionError("no arrow of " + path);
    }

    /// The path of the chosen row; empty for none.
    public static String chosen(@Nullable Node tree) {
        TreeItem<FieldNode> item =
                tree == null ? null : view(tree).getSelectionModel().getSelectedItem();
        return item == null || item.getValue().field() == null
                ? ""
                : item.getValue().field().path();
    }

    private static @Nullable FieldNode node(@Nullable Node tree, String path) {
        if (tree == null) {
            return null;
        }
        for (int row = 0; row < view(tree).getExpandedItemCount(); row++) {
            FieldNode node = view(tree).getTreeItem(row).getValue();
            if (node.leaf() != null && node.leaf().path().equals(path)) {
                return node;
            }
        }
        return null;
    }

    @SuppressWarnings("unchecked")
    private static TreeTableView<FieldNode> view(Node tree) {
        return (TreeTableView<FieldNode>) tree;
    }
}
