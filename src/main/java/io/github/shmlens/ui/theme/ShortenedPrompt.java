package io.github.shmlens.ui.theme;

import javafx.scene.control.TextField;
import javafx.scene.layout.Region;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/// The prompt of a field that may become too narrow for it: it ends in "…" then, while a field by
/// itself cuts it off in the middle of a letter. FX thread.
public final class ShortenedPrompt {

    private static final String CUT = "…";

    private final TextField field;
    private final String whole;

    /// What stands in the field before the text, such as an icon.
    private @Nullable Region before;

    private ShortenedPrompt(TextField field, String whole) {
        this.field = field;
        this.whole = whole;
    }

    /// Keeps the field's prompt as long as there is room for.
    public static void in(TextField field, String prompt) {
        ShortenedPrompt shortened = new ShortenedPrompt(field, prompt);
        field.setPromptText(prompt);
        field.widthProperty().subscribe(shortened::fit);
        field.fontProperty().subscribe(shortened::fit);
        field.insetsProperty().subscribe(shortened::fit);
        field.skinProperty().subscribe(shortened::fit);
    }

    private void fit() {
        if (field.getWidth() <= 0) {
            return;
        }
        if (before == null && field.lookup(".left-pane") instanceof Region found) {
            before = found;
            found.widthProperty().addListener(_ -> fit());
        }
        double room =
                field.getWidth()
                        - field.snappedLeftInset()
                        - field.snappedRightInset()
                        - (before == null ? 0 : before.getWidth());
        field.setPromptText(fitting(whole, field.getFont(), room));
    }

    static String fitting(String whole, Font font, double room) {
        String fitting = whole;
        int end = whole.length();
        while (end > 0 && widthOf(fitting, font) > room) {
            end--;
            fitting = whole.substring(0, end).replaceFirst("[\\s:,…]+$", "") + CUT;
        }
        return fitting;
    }

    private static double widthOf(String words, Font font) {
        Text text = new Text(words);
        text.setFont(font);
        return text.getLayoutBounds().getWidth();
    }
}
