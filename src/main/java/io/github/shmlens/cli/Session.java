package io.github.shmlens.cli;

import io.github.shmlens.journal.Journal;
import io.github.shmlens.journal.JournaledSource;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Counted;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.Intent;
import io.github.shmlens.source.Resolution;
import io.github.shmlens.source.SegmentSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What every command of one run shares: where segments come from, where text goes, and how the
/// user named what.
final class Session {

    private final Supplier<SegmentSource> segments;
    private final Journal journal;
    private final Console console;
    private final Map<String, String> names = new HashMap<>();
    private final Ending ending = new Ending();
    private @Nullable SegmentSource source;

    /// @param segments asked once, and only by commands that need it: binding the C library costs a
    ///   tenth of a second that `help` should not pay
    /// @param journal where what is written is kept
    Session(Supplier<SegmentSource> segments, Journal journal, Console console) {
        this.segments = segments;
        this.journal = journal;
        this.console = console;
        journal.complainTo(why ->
                console.note(
                        "what is written is not in the journal, and cannot be undone: " + why));
    }

    SegmentSource source() {
        if (source == null) {
            SegmentSource plain = segments.get();
            source = journal.kept() ? new JournaledSource(plain, journal) : plain;
        }
        return source;
    }

    Journal journal() {
        return journal;
    }

    Console console() {
        return console;
    }

    /// What a signal does to this run.
    Ending ending() {
        return ending;
    }

    /// The segment a target names.
    ///
    /// @throws ShmException `NotFound` when there is none at the moment
    Found found(String target) throws BadInput, ShmException {
        Resolution resolution = resolved(target);
        SegmentId id = resolution.id();
        if (id == null) {
            throw new ShmException(new ShmFailure.NotFound(resolution.target().text(), "ENOENT"));
        }
        return new Found(resolution, id);
    }

    /// What a target stands for, there or not.
    Resolution resolved(String target) throws BadInput, ShmException {
        return resolved(Target.parse(target));
    }

    Resolution resolved(Target target) throws BadInput, ShmException {
        Resolution resolution = source().resolve(target);
        SegmentId id = resolution.id();
        if (id != null) {
            named(id, resolution.target());
        }
        return resolution;
    }

    /// Remembers under which name the user knows a segment.
    void named(SegmentId id, Target target) {
        names.put(id.text(), target.text());
    }

    /// A failure's subject as the user named it: `0xf1206 (id:3)`.
    String name(String subject) {
        String target = names.get(subject);
        return target == null || target.equals(subject)
                ? subject
                : "%s (%s)".formatted(target, subject);
    }

    String name(SegmentId id) {
        return name(id.text());
    }

    /// Before each step of writing over a segment from its first byte on.
    ///
    /// @param done what was done to the bytes before, as the end of a sentence
    /// @throws Refusal when a signal ends the process
    void goOn(SegmentId id, long doneBytes, long ofBytes, String done) throws Refusal {
        if (ending.wanted()) {
            throw ending.stopped(
                    "%s of %d of %s were %s"
                            .formatted(Counted.bytes(doneBytes), ofBytes, name(id), done));
        }
    }

    /// What a dry run asks: refuses, saying so, what would be refused.
    ///
    /// @throws Refusal with the exit code that doing it would have
    void checkDry(SegmentId id, Intent intent) throws Refusal {
        try {
            source().check(id, intent);
        } catch (ShmException refused) {
            ShmFailure failure = refused.failure();
            throw new Refusal(
                    Failures.exitCode(failure),
                    "would be refused: " + Failures.sentence(failure, name(failure.subject())));
        }
    }

    /// An existing segment and what the user called it.
    record Found(Resolution resolution, SegmentId id) {

        /// As typed, in its canonical form.
        String target() {
            return resolution.target().text();
        }
    }
}
