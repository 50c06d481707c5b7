package io.github.shmlens.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.Digits;
import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.Ownership;
import io.github.shmlens.segment.Principal;
import io.github.shmlens.segment.Rights;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.SegmentStatus;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.Act;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.Deed;
import io.github.shmlens.source.Reason;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.testing.FakeSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is done to segments themselves: kept, and taken back where that can be.
class JournaledSourceTest {

    private static final SegmentKey KEY = new SegmentKey(0xf1206);
    private static final Principal ROOT = new Principal(0, "root");

    @TempDir Path folder;

    private final FakeSource plain = new FakeSource();
    private final SegmentId.Sysv id = plain.add(KEY, 4096);
    private SegmentSource source = plain;

    @BeforeEach
    void journaled() {
        source = new JournaledSource(plain, Journal.in(folder, "window"));
    }

    private List<Entry> entries() {
        return Journal.in(folder, "another").read().entries();
    }

    private Entry last() {
        return entries().getLast();
    }

    private Ownership now() throws ShmException {
        return Ownership.of(plain.facts(id));
    }

    private static Ownership with(Ownership from, int mode) {
        return new Ownership(from.owner(), from.group(), new Mode(mode));
    }

    private void byAnother(Ownership next) throws ShmException {
        plain.change(id, next);
    }

    // ---- what is kept ------------------------------------------------------------------------

    @Test
    void anotherModeIsKeptWithTheOneThereWas() throws ShmException {
        Ownership old = now();
        source.change(id, with(old, 0640));
        assertThat(last().change()).isEqualTo(new Change.Properties(old, with(old, 0640)));
        assertThat(last().reason()).isEqualTo(Reason.SET);
        assertThat(last().segment()).isEqualTo("id:0");
        assertThat(last().key()).isEqualTo("0x000f1206");
        assertThat(last().identity()).isEqualTo(source.identity(id));
        assertThat(EntryText.what(last(), 8)).isEqualTo("mode 0666 → 0640");
        assertThat(EntryText.takenBack(last(), 8, Digits.PLAIN)).isEqualTo("mode 0640 → 0666");
    }

    @Test
    void itIsOfTheSameSegmentAsTheBytesWrittenThere() throws ShmException {
        source.change(id, with(now(), 0640));
        try (AttachedSegment segment = source.attach(id, Access.READ_WRITE)) {
            segment.write(0, new byte[] {1}, 0, 1);
            assertThat(History.of(entries(), segment.identity()).entries()).hasSize(2);
        }
    }

    @Test
    void whatIsSoAlreadyAndWhatIsRefusedIsNoChange() throws ShmException {
        source.change(id, now());
        source.lockInMemory(id, false);
        plain.allow(id, Mode.DEFAULT, new Rights(true, true, false));
        assertThatThrownBy(() -> source.change(id, with(now(), 0600)))
                .isInstanceOf(ShmException.class);
        assertThatThrownBy(() -> source.lockInMemory(id, true)).isInstanceOf(ShmException.class);
        assertThatThrownBy(() -> source.remove(id)).isInstanceOf(ShmException.class);
        assertThat(entries()).isEmpty();
    }

    @Test
    void aLockInMemoryIsKept() throws ShmException {
        source.lockInMemory(id, true);
        assertThat(last().change()).isEqualTo(new Change.Locked(true));
        source.lockInMemory(id, false);
        assertThat(last().change()).isEqualTo(new Change.Locked(false));
    }

    @Test
    void aRemoveIsKeptAndSaidToBeForGood() throws Exception {
        plain.othersAttach(id, 71, "php");
        source.remove(id);
        assertThat(last().change()).isEqualTo(new Change.Removed(4096, Mode.DEFAULT, 1));
        assertThat(last().key()).as("which it had before").isEqualTo("0x000f1206");
        assertThat(EntryText.what(last(), 8))
                .isEqualTo("removed for good: 4096 bytes, mode 0666, attached once");
        assertThat(EntryText.state(last(), History.ofAll(entries()))).isEqualTo("not-kept");
        assertThat(last().reversible()).isFalse();
        assertThat(new Reversal(last(), false).carryOut(source, id))
                .isInstanceOfSatisfying(
                        Reversal.Outcome.Refused.class,
                        refused -> assertThat(refused.why()).contains("does not come back"));
    }

    @Test
    void aSegmentThatIsMadeIsKeptAndOneThatWasThereIsNot() throws Exception {
        Target other = new Target.Key(new SegmentKey(5));
        SegmentId made = source.create(other, 100, new Mode(0600), false).id();
        assertThat(last().change()).isEqualTo(new Change.Created(100, new Mode(0600)));
        assertThat(last().reason()).isEqualTo(Reason.CREATE);
        assertThat(last().segment()).isEqualTo(made.text());
        assertThat(EntryText.state(last(), History.ofAll(entries()))).isEqualTo("done");
        source.create(other, 100, new Mode(0600), true);
        assertThat(entries()).hasSize(1);
    }

    @Test
    void whatADemoMakesAndRemovesIsNotKept() throws Exception {
        try (Act _ = source.begin(new Deed.Unkept())) {
            SegmentId made =
                    source.create(new Target.Key(new SegmentKey(5)), 100, Mode.DEFAULT, false).id();
            source.remove(made);
        }
        assertThat(entries()).isEmpty();
        source.remove(id);
        assertThat(entries()).hasSize(1);
    }

    @Test
    void aDamagedLineIsPassedOver() throws Exception {
        source.change(id, with(now(), 0640));
        source.remove(id);
        Path file = folder.resolve("journal.jsonl");
        String lines = Files.readString(file);
        for (String damage :
                List.of(
                        lines.replace("users\",\"mode\":\"0640", "users\",\"mode\":\"0999"),
                        lines.replace("\"uid\":1000", "\"uid\":null"),
                        lines.replace("\"uid\":1000", "\"uid\":99999999999"),
                        lines.replace("\"old\":{", "\"odd\":{"),
                        lines.replace("\"attached\":0", "\"attached\":-2"))) {
            assertThat(damage).isNotEqualTo(lines);
            Files.writeString(file, damage, StandardOpenOption.TRUNCATE_EXISTING);
            Journal.Reading reading = Journal.in(folder, "another").read();
            assertThat(reading.entries()).hasSize(1);
            assertThat(reading.unreadable()).isEqualTo(1);
        }
    }

    // ---- taking back -------------------------------------------------------------------------

    @Test
    void aModeIsTakenBackAndMadeAgain() throws Exception {
        source.change(id, with(now(), 0640));
        Entry entry = last();
        assertThat(new Reversal(entry, false).carryOut(source, id))
                .isEqualTo(new Reversal.Outcome.Done());
        assertThat(now().mode()).isEqualTo(Mode.DEFAULT);
        assertThat(last().reason()).isEqualTo(Reason.UNDO);
        assertThat(last().of()).isEqualTo(entry.number());
        History history = History.of(entries(), source.identity(id));
        assertThat(history.undone(entry)).isTrue();
        assertThat(history.nextRedo()).contains(entry);
        assertThat(new Reversal(entry, true).carryOut(source, id))
                .isEqualTo(new Reversal.Outcome.Done());
        assertThat(now().mode()).isEqualTo(new Mode(0640));
        assertThat(last().reason()).isEqualTo(Reason.REDO);
    }

    @Test
    void aModeThatSomebodyElseChangedSinceIsShownAndNotOverwritten() throws Exception {
        source.change(id, with(now(), 0640));
        byAnother(with(now(), 0600));
        Reversal reversal = new Reversal(last(), false);
        Reversal.Outcome outcome = reversal.carryOut(source, id);
        assertThat(outcome)
                .isEqualTo(
                        new Reversal.Outcome.PropertiesMoved(
                                with(now(), 0640), with(now(), 0600), with(now(), 0666)));
        assertThat(now().mode()).isEqualTo(new Mode(0600));
        byAnother(with(now(), 0604));
        assertThat(reversal.carryOutOver(source, id, outcome))
                .as("only over what was shown")
                .isInstanceOf(Reversal.Outcome.PropertiesMoved.class);
        byAnother(with(now(), 0600));
        assertThat(reversal.carryOutOver(source, id, outcome))
                .isEqualTo(new Reversal.Outcome.Done());
        assertThat(now().mode()).isEqualTo(Mode.DEFAULT);
    }

    @Test
    void anOwnerThatAnotherGaveStaysWhenTheModeIsTakenBack() throws Exception {
        source.change(id, with(now(), 0640));
        byAnother(new Ownership(ROOT, now().group(), now().mode()));
        assertThat(new Reversal(last(), false).carryOut(source, id))
                .isEqualTo(new Reversal.Outcome.Done());
        assertThat(now()).isEqualTo(new Ownership(ROOT, now().group(), Mode.DEFAULT));
    }

    @Test
    void aNameIsOnlyWhatANumberIsCalled() throws Exception {
        Ownership old = now();
        source.change(id, new Ownership(ROOT, old.group(), old.mode()));
        byAnother(new Ownership(new Principal(0, "toor"), old.group(), old.mode()));
        assertThat(new Reversal(last(), false).carryOut(source, id))
                .isEqualTo(new Reversal.Outcome.Done());
        assertThat(now()).isEqualTo(old);
    }

    @Test
    void aLockInMemoryIsTakenBackUnlessItIsGone() throws Exception {
        source.lockInMemory(id, true);
        Entry entry = last();
        assertThat(new Reversal(entry, false).carryOut(source, id))
                .isEqualTo(new Reversal.Outcome.Done());
        assertThat(plain.facts(id).status()).doesNotContain(SegmentStatus.LOCKED);
        assertThat(new Reversal(entry, false).carryOut(source, id))
                .isInstanceOf(Reversal.Outcome.Refused.class);
    }

    @Test
    void nothingIsTakenBackInALaterSegmentOfTheSameId() throws Exception {
        source.change(id, with(now(), 0640));
        Path file = folder.resolve("journal.jsonl");
        Files.writeString(
                file,
                Files.readString(file).replace("size 4096", "size 8192"),
                StandardOpenOption.TRUNCATE_EXISTING);
        assertThat(new Reversal(last(), false).carryOut(source, id))
                .isInstanceOfSatisfying(
                        Reversal.Outcome.Refused.class,
                        refused -> assertThat(refused.why()).contains("earlier segment"));
        assertThat(now().mode()).isEqualTo(new Mode(0640));
    }
}
