package io.github.shmlens.ui.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.Target;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamingTest {

    private static Naming.Read read(Naming.Way way, String text, String project) {
        return new Naming(way, text, project).read();
    }

    @ParameterizedTest
    @CsvSource({"987654, 987654", "0xf1206, 987654", " 0xfffffffe , -2", "-2, -2", "0742, 482"})
    void keysAreReadAsCReadsThem(String typed, int key) {
        assertThat(read(Naming.Way.KEY, typed, ""))
                .isEqualTo(new Naming.Read.Named(new Target.Key(new SegmentKey(key))));
    }

    @ParameterizedTest
    @EnumSource(Naming.Way.class)
    void nothingTypedIsNothingWrong(Naming.Way way) {
        assertThat(read(way, "  ", "")).isEqualTo(new Naming.Read.Blank(Naming.Field.TEXT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999", "0x", "key", "--1", "1.5"})
    void aKeyThatCannotBeMeantIsWrongAtItsField(String typed) {
        assertThat(read(Naming.Way.KEY, typed, ""))
                .isInstanceOfSatisfying(
                        Naming.Read.Wrong.class,
                        wrong -> assertThat(wrong.field()).isEqualTo(Naming.Field.TEXT));
    }

    @ParameterizedTest
    @EnumSource(Naming.Way.class)
    void aTargetOfTheCommandLineIsReadInEveryWay(Naming.Way way) {
        assertThat(read(way, "ftok:/etc/passwd:p", ""))
                .isEqualTo(new Naming.Read.Named(new Target.Ftok(Path.of("/etc/passwd"), 'p')));
        assertThat(read(way, "id:3", "")).isEqualTo(new Naming.Read.Named(new Target.Id(3)));
        assertThat(read(way, "ftok:/etc/passwd", "")).isInstanceOf(Naming.Read.Wrong.class);
    }

    @Test
    void ftokNeedsAProject() {
        assertThat(read(Naming.Way.FTOK, "/etc", ""))
                .isEqualTo(new Naming.Read.Blank(Naming.Field.PROJECT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "#0", "#256", "é"})
    void aWrongProjectIsWrongAtItsField(String project) {
        assertThat(read(Naming.Way.FTOK, "/etc", project))
                .isInstanceOfSatisfying(
                        Naming.Read.Wrong.class,
                        wrong -> assertThat(wrong.field()).isEqualTo(Naming.Field.PROJECT));
    }

    @Test
    void aProjectIsACharacterOrANumber() {
        assertThat(read(Naming.Way.FTOK, "/etc", "t"))
                .isEqualTo(new Naming.Read.Named(new Target.Ftok(Path.of("/etc"), 't')));
        assertThat(read(Naming.Way.FTOK, "/etc", "#65"))
                .isEqualTo(new Naming.Read.Named(new Target.Ftok(Path.of("/etc"), 65)));
    }

    @Test
    void aHomePathIsUnderstood() {
        assertThat(read(Naming.Way.INODE, "~/x", ""))
                .isEqualTo(
                        new Naming.Read.Named(
                                new Target.Inode(
                                        Path.of(System.getProperty("user.home", "/"), "x"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sensor", "sensor", "/dev/shm/sensor"})
    void anObjectIsFoundUnderEachOfItsNames(String typed) {
        assertThat(read(Naming.Way.POSIX, typed, ""))
                .isEqualTo(new Naming.Read.Named(new Target.Posix("/sensor")));
    }

    @Test
    void aKeyWhereFtokWantsAPathIsReadAsAKeyUntilThereIsAProject() {
        assertThat(read(Naming.Way.FTOK, " 0x7a05", ""))
                .isEqualTo(new Naming.Read.Named(new Target.Key(new SegmentKey(0x7a05))));
        assertThat(read(Naming.Way.FTOK, "4711", ""))
                .isEqualTo(new Naming.Read.Named(new Target.Key(new SegmentKey(4711))));
        assertThat(read(Naming.Way.FTOK, "./4711", ""))
                .isEqualTo(new Naming.Read.Blank(Naming.Field.PROJECT));
        assertThat(read(Naming.Way.FTOK, "4711", "p"))
                .isEqualTo(
                        new Naming.Read.Named(
                                new Target.Ftok(Path.of("4711").toAbsolutePath(), 'p')));
    }

    @Test
    void zeroIsAnId() {
        assertThat(read(Naming.Way.ID, "0", "")).isEqualTo(new Naming.Read.Named(new Target.Id(0)));
    }

    @ParameterizedTest
    @CsvSource({
        "10000, 10000",
        "64 KiB, 65536",
        "64k, 65536",
        "1M, 1048576",
        "2 GiB, 2147483648",
        "1kB, 1000",
        "0x10, 16",
        "7 bytes, 7"
    })
    void sizesMayHaveAUnit(String typed, long bytes) throws BadInput {
        assertThat(SizeInput.parse(typed)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "1.5 MiB", "9999999 TiB", "12 parsec", "MiB"})
    void aSizeThatCannotBeMeantIsSaidToBe(String typed) {
        assertThatThrownBy(() -> SizeInput.parse(typed)).isInstanceOf(BadInput.class);
    }
}
