package io.github.shmlens.segment;

import java.util.List;

/// Who has a segment mapped, as far as /proc lets us see.
///
/// @param seen one entry per mapping found
/// @param hiddenProcesses how many processes would not let us read their maps
public record Attachments(List<Attachment> seen, int hiddenProcesses) {

    public Attachments {
        seen = List.copyOf(seen);
    }

    /// Mappings of other processes.
    public List<Attachment> others() {
        return seen.stream().filter(one -> !one.self()).toList();
    }
}
