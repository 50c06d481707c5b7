package io.github.shmlens.ui.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.net.URL;
import java.util.Objects;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.WeakChangeListener;
import javafx.css.PseudoClass;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.layout.Background;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// Light or dark, how much contrast, and the font size, for the whole program. FX thread.
public final class Theme implements AutoCloseable {

    /// What colours are chosen by.
    public record Tone(boolean dark, boolean highContrast) {}

    /// Set on a dressed scene's root while the theme is dark.
    public static final PseudoClass DARK = PseudoClass.getPseudoClass("dark");

    /// Set on a dressed scene's root in high contrast.
    public static final PseudoClass HIGH_CONTRAST = PseudoClass.getPseudoClass("high-contrast");

    private final Settings settings;
    private final ReadOnlyObjectWrapper<Tone> tone =
            new ReadOnlyObjectWrapper<>(this, "tone", new Tone(false, false));
    private final ChangeListener<Object> again = (_, _, _) -> apply();

    /// The desktop's preferences last as long as the program and must not keep a closed window.
    private final ChangeListener<Object> desktop = new WeakChangeListener<>(again);

    private Theme(Settings settings) {
        this.settings = settings;
    }

    /// Applies what the settings say, and follows them and the desktop until closed.
    public static Theme follow(Settings settings) {
        Theme theme = new Theme(settings);
        settings.appearanceProperty().addListener(theme.again);
        settings.highContrastProperty().addListener(theme.again);
        Platform.getPreferences().colorSchemeProperty().addListener(theme.desktop);
        theme.apply();
        return theme;
    }

    /// Gives a scene our own style sheet, font size and colour. Its root must be a region.
    public void dress(Scene scene) {
        scene.getStylesheets().add(css(Theme.class, "theme.css"));
        Region root = (Region) scene.getRoot();
        root.getStyleClass().add("shm-dressed");
        root.styleProperty().bind(settings.fontSizeProperty().map(px -> fontSize(px.intValue())));
        root.backgroundProperty().subscribe(background -> fill(scene, background));
        mark(root, tone.get());
        tone.addListener((_, _, now) -> mark(root, now));
    }

    private static void fill(Scene scene, @Nullable Background background) {
        if (background != null && !background.getFills().isEmpty()) {
            scene.setFill(background.getFills().getLast().getFill());
        }
    }

    private static void mark(Parent root, Tone tone) {
        root.pseudoClassStateChanged(DARK, tone.dark());
        root.pseudoClassStateChanged(HIGH_CONTRAST, tone.highContrast());
    }

    public boolean dark() {
        return tone.get().dark();
    }

    /// For what is painted and not styled.
    public ReadOnlyObjectProperty<Tone> toneProperty() {
        return tone.getReadOnlyProperty();
    }

    /// The address of a style sheet that lies beside a class.
    public static String css(Class<?> beside, String name) {
        URL found = beside.getResource(name);
        return Objects.requireNonNull(found, () -> name + " is not beside " + beside)
                .toExternalForm();
    }

    private static String fontSize(int pixels) {
        return "-fx-font-size: " + pixels + "px;";
    }

    private void apply() {
        boolean wanted =
                switch (settings.appearance()) {
                    case LIGHT -> false;
                    case DARK -> true;
                    // Desktops that say nothing count as light.
                    case SYSTEM -> Platform.getPreferences().getColorScheme() == ColorScheme.DARK;
                };
        Application.setUserAgentStylesheet(
                wanted
                        ? new PrimerDark().getUserAgentStylesheet()
                        : new PrimerLight().getUserAgentStylesheet());
        tone.set(new Tone(wanted, settings.highContrast()));
    }

    @Override
    public void close() {
        settings.appearanceProperty().removeListener(again);
        settings.highContrastProperty().removeListener(again);
        Platform.getPreferences().colorSchemeProperty().removeListener(desktop);
    }
}
