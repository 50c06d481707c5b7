package io.github.shmlens.sysv;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// /proc/PID/status: a name, a colon and a value on each line.
record StatusFile(Map<String, String> values) {

    StatusFile {
        values = Map.copyOf(values);
    }

    static StatusFile parse(List<String> lines) {
        Map<String, String> values = new HashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                values.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        }
        return new StatusFile(values);
    }

    /// The value; empty where the line is missing.
    String text(String name) {
        return values.getOrDefault(name, "");
    }

    /// The value as blank-separated numbers: real, effective, saved and file-system id, for `Uid`
    /// and `Gid`.
    List<Integer> numbers(String name) {
        return Stream.of(text(name).split("\\s+"))
                .filter(number -> !number.isEmpty())
                .map(Integer::parseUnsignedInt)
                .toList();
    }
}
