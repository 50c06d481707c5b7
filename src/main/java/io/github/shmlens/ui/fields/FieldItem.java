package io.github.shmlens.ui.fields;

import java.util.function.Consumer;
import javafx.collections.ObservableList;
import javafx.scene.control.TreeItem;

/// A row whose rows below are made when somebody looks at them.
final class FieldItem extends TreeItem<FieldNode> {

    private boolean made;

    FieldItem(FieldNode node) {
        super(node);
    }

    /// It and the rows below it that were made.
    void each(Consumer<FieldNode> work) {
        work.accept(getValue());
        if (made) {
            for (TreeItem<FieldNode> child : super.getChildren()) {
                if (child instanceof FieldItem item) {
                    item.each(work);
                }
            }
        }
    }

    /// Makes the rows below it before it opens: those that come to an open one move what is chosen
    /// further down a second time.
    void prepare() {
        getChildren();
    }

    /// Opens it.
    void open() {
        prepare();
        setExpanded(true);
    }

    @Override
    public boolean isLeaf() {
        return !getValue().hasChildren();
    }

    @Override
    public ObservableList<TreeItem<FieldNode>> getChildren() {
        if (!made) {
            made = true;
            super.getChildren().setAll(getValue().children().stream().map(FieldItem::new).toList());
        }
        return super.getChildren();
    }
}
