package io.github.shmlens.ui.shell;

import io.github.shmlens.layout.Part;
import io.github.shmlens.layout.Structure;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Numbers;
import io.github.shmlens.ui.theme.Looks;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/// A line above the bytes that asks where to go. Takes no room while it is closed.
final class GoToBar extends HBox {

    interface Going {
        void to(String text) throws BadInput;
    }

    private final TextField field = new TextField();
    private final Label error = new Label();
    private final Going going;

    GoToBar(Going going) {
        this.going = going;
        Label ask = new Label("Go to");
        ask.setLabelFor(field);
        field.setId("go-to");
        field.setPromptText("offset (4096, 0x1000) or slot (#5)");
        field.setPrefColumnCount(26);
        error.getStyleClass().add(Looks.FIELD_ERROR);
        getStyleClass().add("shm-go-to");
        setAlignment(Pos.CENTER_LEFT);
        getChildren().setAll(ask, field, error);
        field.setOnAction(_ -> go());
        field.textProperty().subscribe(_ -> error.setText(""));
        field.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                close();
                event.consume();
            }
        });
        close();
    }

    void open() {
        setVisible(true);
        setManaged(true);
        field.selectAll();
        field.requestFocus();
    }

    private void close() {
        setVisible(false);
        setManaged(false);
        error.setText("");
    }

    private void go() {
        try {
            going.to(field.getText());
            close();
        } catch (BadInput typed) {
            error.setText(typed.sentence());
        }
    }

    /// Reads what was typed.
    ///
    /// @throws BadInput when it is no offset inside the segment and no key of a slot
    static long offset(String text, long sizeBytes, @Nullable Structure structure) throws BadInput {
        String typed = text.strip();
        if (!typed.startsWith("#")) {
            if (sizeBytes == 0) {
                throw new BadInput("the segment is empty: there is no offset to go to");
            }
            return Numbers.parse("offset", typed, 0, sizeBytes - 1);
        }
        long key = Numbers.parse("slot", typed.substring(1), Long.MIN_VALUE, Long.MAX_VALUE);
        if (structure != null) {
            for (Part part : structure.parts()) {
                if (part.kind() == Part.Kind.ENTRY && part.key() == key) {
                    return part.contentOffset();
                }
            }
        }
        throw new BadInput("there is no slot %d".formatted(key));
    }
}
