package io.github.shmlens.debuginfo;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How C declares one name, or names one type without declaring any: `struct point *ring[3]`.
///
/// @param text as the tool has it, without the width of a bit-field and without `;`
/// @param name what is declared; empty for nothing
/// @param base the type that all else is built on: `struct point`, `count_t`; empty where C itself
///   has it
/// @param pointer whether only an address of the base is held
/// @param plain whether it is of the C that is taken over as it is
record Wording(String text, String name, String base, boolean pointer, boolean plain) {

    private static final Pattern TOKEN =
            Pattern.compile("\\s+|([A-Za-z_]\\w*)|(\\d+)|\\.\\.\\.|[*()\\[\\],]|(.)");

    private static final Pattern LAST_WORD = Pattern.compile("([^\\s*&]+?)\\s*(?:\\[\\d*]\\s*)*$");

    private static final Set<String> QUALIFIERS =
            Set.of("const", "volatile", "_Atomic", "restrict");

    private static final Set<String> WORDS_OF_C =
            Set.of(
                    "void",
                    "char",
                    "short",
                    "int",
                    "long",
                    "float",
                    "double",
                    "signed",
                    "unsigned",
                    "_Bool",
                    "bool",
                    "__int128");

    /// What has no name and is only pointed to.
    private static final Pattern POINTED_TO =
            Pattern.compile("(?:struct|union|enum) \\{\\.\\.\\.}(?= *\\(?\\*)");

    private static final Pattern CONSTANTS = Pattern.compile("^enum \\{[\\w ,=-]*}(?= \\w)");

    /// Reads a declaration of a member.
    static Wording of(String text) {
        Wording found = read(CONSTANTS.matcher(text).replaceFirst("int"), true);
        return found.plain() && text.startsWith("enum {")
                ? new Wording(text, found.name(), "", found.pointer(), true)
                : read(namingWhatIsPointedTo(text), true);
    }

    /// Reads the name of a type, which declares nothing.
    static Wording ofType(String text) {
        return read(namingWhatIsPointedTo(text), false);
    }

    private static String namingWhatIsPointedTo(String text) {
        return POINTED_TO.matcher(text).replaceAll("void");
    }

    private static Wording read(String text, boolean named) {
        List<String> tokens = new ArrayList<>();
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            if (token.group(2) != null || token.group(1) != null) {
                tokens.add(token.group());
            } else if (token.group(3) != null) {
                // C++, or something that nobody expects.
                return new Wording(text, named ? lastWord(text) : "", "", false, false);
            } else if (!token.group().isBlank()) {
                tokens.add(token.group());
            }
        }
        int at = behindQualifiers(tokens, 0);
        String base = "";
        String first = at < tokens.size() ? tokens.get(at) : "";
        if (Set.of("struct", "union", "enum").contains(first) && at + 1 < tokens.size()) {
            base = first + " " + tokens.get(at + 1);
            at += 2;
        } else if (WORDS_OF_C.contains(first)) {
            while (at < tokens.size()
                    && (WORDS_OF_C.contains(tokens.get(at))
                            || QUALIFIERS.contains(tokens.get(at)))) {
                at++;
            }
        } else {
            base = first;
            at++;
        }
        at = behindQualifiers(tokens, at);
        List<String> rest = tokens.subList(Math.min(at, tokens.size()), tokens.size());
        String name = named ? name(rest) : "";
        if (rest.size() > 1 && isName(rest.get(0)) && isName(rest.get(1))) {
            // A type of several words that we do not know: `complex double`.
            return new Wording(text, named ? lastWord(text) : "", "", false, false);
        }
        boolean plain =
                (base.isEmpty() || isName(base.substring(base.indexOf(' ') + 1)))
                        && !first.isEmpty()
                        && (!named || isName(name));
        return new Wording(
                text,
                named && !isName(name) ? lastWord(text) : name,
                base,
                rest.contains("*") || rest.contains("("),
                plain);
    }

    /// The declaration of another name with this type: a typedef's.
    String declaring(String wanted) {
        int star = text.indexOf("(*");
        if (star >= 0) {
            int at = star + 1;
            while (at < text.length() && text.charAt(at) == '*') {
                at++;
            }
            return text.substring(0, at) + wanted + text.substring(at);
        }
        int end = text.length();
        for (char opens : new char[] {'(', '['}) {
            int at = text.indexOf(opens);
            end = at < 0 ? end : Math.min(end, at);
        }
        String front = text.substring(0, end).strip();
        return front + (front.endsWith("*") ? "" : " ") + wanted + text.substring(end);
    }

    static boolean isName(String text) {
        return text.matches("[A-Za-z_][A-Za-z_0-9]*");
    }

    private static int behindQualifiers(List<String> tokens, int from) {
        int at = from;
        while (at < tokens.size() && QUALIFIERS.contains(tokens.get(at))) {
            at++;
        }
        return at;
    }

    /// Of what stands behind the type: the first name in `(*name)(…)`, and in all else too, as no
    /// other precedes it.
    private static String name(List<String> declarator) {
        for (String token : declarator) {
            if (isName(token) && !QUALIFIERS.contains(token)) {
                return token;
            }
            if (token.equals("[") || token.equals(")")) {
                return "";
            }
        }
        return "";
    }

    private static String lastWord(String text) {
        Matcher last = LAST_WORD.matcher(text);
        String word = last.find() ? last.group(1).replaceAll("\\W", "_") : "";
        return isName(word) ? word : "_" + word;
    }
}
