package io.github.shmlens.cli;

import io.github.shmlens.segment.Counted;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.segment.ShmFailure.AccessDenied;
import io.github.shmlens.segment.ShmFailure.AlreadyExists;
import io.github.shmlens.segment.ShmFailure.DoesNotFit;
import io.github.shmlens.segment.ShmFailure.Gone;
import io.github.shmlens.segment.ShmFailure.LimitReached;
import io.github.shmlens.segment.ShmFailure.Moved;
import io.github.shmlens.segment.ShmFailure.NotFound;
import io.github.shmlens.segment.ShmFailure.Unexpected;
import org.jspecify.annotations.Nullable;

/// Answers each failure: a sentence that says what, which, why and what to do, and an exit code.
final class Failures {

    private Failures() {}

    static int exitCode(ShmFailure failure) {
        return switch (failure) {
            case NotFound _, Gone _, AlreadyExists _, Moved _ -> ExitCode.NO;
            case LimitReached _, DoesNotFit _ -> ExitCode.NO_ROOM;
            case AccessDenied _ -> ExitCode.NOT_PERMITTED;
            case Unexpected _ -> ExitCode.OUR_FAULT;
        };
    }

    /// @param name the subject as the user knows it
    static String sentence(ShmFailure failure, String name) {
        return switch (failure) {
            case NotFound(_, String errno) ->
                    "%s %s (%s): %s".formatted(missing(name), name, errno, lookWhere(name));
            case Gone(_, String errno) ->
                    "%s was removed or cut short meanwhile (%s): %s"
                            .formatted(name, errno, lookWhere(name));
            case AlreadyExists(_, String errno) ->
                    "%s exists already (%s): name another, or remove it first"
                            .formatted(name, errno);
            case Moved(_, long offset, long written) ->
                    "%s changed under us at offset %d, %s before that: look again and repeat"
                            .formatted(
                                    name,
                                    offset,
                                    written == 0
                                            ? "and nothing was written"
                                            : Counted.of(
                                                    written,
                                                    "byte was written",
                                                    "bytes were written"));
            case LimitReached(_, String limit, String errno) ->
                    "%s: a limit of this host is reached (%s): %s".formatted(name, errno, limit);
            case DoesNotFit(_, long needed, long free) ->
                    "%s: the value needs %s and %s free; nothing was changed: make room with \"shmlens unset\""
                            .formatted(
                                    name,
                                    Counted.bytes(needed),
                                    free + (free == 1 ? " is" : " are"));
            case AccessDenied(_, String action, String need, String errno) ->
                    "%s: not permitted to %s (%s): %s%s"
                            .formatted(name, action, errno, need, advice(name, action));
            case Unexpected(_, String call, String errno) ->
                    "%s: %s failed in a way it should not (%s): please report this, with --debug"
                            .formatted(name, call, errno);
        };
    }

    /// Whether a file could not be written for want of room: on the disk, or of what of it this
    /// user may have. Java has no class of its own for either.
    static boolean isFull(@Nullable String why) {
        return why != null
                && (why.contains("No space left on device") || why.contains("Disk quota exceeded"));
    }

    private static String advice(String name, String action) {
        boolean owning =
                action.startsWith("remove")
                        || action.startsWith("change owner")
                        || action.endsWith("memory");
        if (owning) {
            return isFile(name) ? "" : "; repeat this as one of them";
        }
        return action.startsWith("attach") || action.startsWith("take the semaphore")
                ? "; repeat this as a user whom the mode lets in, or as root"
                : "";
    }

    private static String missing(String name) {
        return isFile(name) || isProcess(name)
                ? "there is no"
                : isObject(name) ? "no object" : "no segment";
    }

    /// What is not here may be there under another name.
    private static String lookWhere(String name) {
        return isFile(name)
                ? "look at its path"
                : isProcess(name)
                        ? "look at its number"
                        : isObject(name)
                                ? "\"shmlens ls --posix\" lists those that are here"
                                : "\"shmlens ls\" lists those that are here";
    }

    private static boolean isFile(String name) {
        return name.startsWith("file:");
    }

    private static boolean isProcess(String name) {
        return name.startsWith("process ");
    }

    private static boolean isObject(String name) {
        return name.startsWith("posix:");
    }
}
