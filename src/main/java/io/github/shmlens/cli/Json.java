package io.github.shmlens.cli;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/// JSON on standard output: one value, one line, ASCII only, so that no locale can spoil it.
final class Json {

    /// PHP's own depth of 4096, and room for what we put around a value.
    private static final int DEPTH = 5000;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamWriteConstraints(
                            StreamWriteConstraints.builder().maxNestingDepth(DEPTH).build())
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                    .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
                    .build();

    private Json() {}

    /// Writes one value and a line end.
    static void print(Console console, Consumer<JsonGenerator> value) {
        try (JsonGenerator json =
                FACTORY.createGenerator(
                        ObjectWriteContext.empty(), console.stream(), JsonEncoding.UTF8)) {
            value.accept(json);
        } catch (JacksonIOException refused) {
            throw new UncheckedIOException(refused.getCause());
        }
        console.text("\n");
        console.flush();
    }

    static void text(JsonGenerator json, String name, @Nullable String value) {
        json.writeName(name);
        if (value == null) {
            json.writeNull();
        } else {
            json.writeString(value);
        }
    }

    static void time(JsonGenerator json, String name, @Nullable Instant value) {
        text(json, name, value == null ? null : value.toString());
    }

    /// A count the kernel may not know: negative is null.
    static void count(JsonGenerator json, String name, long value) {
        if (value < 0) {
            json.writeNullProperty(name);
        } else {
            json.writeNumberProperty(name, value);
        }
    }
}
