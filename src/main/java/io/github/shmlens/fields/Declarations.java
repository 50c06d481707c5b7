package io.github.shmlens.fields;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// What a text of C declarations declares, laid out for one ABI.
///
/// Of C it takes what headers hold: structures, unions, enumerations, typedefs, arrays, bit-fields,
/// pointers, `packed`, `aligned`, `_Atomic`, `_Alignas`, `#pragma pack`, macros and conditions.
/// Functions, variables and `#include` are left out with a note. The names of `<stdint.h>`,
/// `<sys/types.h>`, `<pthread.h>` and `<semaphore.h>` are known without being declared.
public final class Declarations {

    /// Deep enough for whatever the limits on nesting let through, several times over.
    private static final long STACK_BYTES = 64L << 20;

    private static final String STANDARD = "standard.h";

    private static final Map<Abi, DeclarationReader> STANDARD_TYPES = new EnumMap<>(Abi.class);

    private final DeclarationReader reader;
    private final Abi abi;

    private Declarations(DeclarationReader reader, Abi abi) {
        this.reader = reader;
        this.abi = abi;
    }

    /// Reads a text of at most 1 MiB. Any thread; takes time and memory in proportion to the text,
    /// whatever it holds.
    ///
    /// @throws BadDeclaration at the first thing that has no layout
    public static Declarations parse(String source, Abi abi) throws BadDeclaration {
        FutureTask<DeclarationReader> task =
                new FutureTask<>(() -> {
                    Preprocessor.Result text = Preprocessor.run(source, abi);
                    return read(text, abi, standard(abi));
                });
        // A parser that calls itself wants a stack whose size we know.
        Thread thread = new Thread(null, task, "declarations", STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return new Declarations(task.get(), abi);
                } catch (InterruptedException later) {
                    // It ends soon by itself.
                    interrupted = true;
                } catch (ExecutionException failed) {
                    throw cause(failed);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static BadDeclaration cause(ExecutionException failed) {
        return switch (failed.getCause()) {
            case BadDeclaration bad -> bad;
            case RuntimeException bug -> throw bug;
            case Error bug -> throw bug;
            case null, default -> throw new CancellationException(failed.toString());
        };
    }

    private static DeclarationReader read(
            Preprocessor.Result text, Abi abi, @Nullable DeclarationReader known)
            throws BadDeclaration {
        try {
            DeclarationReader reader = new DeclarationReader(abi, text, known);
            reader.read();
            return reader;
        } catch (Refused refused) {
            throw refused.declared();
        }
    }

    /// The names of the standard headers; read once.
    private static DeclarationReader standard(Abi abi) throws BadDeclaration {
        synchronized (STANDARD_TYPES) {
            DeclarationReader known = STANDARD_TYPES.get(abi);
            if (known == null) {
                known = read(Preprocessor.run(standardText(), abi), abi, null);
                for (String prefix : List.of("__be", "be")) {
                    for (int bytes = 2; bytes <= Long.BYTES; bytes *= 2) {
                        known.add(Plain.bigEndian(prefix + bytes * Byte.SIZE, bytes, abi));
                    }
                }
                STANDARD_TYPES.put(abi, known);
            }
            return known;
        }
    }

    private static String standardText() {
        try (InputStream in = Declarations.class.getResourceAsStream(STANDARD)) {
            if (in == null) {
                throw new IllegalStateException(STANDARD + " is missing in the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    public Abi abi() {
        return abi;
    }

    /// The structures, unions and typedefs of the text, in its order. One of no declaration that is
    /// complete is missing.
    public List<DeclaredType> types() {
        return List.copyOf(reader.declared());
    }

    /// What was left out, by line.
    public List<Note> notes() {
        return reader.notes().stream().sorted(Comparator.comparingInt(Note::line)).toList();
    }

    /// A type by the name that declarations use, with or without `struct`; also a standard one.
    public Optional<CType> type(String name) {
        return Optional.ofNullable(reader.named(name.strip().replaceAll("\\s+", " ")));
    }

    /// The one that is probably meant where nobody says: the last structure or union.
    public Optional<DeclaredType> main() {
        List<DeclaredType> all = reader.declared();
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).type().resolved() instanceof CType.Compound) {
                return Optional.of(all.get(i));
            }
        }
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }
}
