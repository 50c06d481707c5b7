package io.github.shmlens.ui.fields;

import io.github.shmlens.fields.FieldAt;
import io.github.shmlens.fields.FieldFormat;
import io.github.shmlens.fields.FieldValue;
import io.github.shmlens.ui.records.Sparkline;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javafx.scene.layout.VBox;

/// The curves of fields that a person follows, below the tree; takes no room while there is none. A
/// field is read as long as its curve stands, also when its row is not on the screen. FX thread.
final class FieldCurves extends VBox {

    /// More leave no room for the tree.
    static final int MOST = 6;

    private final List<Followed> followed = new ArrayList<>();

    private record Followed(FieldNode node, FieldAt field, Sparkline curve) {}

    FieldCurves() {
        setId("fields-curves");
        getStyleClass().add("shm-fields-curves");
        tell();
    }

    /// Begins a curve; a field has one at most.
    ///
    /// @return false when there are [#MOST] already
    boolean follow(FieldNode node, FieldAt field) {
        if (follows(node)) {
            return true;
        }
        if (followed.size() == MOST) {
            return false;
        }
        Sparkline curve =
                new Sparkline(field.path(), System.nanoTime(), () -> end(one -> one == node));
        followed.add(new Followed(node, field, curve));
        tell();
        return true;
    }

    /// What is to be read in every look.
    List<FieldReader.Want> wants() {
        return followed.stream()
                .map(one -> new FieldReader.Want(one.node(), one.node().tree(), one.field()))
                .toList();
    }

    boolean follows(FieldNode node) {
        return followed.stream().anyMatch(one -> one.node() == node);
    }

    /// Takes over what was seen; what is not whole is a gap.
    void take(FieldReader.Look look) {
        for (FieldReader.Seen seen : look.seen()) {
            for (Followed one : followed) {
                if (one.node() == seen.node()) {
                    take(one, seen, look.atNanos());
                }
            }
        }
    }

    private static void take(Followed one, FieldReader.Seen seen, long atNanos) {
        if (seen.state() != FieldReader.State.KNOWN) {
            one.curve().add(Double.NaN, "", atNanos);
            return;
        }
        FieldValue value = FieldNode.value(one.field(), seen.bytes());
        double number = FieldFormat.number(value).map(BigDecimal::doubleValue).orElse(Double.NaN);
        one.curve().add(number, one.node().format().text(one.field(), value), atNanos);
    }

    /// Ends the curves of fields that are no longer there.
    void keep(List<FieldsTree> trees) {
        end(node -> !trees.contains(node.tree()));
    }

    private void end(Predicate<FieldNode> which) {
        if (followed.removeIf(one -> which.test(one.node()))) {
            tell();
        }
    }

    private void tell() {
        getChildren().setAll(followed.stream().map(Followed::curve).toList());
        setVisible(!followed.isEmpty());
        setManaged(!followed.isEmpty());
    }
}
