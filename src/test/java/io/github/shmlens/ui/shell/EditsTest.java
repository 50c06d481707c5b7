package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.testing.FakeSource;
import io.github.shmlens.ui.hex.HexEdit;
import io.github.shmlens.ui.segments.ImageLoad;
import io.github.shmlens.ui.segments.Witness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditsTest {

    @TempDir Path folder;

    private final FakeSource host = new FakeSource();
    private final SegmentId id = host.add(new SegmentKey(7), 64);

    @Test
    void whatComesAfterTheEndIsRefusedWritesNothingAndIsNotUnderWay() throws Exception {
        Edits edits = new Edits(host, host.attach(id, Access.READ_WRITE), (_, _) -> {});
        Path image = Files.write(folder.resolve("image.bin"), new byte[64]);
        ImageLoad load =
                ImageLoad.look(
                                host.attach(id, Access.READ_ONLY),
                                Witness.look(host, id),
                                image,
                                _ -> true)
                        .orElseThrow();
        edits.close();
        CompletableFuture<Edits.Outcome> late =
                edits.bytes(new HexEdit(0, new byte[] {0}, new byte[] {1}));
        assertThat(late.exceptionNow()).isInstanceOf(RejectedExecutionException.class);
        assertThat(edits.load(load, true, _ -> true)).isCompletedExceptionally();
        assertThat(edits.underWay()).isFalse();
        assertThat(edits.loading()).isFalse();
        assertThat(host.memory(id).bytes(0, 1)).containsExactly(0);
    }
}
