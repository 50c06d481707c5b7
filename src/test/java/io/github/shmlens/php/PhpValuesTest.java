package io.github.shmlens.php;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.testing.Php;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Values both ways: what PHP writes we write back to the byte, what we write PHP does, and a text
/// that one of us reads the other reads too. A usual run takes a few thousand; with
/// `-Ddifferential.values=N` it takes N of each.
@Tag("differential")
final class PhpValuesTest {

    private static final int VALUES = Integer.getInteger("differential.values", 2000);
    private static final long SEED = Long.getLong("differential.seed", 20261125);

    /// Lines that are not answered at once, so that neither side waits for the other.
    private static final int AHEAD = 200;

    /// Answers each serialized text, as hex, with what PHP writes of what it read: `-` where it
    /// reads nothing.
    private static final String ECHO =
            """
            class Point { public $x = 1; protected $y = 2; private $z = [3]; }
            class Child extends Point { private $z = 'mine'; public $next = null; }
            enum Suit { case Hearts; case Spades; }
            while (true) {
                $text = hex2bin(hear());
                $read = @unserialize($text);
                say($read === false && $text !== 'b:0;' && !str_starts_with($text, 'b:0;')
                    ? '-' : bin2hex(serialize($read)));
            }
            """;

    /// Makes values of its own, one for each line.
    private static final String MAKER =
            """
            class Point { public $x = 1; protected $y = 2; private $z = [3]; }
            enum Suit: string { case Hearts = 'H'; case Spades = 'S'; }
            enum Plain { case One; }
            class Magic {
                public $d;
                function __serialize(): array { return ['d' => $this->d, 5 => 'five']; }
                function __unserialize(array $d): void { $this->d = $d['d']; }
            }
            class Sleepy { public $a; protected $b = 2; private $c = 3; function __sleep() { return ['a', 'c']; } }
            mt_srand((int) $argv[1]);
            function value(int $depth, array &$seen) {
                $kind = mt_rand(0, $depth > 5 ? 12 : 22);
                switch ($kind) {
                    case 0: return null;
                    case 1: return mt_rand(0, 1) == 1;
                    case 2: return mt_rand(-50, 50);
                    case 3: return unpack('q', random(8))[1];
                    case 4: return mt_rand() / mt_rand(1, 1000);
                    case 5: return unpack('d', random(8))[1];
                    case 6: return mt_rand(0, 99) * 10.0 ** mt_rand(-30, 30);
                    case 7: return random(mt_rand(0, 40));
                    case 8: return str_repeat("\\u{e9}\\"", mt_rand(0, 100));
                    case 9: return Suit::Hearts;
                    case 10: return Plain::One;
                    case 11: case 12: return $seen ? $seen[array_rand($seen)] : INF;
                    case 13: case 14: case 15: case 16:
                        $all = [];
                        for ($i = mt_rand(0, 5); $i > 0; $i--) $all[] = value($depth + 1, $seen);
                        if (mt_rand(0, 3) == 0 && count($all) > 1) $all[] = &$all[0];
                        return $all;
                    case 17: case 18:
                        $all = [];
                        for ($i = mt_rand(0, 5); $i > 0; $i--)
                            $all[mt_rand(0, 1) ? random(mt_rand(0, 6)) : mt_rand(-5, 500)] = value($depth + 1, $seen);
                        return $all;
                    case 19: $object = new stdClass; $seen[] = $object;
                        $object->{'p' . mt_rand(0, 9)} = value($depth + 1, $seen);
                        $object->{mt_rand(0, 9)} = value($depth + 1, $seen);
                        return $object;
                    case 20: $object = new Point; $seen[] = $object; $object->x = value($depth + 1, $seen); return $object;
                    case 21: $object = new Magic; $seen[] = $object; $object->d = value($depth + 1, $seen); return $object;
                    default: $object = new Sleepy; $seen[] = $object; $object->a = value($depth + 1, $seen); return $object;
                }
            }
            function random(int $n) { $s = ''; while ($n-- > 0) $s .= chr(mt_rand(0, 255)); return $s; }
            while (true) { hear(); $seen = []; say(bin2hex(serialize(value(0, $seen)))); }
            """;

    private final List<Php> running = new ArrayList<>();

    @AfterEach
    void end() {
        running.forEach(Php::close);
    }

    private Php started(String code, String... arguments) {
        Php php = Php.start(code, arguments);
        running.add(php);
        return php;
    }

    @Test
    void whatPhpWritesIsWrittenBackByteForByte() {
        Php php = started(MAKER, Long.toString(SEED));
        for (int done = 0; done < VALUES; done += AHEAD) {
            for (int i = 0; i < AHEAD; i++) {
                php.send("more");
            }
            for (int i = 0; i < AHEAD; i++) {
                byte[] text = HexFormat.of().parseHex(php.line());
                assertThat(PhpDecoder.decode(text))
                        .as("%s", PhpText.php(text))
                        .isInstanceOfSatisfying(
                                Decoded.Value.class,
                                read -> {
                                    assertThat(read.trailing()).isFalse();
                                    assertThat(PhpEncoder.encode(read.value())).isEqualTo(text);
                                });
                assertThat(SerializedText.check(text))
                        .isEqualTo(new SerializedText.Verdict(null, text.length));
            }
        }
    }

    @Test
    void whatWeWritePhpReadsAndWritesBackByteForByte() {
        RandomValues values = RandomValues.asPhpWrites(SEED);
        List<PhpValue> made = new ArrayList<>();
        for (int i = 0; i < VALUES; i++) {
            made.add(values.next());
        }
        assertThat(echoed(made.stream().map(PhpEncoder::encode).toList()))
                .isEqualTo(made.stream().map(value -> hex(PhpEncoder.encode(value))).toList());
    }

    @Test
    void whatOthersWriteMeansTheSameToUsAsToPhp() {
        RandomValues values = RandomValues.asOthersWrite(SEED);
        List<byte[]> texts = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < VALUES; i++) {
            byte[] text = PhpEncoder.encode(values.next());
            texts.add(text);
            // Only what was read back counts: that the reader finds the numbers behind the digits.
            expected.add(hex(PhpEncoder.encode(RandomValues.asPhpReads(value(text)))));
        }
        assertThat(echoed(texts)).isEqualTo(expected);
    }

    @Test
    void aDamagedTextIsReadByUsWherePhpReadsItAndNowhereElse() {
        Random random = new Random(SEED);
        RandomValues strict = RandomValues.asPhpWrites(SEED + 1);
        RandomValues loose = RandomValues.asOthersWrite(SEED + 2);
        List<byte[]> texts = new ArrayList<>();
        while (texts.size() < VALUES) {
            byte[] text = PhpEncoder.encode(random.nextBoolean() ? strict.next() : loose.next());
            byte[] damaged = damaged(random, text);
            if (!aboutClasses(damaged)) {
                texts.add(damaged);
            }
        }
        List<String> theirs = echoed(texts);
        for (int i = 0; i < texts.size(); i++) {
            assertThat(SerializedText.check(texts.get(i)).readable())
                    .as("%s", PhpText.php(texts.get(i)))
                    .isEqualTo(!theirs.get(i).equals("-"));
        }
    }

    @Test
    void weReadAsDeepAsPhpAndNotOneLevelMore() {
        List<byte[]> texts = new ArrayList<>();
        for (int levels : new int[] {4094, 4095, 4096, 4097}) {
            for (String innermost :
                    List.of(
                            "N;",
                            "a:0:{}",
                            "a:1:{i:0;N;}",
                            "O:8:\"stdClass\":0:{}",
                            "C:11:\"ArrayObject\":21:{x:i:0;a:0:{};m:a:0:{}}")) {
                String arrays = "a:1:{i:0;".repeat(levels) + innermost + "}".repeat(levels);
                texts.add(arrays.getBytes(StandardCharsets.US_ASCII));
            }
            String objects =
                    "O:8:\"stdClass\":1:{s:1:\"a\";".repeat(levels) + "N;" + "}".repeat(levels);
            texts.add(objects.getBytes(StandardCharsets.US_ASCII));
        }
        List<String> theirs = echoed(texts);
        for (int i = 0; i < texts.size(); i++) {
            assertThat(SerializedText.check(texts.get(i)).readable())
                    .as("text %d", i)
                    .isEqualTo(!theirs.get(i).equals("-"));
        }
    }

    /// What PHP says of a class depends on which ones it has.
    private static boolean aboutClasses(byte[] text) {
        String known =
                new String(text, StandardCharsets.ISO_8859_1)
                        .replaceAll(
                                "O:8:\"stdClass\":|O:13:\"No\\\\Such\\\\Class\":"
                                        + "|E:11:\"Suit:(?:Hearts|Spades)\";",
                                "");
        return known.contains("O:") || known.contains("E:") || known.contains("C:");
    }

    private static byte[] damaged(Random random, byte[] text) {
        byte[] damaged = text.clone();
        for (int times = 1 + random.nextInt(3); times > 0 && damaged.length > 0; times--) {
            int at = random.nextInt(damaged.length);
            switch (random.nextInt(5)) {
                case 0 ->
                        damaged[at] =
                                (byte)
                                        "0123456789:;{}\"aisbdNrRS+-.eE\\"
                                                .charAt(random.nextInt(30));
                case 1 -> damaged[at] = (byte) random.nextInt(256);
                case 2 -> damaged = Arrays.copyOf(damaged, at);
                case 3 ->
                        damaged =
                                without(
                                        damaged,
                                        at,
                                        Math.min(damaged.length - at, 1 + random.nextInt(4)));
                default -> damaged[at] = damaged[random.nextInt(damaged.length)];
            }
        }
        return damaged;
    }

    private static byte[] without(byte[] bytes, int at, int length) {
        byte[] rest = new byte[bytes.length - length];
        System.arraycopy(bytes, 0, rest, 0, at);
        System.arraycopy(bytes, at + length, rest, at, rest.length - at);
        return rest;
    }

    private List<String> echoed(List<byte[]> texts) {
        Php php = started(ECHO);
        List<String> answers = new ArrayList<>();
        for (int from = 0; from < texts.size(); from += AHEAD) {
            List<byte[]> some = texts.subList(from, Math.min(texts.size(), from + AHEAD));
            some.forEach(text -> php.send(hex(text)));
            some.forEach(_ -> answers.add(php.line()));
        }
        return answers;
    }

    private static PhpValue value(byte[] text) {
        return switch (PhpDecoder.decode(text)) {
            case Decoded.Value read -> read.value();
            case Decoded.Unreadable unreadable ->
                    throw new AssertionError(unreadable + " in " + PhpText.php(text));
        };
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
