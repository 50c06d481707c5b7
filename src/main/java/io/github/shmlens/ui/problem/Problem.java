package io.github.shmlens.ui.problem;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.ui.text.Texts;
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

    private static final Texts TEXTS = Texts.of(Problem.class);

    /// Title, sentence and advice in one line, for places that have only one.
    public String line() {
        return whatToDo.isEmpty() ? sentence : sentence + " " + whatToDo;
    }

    public static Problem of(ShmFailure failure) {
        return switch (failure) {
            case ShmFailure.AccessDenied denied -> denied(denied);
            case ShmFailure.NotFound(String subject, String errno) ->
                    new Problem(
                            TEXTS.say("no-segment.title"),
                            TEXTS.say("no-segment.line", subject, why(errno)),
                            TEXTS.say("no-segment.help"));
            case ShmFailure.Gone(String subject, String errno) ->
                    new Problem(
                            TEXTS.say("gone.title"),
                            TEXTS.say("gone.line", subject, why(errno)),
                            TEXTS.say("gone.help"));
            case ShmFailure.AlreadyExists(String subject, String errno) ->
                    new Problem(
                            TEXTS.say("exists.title"),
                            TEXTS.say("exists.line", subject, why(errno)),
                            TEXTS.say("exists.help"));
            case ShmFailure.LimitReached(String subject, String limit, String errno) ->
                    new Problem(
                            TEXTS.say("limit.title"),
                            TEXTS.say("limit.line", subject, limit, why(errno)),
                            TEXTS.say("limit.help"));
            case ShmFailure.DoesNotFit(String subject, long needed, long free) ->
                    new Problem(
                            TEXTS.say("no-room.title"),
                            TEXTS.say(
                                    "no-room.line",
                                    subject,
                                    Figures.exactSize(free),
                                    Figures.exactSize(needed)),
                            TEXTS.say("no-room.help"));
            case ShmFailure.Moved(String subject, long offset, long written) ->
                    new Problem(
                            TEXTS.say("changed.title"),
                            TEXTS.say("changed.line", subject, hex(offset), written(written)),
                            TEXTS.say("changed.help"));
            case ShmFailure.Unexpected(String subject, String call, String errno) ->
                    new Problem(
                            TEXTS.say("unexpected.title"),
                            TEXTS.say("unexpected.line", call, subject, errno),
                            TEXTS.say("unexpected.help"));
        };
    }

    /// Tells any failure of background work. What is neither a failure of ours nor of the file
    /// system is a defect, and said to be one.
    public static Problem of(Throwable thrown) {
        return switch (thrown) {
            case ShmException refused -> of(refused.failure());
            case BadInput typed ->
                    new Problem(TEXTS.say("bad-input.title"), sentence(typed.sentence()), "");
            case NoSuchFileException missing ->
                    new Problem(
                            TEXTS.say("no-file.title"),
                            TEXTS.say("no-file.line", missing.getFile()),
                            "");
            case AccessDeniedException refused ->
                    new Problem(
                            TEXTS.say("file-denied.title"),
                            TEXTS.say("file-denied.line", refused.getFile()),
                            TEXTS.say("file-denied.help"));
            case FileSystemException refused ->
                    new Problem(
                            TEXTS.say("file-failed.title"),
                            sentence(
                                    refused.getFile()
                                            + ": "
                                            + (refused.getReason() == null
                                                    ? refused.getClass().getSimpleName()
                                                    : refused.getReason())),
                            "");
            case IOException refused ->
                    new Problem(
                            TEXTS.say("failed.title"),
                            sentence(String.valueOf(refused.getMessage())),
                            "");
            default ->
                    new Problem(
                            TEXTS.say("defect.title"),
                            "%s%s"
                                    .formatted(
                                            thrown.getClass().getSimpleName(),
                                            thrown.getMessage() == null
                                                    ? "."
                                                    : ": " + sentence(thrown.getMessage())),
                            TEXTS.say("defect.help"));
        };
    }

    private static Problem denied(ShmFailure.AccessDenied denied) {
        String action = denied.action().toLowerCase(Locale.ROOT);
        String help;
        if (action.contains("remove")) {
            help = TEXTS.say("denied.remove");
        } else if (action.contains("change owner") || action.contains("in memory")) {
            help = TEXTS.say("denied.change");
        } else if (action.contains("write")) {
            help = TEXTS.say("denied.write");
        } else if (action.contains("create")) {
            help = TEXTS.say("denied.create");
        } else {
            help = TEXTS.say("denied.read");
        }
        return new Problem(
                TEXTS.say("denied.title"),
                TEXTS.say(
                        "denied.line",
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
                ? TEXTS.say("changed.nothing-written")
                : TEXTS.say("changed.written-before", Figures.exactSize(bytes));
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
