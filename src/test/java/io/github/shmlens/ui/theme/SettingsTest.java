package io.github.shmlens.ui.theme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    @TempDir Path folder;

    private Path file() {
        return folder.resolve("deep/settings.properties");
    }

    @Test
    void aMissingFileGivesTheDefaults() throws IOException {
        assertThat(Settings.load(file()).appearance()).isEqualTo(Settings.Appearance.SYSTEM);
    }

    @Test
    void whatWasKeptIsFoundAgain() throws IOException {
        Settings settings = Settings.load(file());
        settings.appearanceProperty().set(Settings.Appearance.DARK);
        settings.setFontSize(17);
        settings.quietProperty().set(true);
        settings.watchedBytesProperty().set(4L << 30);
        settings.keep("window-x", -12.5);
        settings.save();

        Settings again = Settings.load(file());
        assertThat(again.appearance()).isEqualTo(Settings.Appearance.DARK);
        assertThat(again.fontSize()).isEqualTo(17);
        assertThat(again.quiet()).isTrue();
        assertThat(again.watchedBytes()).isEqualTo(4L << 30);
        assertThat(again.number("window-x", 0)).isEqualTo(-12.5);
    }

    @Test
    void keysOfOtherVersionsAreKept() throws IOException {
        Files.createDirectories(folder.resolve("deep"));
        Files.writeString(file(), "of-tomorrow=yes\n");
        Settings.load(file()).save();
        assertThat(Files.readString(file())).contains("of-tomorrow=yes");
    }

    @Test
    void valuesThatMakeNoSenseCountAsNotThere() throws IOException {
        Files.createDirectories(folder.resolve("deep"));
        Files.writeString(
                file(), "font-size=huge\nappearance=pink\nwindow-x=NaN\nwatched-bytes=-5\n");
        Settings settings = Settings.load(file());
        assertThat(settings.fontSize()).isEqualTo(Settings.DEFAULT_FONT_SIZE);
        assertThat(settings.appearance()).isEqualTo(Settings.Appearance.SYSTEM);
        assertThat(settings.number("window-x", 7)).isEqualTo(7);
        assertThat(settings.watchedBytes()).isEqualTo(Settings.inMemory().watchedBytes());
    }

    @Test
    void fontSizesStayReadable() {
        Settings settings = Settings.inMemory();
        settings.setFontSize(1000);
        assertThat(settings.fontSize()).isEqualTo(Settings.MOST_FONT_SIZE);
        settings.setFontSize(-3);
        assertThat(settings.fontSize()).isEqualTo(Settings.LEAST_FONT_SIZE);
    }

    @Test
    void aFileThatCannotBeReadIsSaid() {
        assertThatThrownBy(() -> Settings.load(folder)).isInstanceOf(IOException.class);
    }

    @Test
    void aRelativeFolderInTheEnvironmentIsIgnored() {
        assertThat(Places.folder("here", ".config"))
                .isEqualTo(
                        Path.of(System.getProperty("user.home", "/"), ".config")
                                .resolve("shmlens"));
    }

    @Test
    void anAbsoluteFolderInTheEnvironmentIsTaken() {
        assertThat(Places.folder("/x/y", ".config")).isEqualTo(Path.of("/x/y/shmlens"));
    }
}
