package io.github.shmlens.debuginfo;

import io.github.shmlens.debuginfo.NoTypes.Why;
import io.github.shmlens.fields.Abi;
import io.github.shmlens.fields.BadDeclaration;
import io.github.shmlens.fields.Declarations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The types that a program's debug information tells of.
///
/// Asks the tool that this host has about the program's file: it attaches to no process, runs
/// nothing of the program's and is ended when it takes too long. What it says is text that anybody
/// may have made: it becomes declarations of ours only as far as our parser lays them out to the
/// same places and sizes.
///
/// Every method may be called on any thread and blocks, for seconds with a large program; none
/// belongs on the FX thread. An interrupt ends the tool.
public final class DebugTypes {

    /// For one run of the tool; a type takes a few.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int MOST_BYTES = 32 << 20;

    /// A type that needs more is no structure of shared memory.
    private static final int MOST_DEFINITIONS = 2000;

    private static final int MOST_ROUNDS = 64;

    private static final Pattern NAME =
            Pattern.compile("(?:(struct|union|enum) +)?([A-Za-z_][A-Za-z_0-9]{0,255})");

    private final ToolRun tools;

    private DebugTypes(ToolRun tools) {
        this.tools = tools;
    }

    /// With the tools of this host.
    public static DebugTypes ofHost() {
        return of(ToolRun.path(), PATIENCE);
    }

    /// With tools from elsewhere.
    static DebugTypes of(List<Path> folders, Duration patience) {
        return new DebugTypes(new ToolRun(folders, patience, MOST_BYTES));
    }

    /// Whether a program's file, or a separate one that belongs to it, has debug information. Looks
    /// at its headers alone.
    ///
    /// @throws NoTypes when it is no program, or may not be read
    public static boolean has(Path program) throws NoTypes, InterruptedException {
        return ElfFile.read(program).debugInfo();
    }

    /// All types that can be taken over.
    ///
    /// @param program an ELF file: a program or a library
    public TypeList list(Path program) throws NoTypes, InterruptedException {
        requireDebugInfo(program);
        TypeList found = tool().list(program);
        if (found.types().isEmpty() && found.leftOut() == 0) {
            throw none(program);
        }
        return found;
    }

    /// Takes one type over, with all that it needs.
    ///
    /// @param type as declarations use it: `struct sensor`, `sensor_t`; `struct` may be missing
    public TakenType take(Path program, String type) throws NoTypes, InterruptedException {
        Matcher name = NAME.matcher(type.strip());
        if (!name.matches()) {
            throw new NoTypes(
                    Why.NO_SUCH_TYPE,
                    "\"%s\" is no name that C could say: a type is named as struct sensor or sensor_t"
                            .formatted(type.length() > 60 ? type.substring(0, 60) + "…" : type));
        }
        Abi abi = requireDebugInfo(program);
        Taking taking = new Taking(tool(), program, abi);
        return taking.take(
                name.group(1) == null
                        ? List.of(
                                "struct " + name.group(2),
                                "union " + name.group(2),
                                name.group(2),
                                "enum " + name.group(2))
                        : List.of(name.group(1) + " " + name.group(2)));
    }

    private TypeTool tool() throws NoTypes {
        Optional<Path> gdb = tools.program("gdb");
        if (gdb.isPresent()) {
            return new Gdb(tools, gdb.get());
        }
        throw new NoTypes(
                Why.NO_TOOL,
                "gdb is not on the PATH, and it is what reads debug information: install it, or give"
                        + " the declarations as a file");
    }

    private static Abi requireDebugInfo(Path program) throws NoTypes, InterruptedException {
        ElfFile file = ElfFile.read(program);
        if (!file.debugInfo()) {
            throw none(program);
        }
        return file.abi();
    }

    private static NoTypes none(Path program) {
        return new NoTypes(
                Why.NO_DEBUG_INFO,
                "%s has no debug information: build it with -g, or install the package with its debug symbols"
                        .formatted(program));
    }

    /// One type on its way over.
    private static final class Taking {

        private final TypeTool tool;
        private final Path program;
        private final Abi abi;
        private final Declarations standard;
        private final Map<String, Definition> found = new HashMap<>();
        private final Set<String> asked = new HashSet<>();

        private Taking(TypeTool tool, Path program, Abi abi) {
            this.tool = tool;
            this.program = program;
            this.abi = abi;
            try {
                this.standard = Declarations.parse("", abi);
            } catch (BadDeclaration never) {
                throw new IllegalStateException(never);
            }
        }

        private TakenType take(List<String> candidates) throws NoTypes, InterruptedException {
            asked.addAll(candidates);
            found.putAll(tool.define(program, candidates));
            String wanted =
                    candidates.stream()
                            .filter(name ->
                                    found.containsKey(name)
                                            && !(found.get(name) instanceof Definition.Incomplete))
                            .findFirst()
                            .orElseThrow(() ->
                                    new NoTypes(
                                            Why.NO_SUCH_TYPE,
                                            "%s has no type %s whose members it knows"
                                                    .formatted(program, candidates.getFirst())));
            if (found.get(wanted) instanceof Definition.Opaque) {
                throw new NoTypes(
                        Why.NOT_BELIEVED,
                        "%s says of %s what C has no words for, or we none: it is not taken over"
                                .formatted(tool.name(), wanted));
            }
            candidates.stream().filter(name -> !name.equals(wanted)).forEach(found::remove);
            findAllThatIsNeeded(wanted);
            Map<String, Definition> ordered = new LinkedHashMap<>();
            Set<String> onlyNamed = new HashSet<>();
            order(wanted, ordered, onlyNamed);
            return new DeclarationText(
                            "/* From %s, by %s. */".formatted(shown(), tool.name()),
                            abi,
                            ordered,
                            onlyNamed)
                    .of(wanted);
        }

        private String shown() {
            return program.toString().replaceAll("[^\\x20-\\x7e]", "?").replace("*/", "* /");
        }

        /// Asks in rounds: each answer may name further types.
        private void findAllThatIsNeeded(String wanted) throws NoTypes, InterruptedException {
            for (int round = 0; round < MOST_ROUNDS; round++) {
                Set<String> missing = new LinkedHashSet<>();
                Set<String> seen = new HashSet<>();
                Deque<Need> left = new ArrayDeque<>();
                left.add(new Need(wanted, true));
                while (!left.isEmpty()) {
                    Need need = left.remove();
                    if (!seen.add(need.name() + need.whole())) {
                        continue;
                    }
                    Definition known = found.get(need.name());
                    if (known != null) {
                        left.addAll(needs(known, need.whole()));
                    } else if (!asked.contains(need.name())) {
                        missing.add(need.name());
                    }
                }
                if (missing.isEmpty()) {
                    return;
                }
                if (asked.size() + missing.size() > MOST_DEFINITIONS) {
                    break;
                }
                asked.addAll(missing);
                found.putAll(tool.define(program, missing));
            }
            throw new NoTypes(
                    Why.NOT_BELIEVED,
                    "%s needs more than %d other types: it is not taken over"
                            .formatted(wanted, MOST_DEFINITIONS));
        }

        /// @param whole whether its size counts, and not its name alone
        private record Need(String name, boolean whole) {}

        private List<Need> needs(Definition definition, boolean whole) {
            List<Need> needs = new ArrayList<>();
            switch (definition) {
                case Definition.Compound(Outline outline) -> {
                    if (whole) {
                        add(outline, needs);
                    }
                }
                case Definition.Typedef typedef -> {
                    Outline outline = typedef.outline();
                    if (outline != null && whole) {
                        add(outline, needs);
                    } else if (outline == null) {
                        add(typedef.target(), whole, needs);
                    }
                }
                case Definition.Incomplete _, Definition.Enumeration _, Definition.Opaque _ -> {}
            }
            return needs;
        }

        private void add(Outline outline, List<Need> needs) {
            for (Outline.Member member : outline.members()) {
                Outline nested = member.nested();
                if (nested != null) {
                    add(nested, needs);
                } else {
                    add(member.wording(), true, needs);
                }
            }
        }

        private void add(Wording wording, boolean whole, List<Need> needs) {
            String base = wording.base();
            boolean tag = base.startsWith("struct ") || base.startsWith("union ");
            boolean wholeBase = whole && !wording.pointer();
            if (wording.plain()
                    && !base.isEmpty()
                    && !(tag && !wholeBase)
                    && standard.type(base).isEmpty()) {
                needs.add(new Need(base, wholeBase));
            }
        }

        /// What a type needs comes before it.
        private void order(String wanted, Map<String, Definition> ordered, Set<String> onlyNamed) {
            Set<String> all = new LinkedHashSet<>();
            Set<String> whole = new LinkedHashSet<>();
            visit(new Need(wanted, true), all, whole, Set.of(), new HashSet<>());
            // One that is needed whole somewhere comes whole before whoever only names it.
            Set<String> inOrder = new LinkedHashSet<>();
            visit(
                    new Need(wanted, true),
                    inOrder,
                    new HashSet<>(),
                    Set.copyOf(whole),
                    new HashSet<>());
            for (String name : inOrder) {
                boolean forward = found.get(name) instanceof Definition.Typedef one && one.ofTag();
                if (forward || !whole.contains(name)) {
                    onlyNamed.add(name);
                }
                if (forward) {
                    ordered.put(name, found.get(name));
                }
            }
            inOrder.forEach(name -> ordered.putIfAbsent(name, found.get(name)));
        }

        private void visit(
                Need need,
                Set<String> all,
                Set<String> whole,
                Set<String> rather,
                Set<Need> beingVisited) {
            Need now = new Need(need.name(), need.whole() || rather.contains(need.name()));
            Definition definition = found.get(now.name());
            if (definition == null || !beingVisited.add(now)) {
                return;
            }
            for (Need next : needs(definition, now.whole())) {
                visit(next, all, whole, rather, beingVisited);
            }
            all.add(now.name());
            if (now.whole()) {
                whole.add(now.name());
            }
        }
    }
}
