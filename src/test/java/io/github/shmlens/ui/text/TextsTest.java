package io.github.shmlens.ui.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {

    private static final Path WINDOW = Path.of("src/main/java/io/github/shmlens/ui");
    private static final Path WORDS = Path.of("src/main/resources/io/github/shmlens/ui");
    private static final Pattern ASKED = Pattern.compile("TEXTS\\s*\\.say\\(\\s*\"([^\"]+)\"");

    @Test
    void everyTextAskedForIsThereAndNoneIsLeftOver() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path room : rooms()) {
            Set<String> asked = asked(room);
            Path file = WORDS.resolve(WINDOW.relativize(room)).resolve("Texts.properties");
            Set<String> there = Files.exists(file) ? keys(file) : Set.of();
            difference(asked, there).forEach(key -> wrong.add(room + " lacks " + key));
            difference(there, asked).forEach(key -> wrong.add(file + " has unused " + key));
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void aKeyThatIsNowhereShowsAsItself() {
        assertThat(Texts.of(Missing.class).say("no.such.key", 1)).isEqualTo("no.such.key");
    }

    private static final class Missing {}

    private static Set<String> difference(Set<String> all, Set<String> without) {
        Set<String> left = new TreeSet<>(all);
        left.removeAll(without);
        return left;
    }

    private static List<Path> rooms() throws IOException {
        try (Stream<Path> all = Files.walk(WINDOW)) {
            return all.filter(Files::isDirectory).toList();
        }
    }

    private static Set<String> asked(Path room) throws IOException {
        Set<String> keys = new TreeSet<>();
        try (Stream<Path> files = Files.list(room)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                Matcher matcher = ASKED.matcher(code(file));
                while (matcher.find()) {
                    keys.add(matcher.group(1));
                }
            }
        }
        return keys;
    }

    /// A file without its documentation, which may show a key that is nowhere.
    private static String code(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> !line.stripLeading().startsWith("///"))
                    .collect(Collectors.joining("\n"));
        }
    }

    private static Set<String> keys(Path file) throws IOException {
        Properties words = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            words.load(reader);
        }
        return words.stringPropertyNames();
    }
}
