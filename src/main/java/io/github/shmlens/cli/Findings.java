package io.github.shmlens.cli;

import io.github.shmlens.php.Problem;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// What is wrong with a store, for people and for scripts.
final class Findings {

    private Findings() {}

    static String line(Problem problem) {
        return "! %s at %d: %s"
                .formatted(problem.code(), problem.offset(), Printable.line(problem.message()));
    }

    static void write(JsonGenerator json, List<Problem> problems) {
        json.writeName("problems");
        json.writeStartArray();
        for (Problem problem : problems) {
            json.writeStartObject();
            json.writeStringProperty("code", problem.code());
            json.writeNumberProperty("offset", problem.offset());
            json.writeStringProperty("message", problem.message());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
