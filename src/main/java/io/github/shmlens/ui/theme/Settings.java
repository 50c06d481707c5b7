package io.github.shmlens.ui.theme;

import io.github.shmlens.live.Sampler;
import io.github.shmlens.ui.text.Texts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.LongProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleLongProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;

/// What the user chose and the next start should find again. FX thread.
///
/// Kept as a small properties file. Keys of other versions are kept as they are; a value that makes
/// no sense counts as not there.
public final class Settings {

    private static final Texts TEXTS = Texts.of(Settings.class);

    /// Which theme the user wants.
    public enum Appearance {
        /// As the desktop says, where it says.
        SYSTEM,
        LIGHT,
        DARK
    }

    /// How much of a segment changes can be looked for in. The shadow takes as much memory, for
    /// each tab.
    public static final List<Long> WATCHED_CHOICES =
            List.of(64L << 20, 256L << 20, 1L << 30, 4L << 30);

    public static final int LEAST_FONT_SIZE = 9;
    public static final int DEFAULT_FONT_SIZE = 13;
    public static final int MOST_FONT_SIZE = 28;

    private final @Nullable Path file;
    private final Properties kept = new Properties();
    private final ObjectProperty<Appearance> appearance =
            new SimpleObjectProperty<>(this, "appearance", Appearance.SYSTEM);
    private final IntegerProperty fontSize =
            new SimpleIntegerProperty(this, "fontSize", DEFAULT_FONT_SIZE);
    private final BooleanProperty quiet = new SimpleBooleanProperty(this, "quiet", false);
    private final BooleanProperty highContrast =
            new SimpleBooleanProperty(this, "highContrast", false);
    private final LongProperty watchedBytes =
            new SimpleLongProperty(this, "watchedBytes", Sampler.Options.DEFAULT.shadowCapBytes());

    private Settings(@Nullable Path file) {
        this.file = file;
    }

    /// Settings that nobody keeps: for tests.
    public static Settings inMemory() {
        return new Settings(null);
    }

    /// Reads the settings of a file; one that is not there gives the defaults.
    ///
    /// @throws IOException when the file is there and cannot be read
    public static Settings load(Path file) throws IOException {
        Settings settings = new Settings(file);
        try (InputStream in = Files.newInputStream(file)) {
            settings.kept.load(in);
        } catch (NoSuchFileException first) {
            return settings;
        } catch (IllegalArgumentException broken) {
            throw new IOException(
                    TEXTS.say("settings.broken", String.valueOf(broken.getMessage())), broken);
        }
        settings.appearance.set(
                switch (settings.text("appearance", "system")) {
                    case "light" -> Appearance.LIGHT;
                    case "dark" -> Appearance.DARK;
                    default -> Appearance.SYSTEM;
                });
        settings.setFontSize((int) settings.number("font-size", DEFAULT_FONT_SIZE));
        settings.quiet.set(settings.text("quiet", "false").equals("true"));
        settings.highContrast.set(settings.text("high-contrast", "false").equals("true"));
        double watched = settings.number("watched-bytes", settings.watchedBytes());
        if (watched >= 1 << 20 && watched <= 1L << 40) {
            settings.watchedBytes.set((long) watched);
        }
        return settings;
    }

    /// The folder of the settings, where other files of the user's may lie beside them; null for
    /// settings that nobody keeps.
    public @Nullable Path folder() {
        return file == null ? null : file.toAbsolutePath().getParent();
    }

    /// The file of this user: `$XDG_CONFIG_HOME/shmlens/settings.properties`.
    public static Path userFile() {
        return Places.config().resolve("settings.properties");
    }

    public ObjectProperty<Appearance> appearanceProperty() {
        return appearance;
    }

    public Appearance appearance() {
        return appearance.get();
    }

    /// In pixels at 100 %, always between the least and the most.
    public ObservableValue<Number> fontSizeProperty() {
        return fontSize;
    }

    public int fontSize() {
        return fontSize.get();
    }

    public void setFontSize(int pixels) {
        fontSize.set(Math.clamp(pixels, LEAST_FONT_SIZE, MOST_FONT_SIZE));
    }

    /// Quiet mode: changed bytes are marked but nothing fades or blinks.
    public BooleanProperty quietProperty() {
        return quiet;
    }

    public boolean quiet() {
        return quiet.get();
    }

    /// High contrast: text stands out from what is behind it at 7 : 1 or more, lines are plain.
    public BooleanProperty highContrastProperty() {
        return highContrast;
    }

    public boolean highContrast() {
        return highContrast.get();
    }

    /// How much of a segment, from its start, changes are looked for in. Tabs that are opened from
    /// then on follow it.
    public LongProperty watchedBytesProperty() {
        return watchedBytes;
    }

    public long watchedBytes() {
        return watchedBytes.get();
    }

    /// A value some view keeps for itself, such as a divider's place.
    public double number(String name, double otherwise) {
        String text = kept.getProperty(name);
        if (text == null) {
            return otherwise;
        }
        try {
            double value = Double.parseDouble(text);
            return Double.isFinite(value) ? value : otherwise;
        } catch (NumberFormatException edited) {
            // A person may have edited the file; a typing error is not worth refusing to start.
            return otherwise;
        }
    }

    public void keep(String name, double value) {
        kept.setProperty(
                name,
                value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value));
    }

    public String text(String name, String otherwise) {
        return kept.getProperty(name, otherwise);
    }

    public void keep(String name, String value) {
        kept.setProperty(name, value);
    }

    /// Writes the file, whole or not at all.
    public void save() throws IOException {
        if (file == null) {
            return;
        }
        keep("appearance", appearance().name().toLowerCase(java.util.Locale.ROOT));
        keep("font-size", fontSize());
        keep("quiet", Boolean.toString(quiet()));
        keep("high-contrast", Boolean.toString(highContrast()));
        keep("watched-bytes", watchedBytes());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        kept.store(out, "Shmlens");
        WholeFile.replace(file, out.toByteArray());
    }
}
