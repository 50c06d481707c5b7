package io.github.shmlens.cli;

import io.github.shmlens.php.Repair;
import io.github.shmlens.segment.Counted;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/// What a repair would do, for people and for scripts.
final class Care {

    private static final int NAMED = 20;

    private Care() {}

    /// `3 slots stay, 2 are lost (4 at 232, 5 at 296)`.
    static String outcome(Repair.Plan plan) {
        return "%s, %s".formatted(slots(plan.keptSlots(), "stays", "stay"), lost(plan));
    }

    private static String lost(Repair.Plan plan) {
        if (plan.lostSlots() == 0) {
            return "none is lost";
        }
        String named =
                plan.lost().stream()
                        .limit(NAMED)
                        .map(slot -> "%d at %d".formatted(slot.key(), slot.offset()))
                        .collect(Collectors.joining(", "));
        long more = plan.lostSlots() - Math.min(NAMED, plan.lost().size());
        return "%s lost (%s%s)"
                .formatted(
                        slots(plan.lostSlots(), "is", "are"),
                        named,
                        more == 0 ? "" : " and %d more".formatted(more));
    }

    private static String slots(long count, String one, String many) {
        return Counted.of(count, "slot " + one, "slots " + many);
    }

    /// The sentence of `check` about a repair.
    static String advice(String target, Repair repair) {
        return switch (repair) {
            case Repair.NotNeeded _ -> "nothing that a repair would change";
            case Repair.Impossible(String why) -> "it cannot be repaired without guessing: " + why;
            case Repair.Plan plan ->
                    "\"shmlens repair %s --save FILE\" would repair it: %s"
                            .formatted(target, outcome(plan));
        };
    }

    /// Writes a repair as a member: null where none is needed.
    static void write(JsonGenerator json, Repair repair) {
        json.writeName("repair");
        switch (repair) {
            case Repair.NotNeeded _ -> json.writeNull();
            case Repair.Impossible(String why) -> {
                json.writeStartObject();
                json.writeBooleanProperty("possible", false);
                json.writeStringProperty("why", why);
                json.writeEndObject();
            }
            case Repair.Plan plan -> write(json, plan);
        }
    }

    private static void write(JsonGenerator json, Repair.Plan plan) {
        json.writeStartObject();
        json.writeBooleanProperty("possible", true);
        json.writeNumberProperty("keptSlots", plan.keptSlots());
        json.writeNumberProperty("lostSlots", plan.lostSlots());
        json.writeName("lost");
        json.writeStartArray();
        for (Repair.LostSlot slot : plan.lost()) {
            json.writeStartObject();
            json.writeNumberProperty("key", slot.key());
            json.writeNumberProperty("offset", slot.offset());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeName("changes");
        json.writeStartArray();
        for (Repair.Change change : plan.changes()) {
            json.writeStartObject();
            json.writeNumberProperty("offset", change.offset());
            json.writeStringProperty("field", change.field());
            json.writeNumberProperty("old", change.before());
            json.writeNumberProperty("new", change.after());
            json.writeStringProperty("why", change.why());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
