package io.github.shmlens.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.source.Reason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The journal's file: what a crash, a stranger and its limit do to it.
class JournalTest {

    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

    @TempDir Path folder;

    private Journal journal() {
        return Journal.in(folder, "window", Journal.USUAL_BYTES, CLOCK);
    }

    private Path file() {
        return folder.resolve("journal.jsonl");
    }

    private static long add(Journal journal, Change change) {
        return journal.begin(n -> new JournalLine.Begun(entry(n, change), change));
    }

    private static Entry entry(long number, Change change) {
        return new Entry(
                number,
                NOON,
                "window",
                71,
                Reason.EDIT,
                0,
                "id:3",
                "0x000f1206",
                "one",
                change,
                false);
    }

    private static Change bytes(int from, int to) {
        return Change.Bytes.at(64, new byte[] {(byte) from}, new byte[] {(byte) to});
    }

    @Test
    void whatWasWrittenIsReadBackByWhoeverComesLater() {
        Change slot = new Change.Slot(-7, null, "i:5;".getBytes(StandardCharsets.UTF_8));
        Change lost = new Change.NotKept(0, 1 << 20, Change.Why.TOO_LARGE);
        add(journal(), bytes(1, 2));
        add(journal(), slot);
        add(journal(), lost);
        assertThat(journal().read().entries())
                .containsExactly(entry(1, bytes(1, 2)), entry(2, slot), entry(3, lost));
    }

    @Test
    void nobodyElseMayReadIt() throws IOException {
        Path inner = folder.resolve("state/shmlens");
        add(Journal.in(inner, "window", Journal.USUAL_BYTES, CLOCK), bytes(1, 2));
        assertThat(Files.getPosixFilePermissions(inner.resolve("journal.jsonl")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(inner))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void aLineTornByACrashIsPassedOverAndTheNextOneIsWhole() throws IOException {
        add(journal(), bytes(1, 2));
        add(journal(), bytes(2, 3));
        try (RandomAccessFile torn = new RandomAccessFile(file().toFile(), "rw")) {
            torn.setLength(torn.length() - 20);
        }
        assertThat(journal().read().entries()).containsExactly(entry(1, bytes(1, 2)));
        assertThat(journal().read().unreadable()).isEqualTo(1);
        assertThat(add(journal(), bytes(3, 4))).isEqualTo(2);
        assertThat(journal().read().entries())
                .containsExactly(entry(1, bytes(1, 2)), entry(2, bytes(3, 4)));
        assertThat(journal().read().unreadable()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "\u0000\u0001",
                "{\"entry\":1}",
                "{\"time\":\"x\",\"entry\":5}",
                "{\"outcome\":\"cut\",\"ends\":9,\"writtenBytes\":1,\"entry\":5}",
                "{\"outcome\":\"cut\",\"ends\":1,\"writtenBytes\":-1,\"entry\":5}",
                "{\"outcome\":\"magic\",\"ends\":1,\"entry\":5}",
                "{\"time\":\"2026-11-25T12:00:00Z\",\"by\":\"w\",\"pid\":1,\"reason\":\"edit\",\"segment\":\"id:3\",\"key\":null,\"identity\":\"i\",\"change\":\"bytes\",\"runs\":[{\"offset\":-1,\"old\":\"00\",\"new\":\"01\"}],\"entry\":5}",
                "{\"time\":\"2026-11-25T12:00:00Z\",\"by\":\"w\",\"pid\":1,\"reason\":\"edit\",\"segment\":\"id:3\",\"key\":null,\"identity\":\"i\",\"change\":\"bytes\",\"runs\":[{\"offset\":9223372036854775807,\"old\":\"00\",\"new\":\"01\"}],\"entry\":5}",
                "{\"time\":\"2026-11-25T12:00:00Z\",\"by\":\"w\",\"pid\":1,\"reason\":\"edit\",\"segment\":\"id:3\",\"key\":null,\"identity\":\"i\",\"change\":\"bytes\",\"runs\":[{\"offset\":1,\"old\":\"0001\",\"new\":\"01\"}],\"entry\":5}",
                "{\"time\":\"2026-11-25T12:00:00Z\",\"by\":\"w\",\"pid\":1,\"reason\":\"edit\",\"segment\":\"id:3\",\"key\":null,\"identity\":\"i\",\"change\":\"slot\",\"slot\":99999999999999999999,\"old\":null,\"new\":null,\"entry\":5}",
                "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}},\"entry\":5}",
            })
    void aDamagedLineIsCountedAndNothingElseIsLost(String line) throws IOException {
        add(journal(), bytes(1, 2));
        Files.writeString(file(), line + "\n", StandardOpenOption.APPEND);
        add(journal(), bytes(2, 3));
        Journal.Reading reading = journal().read();
        assertThat(reading.entries())
                .extracting(Entry::change)
                .containsExactly(bytes(1, 2), bytes(2, 3));
        assertThat(reading.unreadable()).isEqualTo(1);
        assertThat(reading.problem()).isEmpty();
    }

    @Test
    void randomDamageNeverThrowsAndNumbersGoOnRising() throws IOException {
        Random random = new Random(5);
        for (int round = 0; round < 150; round++) {
            long before = add(journal(), bytes(1, 2));
            byte[] all = Files.readAllBytes(file());
            for (int hit = 0; hit < 3; hit++) {
                all[random.nextInt(all.length)] = (byte) random.nextInt();
            }
            Files.write(file(), all);
            assertThat(journal().read().problem()).isEmpty();
            assertThat(before).isPositive();
        }
    }

    @Test
    void aHugeNumberFromAStrangerIsNotBelieved() throws IOException {
        Files.writeString(file(), "{\"x\":1,\"entry\":9223372036854775807}\n");
        assertThat(add(journal(), bytes(1, 2))).isEqualTo(1);
    }

    @Test
    void whatIsNoFileIsAClearSentence() throws IOException {
        Files.createDirectory(file());
        List<String> said = new ArrayList<>();
        Journal journal = journal();
        journal.complainTo(said::add);
        assertThat(add(journal, bytes(1, 2))).isZero();
        assertThat(add(journal, bytes(1, 2))).isZero();
        assertThat(said).as("said once").containsExactly(file() + " is no regular file");
        assertThat(journal.read().problem()).isEqualTo(file() + " is no regular file");
    }

    @Test
    void aFolderThatCannotBeMadeIsAClearSentence() throws IOException {
        Path inTheWay = Files.createFile(folder.resolve("state"));
        List<String> said = new ArrayList<>();
        Journal journal =
                Journal.in(inTheWay.resolve("shmlens"), "window", Journal.USUAL_BYTES, CLOCK);
        journal.complainTo(said::add);
        assertThat(add(journal, bytes(1, 2))).isZero();
        assertThat(said).singleElement().asString().contains(inTheWay.toString());
    }

    @Test
    void atItsLimitTheFileIsPutAsideAndTheOldestEntriesGo() throws IOException {
        Journal small = Journal.in(folder, "window", 2000, CLOCK);
        for (int i = 0; i < 100; i++) {
            assertThat(add(small, bytes(i, i + 1))).isEqualTo(i + 1);
        }
        assertThat(Files.size(file())).isLessThanOrEqualTo(2000);
        assertThat(Files.size(folder.resolve("journal.1.jsonl"))).isLessThanOrEqualTo(2000);
        List<Entry> kept = small.read().entries();
        assertThat(kept.getLast().number()).isEqualTo(100);
        assertThat(kept.getFirst().number()).isGreaterThan(50);
        assertThat(kept).hasSize((int) (101 - kept.getFirst().number()));
        assertThat(Journal.in(folder, "window", 2000, CLOCK).read()).isEqualTo(small.read());
    }

    @Test
    void numbersGoOnAfterTheFileWasPutAsideByAnother() throws IOException {
        add(journal(), bytes(1, 2));
        add(journal(), bytes(2, 3));
        Files.move(file(), folder.resolve("journal.1.jsonl"));
        assertThat(add(journal(), bytes(3, 4))).isEqualTo(3);
        assertThat(journal().read().entries()).hasSize(3);
    }

    @Test
    void readingGoesOnWhereItStoppedAndSeesWhatOthersWrote() {
        Journal ours = journal();
        add(ours, bytes(1, 2));
        assertThat(ours.read().entries()).hasSize(1);
        Journal.Reading first = ours.read();
        assertThat(ours.read()).as("nothing new").isSameAs(first);
        add(journal(), bytes(2, 3));
        assertThat(ours.read().entries()).hasSize(2);
        assertThat(ours.read()).isEqualTo(journal().read());
    }

    @Test
    void severalWritersNeverShareANumberOrALine() throws Exception {
        try (ExecutorService many = Executors.newFixedThreadPool(4)) {
            List<Callable<Boolean>> writers = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                Journal own = journal();
                writers.add(() -> {
                    for (int i = 0; i < 50; i++) {
                        add(own, bytes(i, i + 1));
                    }
                    return true;
                });
            }
            many.invokeAll(writers);
        }
        Journal.Reading reading = journal().read();
        assertThat(reading.unreadable()).isZero();
        assertThat(reading.entries())
                .extracting(Entry::number)
                .doesNotHaveDuplicates()
                .hasSize(200)
                .isSorted();
    }

    @Test
    void howAChangeEndedIsPutTogetherWithHowItBegan() {
        Journal journal = journal();
        Change two = Change.Bytes.at(0, new byte[] {1, 2, 3, 4}, new byte[] {5, 6, 7, 8});
        long cut = add(journal, two);
        journal.end(n -> new JournalLine.Cut(n, cut, 2));
        long none = add(journal, two);
        journal.end(n -> new JournalLine.Cut(n, none, 0));
        long broken = add(journal, two);
        journal.end(n -> new JournalLine.Broken(n, broken));
        long whole = journal.begin(n -> new JournalLine.Begun(entry(n, two), null));
        journal.end(n -> new JournalLine.Ended(n, whole, bytes(1, 2), false));
        long never = journal.begin(n -> new JournalLine.Begun(entry(n, two), null));
        List<Entry> read = journal.read().entries();
        assertThat(read)
                .containsExactly(
                        entry(cut, Change.Bytes.at(0, new byte[] {1, 2}, new byte[] {5, 6}))
                                .brokenOff(),
                        entry(broken, two).brokenOff(),
                        entry(whole, bytes(1, 2)),
                        entry(never, new Change.NotKept(0, -1, Change.Why.NEVER_ENDED)));
    }

    @Test
    void withoutAFileNothingIsKeptAndNothingFails() {
        assertThat(add(Journal.none(), bytes(1, 2))).isZero();
        assertThat(Journal.none().read().entries()).isEmpty();
    }
}
