package io.github.shmlens.segment;

import org.jspecify.annotations.Nullable;

/// Why something could not be done. Closed on purpose: every caller answers every case.
///
/// `subject` is always the target or id as a user would write it. `errno` is the name of the
/// kernel's answer (`EACCES`), null where it was not the kernel who refused.
public sealed interface ShmFailure {

    String subject();

    /// The errno's name, or null.
    @Nullable String errno();

    /// @param action what was tried: "attach read-write", "remove"
    /// @param need which right is missing and who has it, as a clause: "mode is 0600, owner
    ///   www-data"
    record AccessDenied(String subject, String action, String need, String errno)
            implements ShmFailure {}

    /// No segment answers to this target.
    record NotFound(String subject, String errno) implements ShmFailure {}

    /// It existed, and was removed (or cut short) under us.
    record Gone(String subject, String errno) implements ShmFailure {}

    record AlreadyExists(String subject, String errno) implements ShmFailure {}

    /// A limit of the host: size out of range, too many segments, no memory.
    ///
    /// @param limit which one and how large, as a clause: "the size must lie between 1 and 4096"
    record LimitReached(String subject, String limit, String errno) implements ShmFailure {}

    /// The value needs more room than the store has. Nothing was changed.
    record DoesNotFit(String subject, long neededBytes, long freeBytes) implements ShmFailure {
        @Override
        public @Nullable String errno() {
            return null;
        }
    }

    /// The bytes are no longer those the caller expected.
    ///
    /// @param offset first byte that differs
    /// @param writtenBytes how many bytes were already written before that
    record Moved(String subject, long offset, long writtenBytes) implements ShmFailure {
        @Override
        public @Nullable String errno() {
            return null;
        }
    }

    /// Anything the kernel should not have said here.
    record Unexpected(String subject, String call, String errno) implements ShmFailure {}
}
