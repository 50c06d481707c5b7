package io.github.shmlens.sysv;

import java.util.function.Supplier;

/// What was wanted when the kernel refused, in words a user knows.
///
/// @param subject target or id as a user writes it
/// @param action what was tried: "attach read-write"
/// @param need which right is missing and who has it; asked for only where that is the trouble
/// @param limit which limit was hit and how large it is; asked for only where that is the trouble
record Attempt(String subject, String action, Supplier<String> need, Supplier<String> limit) {

    Attempt(String subject, String action, Supplier<String> need) {
        this(subject, action, need, () -> "the host has no memory left for it");
    }

    Attempt(String subject, String action) {
        this(subject, action, () -> "the host does not allow it");
    }

    Attempt limitedBy(Supplier<String> other) {
        return new Attempt(subject, action, need, other);
    }
}
