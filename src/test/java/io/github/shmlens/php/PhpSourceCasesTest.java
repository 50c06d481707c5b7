package io.github.shmlens.php;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.shmlens.layout.ByteView;
import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Mode;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.sysv.HostSegments;
import io.github.shmlens.testing.FakeSegment;
import io.github.shmlens.testing.OwnSegments;
import io.github.shmlens.testing.Php;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the test cases of php-src assert about its own store and its own texts, asserted about
/// ours. Each test names the cases it stands for: of ext/sysvshm/tests first, then of
/// ext/standard/tests/serialize and Zend/tests/enum.
final class PhpSourceCasesTest {

    private final SegmentSource host = new HostSegments();
    private final OwnSegments own = new OwnSegments(host);

    @AfterEach
    void removeWhatWeMade() throws ShmException {
        own.close();
    }

    // ---- ext/sysvshm/tests -------------------------------------------------------------------

    /// 001
    @ParameterizedTest
    @ValueSource(strings = {"ftok::t", "ftok:/etc/hosts:", "ftok:/etc/hosts:ab", "ftok:/no/such:t"})
    void aKeyNeedsAFileThatIsThereAndOneLetter(String target) {
        assertThatThrownBy(() -> host.resolve(Target.parse(target))).isInstanceOf(BadInput.class);
    }

    /// 002, and shm_attach_existing_segment_too_small
    @ParameterizedTest
    @ValueSource(ints = {1, 8, 39})
    void aStoreIsNotBegunWhereItHasNoRoom(int size) {
        FakeSegment segment = FakeSegment.ofSize(size);

        assertThat(failureOf(() -> new PhpStore(segment).format()))
                .isInstanceOf(ShmFailure.DoesNotFit.class);
        assertThatThrownBy(() -> new PhpStore(segment).put(1, bytes("N;")))
                .isInstanceOf(NotAStore.class);
        assertThat(segment.bytes()).containsOnly(0);
    }

    /// shm_attach_existing_segment_size
    @Test
    void aStoreThatIsBegunInAnExistingSegmentIsAsLargeAsThat() throws Exception {
        own.create(4096);
        PhpStore store = new PhpStore(own.attachLast());

        store.format();

        assertThat(store.read().header()).isEqualTo(new StoreHeader("PHP_SM", 40, 40, 4056, 4096));
    }

    /// 003 and gh16591
    @Test
    void nothingHappensThroughAStoreThatWasDetached() throws Exception {
        own.create(1024);
        AttachedSegment segment = own.attachLast();
        PhpStore store = new PhpStore(segment);
        store.format();
        segment.close();
        segment.close();

        assertThat(failureOf(() -> store.put(1, bytes("N;")))).isInstanceOf(ShmFailure.Gone.class);
        assertThat(failureOf(() -> store.unset(1))).isInstanceOf(ShmFailure.Gone.class);
        assertThat(failureOf(store::read)).isInstanceOf(ShmFailure.Gone.class);
    }

    /// 004 and bug72858
    @Test
    void aKeyMayBeNegativeAndAValueTooLargeStoresNothing() throws Exception {
        FakeSegment segment = FakeSegment.ofSize(1024);
        PhpStore store = new PhpStore(segment);
        store.format();

        store.put(-1, bytes("s:4:\"test\";"));
        assertThat(store.put(-1, bytes("s:6:\"second\";")).replaced()).isTrue();
        byte[] before = segment.bytes().clone();
        assertThat(failureOf(() -> store.put(-1, string("x".repeat(8191)))))
                .isEqualTo(new ShmFailure.DoesNotFit("id:7", 8240, 984));

        assertThat(segment.bytes()).isEqualTo(before);
        assertThat(store.read().slots()).extracting(Slot::key).containsExactly(-1L);
    }

    /// 005
    @Test
    void everyKindOfValueIsFoundUnderItsKeyAndNothingUnderOthers() throws Exception {
        List<String> texts =
                List.of(
                        "s:4:\"test\";",
                        "O:8:\"stdClass\":1:{s:5:\"class\";b:1;}",
                        "a:1:{s:5:\"array\";s:8:\"of array\";}",
                        "b:0;",
                        "N;");
        FakeSegment segment = FakeSegment.ofSize(1024);
        PhpStore store = new PhpStore(segment);
        store.format();
        for (int i = 0; i < texts.size(); i++) {
            store.put(i, bytes(texts.get(i)));
        }
        store.put(3, bytes("N;"));

        StoreReading reading = store.read();
        assertThat(reading.slots()).extracting(Slot::key).containsExactly(0L, 1L, 2L, 4L, 3L);
        assertThat(reading.slot(1).orElseThrow().payload()).isEqualTo(bytes(texts.get(1)));
        assertThat(reading.slot(3).orElseThrow().payload()).isEqualTo(bytes("N;"));
        assertThat(reading.slot(-1)).isEmpty();
        assertThat(reading.slot(1000)).isEmpty();
    }

    /// 006
    @Test
    void aSlotIsRemovedOnceAndOneThatIsNotThereNever() throws Exception {
        FakeSegment segment = FakeSegment.ofSize(1024);
        PhpStore store = new PhpStore(segment);
        store.format();
        store.put(0, bytes("s:4:\"test\";"));
        store.put(1, bytes("i:1;"));

        assertThat(store.unset(-10)).isFalse();
        assertThat(store.unset(0)).isTrue();
        assertThat(store.unset(0)).isFalse();
        assertThat(store.unset(-2)).isFalse();
        assertThat(store.read().header()).isEqualTo(new StoreHeader("PHP_SM", 40, 80, 944, 1024));
    }

    /// 007
    @Test
    void aRemovedSegmentWorksUntilItIsDetached() throws Exception {
        SegmentKey key = own.create(1024);
        SegmentId id = own.last();
        try (AttachedSegment segment = own.attachLast()) {
            PhpStore store = new PhpStore(segment);
            store.format();
            host.remove(id);

            store.put(1, bytes("i:1;"));

            assertThat(store.read().slot(1)).isPresent();
            assertThat(host.resolve(new Target.Key(key)).id()).isNull();
        }
        assertThat(failureOf(() -> host.remove(id))).isInstanceOf(ShmFailure.Gone.class);
    }

    /// shm_get_var_leak
    @Test
    void aDamagedByteSpoilsItsOwnValueAndNoOther() throws Exception {
        FakeSegment segment = FakeSegment.ofSize(1024);
        PhpStore store = new PhpStore(segment);
        store.format();
        store.put(1, bytes("a:2:{i:0;s:3:\"one\";i:1;s:3:\"two\";}"));
        store.put(2, bytes("s:5:\"whole\";"));
        segment.bytes()[64 + 9] = 'X';

        StoreReading reading = store.read();

        assertThat(reading.slot(1).orElseThrow().decoded()).isInstanceOf(Decoded.Unreadable.class);
        assertThat(reading.slot(2).orElseThrow().decoded()).isInstanceOf(Decoded.Value.class);
        assertThat(reading.problems()).extracting(Problem::code).containsExactly("payload-invalid");
    }

    /// shutdown_crash_0
    @Test
    void aKeyCanBeTakenAgainAsSoonAsItsSegmentIsRemoved() throws Exception {
        SegmentKey key = own.create(1024);
        SegmentId first = own.last();
        try (AttachedSegment old = own.attachLast()) {
            new PhpStore(old).format();
            host.remove(first);
            SegmentId second = host.create(new Target.Key(key), 1024, Mode.DEFAULT, false).id();
            try (AttachedSegment anew = host.attach(second, Access.READ_WRITE)) {
                assertThat(new PhpStore(anew).blank()).isTrue();
                assertThat(new PhpStore(old).read().isStore()).isTrue();
            }
            host.remove(second);
        }
        assertThat(host.resolve(new Target.Key(key)).id()).isNull();
    }

    /// serialize_exception: what cannot be written whole is not written at all.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a:4:{i:0;i:1;s:1:\"a\";s:1:\"b\";i:1;i:2;}",
                "O:8:\"stdClass\":1:{s:1:\"x\";"
            })
    void anUnfinishedTextNeverReachesTheStore(String unfinished) {
        assertThatThrownBy(() -> TypedInput.payload(TypedInput.As.PHP, bytes(unfinished)))
                .isInstanceOf(BadInput.class);
    }

    /// gh9945
    @ParameterizedTest
    @ValueSource(strings = {"4294967296", "-2147483649", "0x100001006", "99999999999999999999"})
    void aKeyBeyond32BitIsRefusedInsteadOfCut(String key) {
        assertThatThrownBy(() -> Target.parse(key)).isInstanceOf(BadInput.class);
    }

    /// shm_attach_header_bounds, shm_has_var_start_bounds, shm_remove_var_end_bounds and
    /// shm_get_var_chunk_length_bounds: the field at this offset, where the first slot is at 40.
    @ParameterizedTest
    @CsvSource({
        "8, -1099511627776, start-below-header",
        "8, 1073741824, end-before-start",
        "16, 1073741824, end-beyond-segment",
        "16, -1, end-before-start",
        "24, 1073741824, free-too-large",
        "24, -1, free-negative",
        "32, 8, total-below-end",
        "48, 9223372036854775807, length-beyond-end",
        "48, -1, length-negative",
        "56, 1073741824, next-beyond-end",
        "56, 0, next-not-positive",
        "56, -64, next-not-positive"
    })
    void aNumberThatCannotBeIsFoundAndNothingIsWritten(int offset, long number, String code) {
        byte[] damaged = Dumps.bytes("c00-base");
        ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN).putLong(offset, number);
        FakeSegment segment = FakeSegment.of(damaged.clone());
        PhpStore store = new PhpStore(segment);

        assertThat(StoreReading.of(ByteView.of(damaged), damaged.length).problems())
                .extracting(Problem::code)
                .contains(code);
        assertThatThrownBy(() -> store.put(1, bytes("N;"))).isInstanceOf(NotAStore.class);
        assertThatThrownBy(() -> store.unset(1)).isInstanceOf(NotAStore.class);
        assertThat(segment.bytes()).isEqualTo(damaged);
    }

    // ---- ext/standard/tests/serialize --------------------------------------------------------

    /// invalid_signs_in_lengths, unserialize_large, unserialize_neg_iv_edge_cases,
    /// unserialize_extra_data, unserializeS, unserialize_uppercase_s, ref_to_failed_serialize,
    /// typed_property_refs, incomplete_class, `__serialize`, serialization_precision and
    /// splobjectstorage_negative_count, as far as a reader is concerned: real PHP is the judge.
    @Test
    void weReadTheTextsThatPhpReads() {
        List<String> texts =
                List.of(
                        "s:+1:\"a\";",
                        "s:-1:\"a\";",
                        "S:+1:\"a\";",
                        "a:+1:{i:0;N;}",
                        "a:-1:{}",
                        "O:+8:\"stdClass\":0:{}",
                        "O:8:\"stdClass\":+0:{}",
                        "O:8:\"stdClass\":-1:{}",
                        "C:+3:\"Zzz\":0:{}",
                        "C:3:\"Zzz\":+2:{ab}",
                        "C:3:\"Zzz\":-2:{ab}",
                        "O:8:\"stdClass\"::{}",
                        "O:8:\"stdClass\":-0:{}",
                        "a:99999999999999999999:{}",
                        "a:1000000000:{}",
                        "a:1:{i:0;i:0;i:1;i:1;}",
                        "i:-0;",
                        "i:+0;",
                        "i:-9223372036854775808;",
                        "i:-9223372036854775809;",
                        "a:1:{i:-0;i:-0;}",
                        "i:5;i:6;",
                        "b:1;rest",
                        "S:3:\"a\\62c\";",
                        "S:3:\"a\\6\";",
                        "S:1:\"\\zz\";",
                        "a:2:{S:1:\"\\61\";i:1;s:1:\"a\";i:2;}",
                        "a:2:{i:0;N;i:1;R:2;}",
                        "a:2:{i:0;N;i:1;r:2;}",
                        "O:8:\"stdClass\":2:{s:1:\"a\";N;s:1:\"b\";R:2;}",
                        "O:7:\"Missing\":2:{s:1:\"a\";i:1;s:1:\"b\";r:1;}",
                        "O:8:\"stdClass\":1:{i:5;s:4:\"five\";}",
                        "d:0.1;",
                        "d:0.10000000000000001;",
                        "d:1.0E+25;",
                        "d:1e5;",
                        "d:--1;",
                        "d:1e;",
                        "x:i:-1;",
                        "m:a:0:{};",
                        "N;;",
                        "n;",
                        "B:1;",
                        "A:0:{}");

        String judged =
                Php.run(
                        """
                        foreach (array_slice($argv, 1) as $hex) {
                            $text = hex2bin($hex);
                            echo @unserialize($text) === false && $text !== 'b:0;' ? '-' : '+';
                        }
                        """,
                        texts.stream()
                                .map(text -> HexFormat.of().formatHex(bytes(text)))
                                .toArray(String[]::new));

        assertThat(
                        texts.stream()
                                .map(text ->
                                        SerializedText.check(bytes(text)).readable() ? "+" : "-")
                                .collect(Collectors.joining()))
                .isEqualTo(judged);
    }

    /// counting_of_references and bug65806: thousands of them, and each means what it meant.
    @Test
    void thousandsOfReferencesKeepTheirNumbers() {
        int objects = 5000;
        String text =
                "a:%d:{".formatted(2 * objects)
                        + IntStream.range(0, objects)
                                .mapToObj(i -> "i:%d;O:8:\"stdClass\":0:{}".formatted(i))
                                .collect(Collectors.joining())
                        + IntStream.range(0, objects)
                                .mapToObj(i -> "i:%d;r:%d;".formatted(objects + i, i + 2))
                                .collect(Collectors.joining())
                        + "}";

        assertThat(PhpEncoder.encode(value(text))).isEqualTo(bytes(text));
        String oneTooFar =
                text.replace("r:%d;}".formatted(objects + 1), "r:%d;}".formatted(2 * objects + 1));
        assertThat(SerializedText.check(bytes(oneTooFar)).readable()).isFalse();
    }

    /// serialization_arrays and serialization_objects: an object in two places stays one.
    @Test
    void oneObjectInTwoPlacesIsWrittenAsOne() {
        String text = "a:2:{i:0;O:8:\"stdClass\":1:{s:4:\"self\";r:2;}i:1;r:2;}";

        assertThat(PhpJson.toJson(value(text)))
                .isEqualTo(
                        "[{\"__class\":\"stdClass\",\"self\":{\"__ref\":2}},"
                                + "{\"__class\":\"stdClass\",\"self\":{\"__ref\":2}}]");
    }

    // ---- Zend/tests/enum ---------------------------------------------------------------------

    /// serialize, unserialize, unserialize-refcount
    @Test
    void aCaseIsShownWithItsEnum() {
        PhpValue both = value("a:2:{i:0;E:7:\"Foo:Bar\";i:1;r:2;}");

        assertThat(PhpJson.toJson(both))
                .isEqualTo("[{\"__enum\":\"Foo:Bar\"},{\"__enum\":\"Foo:Bar\"}]");
        assertThat(PhpText.oneLine(both, 80)).isEqualTo("[Foo::Bar, → 2]");
    }

    /// unserialize-missing-colon; whether the enum and its case exist (-non-enum,
    /// -non-existent-case, -const) only the script can know, so those are shown.
    @ParameterizedTest
    @ValueSource(strings = {"E:6:\"FooBar\";", "E:4:\"Foo:\";", "E:0:\"\";", "E:8:\"Foo:Bar:\";"})
    void aCaseWithoutAColonInItsMiddleIsNotTaken(String text) {
        assertThatThrownBy(() -> TypedInput.payload(TypedInput.As.PHP, bytes(text)))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("no name of a class or case");
    }

    private interface Action {
        void run() throws Exception;
    }

    private static ShmFailure failureOf(Action action) {
        return catchThrowableOfType(ShmException.class, action::run).failure();
    }

    private static PhpValue value(String text) {
        return switch (PhpDecoder.decode(bytes(text))) {
            case Decoded.Value read -> read.value();
            case Decoded.Unreadable unreadable -> throw new AssertionError(unreadable.toString());
        };
    }

    private static byte[] string(String text) {
        return PhpEncoder.encode(PhpValue.Str.of(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
