package io.github.shmlens.ui.slots;

import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.ui.fx.FxExecutor;
import io.github.shmlens.ui.text.Texts;
import javafx.scene.Node;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.DialogPane;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/// [LockChoice] as a dialog. Its result is the choice; none when the user turned back.
public final class LockDialog extends Dialog<Locking> {

    private static final Texts TEXTS = Texts.of(LockDialog.class);

    private final LockChoice choice;

    public LockDialog(
            @Nullable Window owner, @Nullable SegmentKey proposal, LockChoice.Lookup lookup) {
        choice = new LockChoice(proposal, lookup);
        if (owner != null) {
            initOwner(owner);
        }
        setTitle(TEXTS.say("unlock.title"));
        setResizable(true);
        ButtonType unlock = new ButtonType(TEXTS.say("unlock.do"), ButtonData.OK_DONE);
        getDialogPane().getButtonTypes().addAll(unlock, ButtonType.CANCEL);
        getDialogPane().setHeaderText(null);
        getDialogPane().setContent(choice);
        getDialogPane().setPrefWidth(520);
        Node button = getDialogPane().lookupButton(unlock);
        button.setId("lock-unlock");
        button.disableProperty().bind(choice.validProperty().not());
        setResultConverter(pressed -> pressed == unlock ? choice.locking().orElse(null) : null);
        choice.setOnSaid(() -> FxExecutor.FX.execute(this::growToWords));
        // Later: a dialog gives the focus to its default button after this.
        setOnShown(_ -> FxExecutor.FX.execute(choice::focusFirst));
    }

    /// What is found out while it is open may take more lines than there is room for.
    private void growToWords() {
        DialogPane pane = getDialogPane();
        if (pane.getScene() != null
                && pane.getScene().getWindow() != null
                && pane.prefHeight(pane.getWidth()) > pane.getHeight()) {
            pane.getScene().getWindow().sizeToScene();
        }
    }

    /// The panel inside.
    public LockChoice choice() {
        return choice;
    }
}
