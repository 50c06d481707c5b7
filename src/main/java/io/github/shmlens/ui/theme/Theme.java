package io.github.shmlens.ui.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.net.URL;
import java.util.Objects;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.value.ChangeListener;
import javafx.css.PseudoClass;
import javafx.scene.Parent;
import javafx.scene.Scene;

/// Light or dark, and the font size, for the whole program. FX thread.
public final class Theme implements AutoCloseable {

    /// Set on a dressed scene's root while the theme is dark.
    public static final PseudoClass DARK = PseudoClass.getPseudoClass("dark");

    private final Settings settings;
    private final ReadOnlyBooleanWrapper dark = new ReadOnlyBooleanWrapper(this, "dark");
    private final ChangeListener<Object> again = (_, _, _) -> apply();

    private Theme(Settings settings) {
        this.settings = settings;
    }

    /// Applies what the settings say, and follows them and the desktop until closed.
    public static Theme follow(Settings settings) {
        Theme theme = new Theme(settings);
        settings.appearanceProperty().addListener(theme.again);
        Platform.getPreferences().colorSchemeProperty().addListener(theme.again);
        theme.apply();
        return theme;
    }

    /// Gives a scene our own style sheet and font size.
    public void dress(Scene scene) {
        scene.getStylesheets().add(css(Theme.class, "theme.css"));
        Parent root = scene.getRoot();
        root.styleProperty().bind(settings.fontSizeProperty().map(px -> fontSize(px.intValue())));
        root.pseudoClassStateChanged(DARK, dark.get());
        dark.addListener((_, _, now) -> root.pseudoClassStateChanged(DARK, now));
    }

    public boolean dark() {
        return dark.get();
    }

    /// For what is painted and not styled.
    public ReadOnlyBooleanProperty darkProperty() {
        return dark.getReadOnlyProperty();
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
        dark.set(wanted);
    }

    @Override
    public void close() {
        settings.appearanceProperty().removeListener(again);
        Platform.getPreferences().colorSchemeProperty().removeListener(again);
    }
}
