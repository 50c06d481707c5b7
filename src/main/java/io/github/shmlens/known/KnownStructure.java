package io.github.shmlens.known;

import io.github.shmlens.layout.Part;
import io.github.shmlens.layout.Structure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a walk over a known layout found in one copy. Immutable.
///
/// @param format as scripts see it
/// @param title as people call it
/// @param fields by rising offset, at most [Walk#MOST_FIELDS]
/// @param remarks sentences: what does not hold, and what was left out
/// @param picture where pixels lie; null where the layout has none
public record KnownStructure(
        String format,
        String title,
        boolean sound,
        List<Part> parts,
        List<KnownField> fields,
        List<String> remarks,
        @Nullable Picture picture)
        implements Structure {

    public KnownStructure {
        parts = List.copyOf(parts);
        fields = List.copyOf(fields);
        remarks = List.copyOf(remarks);
    }
}
