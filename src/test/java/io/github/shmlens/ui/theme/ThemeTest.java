package io.github.shmlens.ui.theme;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.testing.FxTest;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.StackPane;
import javafx.stage.Modality;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;

final class ThemeTest extends FxTest {

    @Test
    void aDialogOverADressedWindowHasItsWholeBackground() {
        Settings settings = Settings.inMemory();
        settings.appearanceProperty().set(Settings.Appearance.DARK);
        Theme theme = ask(() -> Theme.follow(settings));
        try {
            Stage stage = open(StackPane::new, 300, 200);
            fx(() -> theme.dress(stage.getScene()));
            Dialog<ButtonType> dialog =
                    ask(() -> {
                        Dialog<ButtonType> opened = new Dialog<>();
                        opened.initOwner(stage);
                        opened.initModality(Modality.NONE);
                        opened.getDialogPane().getButtonTypes().add(ButtonType.CLOSE);
                        opened.setContentText("Whose?");
                        opened.show();
                        return opened;
                    });
            waitForFx();
            BackgroundFill behind =
                    ask(() -> dialog.getDialogPane().getBackground().getFills().getLast());
            assertThat(behind.getInsets().getRight()).isLessThan(2);
            assertThat(behind.getInsets().getBottom()).isLessThan(2);
        } finally {
            fx(theme::close);
        }
    }
}
