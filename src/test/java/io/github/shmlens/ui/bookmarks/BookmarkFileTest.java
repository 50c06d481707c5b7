package io.github.shmlens.ui.bookmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.shmlens.ui.bookmarks.BookmarkFile.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BookmarkFileTest {

    private static final String HEAD = "shmlens bookmarks 1\ntarget 0xf1206\n";

    @TempDir private Path folder;

    private BookmarkFile file() {
        return new BookmarkFile(folder, "0xf1206");
    }

    private static Bookmark mark(long offset, String note) {
        return new Bookmark(offset, 8, Shade.LIME, note);
    }

    @Test
    void whatIsKeptIsReadBack() throws IOException {
        Bookmark odd = mark(0x40, "a\tb\nc\\d \u0007 \u2028 é \ud83d\ude00 \ud83d");
        Bookmark last = new Bookmark(Long.MAX_VALUE - 1, 1, Shade.ROSE, "");
        file().change(before -> List.of(last, odd));
        assertThat(file().read().bookmarks()).containsExactly(odd, last);
        assertThat(Files.readAllLines(file().path())).hasSize(4);
    }

    @Test
    void anyNoteSurvives() {
        Random random = new Random(9);
        for (int round = 0; round < 3000; round++) {
            StringBuilder note = new StringBuilder();
            for (int i = random.nextInt(12); i > 0; i--) {
                note.append(
                        random.nextBoolean()
                                ? "\\nrtu0041 \n".charAt(random.nextInt(11) % 10)
                                : (char) random.nextInt(0x10000));
            }
            Bookmark one = mark(round, note.toString());
            String text = BookmarkFile.format(new Content(List.of(one), List.of()), "t");
            assertThat(BookmarkFile.parse(text, "t").orElseThrow().bookmarks())
                    .containsExactly(one);
        }
    }

    @Test
    void linesThatMakeNoSenseAreNotShownAndStay() throws IOException {
        List<String> others =
                List.of(
                        "0x40 24 chartreuse a colour of later",
                        "-1 8 amber before the start",
                        "0x40 0 amber nothing",
                        "1 9223372036854775807 amber too long",
                        "99999999999999999999 1 amber x",
                        "",
                        "0x40 8 amber",
                        "0x40 8 amber " + "x".repeat(501));
        Files.writeString(
                file().path(), HEAD + String.join("\n", others) + "\n0x10 8 amber good\n");
        assertThat(file().read().bookmarks())
                .containsExactly(new Bookmark(16, 8, Shade.AMBER, "good"));
        file().change(before -> {
            List<Bookmark> after = new ArrayList<>(before);
            after.add(mark(1, "new"));
            return after;
        });
        assertThat(Files.readAllLines(file().path())).containsAll(others).hasSize(12);
    }

    @Test
    void anotherFileIsNeverWrittenOver() throws IOException {
        for (String text :
                List.of(
                        "",
                        "precious",
                        "shmlens bookmarks 2\ntarget 0xf1206\n",
                        HEAD.replace("6", "7"))) {
            Files.writeString(file().path(), text);
            assertThatThrownBy(() -> file().change(before -> List.of(mark(1, ""))))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("not written over");
            assertThat(file().path()).hasContent(text);
        }
        Files.write(file().path(), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThatThrownBy(() -> file().change(before -> List.of()))
                .isInstanceOf(IOException.class);
        assertThat(file().path()).hasBinaryContent(new byte[] {(byte) 0xff, (byte) 0xfe});
    }

    @Test
    void aHugeFileIsRefusedAndOnlySoManyBookmarksAreShown() throws IOException {
        Files.write(file().path(), new byte[(4 << 20) + 1]);
        assertThatThrownBy(() -> file().read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("larger than");
        Files.writeString(file().path(), HEAD + "0x10 8 amber x\n".repeat(3000));
        Content content = file().read();
        assertThat(content.bookmarks()).hasSize(BookmarkFile.MOST);
        assertThat(content.others()).hasSize(2000);
    }

    @Test
    void anyTextIsReadWithoutAnException() {
        Random random = new Random(13);
        String signs = "0x18 amber\\un\n\t-é\0";
        for (int round = 0; round < 5000; round++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? HEAD : "");
            for (int i = random.nextInt(40); i > 0; i--) {
                text.append(signs.charAt(random.nextInt(signs.length())));
            }
            assertThat(BookmarkFile.parse(text.toString(), "0xf1206")).isNotNull();
        }
    }

    @Test
    void changesFromManySidesAreAllKept() throws Exception {
        try (ExecutorService many = Executors.newFixedThreadPool(8)) {
            List<Callable<Content>> changes = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                Bookmark one = mark(i, "n" + i);
                changes.add(() ->
                        file().change(before -> {
                            List<Bookmark> after = new ArrayList<>(before);
                            after.add(one);
                            return after;
                        }));
            }
            for (Future<Content> done : many.invokeAll(changes)) {
                done.get();
            }
        }
        assertThat(file().read().bookmarks()).hasSize(100);
        file().change(before -> List.of());
        assertThat(file().path()).doesNotExist();
    }

    @Test
    void everyTargetHasAFileOfItsOwnInTheFolder() {
        List<String> targets =
                List.of(
                        "0xf1206",
                        "posix:/a",
                        "posix:/a%2F",
                        "file:/../../etc/passwd",
                        "..",
                        ".",
                        "file:/" + "x".repeat(300),
                        "file:/" + "x".repeat(301));
        List<String> names =
                targets.stream()
                        .map(one -> new BookmarkFile(folder, one).path())
                        .map(path -> folder.relativize(path).toString())
                        .toList();
        assertThat(names).doesNotHaveDuplicates().noneMatch(name -> name.startsWith("."));
        for (String name : names) {
            assertThat(Path.of(name).getNameCount()).isEqualTo(1);
            assertThat(name).hasSizeLessThan(250).doesNotContain("/");
        }
    }
}
