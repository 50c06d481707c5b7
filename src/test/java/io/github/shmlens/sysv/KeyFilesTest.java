package io.github.shmlens.sysv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.KeySearch;
import io.github.shmlens.testing.Php;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that a key could have been made of, on this host.
class KeyFilesTest {

    private final HostSegments host = new HostSegments();
    private final List<String> hits = new ArrayList<>();

    @TempDir Path folder;
    private Path file = Path.of("");

    @BeforeEach
    void makeFiles() throws Exception {
        Path deep = Files.createDirectories(folder.resolve("a/b c"));
        file = Files.writeString(deep.resolve("ünï.php"), "<?php");
        for (int i = 0; i < 20; i++) {
            Files.createFile(folder.resolve("other" + i));
        }
    }

    @Test
    void theFileThatPhpMadeTheKeyOfIsFound() throws Exception {
        int key = Integer.parseInt(Php.run("echo ftok($argv[1], 't');", file.toString()));
        KeySearch.Outcome outcome = search(new SegmentKey(key), folder, Long.MAX_VALUE);
        assertThat(hits).containsExactly("ftok:" + file + ":t");
        assertThat(outcome.whole()).isTrue();
        // The folder itself, a, b c, the file and the others.
        assertThat(outcome.files()).isEqualTo(24);
        assertThat(outcome.candidates()).isEqualTo(24);
        assertThat(outcome.expectedAccidents()).isEqualTo(24 / 65536.0);
    }

    @Test
    void aProjectWithTheHighestBitGivesANegativeKeyThatIsFound() throws Exception {
        SegmentKey key = key(new Target.Ftok(file, 200));
        assertThat(key.value()).isNegative();
        search(key, folder, Long.MAX_VALUE);
        assertThat(hits).containsExactly("ftok:" + file + ":#200");
    }

    @Test
    void anInodeNumberAsKeyIsFoundToo() throws Exception {
        search(key(new Target.Inode(file)), folder, Long.MAX_VALUE);
        assertThat(hits).contains("inode:" + file);
    }

    @Test
    void aKeyOfAnotherDeviceIsNotFound() throws Exception {
        SegmentKey key = new SegmentKey(key(new Target.Ftok(file, 't')).value() ^ 0x0001_0000);
        KeySearch.Outcome outcome = search(key, folder, Long.MAX_VALUE);
        assertThat(hits).isEmpty();
        assertThat(outcome.candidates()).isZero();
    }

    @Test
    void aLinkIsNotTheFileItLeadsTo() throws Exception {
        Path links = Files.createDirectory(folder.resolve("links"));
        Files.createSymbolicLink(links.resolve("link"), file);
        Files.createSymbolicLink(links.resolve("loop"), links);
        KeySearch.Outcome outcome = search(key(new Target.Ftok(file, 't')), links, Long.MAX_VALUE);
        assertThat(hits).isEmpty();
        assertThat(outcome.files()).isEqualTo(3);
    }

    @Test
    void theFileOfAProcessThatHasTheSegmentComesFirstWhereverItLies() throws Exception {
        Target target = new Target.Ftok(file, 't');
        SegmentKey key = key(target);
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        host.create(target, 1000, Mode.DEFAULT, false);
        try (Php php =
                Php.start(
                        "$f = fopen($argv[1], 'r'); $s = shm_attach(intval($argv[2])); say('in'); hear();",
                        file.toString(),
                        Integer.toString(key.value()))) {
            php.line();
            search(key, elsewhere, Long.MAX_VALUE);
            assertThat(hits).containsExactly("ftok:%s:t by php %d".formatted(file, php.pid()));
        } finally {
            host.remove(Objects.requireNonNull(host.resolve(target).id()));
        }
    }

    @Test
    void theListenerEndsTheSearch() throws Exception {
        KeySearch.Outcome outcome = search(new SegmentKey(1), Path.of("/usr"), 500);
        assertThat(outcome.whole()).isFalse();
        assertThat(outcome.files()).isBetween(500L, 1000L);
    }

    @Test
    void whatNeverEndsIsLeftOut() throws Exception {
        KeySearch.Outcome outcome = search(new SegmentKey(1), Path.of("/proc/tty"), 100_000);
        assertThat(outcome.whole()).isTrue();
    }

    @Test
    void aFileIsNoFolderToSearch() {
        assertThatThrownBy(() -> search(new SegmentKey(1), file, 1))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("is no folder");
    }

    private SegmentKey key(Target target) throws Exception {
        return Objects.requireNonNull(host.resolve(target).key());
    }

    private KeySearch.Outcome search(SegmentKey key, Path under, long most) throws Exception {
        return host.filesWithKey(
                key,
                under,
                new KeySearch.Listener() {
                    @Override
                    public void found(Target target, @Nullable String whose) {
                        hits.add(target.text() + (whose == null ? "" : " by " + whose));
                    }

                    @Override
                    public boolean goOn(long files) {
                        return files < most;
                    }
                });
    }
}
