package io.github.shmlens.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.shmlens.journal.Entry;
import io.github.shmlens.journal.EntryText;
import io.github.shmlens.journal.Journal;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.testing.FakeSource;
import io.github.shmlens.testing.Tapped;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A signal in the middle of writing.
class EndingTest {

    private static final int CHUNKS = 4;
    private static final int BYTES = CHUNKS * Bytes.CHUNK;

    @TempDir Path folder;

    private final FakeSource host = new FakeSource();
    private final SegmentId.Sysv id = host.add(new SegmentKey(0xf1206), BYTES);
    private int writes;

    /// A signal comes when the second write is done.
    private Session session() {
        Session[] session = new Session[1];
        SegmentSource source =
                Tapped.source(
                        host,
                        () -> {
                            if (++writes == 2) {
                                signal(session[0].ending());
                            }
                        });
        session[0] =
                new Session(() -> source, Journal.in(folder, "command line"), Console.nowhere());
        return session[0];
    }

    private static Thread signal(Ending ending) {
        Thread signal = new Thread(ending::await);
        signal.start();
        while (!ending.wanted()) {
            Thread.onSpinWait();
        }
        return signal;
    }

    private Entry last() {
        return Journal.in(folder, "test").read().entries().getLast();
    }

    @Test
    void loadingStopsAtTheNextStepAndTheJournalSaysWhatWasWritten() throws Exception {
        byte[] image = new byte[BYTES];
        Arrays.fill(image, (byte) 0x5a);
        Session session = session();
        LoadCommand load = new LoadCommand(session);
        load.target = "0xf1206";
        load.file = Files.write(folder.resolve("image.bin"), image).toString();
        Refusal stopped = catchThrowableOfType(Refusal.class, load::call);
        session.ending().over();
        assertThat(stopped.exitCode()).isEqualTo(143);
        assertThat(stopped.sentence())
                .isEqualTo(
                        "stopped by a signal: 2097152 bytes of 4194304 of 0xf1206 (id:0) were written, from the first on");
        assertThat(host.memory(id).bytes(2L * Bytes.CHUNK - 1, 2)).containsExactly(0x5a, 0);
        assertThat(last().broken()).isTrue();
        assertThat(EntryText.what(last(), 4)).contains("2097152 bytes");
    }

    @Test
    void wipingStopsAtTheNextStepAndNothingIsRemoved() throws Exception {
        host.memory(id).put(0, new byte[] {1});
        host.memory(id).put(BYTES - 1, new byte[] {1});
        Session session = session();
        RemoveCommand remove = new RemoveCommand(session);
        remove.targets = List.of("0xf1206", "id:0");
        remove.wipe = true;
        Refusal stopped = catchThrowableOfType(Refusal.class, remove::call);
        session.ending().over();
        assertThat(stopped.sentence()).contains("2097152 bytes of 4194304").contains("not removed");
        assertThat(host.memory(id).bytes(BYTES - 1, 1)).containsExactly(1);
        assertThat(host.facts(id).markedForRemoval()).isFalse();
        assertThat(last().broken()).isTrue();
        assertThat(EntryText.what(last(), 4))
                .isEqualTo("broken off: 2097152 bytes from 0x0 on, wiped for good");
    }

    @Test
    void aSignalWaitsForTheEndOfTheCommandAndNothingIsBegunMeanwhile() throws Exception {
        Ending ending = new Ending();
        ending.hold();
        Thread signal = signal(ending);
        assertThat(catchThrowableOfType(Refusal.class, ending::check)).isNotNull();
        assertThat(signal.isAlive()).isTrue();
        ending.over();
        signal.join(4_000);
        assertThat(signal.isAlive()).isFalse();
    }
}
