package io.github.shmlens.cli;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Lets numbers and values that begin with a dash be what they are. picocli would take `-5` for an
/// option; here it is marked with a character that no argument of a process can hold, and unmarked
/// when it is converted.
final class Arguments {

    private static final char MARK = '\0';

    private static final Pattern NEGATIVE =
            Pattern.compile("-(?:[0-9]|\\.[0-9]|INF).*", Pattern.DOTALL);

    /// Their last parameter is a value of any kind, and they have no options with one dash but
    /// these.
    private static final Set<String> STORING = Set.of("put", "send", "wait");

    private static final Set<String> SHORT_OPTIONS = Set.of("-h", "-V", "-");

    private Arguments() {}

    /// Marks what is no option.
    static String[] marked(String... arguments) {
        List<String> all = List.of(arguments);
        boolean storing =
                all.stream()
                        .filter(one -> !one.startsWith("-"))
                        .findFirst()
                        .filter(STORING::contains)
                        .isPresent();
        boolean onlyParameters = false;
        String[] marked = new String[arguments.length];
        for (int at = 0; at < marked.length; at++) {
            String one = arguments[at];
            onlyParameters |= one.equals("--");
            boolean number = NEGATIVE.matcher(one).matches();
            boolean value =
                    storing
                            && one.startsWith("-")
                            && !one.startsWith("--")
                            && !SHORT_OPTIONS.contains(one);
            marked[at] = !onlyParameters && (number || value) ? MARK + one : one;
        }
        return marked;
    }

    /// Takes the marks away, from an argument or from a message that quotes some.
    static String unmarked(String text) {
        return text.indexOf(MARK) < 0 ? text : text.replace(String.valueOf(MARK), "");
    }
}
