package io.github.shmlens.ui.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {

    private static final Path WINDOW = Path.of("src/main/java/io/github/shmlens/ui");
    private static final Path WORDS = Path.of("src/main/resources/io/github/shmlens/ui");

    private static final Pattern ASKED = Pattern.compile("TEXTS\\s*\\.(say|count)\\(\\s*$");
    private static final Pattern KEY = Pattern.compile("([a-z0-9-]+)(\\.[a-z0-9-]+)+");
    private static final Pattern FILE = Pattern.compile(".*\\.(css|png|log|properties)");
    private static final Pattern PROSE = Pattern.compile("\\p{L}{2,}[,;:.)…]* \\(?\\p{L}{2,}");
    private static final Pattern SHOWN =
            Pattern.compile(
                    "(new (Button|CheckBox|Hyperlink|Label|Menu|MenuItem|RadioButton|Tooltip"
                            + "|ToggleButton)|\\.set(AccessibleHelp|AccessibleText|PromptText|Text"
                            + "|Title))\\(\\s*$");
    private static final Pattern NOT_SHOWN =
            Pattern.compile(
                    "new (AssertionError|\\w*(Argument|Operation|State)Exception)\\("
                            + "|ofPattern\\(|requireNonNull\\(|\\b(LOG|log|logger)\\s*\\."
                            + "|\\.(contains|endsWith|equals|startsWith)\\(\\s*$");
    private static final Pattern PLACE =
            Pattern.compile("%(?:(\\d+)\\$)?[-#+ 0,(]*\\d*(?:\\.\\d+)?([a-zA-Z%])");

    /// Names, code and identities: no translation changes them.
    private static final Set<String> NO_WORDS =
            Set.of(
                    "const unsigned char bytes[",
                    "de ad be ef",
                    "DejaVu Sans Mono",
                    "UTC ms",
                    "UTC µs",
                    "UTC ns",
                    "rw, ro",
                    "shmlens bookmarks 1",
                    "out of sight",
                    "look around");

    /// A string in code: its text, and what of its statement stands before it and after it.
    private record Literal(Path file, String text, String before, String after) {

        boolean asked() {
            return ASKED.matcher(before).find();
        }

        boolean counts() {
            return asked() && before.stripTrailing().endsWith("count(");
        }

        @Override
        public String toString() {
            return "%s: \"%s\"".formatted(file.getFileName(), text);
        }
    }

    @Test
    void everyTextAskedForIsThereAndNoneIsLeftOver() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path room : rooms()) {
            Path file = words(room);
            Set<String> there = keys(file).keySet();
            Set<String> asked = asked(room, there);
            difference(asked, there).forEach(key -> wrong.add(room + " lacks " + key));
            difference(there, asked).forEach(key -> wrong.add(file + " has unused " + key));
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyTextGetsTheArgumentsItHasPlacesFor() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path room : rooms()) {
            Map<String, String> texts = keys(words(room));
            for (Literal literal : literals(room)) {
                if (!literal.asked()) {
                    continue;
                }
                int given = arguments(literal.after());
                boolean counts = literal.counts();
                List<String> keys =
                        counts
                                ? List.of(literal.text() + ".one", literal.text() + ".many")
                                : List.of(literal.text());
                for (String key : keys) {
                    int places = given == 0 ? 0 : places(texts.getOrDefault(key, ""));
                    if (places > given || (!counts && places < given)) {
                        wrong.add(literal + " gives " + given + " for " + places);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void noWordsAreLeftInTheCodeOfAnyRoom() throws IOException {
        List<Literal> left = new ArrayList<>();
        for (Path room : rooms()) {
            for (Literal literal : literals(room)) {
                boolean words =
                        PROSE.matcher(literal.text()).find()
                                || (SHOWN.matcher(literal.before()).find()
                                        && literal.text().matches(".*\\p{L}{2}.*"));
                if (words
                        && !NO_WORDS.contains(literal.text())
                        && !literal.text().contains("-fx-")
                        && !NOT_SHOWN.matcher(literal.before()).find()) {
                    left.add(literal);
                }
            }
        }
        assertThat(left).isEmpty();
    }

    @Test
    void aBundleIsSortedByKey() throws IOException {
        for (Path room : rooms()) {
            if (!Files.exists(words(room))) {
                continue;
            }
            List<String> keys = new ArrayList<>();
            boolean goesOn = false;
            for (String line : Files.readAllLines(words(room))) {
                if (!goesOn && !line.startsWith("#")) {
                    keys.add(line.substring(0, line.indexOf('=')));
                }
                goesOn = line.endsWith("\\");
            }
            assertThat(keys).as(room.toString()).isSorted().doesNotHaveDuplicates();
        }
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

    private static Path words(Path room) {
        return WORDS.resolve(WINDOW.relativize(room)).resolve("Texts.properties");
    }

    /// What is asked by name, and every string that looks like a key of the room: constants carry
    /// keys, and ask later.
    private static Set<String> asked(Path room, Set<String> there) throws IOException {
        Set<String> parts = new TreeSet<>();
        there.forEach(key -> parts.add(key.split("\\.")[0]));
        Set<String> keys = new TreeSet<>();
        for (Literal literal : literals(room)) {
            String text = literal.text();
            Matcher shape = KEY.matcher(text);
            boolean looksSo =
                    shape.matches()
                            && parts.contains(shape.group(1))
                            && !FILE.matcher(text).matches();
            if (literal.asked() || looksSo) {
                if (literal.counts()
                        || (there.contains(text + ".one") && there.contains(text + ".many"))) {
                    keys.add(text + ".one");
                    keys.add(text + ".many");
                } else {
                    keys.add(text);
                }
            }
        }
        return keys;
    }

    /// How many arguments a text has places for.
    private static int places(String pattern) {
        int next = 0;
        int most = 0;
        Matcher matcher = PLACE.matcher(pattern);
        while (matcher.find()) {
            if (matcher.group(2).equals("%") || matcher.group(2).equals("n")) {
                continue;
            }
            String index = matcher.group(1);
            most = Math.max(most, index == null ? ++next : Integer.parseInt(index));
        }
        return most;
    }

    /// How many arguments follow the key, up to the parenthesis that closes the call.
    private static int arguments(String after) {
        int depth = 0;
        int commas = 0;
        for (int i = 0; i < after.length(); i++) {
            switch (after.charAt(i)) {
                case '(', '[', '{' -> depth++;
                case ')', ']', '}' -> {
                    if (--depth < 0) {
                        return commas;
                    }
                }
                case ',' -> commas += depth == 0 ? 1 : 0;
                default -> {}
            }
        }
        return commas;
    }

    private static List<Literal> literals(Path room) throws IOException {
        List<Literal> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(room)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                literals(file, all);
            }
        }
        return all;
    }

    /// Comments and the insides of strings are blanked first, so that a semicolon is the end of a
    /// statement.
    private static void literals(Path file, List<Literal> all) throws IOException {
        String code = Files.readString(file);
        char[] bare = code.toCharArray();
        List<int[]> found = new ArrayList<>();
        int at = 0;
        while (at < code.length()) {
            int end = at + 1;
            if (code.startsWith("//", at)) {
                end = endOf(code, "\n", at + 2);
                blank(bare, at, end - 1);
            } else if (code.startsWith("/*", at)) {
                end = endOf(code, "*/", at + 2);
                blank(bare, at, end);
            } else if (code.startsWith("\"\"\"", at)) {
                end = endOf(code, "\"\"\"", at + 3);
                found.add(new int[] {at, at + 3, end - 3, end});
                blank(bare, at + 1, end - 1);
            } else if (code.charAt(at) == '"' || code.charAt(at) == '\'') {
                while (code.charAt(end) != code.charAt(at)) {
                    end += code.charAt(end) == '\\' ? 2 : 1;
                }
                end++;
                if (code.charAt(at) == '"') {
                    found.add(new int[] {at, at + 1, end - 1, end});
                }
                blank(bare, at + 1, end - 1);
            }
            at = end;
        }
        String blanked = new String(bare);
        for (int[] place : found) {
            int start = place[0];
            while (start > 0 && ";{}".indexOf(bare[start - 1]) < 0) {
                start--;
            }
            all.add(
                    new Literal(
                            file,
                            code.substring(place[1], place[2]),
                            blanked.substring(start, place[0]),
                            blanked.substring(place[3])));
        }
    }

    private static int endOf(String code, String closing, int from) {
        int found = code.indexOf(closing, from);
        return found < 0 ? code.length() : found + closing.length();
    }

    private static void blank(char[] code, int from, int to) {
        for (int i = from; i < to; i++) {
            code[i] = ' ';
        }
    }

    private static Map<String, String> keys(Path file) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        if (Files.exists(file)) {
            Properties words = new Properties();
            try (Reader reader = Files.newBufferedReader(file)) {
                words.load(reader);
            }
            words.stringPropertyNames().forEach(key -> texts.put(key, words.getProperty(key)));
        }
        return texts;
    }
}
