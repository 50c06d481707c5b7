package io.github.shmlens.debuginfo;

import io.github.shmlens.debuginfo.NoTypes.Why;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Asks gdb about the types of a program's file. It reads no init files, loads and runs nothing of
/// the program's, asks no server, and sees no process.
final class Gdb implements TypeTool {

    /// How many names one run is asked about.
    private static final int BATCH = 200;

    private static final Pattern FILE = Pattern.compile("^File (.*):$");

    private static final Pattern LISTED = Pattern.compile("^(?:(\\d{1,9}):)?\\s+(.*);$");

    private static final Pattern STANDS_FOR = Pattern.compile("(?m)^type = (.*)$");

    private static final Pattern NAMELESS =
            Pattern.compile("^(?:(?:const|volatile|_Atomic) )*(struct|union|enum) \\{.*}$");

    private static final Pattern CONSTANTS =
            Pattern.compile("^(?:const |volatile )*enum (?:\\w+ )?(?:: [\\w ]+ )?(\\{[^{}]*})$");

    private static final int NONCE_BYTES = 12;

    private final ToolRun tools;
    private final Path gdb;

    Gdb(ToolRun tools, Path gdb) {
        this.tools = tools;
        this.gdb = gdb;
    }

    @Override
    public String name() {
        return "gdb";
    }

    @Override
    public TypeList list(Path program) throws NoTypes, InterruptedException {
        ToolRun.Said said = run(program, List.of("info types -q"));
        List<ProgramType> types = new ArrayList<>();
        int leftOut = 0;
        String source = "";
        for (String line : said.text().lines().toList()) {
            Matcher file = FILE.matcher(line);
            Matcher listed = LISTED.matcher(line);
            if (file.matches()) {
                source = file.group(1);
            } else if (listed.matches()) {
                Optional<String> name = listedName(listed.group(2));
                if (name.isEmpty()) {
                    leftOut++;
                } else {
                    int at = listed.group(1) == null ? 0 : Integer.parseInt(listed.group(1));
                    types.add(new ProgramType(name.get(), source, at, -1));
                }
            }
        }
        return new TypeList(name(), types, leftOut, said.cut());
    }

    /// `struct point`, `typedef int count_t`, `class Foo`: what to ask for.
    private static Optional<String> listedName(String text) {
        if (text.startsWith("typedef ")) {
            String name = text.substring(text.lastIndexOf(' ') + 1);
            return Wording.isName(name) ? Optional.of(name) : Optional.empty();
        }
        String[] words = text.split(" ", 2);
        if (words.length != 2 || !Wording.isName(words[1])) {
            // C++ says the name alone.
            return Wording.isName(text) ? Optional.of("struct " + text) : Optional.empty();
        }
        return switch (words[0]) {
            case "struct", "union", "enum" -> Optional.of(text);
            case "class" -> Optional.of("struct " + words[1]);
            default -> Optional.empty();
        };
    }

    @Override
    public Map<String, Definition> define(Path program, Collection<String> names)
            throws NoTypes, InterruptedException {
        Map<String, Definition> all = new HashMap<>();
        List<String> left = List.copyOf(names);
        for (int from = 0; from < left.size(); from += BATCH) {
            List<String> batch = left.subList(from, Math.min(left.size(), from + BATCH));
            defineAtOnce(program, batch, all);
        }
        return all;
    }

    private void defineAtOnce(Path program, List<String> names, Map<String, Definition> into)
            throws NoTypes, InterruptedException {
        byte[] nonce = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        String mark = "@" + HexFormat.of().formatHex(nonce) + "@";
        List<String> commands = new ArrayList<>();
        for (String name : names) {
            commands.add("echo \\n%s\\n".formatted(mark));
            commands.add("whatis " + name);
            commands.add("echo \\n%s\\n".formatted(mark));
            commands.add("ptype /o " + name);
            commands.add("echo \\n%s\\n".formatted(mark));
            commands.add("output sizeof(%s)".formatted(name));
        }
        commands.add("echo \\n%s\\n".formatted(mark));
        ToolRun.Said said = run(program, commands);
        String[] parts = said.text().split("\n" + mark + "\n", -1);
        if (said.cut() || parts.length != names.size() * 3 + 2) {
            throw new NoTypes(
                    Why.NOT_BELIEVED,
                    "gdb did not answer as it should: the types of %s cannot be taken over%s"
                            .formatted(
                                    program, said.cut() ? ", they are too many or too long" : ""));
        }
        for (int i = 0; i < names.size(); i++) {
            int at = i * 3 + 1;
            definition(names.get(i), parts[at], parts[at + 1], parts[at + 2])
                    .ifPresent(found -> into.putIfAbsent(names.get(at / 3), found));
        }
    }

    /// Empty where there is no such type.
    private static Optional<Definition> definition(
            String name, String whatis, String ptype, String sizeof) {
        Matcher target = STANDS_FOR.matcher(whatis);
        if (!target.find()) {
            return Optional.empty();
        }
        long size = size(sizeof);
        boolean tagged = name.indexOf(' ') > 0;
        if (ptype.contains("<incomplete type>") || (tagged && size < 0)) {
            return Optional.of(new Definition.Incomplete());
        }
        Optional<Outline> outline = PtypeReader.read(ptype);
        if (tagged && outline.isPresent()) {
            return Optional.of(new Definition.Compound(outline.get()));
        }
        Matcher written = STANDS_FOR.matcher(ptype);
        Matcher constants = CONSTANTS.matcher(written.find() ? written.group(1) : "");
        String values = constants.matches() ? constants.group(1) : null;
        if (tagged && values != null) {
            return Optional.of(new Definition.Enumeration(values, size));
        }
        String stands = target.group(1);
        Wording wording = Wording.ofType(stands);
        boolean nameless = NAMELESS.matcher(stands).matches();
        if (tagged
                || stands.equals(name)
                || (nameless ? outline.isEmpty() && values == null : !wording.plain())) {
            return Optional.of(new Definition.Opaque(stands, size));
        }
        return Optional.of(
                new Definition.Typedef(
                        wording,
                        nameless ? outline.orElse(null) : null,
                        nameless ? values : null,
                        size));
    }

    private static long size(String said) {
        String digits = said.strip();
        return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : -1;
    }

    private ToolRun.Said run(Path program, List<String> commands)
            throws NoTypes, InterruptedException {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("-batch", "-nx", "-nh", "-q"));
        for (String setting :
                List.of(
                        "set auto-load off",
                        "set debuginfod enabled off",
                        "set confirm off",
                        "set index-cache enabled off")) {
            arguments.add("-iex");
            arguments.add(setting);
        }
        arguments.add("-ex");
        arguments.add("set language c");
        for (String command : commands) {
            arguments.add("-ex");
            arguments.add(command);
        }
        arguments.add(program.toAbsolutePath().toString());
        return tools.run(gdb, arguments);
    }
}
