package io.github.shmlens.ui.problem;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.ui.theme.Figures;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A failure as the user reads it.
///
/// @param title what happened, in a few words without a final stop
/// @param sentence to what and why
/// @param whatToDo what would help; empty when nothing would
public record Problem(String title, String sentence, String whatToDo) {

    /// Title, sentence and advice in one line, for places that have only one.
    public String line() {
        return whatToDo.isEmpty() ? sentence : sentence + " " + whatToDo;
    }

    public static Problem of(ShmFailure failure) {
        return switch (failure) {
            case ShmFailure.AccessDenied denied -> denied(denied);
            case ShmFailure.NotFound(String subject, String errno) ->
                    new Problem(
                            "No such segment",
                            "Nothing answers to %s at the moment%s.".formatted(subject, why(errno)),
                            "Check how it is named, or create it: Attach or create… (Ctrl+O).");
            case ShmFailure.Gone(String subject, String errno) ->
                    new Problem(
                            "The segment is gone",
                            "%s was removed, or cut short, meanwhile%s."
                                    .formatted(subject, why(errno)),
                            "If a program made it anew with the same key or name, attach again.");
            case ShmFailure.AlreadyExists(String subject, String errno) ->
                    new Problem(
                            "It exists already",
                            "%s is there already%s; nothing was changed."
                                    .formatted(subject, why(errno)),
                            "Attach the one that is there, or choose another key or name.");
            case ShmFailure.LimitReached(String subject, String limit, String errno) ->
                    new Problem(
                            "A limit of this host is reached",
                            "%s was refused: %s%s.".formatted(subject, limit, why(errno)),
                            "Choose another size, or remove segments that nobody needs.");
            case ShmFailure.DoesNotFit(String subject, long needed, long free) ->
                    new Problem(
                            "The value does not fit",
                            "%s has %s free and the value needs %s; nothing was changed."
                                    .formatted(
                                            subject,
                                            Figures.exactSize(free),
                                            Figures.exactSize(needed)),
                            "Store a shorter value, or remove a slot that is not needed.");
            case ShmFailure.Moved(String subject, long offset, long written) ->
                    new Problem(
                            "The bytes have changed meanwhile",
                            "In %s the byte at offset %s is no longer the one you saw; %s."
                                    .formatted(subject, hex(offset), written(written)),
                            "Look at the bytes as they are now and decide again.");
            case ShmFailure.Unexpected(String subject, String call, String errno) ->
                    new Problem(
                            "An answer nobody expected",
                            "%s on %s answered %s.".formatted(call, subject, errno),
                            "The log file has the details.");
        };
    }

    /// Tells any failure of background work. What is neither a failure of ours nor of the file
    /// system is a defect, and said to be one.
    public static Problem of(Throwable thrown) {
        return switch (thrown) {
            case ShmException refused -> of(refused.failure());
            case BadInput typed ->
                    new Problem("This cannot be meant", sentence(typed.sentence()), "");
            case NoSuchFileException missing ->
                    new Problem("No such file", missing.getFile() + " is not there.", "");
            case AccessDeniedException refused ->
                    new Problem(
                            "The file is not permitted",
                            refused.getFile() + " may not be read or written by this user.",
                            "Choose another folder, or ask for the right.");
            case FileSystemException refused ->
                    new Problem(
                            "The file could not be read or written",
                            sentence(
                                    refused.getFile()
                                            + ": "
                                            + (refused.getReason() == null
                                                    ? refused.getClass().getSimpleName()
                                                    : refused.getReason())),
                            "");
            case IOException refused ->
                    new Problem(
                            "This did not work",
                            sentence(String.valueOf(refused.getMessage())),
                            "");
            default ->
                    new Problem(
                            "A defect in Shmlens",
                            "%s%s"
                                    .formatted(
                                            thrown.getClass().getSimpleName(),
                                            thrown.getMessage() == null
                                                    ? "."
                                                    : ": " + sentence(thrown.getMessage())),
                            "The log file has the details; please report them.");
        };
    }

    private static Problem denied(ShmFailure.AccessDenied denied) {
        String action = denied.action().toLowerCase(Locale.ROOT);
        String help;
        if (action.contains("remove")) {
            help =
                    "Its owner, its creator or a process with CAP_SYS_ADMIN may remove it; the mode"
                            + " does not matter.";
        } else if (action.contains("change owner") || action.contains("in memory")) {
            help = "Run Shmlens as one of those, or ask them; the mode gives nobody this right.";
        } else if (action.contains("write")) {
            help =
                    "Attach it read-only, or ask its owner to widen the mode; a process with"
                            + " CAP_IPC_OWNER may write too.";
        } else if (action.contains("create")) {
            help = "Choose another name or key.";
        } else {
            help =
                    "Run Shmlens as its owner, or ask its owner to widen the mode; a process with"
                            + " CAP_IPC_OWNER may read too.";
        }
        return new Problem(
                "Not permitted",
                "%s: no permission to %s; %s%s."
                        .formatted(
                                denied.subject(),
                                denied.action(),
                                denied.need(),
                                why(denied.errno())),
                help);
    }

    private static String why(@Nullable String errno) {
        return errno == null || errno.isEmpty() ? "" : " (" + errno + ")";
    }

    private static String hex(long offset) {
        return "0x" + Long.toHexString(offset);
    }

    private static String written(long bytes) {
        return bytes == 0
                ? "nothing was written"
                : Figures.exactSize(bytes) + " before it were written already";
    }

    /// Capital letter in front, stop at the end.
    public static String sentence(String clause) {
        if (clause.isEmpty()) {
            return clause;
        }
        String capital = clause.substring(0, 1).toUpperCase(Locale.ROOT) + clause.substring(1);
        return capital.endsWith(".") || capital.endsWith("…") ? capital : capital + ".";
    }
}
