package io.github.shmlens.cli;

import io.github.shmlens.fields.FieldAt;
import io.github.shmlens.fields.FieldFormat;
import io.github.shmlens.segment.BadInput;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;

/// How the values of single fields are shown.
final class FormatOptions {

    @Option(
            names = "--format",
            paramLabel = "FIELD=FORMAT",
            description =
                    "Show a field as hex, bin, dec, char, enum, pointer, time-s, "
                            + "time-ms, time-us, time-ns or scaled:FACTOR (0.01, 1/256); "
                            + "item[].price means every element's. May be repeated. JSON has it "
                            + "as \"shown\".")
    List<String> formats = new ArrayList<>();

    boolean asked() {
        return !formats.isEmpty();
    }

    /// Reads them.
    ///
    /// @throws BadInput when one is no format
    Formats read() throws BadInput {
        Map<String, FieldFormat> byField = new LinkedHashMap<>();
        for (String one : formats) {
            int at = one.lastIndexOf('=');
            if (at < 0) {
                throw new BadInput(
                        "--format takes FIELD=FORMAT such as price=scaled:0.01, not \"%s\""
                                .formatted(one));
            }
            byField.put(one.substring(0, at).strip(), FieldFormat.parse(one.substring(at + 1)));
        }
        return new Formats(byField);
    }

    /// The formats of one call. Remembers which of them were of use.
    static final class Formats {

        private final Map<String, FieldFormat> byField;
        private final Set<String> used = new HashSet<>();

        private Formats(Map<String, FieldFormat> byField) {
            this.byField = byField;
        }

        /// None but the usual one.
        static Formats usual() {
            return new Formats(Map.of());
        }

        /// That of a field; of an element its own goes before that of all.
        ///
        /// @throws BadInput when it makes no sense of the field
        FieldFormat of(FieldAt field) throws BadInput {
            FieldFormat found = FieldFormat.Fixed.USUAL;
            if (byField.isEmpty()) {
                return found;
            }
            for (String name : List.of(FieldFormat.key(field.path()), field.path())) {
                FieldFormat one = byField.get(name);
                if (one != null) {
                    used.add(name);
                    found = one;
                }
            }
            if (!found.suits(field)) {
                throw new BadInput(
                        "the format %s makes no sense of %s, of type %s"
                                .formatted(found.id(), field.path(), field.type().name()));
            }
            return found;
        }

        /// @throws BadInput naming a format whose field was not among those that are shown
        void allUsed() throws BadInput {
            for (String name : byField.keySet()) {
                if (!used.contains(name)) {
                    throw new BadInput(
                            "--format %s: no field of that name is shown".formatted(name));
                }
            }
        }
    }
}
