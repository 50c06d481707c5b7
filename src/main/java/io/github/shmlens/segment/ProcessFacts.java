package io.github.shmlens.segment;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What this host says about one process at one moment.
///
/// @param command the short name
/// @param commandLine the words it was started with, or has written there since; empty where it has
///   none or they may not be read
/// @param commandLineCut there are more words, or longer ones, than are kept here
/// @param user its effective user
/// @param started null where that may not be seen
/// @param container as in [Attachment]
/// @param mappings what it shares or could share with others: segments, objects, and files mapped
///   shared; by rising address
/// @param mappingsHidden true when it does not let us see what it maps, so that `mappings` is empty
public record ProcessFacts(
        int pid,
        int parentPid,
        String command,
        List<String> commandLine,
        boolean commandLineCut,
        String user,
        @Nullable Instant started,
        String container,
        List<SharedMapping> mappings,
        boolean mappingsHidden) {

    public ProcessFacts {
        commandLine = List.copyOf(commandLine);
        mappings = List.copyOf(mappings);
    }
}
