package io.github.shmlens.ui.shell;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.ShmFailure;
import org.jspecify.annotations.Nullable;

/// How a segment came to be attached.
///
/// @param wanted the access the user asked for
/// @param writeRefused why writing was refused, when it was asked for and we fell back to read-only
/// @param created the segment was made by us, a moment ago
public record Origin(Access wanted, @Nullable ShmFailure writeRefused, boolean created) {

    /// Read-only although the user asked for more.
    public boolean fellBack() {
        return writeRefused != null;
    }
}
