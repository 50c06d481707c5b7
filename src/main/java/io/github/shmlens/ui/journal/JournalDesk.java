package io.github.shmlens.ui.journal;

import io.github.shmlens.journal.Entry;
import io.github.shmlens.journal.History;
import io.github.shmlens.journal.Journal;
import io.github.shmlens.journal.Reversal;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.ui.fx.Background;
import io.github.shmlens.ui.fx.FxExecutor;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.problem.Sheets;
import io.github.shmlens.ui.text.Texts;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;

/// One tab's part of the journal: its panel, and undo and redo in order. FX thread.
public final class JournalDesk {

    private static final Texts TEXTS = Texts.of(JournalDesk.class);

    /// More key presses than this are not kept while one is being answered.
    private static final int MOST_WAITING = 50;

    /// What a desk asks of its tab.
    public interface Place {

        /// Whether the segment is unlocked for editing.
        boolean unlocked();

        /// Something was to be undone and the segment is locked: says so.
        void hintLocked();

        /// Takes a change back, or makes it again, in line with other edits.
        ///
        /// @return whether it was done
        CompletionStage<Boolean> reverse(Reversal reversal);

        void showOffset(long offset);

        void showSlot(long key);

        /// Owner, group, mode and the lock in memory.
        void showProperties();

        /// The panel was opened or closed.
        void opened(boolean open);

        void notice(String sentence);
    }

    /// What the journal held at one look.
    ///
    /// @param ours entries of this very segment
    /// @param all entries of every segment
    record Seen(Journal.Reading reading, History ours, History all) {}

    private final Journal journal;
    private final AttachedSegment segment;
    private final Place place;
    private final JournalPanel panel;
    private final AutoCloseable listening;
    private final Deque<Boolean> waiting = new ArrayDeque<>();
    private @Nullable Seen last;
    private boolean reversing;
    private boolean looking;
    private boolean lookAgain;
    private boolean closed;

    public JournalDesk(Journal journal, AttachedSegment segment, Sheets sheets, Place place) {
        this.journal = journal;
        this.segment = segment;
        this.place = place;
        this.panel =
                new JournalPanel(
                        new JournalExport(sheets, place::notice),
                        this::reverse,
                        place,
                        () -> open(false));
        this.listening = journal.onChange(() -> FxExecutor.FX.execute(this::look));
        if (journal.kept()) {
            journal.complainTo(why ->
                    FxExecutor.FX.execute(
                            () -> place.notice(TEXTS.say("not-kept", Problem.sentence(why)))));
        }
        show(false);
    }

    /// Shown while it is open.
    public Node panel() {
        return panel;
    }

    /// Opens or closes the panel.
    public void flip() {
        open(!panel.isVisible());
    }

    private void open(boolean wanted) {
        show(wanted);
        if (wanted) {
            look();
            panel.takeFocus();
        }
        place.opened(wanted);
    }

    private void show(boolean wanted) {
        panel.setVisible(wanted);
        panel.setManaged(wanted);
    }

    /// Looks whether there is something new, of ours or of a command's; costs nothing while the
    /// panel is closed.
    public void look() {
        if (closed || !panel.isVisible()) {
            return;
        }
        if (looking) {
            lookAgain = true;
            return;
        }
        looking = true;
        read(now -> {
            looking = false;
            if (!closed) {
                panel.show(now, place.unlocked());
            }
            if (lookAgain) {
                lookAgain = false;
                look();
            }
        });
    }

    private void read(Consumer<Seen> then) {
        Seen before = last;
        Background.run(
                () -> {
                    Journal.Reading reading = journal.read();
                    if (before != null && before.reading().equals(reading)) {
                        return before;
                    }
                    return new Seen(
                            reading,
                            History.of(reading.entries(), segment.identity()),
                            History.ofAll(reading.entries()));
                },
                now -> {
                    last = now;
                    then.accept(now);
                },
                thrown -> {
                    looking = false;
                    reversing = false;
                    waiting.clear();
                    if (!closed) {
                        place.notice(Problem.of(thrown).line());
                    }
                });
    }

    /// Takes back the newest change that stands.
    public void undo() {
        want(false);
    }

    /// Makes again what was taken back last.
    public void redo() {
        want(true);
    }

    private void want(boolean again) {
        if (!journal.kept()) {
            place.notice(TEXTS.say("none"));
        } else if (!place.unlocked()) {
            place.hintLocked();
        } else if (waiting.size() < MOST_WAITING) {
            waiting.add(again);
            next();
        }
    }

    /// One after the other: what comes next is known only when the one before has ended.
    private void next() {
        Boolean wanted = reversing ? null : waiting.poll();
        if (wanted == null || closed) {
            return;
        }
        boolean again = wanted;
        reversing = true;
        read(now -> {
            Optional<Entry> entry = again ? now.ours().nextRedo() : now.ours().nextUndo();
            if (closed) {
                return;
            }
            if (entry.isEmpty()) {
                reversing = false;
                waiting.clear();
                place.notice(again ? TEXTS.say("nothing-to-redo") : TEXTS.say("nothing-to-undo"));
            } else {
                carryOut(new Reversal(entry.get(), again));
            }
        });
    }

    private void reverse(Reversal reversal) {
        if (!place.unlocked() && !reversal.ofItself()) {
            place.hintLocked();
        } else if (!reversing) {
            reversing = true;
            carryOut(reversal);
        }
    }

    private void carryOut(Reversal reversal) {
        place.reverse(reversal).whenCompleteAsync((done, _) -> ended(done), FxExecutor.FX);
    }

    private void ended(@Nullable Boolean done) {
        reversing = false;
        if (done == null || !done) {
            waiting.clear();
        }
        next();
    }

    /// The tab goes.
    public void close() {
        closed = true;
        panel.close();
        try {
            listening.close();
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
