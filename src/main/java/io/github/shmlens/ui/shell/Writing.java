package io.github.shmlens.ui.shell;

import io.github.shmlens.journal.Change;
import io.github.shmlens.journal.Entry;
import io.github.shmlens.journal.EntryText;
import io.github.shmlens.journal.Reversal;
import io.github.shmlens.php.MemberChange;
import io.github.shmlens.php.Slot;
import io.github.shmlens.php.StoreReading;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Digits;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.Reason;
import io.github.shmlens.ui.change.FillSheet;
import io.github.shmlens.ui.change.LoadSheet;
import io.github.shmlens.ui.fx.FxExecutor;
import io.github.shmlens.ui.hex.HexEdit;
import io.github.shmlens.ui.hex.HexView;
import io.github.shmlens.ui.problem.Banner;
import io.github.shmlens.ui.problem.Problem;
import io.github.shmlens.ui.segments.ImageLoad;
import io.github.shmlens.ui.slots.Choice;
import io.github.shmlens.ui.slots.Conflict;
import io.github.shmlens.ui.slots.ConflictDialog;
import io.github.shmlens.ui.slots.LockChoice;
import io.github.shmlens.ui.slots.SlotEdit;
import io.github.shmlens.ui.slots.SlotEditor;
import io.github.shmlens.ui.slots.SlotId;
import io.github.shmlens.ui.slots.SlotTable;
import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Figures;
import io.github.shmlens.ui.typing.TypedValue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/// What is written into the segment from a tab: each change is handed to its [Edits], and what came
/// of it is told, decided between mine and theirs, or given back to be typed again. FX thread.
final class Writing implements Drafts.Place {

    private static final Texts TEXTS = Texts.of(Writing.class);

    /// How many bytes of a change a notice shows.
    private static final int NOTICE_BYTES = 8;

    /// As much of a value is told.
    private static final int NOTICE_CHARS = 32;

    /// The tab around.
    interface Tab {
        /// How the segment is called.
        String name();

        @Nullable Window window();

        /// The store as it was seen last; null where there is none.
        @Nullable StoreReading reading();

        boolean unlocked();

        /// Whether the segment is gone.
        boolean lost();

        boolean closed();

        /// Owner, group or mode are others now.
        void look();
    }

    private final AttachedSegment segment;
    private final TabHost host;
    private final Edits edits;
    private final EditLock lock;
    private final Answer answer;
    private final HexView hex;
    private final SlotTable slots;
    private final Tab tab;

    Writing(
            AttachedSegment segment,
            TabHost host,
            Edits edits,
            EditLock lock,
            Answer answer,
            HexView hex,
            SlotTable slots,
            Tab tab) {
        this.segment = segment;
        this.host = host;
        this.edits = edits;
        this.lock = lock;
        this.answer = answer;
        this.hex = hex;
        this.slots = slots;
        this.tab = tab;
    }

    void commit(HexEdit edit) {
        commit(edit, "");
    }

    /// What is refused for another reason than other bytes is typed again: with the bytes as seen
    /// when typing began, so that it is still a compare-and-set.
    ///
    /// @param words the value's name and what it was and became; empty for bytes by themselves
    void commit(HexEdit edit, String words) {
        whenDone(
                edits.bytes(edit),
                outcome -> {
                    if (outcome instanceof Edits.Outcome.BytesWritten written) {
                        tellWritten(written, words);
                    } else {
                        tell(outcome);
                    }
                },
                () -> {
                    // Among the bytes nobody could tell which bits are meant.
                    if (edit.own() == null && !tab.lost()) {
                        hex.resume(edit);
                    }
                });
    }

    /// Over what is chosen in the bytes.
    void fill() {
        FillSheet.open(
                host.source(),
                segment,
                host.sheets(),
                hex.getSelection(),
                lock.sentence(),
                edit -> edits.bytes(edit, Reason.FILL).thenApply(this::filled));
    }

    private FillSheet.Filler.Outcome filled(Edits.Outcome outcome) {
        return switch (outcome) {
            case Edits.Outcome.BytesWritten written -> {
                whenDone(CompletableFuture.completedFuture(written));
                yield new FillSheet.Filler.Outcome.Filled();
            }
            case Edits.Outcome.BytesMoved moved ->
                    new FillSheet.Filler.Outcome.Moved(moved.writtenBytes());
            case Edits.Outcome.LockBusy busy ->
                    new FillSheet.Filler.Outcome.Refused(
                            new Problem(
                                    TEXTS.say("fill.lock-busy"),
                                    LockChoice.tell(busy.semaphore(), busy.facts()),
                                    ""));
            case Edits.Outcome.Failed failed ->
                    new FillSheet.Filler.Outcome.Refused(Problem.of(failed.failure()));
            case Edits.Outcome.SlotWritten _,
                    Edits.Outcome.SlotMoved _,
                    Edits.Outcome.SlotRemoved _,
                    Edits.Outcome.SlotChanged _,
                    Edits.Outcome.OfStore _,
                    Edits.Outcome.ImageLoaded _,
                    Edits.Outcome.Reversed _,
                    Edits.Outcome.NotReversed _,
                    Edits.Outcome.NoStore _ ->
                    throw new IllegalStateException("not asked for: " + outcome);
        };
    }

    /// Over the whole segment, from a file that is asked for.
    void loadImage() {
        host.files()
                .open(tab.window(), TEXTS.say("load.title", tab.name()))
                .ifPresent(file ->
                        LoadSheet.open(
                                host.source(),
                                segment,
                                host.sheets(),
                                host.files(),
                                file,
                                lock.sentence(),
                                (image, over, watch) ->
                                        edits.load(image, over, watch)
                                                .thenApplyAsync(
                                                        ended -> loaded(image, ended),
                                                        FxExecutor.FX)));
    }

    private LoadSheet.Ended loaded(ImageLoad image, Edits.Outcome outcome) {
        return switch (outcome) {
            case Edits.Outcome.ImageLoaded(ImageLoad.Outcome ended, SegmentKey under) -> {
                if (ended instanceof ImageLoad.Outcome.Loaded loaded) {
                    host.notice(
                            TEXTS.say(
                                    "load.done",
                                    image.file().getFileName(),
                                    tab.name(),
                                    TEXTS.count("load.changed", loaded.changedBytes()),
                                    EditLock.under(under)));
                }
                yield new LoadSheet.Ended.So(ended);
            }
            case Edits.Outcome.LockBusy busy ->
                    new LoadSheet.Ended.Refused(
                            new Problem(
                                    TEXTS.say("load.lock-busy"),
                                    LockChoice.tell(busy.semaphore(), busy.facts()),
                                    ""));
            case Edits.Outcome.Failed failed ->
                    new LoadSheet.Ended.Refused(Problem.of(failed.failure()));
            case Edits.Outcome.BytesWritten _,
                    Edits.Outcome.BytesMoved _,
                    Edits.Outcome.SlotWritten _,
                    Edits.Outcome.SlotMoved _,
                    Edits.Outcome.SlotRemoved _,
                    Edits.Outcome.SlotChanged _,
                    Edits.Outcome.OfStore _,
                    Edits.Outcome.Reversed _,
                    Edits.Outcome.NotReversed _,
                    Edits.Outcome.NoStore _ ->
                    throw new IllegalStateException("not asked for: " + outcome);
        };
    }

    void openEditor(@Nullable Slot slot) {
        if (tab.reading() != null) {
            editor(slot).showAndWait().ifPresent(this::store);
        }
    }

    /// @param why it is not edited where it was chosen
    void openEditor(Slot slot, String why) {
        if (tab.reading() != null) {
            editor(slot).because(why).showAndWait().ifPresent(this::store);
        }
    }

    /// Back in the editor, over what is there now, with what was typed.
    private void resume(@Nullable Slot theirs, SlotEdit mine) {
        editor(theirs).resume(mine.key(), mine.payload()).showAndWait().ifPresent(this::store);
    }

    private SlotEditor editor(@Nullable Slot slot) {
        return new SlotEditor(tab.window(), slot, tab::reading, lock::sentence);
    }

    void store(SlotEdit edit) {
        whenDone(edits.slot(edit), this::tell, () -> offerTyped(edit));
    }

    /// What was typed is not lost with the refusal.
    private void offerTyped(SlotEdit edit) {
        StoreReading now = tab.reading();
        if (now != null && !tab.lost()) {
            answer.offer(
                    TEXTS.say("slot.back-to-typed"),
                    () -> resume(now.slot(edit.key()).orElse(null), edit));
        }
    }

    void askRemoveSlot(Slot slot) {
        answer.follow(() ->
                answer.ask(
                        Banner.Weight.WARNING,
                        new Problem(
                                TEXTS.say("slot.remove-title", slot.key()),
                                TEXTS.say(
                                        "slot.remove-line",
                                        Figures.exactSize(slot.strideBytes()),
                                        lock.sentence()),
                                ""),
                        answer.answering(
                                TEXTS.say("slot.remove"), () -> whenDone(edits.remove(slot))),
                        answer.answering(TEXTS.say("slot.keep"), () -> {})));
    }

    /// Takes a change back, or makes it again.
    ///
    /// @return whether it was
    CompletionStage<Boolean> reverse(Reversal reversal) {
        CompletableFuture<Edits.Outcome> change = edits.reverse(reversal, null);
        whenDone(change);
        return change.thenApply(outcome -> outcome instanceof Edits.Outcome.Reversed);
    }

    private void whenDone(CompletableFuture<Edits.Outcome> change) {
        whenDone(change, this::tell, () -> {});
    }

    /// @param refused called when nothing was written and it was not for other bytes or another
    ///   value
    private void whenDone(
            CompletableFuture<Edits.Outcome> change,
            Consumer<Edits.Outcome> tell,
            Runnable refused) {
        change.whenCompleteAsync(
                (outcome, thrown) -> {
                    boolean nothing =
                            thrown != null
                                    || outcome instanceof Edits.Outcome.LockBusy
                                    || outcome instanceof Edits.Outcome.Failed
                                    || outcome instanceof Edits.Outcome.NoStore;
                    if (tab.closed()) {
                        tellClosed(nothing || isMoved(outcome));
                        return;
                    }
                    if (thrown != null) {
                        answer.tell(Banner.Weight.DANGER, Problem.of(thrown));
                    } else {
                        tell.accept(outcome);
                    }
                    if (nothing) {
                        refused.run();
                    }
                },
                FxExecutor.FX);
    }

    private static boolean isMoved(Edits.@Nullable Outcome outcome) {
        return outcome instanceof Edits.Outcome.BytesMoved
                || outcome instanceof Edits.Outcome.SlotMoved
                || outcome instanceof Edits.Outcome.SlotChanged
                || outcome instanceof Edits.Outcome.NotReversed;
    }

    /// A change that was confirmed, and waited for a lock while the tab was closed, has nowhere to
    /// be typed again.
    private void tellClosed(boolean notWritten) {
        if (notWritten) {
            host.notice(TEXTS.say("unwritten.closed", tab.name()));
        }
    }

    private void tell(Edits.Outcome outcome) {
        if (tab.closed()) {
            return;
        }
        switch (outcome) {
            case Edits.Outcome.BytesWritten written -> tellWritten(written, "");
            case Edits.Outcome.BytesMoved moved -> decide(moved);
            case Edits.Outcome.SlotWritten written -> {
                host.notice(stored(written));
                slots.select(SlotId.first(written.edit().key()));
            }
            case Edits.Outcome.SlotMoved moved -> decide(moved);
            case Edits.Outcome.SlotRemoved removed ->
                    host.notice(
                            TEXTS.say(
                                    "slot.removed",
                                    removed.seen().key(),
                                    EditLock.under(removed.under())));
            case Edits.Outcome.SlotChanged changed ->
                    answer.tell(
                            Banner.Weight.WARNING,
                            new Problem(
                                    TEXTS.say("slot.not-removed", changed.seen().key()),
                                    changed.theirs() == null
                                            ? TEXTS.say("slot.removed-first")
                                            : TEXTS.say("slot.stored-meanwhile"),
                                    ""));
            case Edits.Outcome.Reversed reversed -> tell(reversed);
            case Edits.Outcome.NotReversed refused -> decide(refused);
            case Edits.Outcome.OfStore _, Edits.Outcome.ImageLoaded _ -> {}
            case Edits.Outcome.LockBusy busy ->
                    answer.tell(
                            Banner.Weight.WARNING,
                            new Problem(
                                    TEXTS.say("answer.lock-taken"),
                                    LockChoice.tell(busy.semaphore(), busy.facts()),
                                    TEXTS.count("answer.waited", busy.waited().toSeconds())));
            case Edits.Outcome.Failed failed ->
                    answer.tell(Banner.Weight.DANGER, Problem.of(failed.failure()));
            case Edits.Outcome.NoStore none ->
                    answer.tell(
                            Banner.Weight.DANGER,
                            new Problem(TEXTS.say("answer.nothing-written"), none.sentence(), ""));
        }
    }

    private static String stored(Edits.Outcome.SlotWritten written) {
        MemberChange member = written.member();
        long key = written.edit().key();
        long at = written.offset();
        String how = EditLock.under(written.under());
        if (member != null) {
            return TEXTS.say("slot.member", key, member.text(NOTICE_CHARS), at, how);
        }
        return written.replaced()
                ? TEXTS.say("slot.replaced", key, at, how)
                : TEXTS.say("slot.stored", key, at, how);
    }

    private void tellWritten(Edits.Outcome.BytesWritten written, String words) {
        if (tab.closed()) {
            return;
        }
        String bytes =
                TEXTS.say(
                        "written.bytes",
                        TEXTS.count("count.byte", written.edit().next().length),
                        written.edit().offset(),
                        how(written.atomic(), written.under()));
        host.notice(words.isEmpty() ? bytes : TEXTS.say("written.value", words, bytes));
    }

    /// Mine or theirs. What was seen is now what the dialog shows as theirs, so writing over it is
    /// again a compare-and-set, against that.
    private void decide(Edits.Outcome.BytesMoved moved) {
        HexEdit mine = moved.edit();
        ConflictDialog dialog =
                new ConflictDialog(
                        tab.window(),
                        new Conflict.OfBytes(
                                mine.offset(), mine.seen(), moved.actual(), mine.next()));
        switch (dialog.showAndWait().orElse(Choice.BACK)) {
            case KEEP_THEIRS -> hex.requestFocus();
            case WRITE_MINE -> commit(mine.over(moved.actual()));
            case BACK -> {
                // Among the bytes nobody could tell which bits are meant.
                if (mine.own() == null) {
                    hex.resume(mine);
                }
            }
        }
    }

    private void decide(Edits.Outcome.SlotMoved moved) {
        SlotEdit mine = moved.edit();
        byte[] theirs = moved.theirs() == null ? null : moved.theirs().payload();
        ConflictDialog dialog =
                new ConflictDialog(
                        tab.window(),
                        new Conflict.OfSlot(
                                mine.key(), mine.seenPayload(), theirs, mine.payload()));
        switch (dialog.showAndWait().orElse(Choice.BACK)) {
            case KEEP_THEIRS -> slots.select(SlotId.first(mine.key()));
            case WRITE_MINE -> store(new SlotEdit(mine.key(), theirs, mine.payload()));
            case BACK -> resume(moved.theirs(), mine);
        }
    }

    private void tell(Edits.Outcome.Reversed reversed) {
        Reversal reversal = reversed.reversal();
        Entry entry = reversal.entry();
        String how = reversal.ofItself() ? "" : EditLock.under(reversed.under());
        int most = entry.change() instanceof Change.Slot ? NOTICE_CHARS : NOTICE_BYTES;
        host.notice(
                reversal.again()
                        ? TEXTS.say(
                                "journal.redone",
                                entry.number(),
                                EntryText.what(entry, most, Digits.GROUPED),
                                how)
                        : TEXTS.say(
                                "journal.undone",
                                entry.number(),
                                EntryText.takenBack(entry, most, Digits.GROUPED),
                                how));
        if (reversal.entry().change() instanceof Change.Slot slot) {
            slots.select(SlotId.first(slot.key()));
        }
        if (reversal.ofItself()) {
            tab.look();
        }
    }

    /// Mine or theirs, as after an edit; what cannot be decided so is told.
    private void decide(Edits.Outcome.NotReversed refused) {
        Reversal reversal = refused.reversal();
        if (refused.why() instanceof Reversal.Outcome.PropertiesMoved moved) {
            decide(reversal, moved);
            return;
        }
        Conflict conflict =
                switch (refused.why()) {
                    case Reversal.Outcome.BytesMoved moved ->
                            reversal.single()
                                    ? new Conflict.OfBytes(
                                            moved.offset(),
                                            moved.left(),
                                            moved.actual(),
                                            moved.wanted())
                                    : null;
                    case Reversal.Outcome.SlotMoved moved ->
                            new Conflict.OfSlot(
                                    moved.key(), moved.left(), moved.actual(), moved.wanted());
                    case Reversal.Outcome.PropertiesMoved _,
                            Reversal.Outcome.Refused _,
                            Reversal.Outcome.Done _ ->
                            null;
                };
        if (conflict == null) {
            answer.tell(
                    Banner.Weight.WARNING,
                    new Problem(notReversed(reversal), why(refused.why()), ""));
            return;
        }
        ConflictDialog dialog = ConflictDialog.ofUndo(tab.window(), conflict);
        if (dialog.showAndWait().orElse(Choice.BACK) == Choice.WRITE_MINE) {
            whenDone(edits.reverse(reversal, refused.why()));
        }
    }

    /// Mine or theirs, of owner, group and mode.
    private void decide(Reversal reversal, Reversal.Outcome.PropertiesMoved moved) {
        answer.ask(
                Banner.Weight.WARNING,
                new Problem(
                        notReversed(reversal), why(moved), TEXTS.say("journal.properties-theirs")),
                answer.answering(
                        TEXTS.say("journal.properties-mine", moved.wanted().text()),
                        () -> whenDone(edits.reverse(reversal, moved))),
                answer.answering(TEXTS.say("journal.properties-keep"), () -> {}));
    }

    private static String notReversed(Reversal reversal) {
        return reversal.again() ? TEXTS.say("journal.not-redone") : TEXTS.say("journal.not-undone");
    }

    private static String why(Reversal.Outcome refused) {
        return switch (refused) {
            case Reversal.Outcome.Refused(String why) -> Problem.sentence(why);
            case Reversal.Outcome.BytesMoved moved ->
                    TEXTS.say("journal.bytes-moved", moved.offset());
            case Reversal.Outcome.SlotMoved moved -> TEXTS.say("journal.slot-moved", moved.key());
            case Reversal.Outcome.PropertiesMoved moved ->
                    TEXTS.say(
                            "journal.properties-moved", moved.actual().text(), moved.left().text());
            case Reversal.Outcome.Done _ -> "";
        };
    }

    private static String how(boolean atomic, @Nullable SegmentKey semaphore) {
        return (atomic ? TEXTS.say("written.atomic") : TEXTS.say("written.by-words"))
                + EditLock.under(semaphore);
    }

    // ---- what was typed and not written

    @Override
    public String name() {
        return tab.name();
    }

    @Override
    public boolean writable() {
        return !tab.lost() && tab.unlocked();
    }

    @Override
    public CompletableFuture<Edits.Outcome> write(HexEdit edit) {
        return edits.bytes(edit);
    }

    @Override
    public CompletableFuture<Edits.Outcome> write(SlotEdit edit) {
        return edits.slot(edit);
    }

    @Override
    public void written(Edits.Outcome done) {
        tell(done);
    }

    @Override
    public void refused(TypedValue<?> value, BadInput why) {
        answer.tell(
                Banner.Weight.WARNING,
                new Problem(
                        TEXTS.say("unwritten.refused", value.words()),
                        Problem.sentence(why.sentence()),
                        ""));
    }

    @Override
    public void refused(Edits.@Nullable Outcome why, @Nullable Throwable thrown) {
        if (why instanceof Edits.Outcome.BytesMoved moved) {
            answer.tell(
                    Banner.Weight.WARNING,
                    new Problem(
                            moved.writtenBytes() == 0
                                    ? TEXTS.say("answer.nothing-written")
                                    : TEXTS.say("unwritten.in-part"),
                            TEXTS.say(
                                    "unwritten.moved",
                                    moved.edit().offset() + moved.writtenBytes()),
                            ""));
        } else if (why instanceof Edits.Outcome.SlotMoved moved) {
            answer.tell(
                    Banner.Weight.WARNING,
                    new Problem(
                            TEXTS.say("answer.nothing-written"),
                            TEXTS.say("unwritten.slot-moved", moved.edit().key()),
                            ""));
        } else if (why != null) {
            tell(why);
        } else if (thrown != null) {
            answer.tell(Banner.Weight.DANGER, Problem.of(thrown));
        }
    }
}
