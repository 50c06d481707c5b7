package io.github.shmlens.cli;

import io.github.shmlens.php.Damage;
import io.github.shmlens.php.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/// What is wrong with a store, for people and for scripts.
final class Findings {

    private Findings() {}

    static String line(Problem problem) {
        return "! %s at %d: %s"
                .formatted(problem.code(), problem.offset(), Printable.line(problem.message()));
    }

    /// Each finding, and below the first of each kind what it means and what PHP does.
    static List<String> explained(List<Problem> problems) {
        List<String> lines = new ArrayList<>();
        Set<String> told = new HashSet<>();
        for (Problem problem : problems) {
            lines.add(line(problem));
            if (told.add(problem.code())) {
                Damage.of(problem)
                        .ifPresent(damage -> {
                            lines.add("    " + damage.meaning());
                            lines.add("    PHP 8.2:      " + damage.php());
                            lines.add("    hardened PHP: " + damage.hardenedPhp());
                        });
            }
        }
        return lines;
    }

    static void write(JsonGenerator json, List<Problem> problems) {
        write(json, problems, false);
    }

    /// With what each finding means and what PHP does.
    static void writeExplained(JsonGenerator json, List<Problem> problems) {
        write(json, problems, true);
    }

    private static void write(JsonGenerator json, List<Problem> problems, boolean explained) {
        json.writeName("problems");
        json.writeStartArray();
        for (Problem problem : problems) {
            json.writeStartObject();
            json.writeStringProperty("code", problem.code());
            json.writeNumberProperty("offset", problem.offset());
            json.writeStringProperty("message", problem.message());
            Damage damage = explained ? Damage.of(problem).orElse(null) : null;
            if (damage != null) {
                json.writeStringProperty("meaning", damage.meaning());
                json.writeStringProperty("php", damage.php());
                json.writeStringProperty("phpHardened", damage.hardenedPhp());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
