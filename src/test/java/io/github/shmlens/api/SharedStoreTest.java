package io.github.shmlens.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.shmlens.kryo.KryoValue;
import io.github.shmlens.php.NotAStore;
import io.github.shmlens.php.PhpValue;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.testing.FakeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SharedStoreTest {

    private static final Target TARGET = new Target.Key(new SegmentKey(7));

    record Point(int x, double y) {}

    record Shape(
            String name, List<Point> points, @Nullable Point centre, byte[] raw, char letter) {}

    private final FakeSource host = new FakeSource();
    private final List<SharedStore> opened = new ArrayList<>();

    @AfterEach
    void detach() {
        opened.forEach(SharedStore::close);
    }

    private SharedStore open(StoreOptions options) throws Exception {
        SharedStore store = SharedStore.open(host, TARGET, options);
        opened.add(store);
        return store;
    }

    private SharedStore store() throws Exception {
        return open(StoreOptions.readWrite().create(10_000));
    }

    @Test
    void everyPhpValueComesBackAsJavasOwnType() throws Exception {
        SharedStore store = store();
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put("name", "grün");
        map.put(7L, List.of(1L, 2.5, true));
        store.put(1, map);
        store.put(2, null);
        store.put(3, new byte[] {-1, 0});
        store.put(4, Integer.MIN_VALUE);
        store.put(5, Double.NaN);
        store.put(6, "");

        assertThat(java(store, 1)).isEqualTo(map);
        assertThat(store.get(2)).contains(new StoredValue.Php(PhpValue.NULL));
        assertThat(java(store, 2)).isNull();
        assertThat(java(store, 3)).isEqualTo(new byte[] {-1, 0});
        assertThat(java(store, 4)).isEqualTo((long) Integer.MIN_VALUE);
        assertThat(java(store, 5)).isEqualTo(Double.NaN);
        assertThat(java(store, 6)).isEqualTo("");
        assertThat(store.get(99)).isEmpty();
        assertThat(store.keys()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    private static @Nullable Object java(SharedStore store, long key) throws Exception {
        return store.get(key).orElseThrow().toJava();
    }

    @Test
    void aTypeThatIsExactlyTheValueIsGivenAndNoOther() throws Exception {
        SharedStore store = store();
        store.put(1, 42);
        store.put(2, 1L << 40);
        store.put(3, "7");
        store.put(4, null);
        store.put(5, 0.5);
        store.put(6, List.of("a"));

        assertThat(store.get(1, int.class)).contains(42);
        assertThat(store.get(1, Byte.class)).contains((byte) 42);
        assertThat(store.get(1, Double.class)).contains(42.0);
        assertThat(store.get(2, Long.class)).contains(1L << 40);
        wrong(() -> store.get(2, Integer.class), "slot 2 holds int that is no Integer");
        wrong(() -> store.get(3, Long.class), "slot 3 holds string that is no Long");
        wrong(() -> store.get(4, String.class), "slot 4 holds null that is no String");
        assertThat(store.get(5, Float.class)).contains(0.5f);
        wrong(() -> store.get(5, Long.class), "slot 5 holds float");
        assertThat(store.get(6, List.class)).contains(List.of("a"));
        assertThat(store.get(6, Map.class)).contains(Map.of(0L, "a"));
        assertThat(store.get(6, PhpValue.class)).isPresent();
        assertThat(store.get(99, String.class)).isEmpty();
    }

    private interface Call {
        void run() throws Exception;
    }

    private static void wrong(Call call, String sentence) {
        assertThatThrownBy(call::run)
                .isInstanceOf(WrongType.class)
                .hasMessageStartingWith(sentence);
    }

    @Test
    void recordsTravelInAnEnvelopeAndComeBackEqual() throws Exception {
        StoreOptions options =
                StoreOptions.readWrite().create(10_000).record(Point.class).record(Shape.class);
        SharedStore store = open(options);
        Shape shape = new Shape("L", List.of(new Point(1, 0.5)), null, new byte[] {3}, 'q');
        store.putKryo(1, shape);

        Shape back = store.get(1, Shape.class).orElseThrow();
        assertThat(back).usingRecursiveComparison().isEqualTo(shape);
        assertThat(back.points().getFirst()).isEqualTo(new Point(1, 0.5));
    }

    @Test
    void aRecordNobodyMadeKnownIsShownByItsNames() throws Exception {
        open(StoreOptions.readWrite().create(10_000).record("p", Point.class))
                .putKryo(1, new Point(3, 4));
        SharedStore stranger = open(StoreOptions.onlyRead());

        assertThat(java(stranger, 1))
                .isInstanceOfSatisfying(
                        KryoValue.Tuple.class,
                        tuple -> {
                            assertThat(tuple.name()).isEqualTo("p");
                            assertThat(tuple.members().getFirst().name()).isEqualTo("x");
                        });
        wrong(() -> stranger.get(1, Point.class), "slot 1 holds record that is no Point");
    }

    @Test
    void aRecordOfOtherComponentsIsRefused() throws Exception {
        record Wide(long x, double y) {}
        record Named(int x, double z) {}
        open(StoreOptions.readWrite().create(10_000).record("p", Point.class))
                .putKryo(1, new Point(3, 4));

        SharedStore wide = open(StoreOptions.readWrite().record("p", Wide.class));
        wrong(
                () -> wide.get(1, Wide.class),
                "the component x of the record p is long here and Integer in the slot");
        SharedStore named = open(StoreOptions.readWrite().record("p", Named.class));
        wrong(() -> named.get(1, Named.class), "the record p in the slot has no component z");
    }

    @Test
    void numberTypesAreKeptInAnEnvelope() throws Exception {
        SharedStore store = store();
        List<@Nullable Object> all =
                Arrays.asList((byte) 1, (short) 2, 3, 4L, 0.5f, 0.25, 'c', true, null, "s");
        store.putKryo(1, all);
        assertThat(java(store, 1)).isEqualTo(all);
        Map<Object, Object> keys = new HashMap<>(Map.of(1, "int", "1", "text"));
        store.putKryo(2, keys);
        assertThat(java(store, 2)).isEqualTo(keys);
    }

    @Test
    void whatCannotBeKeptIsRefusedBeforeAnythingIsWritten() throws Exception {
        SharedStore store = store();
        store.put(1, "old");
        List<Object> itself = new ArrayList<>();
        itself.add(itself);
        for (Object impossible :
                new Object[] {
                    new Point(1, 2),
                    new Object(),
                    'c',
                    "half \ud800",
                    itself,
                    Map.of(1, "a", "1", "b")
                }) {
            assertThatThrownBy(() -> store.put(1, impossible))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (Object impossible : new Object[] {new Point(1, 2), itself, "half \ud800"}) {
            assertThatThrownBy(() -> store.putKryo(1, impossible))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(store.get(1, String.class)).contains("old");
    }

    @Test
    void aValueThatDoesNotFitLeavesTheOldOne() throws Exception {
        SharedStore store = store();
        store.put(1, "old");
        assertThatThrownBy(() -> store.put(1, "x".repeat(10_000)))
                .isInstanceOfSatisfying(
                        ShmException.class,
                        refused ->
                                assertThat(refused.failure())
                                        .isInstanceOf(ShmFailure.DoesNotFit.class));
        assertThat(store.get(1, String.class)).contains("old");
    }

    @Test
    void removeSaysWhetherThereWasOne() throws Exception {
        SharedStore store = store();
        store.put(-1, 1);
        assertThat(store.contains(-1)).isTrue();
        assertThat(store.remove(-1)).isTrue();
        assertThat(store.remove(-1)).isFalse();
        assertThat(store.contains(-1)).isFalse();
    }

    @Test
    void nothingIsMadeUnlessAsked() {
        assertThatThrownBy(() -> open(StoreOptions.readWrite()))
                .isInstanceOfSatisfying(
                        ShmException.class,
                        refused ->
                                assertThat(refused.failure())
                                        .isInstanceOf(ShmFailure.NotFound.class));
    }

    @Test
    void whatAnotherProgramKeepsThereIsNotFormattedUnlessAsked() throws Exception {
        SegmentId id = host.add(new SegmentKey(7), 1000);
        try (AttachedSegment other = host.attach(id, Access.READ_WRITE)) {
            other.write(500, new byte[] {1}, 0, 1);
        }
        assertThatThrownBy(this::store).isInstanceOf(NotAStore.class);
        assertThat(open(StoreOptions.readWrite().format()).keys()).isEmpty();
    }

    @Test
    void aSegmentOfZerosBecomesAStoreAndAReaderLeavesItAlone() throws Exception {
        host.add(new SegmentKey(7), 1000);
        assertThatThrownBy(() -> open(StoreOptions.onlyRead())).isInstanceOf(NotAStore.class);
        assertThat(open(StoreOptions.readWrite()).keys()).isEmpty();
        assertThat(open(StoreOptions.onlyRead()).keys()).isEmpty();
    }

    @Test
    void aReaderMayNotWrite() throws Exception {
        store().put(1, "old");
        SharedStore reader = open(StoreOptions.onlyRead());
        for (Call call :
                List.<Call>of(
                        () -> reader.put(1, "new"),
                        () -> reader.put(2, "new"),
                        () -> reader.remove(1))) {
            assertThatThrownBy(call::run)
                    .isInstanceOfSatisfying(
                            ShmException.class,
                            refused ->
                                    assertThat(refused.failure())
                                            .isInstanceOf(ShmFailure.AccessDenied.class));
        }
        assertThat(reader.get(1, String.class)).contains("old");
    }

    @Test
    void theSemaphoreIsHeldAroundEveryCallAndGivenBack() throws Exception {
        SegmentKey semaphore = new SegmentKey(70);
        SharedStore store =
                open(StoreOptions.readWrite().create(1000).lock(semaphore, Duration.ofMillis(1)));
        store.put(1, 1);
        assertThat(host.lock(semaphore).orElseThrow().held()).isFalse();
        long raised =
                store.exclusively(() -> {
                    assertThat(host.lock(semaphore).orElseThrow().held()).isTrue();
                    long next = store.get(1, Long.class).orElseThrow() + 1;
                    store.put(1, next);
                    return next;
                });
        assertThat(raised).isEqualTo(2);
        assertThat(host.lock(semaphore).orElseThrow().held()).isFalse();

        host.othersLock(semaphore, 99);
        assertThatThrownBy(() -> store.put(1, 3)).isInstanceOf(TimeoutException.class);
        host.othersUnlock(semaphore);
        assertThat(store.get(1, Long.class)).contains(2L);
    }

    @Test
    void whatIsDoneExclusivelyIsSeenByOtherThreadsAsAWhole() throws Exception {
        SharedStore store = store();
        store.put(1, "before");
        assertThat(store.get(1, String.class)).contains("before");
        try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
            Future<Optional<String>> seen =
                    store.exclusively(() -> {
                        store.put(1, "between");
                        assertThat(store.get(1, String.class)).contains("between");
                        Future<Optional<String>> got =
                                pool.submit(() -> store.get(1, String.class));
                        assertThatThrownBy(() -> got.get(20, TimeUnit.MILLISECONDS))
                                .isInstanceOf(TimeoutException.class);
                        store.put(1, "after");
                        return got;
                    });
            assertThat(seen.get(30, TimeUnit.SECONDS)).contains("after");
        }
    }

    @Test
    void threadsWithOneStoreNeverMixValues() throws Exception {
        SharedStore store = store();
        int keys = 5;
        for (int key = 0; key < keys; key++) {
            store.put(key, text(key, 0));
        }
        try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
            Future<Boolean> written =
                    pool.submit(() -> {
                        for (int i = 0; i < 5000; i++) {
                            store.put(i % keys, text(i % keys, i));
                        }
                        return true;
                    });
            int looks = 0;
            while (!written.isDone() || looks < 1000) {
                int key = looks++ % keys;
                String found = store.get(key, String.class).orElseThrow();
                int version =
                        Integer.parseInt(found, found.indexOf('v') + 1, found.indexOf(' '), 10);
                assertThat(found).isEqualTo(text(key, version));
            }
            assertThat(written.get(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static String text(int key, int version) {
        return (key + "v" + version + " ").repeat(version % 7 + 3);
    }

    @Test
    void textsOfAllKindsArriveAsTheyWerePut() throws Exception {
        SharedStore store = store();
        for (String text :
                List.of(
                        "",
                        "a",
                        "?",
                        "0123456789",
                        "x".repeat(150),
                        "é",
                        "a\u0100",
                        "\ud83d\ude00")) {
            store.put(1, text);
            assertThat(store.get(1, String.class)).contains(text);
            assertThat(store.get(1).orElseThrow().toJava()).isEqualTo(text);
        }
        for (String half : List.of("\ud83d", "a\ude00b", "\ude00\ud83d")) {
            assertThatThrownBy(() -> store.put(1, half))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(store.get(1, String.class)).contains("\ud83d\ude00");
    }

    @Test
    void afterCloseEverythingSaysGone() throws Exception {
        SharedStore store = store();
        store.put(1, "kept");
        store.close();
        store.close();
        assertThatThrownBy(() -> store.get(1)).isInstanceOf(ShmException.class);
        assertThat(open(StoreOptions.onlyRead()).get(1, String.class)).contains("kept");
    }

    @Test
    void aDeepArrayOfPhpsIsNoStackOverflow() throws Exception {
        SharedStore store = open(StoreOptions.readWrite().create(100_000));
        PhpValue deep = PhpValue.NULL;
        for (int i = 0; i < 4000; i++) {
            deep = new PhpValue.Array(List.of(new PhpValue.Entry(PhpValue.Int.of(0), deep)));
        }
        store.put(1, deep);
        assertThat(java(store, 1)).isInstanceOf(List.class);
    }

    @Test
    void aTargetThatMeansNothingIsNamed() {
        assertThatThrownBy(() -> SharedStore.open("no key", StoreOptions.onlyRead()))
                .isInstanceOf(BadInput.class);
    }
}
