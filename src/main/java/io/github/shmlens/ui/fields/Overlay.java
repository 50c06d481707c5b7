package io.github.shmlens.ui.fields;

import io.github.shmlens.fields.Abi;
import io.github.shmlens.fields.FieldFormat;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A type that a person laid over a segment, as it is remembered.
///
/// @param offset where it begins, from the segment's start
/// @param count how many stand one after another: empty for one by itself, a number, or [#ALL]
/// @param type as the declarations call it
/// @param sequence the counter, or the two with a comma between, that guard it; empty for none
/// @param file the declarations' file, read again when it changes; null for a text that was pasted
/// @param formats how values are written, by path with every index left out
/// @param text the declarations; of a file, as they were when they last could be read
record Overlay(
        Abi abi,
        long offset,
        String count,
        String type,
        String sequence,
        @Nullable Path file,
        Map<String, String> formats,
        String text) {

    /// As many as there is room for.
    static final String ALL = "all";

    Overlay {
        formats = Map.copyOf(formats);
    }

    Overlay with(String newText) {
        return new Overlay(abi, offset, count, type, sequence, file, formats, newText);
    }

    /// @param format of the field with this path; empty for the usual one
    Overlay withFormat(String path, String format) {
        Map<String, String> changed = new HashMap<>(formats);
        if (format.isEmpty()) {
            changed.remove(FieldFormat.key(path));
        } else {
            changed.put(FieldFormat.key(path), format);
        }
        return new Overlay(abi, offset, count, type, sequence, file, changed, text);
    }

    /// Where declarations are from, as an error's beginning; empty for a pasted text.
    String origin() {
        Path name = file == null ? null : file.getFileName();
        return name == null ? "" : name + ", ";
    }
}
