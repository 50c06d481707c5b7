package io.github.shmlens.ui.shell;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Looks;
import java.util.function.LongConsumer;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/// A line above the bytes that asks where to go, and says while one types where that is. Takes no
/// room while it is closed.
final class GoToBar extends HBox {

    private static final Texts TEXTS = Texts.of(GoToBar.class);

    /// Makes an offset of what was typed.
    interface Reading {
        long offset(String text) throws BadInput;
    }

    private final TextField field = new TextField();
    private final Label answer = new Label();
    private final Reading reading;
    private final LongConsumer going;

    GoToBar(Reading reading, LongConsumer going) {
        this.reading = reading;
        this.going = going;
        Label ask = new Label(TEXTS.say("go-to.ask"));
        ask.setLabelFor(field);
        ask.setMinWidth(USE_PREF_SIZE);
        field.setId("go-to");
        field.setPromptText(TEXTS.say("go-to.prompt"));
        field.setPrefColumnCount(24);
        field.setMinWidth(120);
        answer.setId("go-to-answer");
        answer.setWrapText(true);
        answer.setMinHeight(USE_PREF_SIZE);
        setHgrow(answer, Priority.ALWAYS);
        getStyleClass().add("shm-go-to");
        setAlignment(Pos.CENTER_LEFT);
        getChildren().setAll(ask, field, answer);
        field.setOnAction(_ -> go());
        field.textProperty().subscribe(_ -> preview());
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
        preview();
        field.selectAll();
        field.requestFocus();
    }

    private void close() {
        setVisible(false);
        setManaged(false);
    }

    /// What is typed half is no error yet.
    private void preview() {
        answer.getStyleClass().setAll("label", Looks.FACT_NAME);
        try {
            long offset = reading.offset(field.getText());
            answer.setText(TEXTS.say("go-to.preview", offset, offset));
        } catch (BadInput unfinished) {
            answer.setText("");
        }
    }

    private void go() {
        try {
            long offset = reading.offset(field.getText());
            close();
            going.accept(offset);
        } catch (BadInput typed) {
            answer.getStyleClass().setAll("label", Looks.FIELD_ERROR);
            answer.setText(typed.sentence());
        }
    }
}
