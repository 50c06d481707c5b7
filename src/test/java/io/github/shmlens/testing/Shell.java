package io.github.shmlens.testing;

import io.github.shmlens.cli.CommandLineProgram;
import io.github.shmlens.cli.Console;
import io.github.shmlens.journal.Journal;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.SegmentSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// Runs commands in this process and keeps what they said.
public final class Shell {

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(10_000).build())
                    .build();

    private final Supplier<SegmentSource> source;
    private final Map<String, String> environment = new HashMap<>();
    private Journal journal = Journal.none();
    private boolean terminal;
    private byte[] input = {};
    private @Nullable String broken;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private Clock clock = Clock.systemUTC();
    private Console.Pause pause = _ -> {};
    private BooleanSupplier nobodyReads = () -> false;
    private final List<String> opened = new ArrayList<>();

    public Shell(SegmentSource source) {
        this(() -> source);
    }

    public Shell(Supplier<SegmentSource> source) {
        this.source = source;
    }

    /// What commands write from now on is kept here.
    public Shell keeping(Journal other) {
        journal = other;
        return this;
    }

    /// The next command's standard output is a terminal of this width.
    public Shell onTerminal(int columns) {
        terminal = true;
        environment.put("COLUMNS", Integer.toString(columns));
        return this;
    }

    /// What the next command finds on standard input.
    public Shell typing(String text) {
        input = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    /// The next command's standard output takes nothing.
    public Shell withBrokenOutput(String why) {
        broken = why;
        return this;
    }

    /// What happens whenever the next command waits between two looks.
    public Shell whileWaiting(Console.Pause other) {
        pause = other;
        return this;
    }

    /// Whether the next command's standard output has no reader any more.
    public Shell unlessRead(BooleanSupplier nobody) {
        nobodyReads = nobody;
        return this;
    }

    /// The next command's idea of the time.
    public Shell at(Clock other) {
        clock = other;
        return this;
    }

    /// What the window was asked to open: each target's text and how it is attached.
    public List<String> opened() {
        return opened;
    }

    private int open(List<Target> targets, Access access) {
        targets.forEach(target -> opened.add(target.text() + " " + access));
        return 0;
    }

    /// What the running command has printed so far; for what happens while it waits.
    public String soFar() {
        return out.toString(StandardCharsets.UTF_8);
    }

    public Said run(String... arguments) {
        out.reset();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console =
                new Console(
                        broken == null ? out : refusing(broken),
                        err,
                        new ByteArrayInputStream(input),
                        terminal,
                        terminal,
                        environment,
                        clock,
                        pause,
                        nobodyReads);
        int code = new CommandLineProgram(source, journal, console, this::open).run(arguments);
        return new Said(code, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
    }

    private static OutputStream refusing(String why) {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException(why);
            }

            @Override
            public void flush() throws IOException {
                throw new IOException(why);
            }
        };
    }

    /// What one command said, and how it ended.
    public record Said(int code, byte[] bytes, String err) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Said that
                    && code == that.code
                    && Arrays.equals(bytes, that.bytes)
                    && err.equals(that.err);
        }

        @Override
        public int hashCode() {
            return code;
        }

        @Override
        public String toString() {
            return "exit %d%n--- out%n%s--- err%n%s".formatted(code, out(), err);
        }

        public String out() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        /// Standard output as JSON: maps, lists, strings, numbers.
        public @Nullable Object json() {
            try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes)) {
                parser.nextToken();
                Object value = value(parser);
                JsonToken more = parser.nextToken();
                if (more != null) {
                    throw new AssertionError("more than one JSON value: " + out());
                }
                return value;
            }
        }

        /// One member of the JSON object printed; `a.b.0` goes deeper.
        public @Nullable Object json(String path) {
            Object at = json();
            for (String step : path.split("\\.")) {
                at =
                        switch (at) {
                            case Map<?, ?> map when map.containsKey(step) -> map.get(step);
                            case List<?> list -> list.get(Integer.parseInt(step));
                            case null, default ->
                                    throw new AssertionError("no " + path + " in " + out());
                        };
            }
            return at;
        }

        private static @Nullable Object value(JsonParser parser) {
            return switch (parser.currentToken()) {
                case START_OBJECT -> {
                    Map<String, @Nullable Object> map = new LinkedHashMap<>();
                    while (parser.nextToken() != JsonToken.END_OBJECT) {
                        String name = parser.currentName();
                        parser.nextToken();
                        map.put(name, value(parser));
                    }
                    yield map;
                }
                case START_ARRAY -> {
                    List<@Nullable Object> list = new ArrayList<>();
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        list.add(value(parser));
                    }
                    yield list;
                }
                case VALUE_STRING -> parser.getString();
                case VALUE_NUMBER_INT -> parser.getLongValue();
                case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
                case VALUE_TRUE -> true;
                case VALUE_FALSE -> false;
                case null, default -> null;
            };
        }
    }
}
