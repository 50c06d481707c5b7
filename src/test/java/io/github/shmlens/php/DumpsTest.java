package io.github.shmlens.php;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.php.Dumps.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every dump of real PHP, healthy and damaged, decodes to what its JSON says.
final class DumpsTest {

    /// Classes whose own code changes the value while PHP reads it; the text says something else.
    private static final Set<String> CHANGE_THEMSELVES = Set.of("New_", "Sleepy", "Old", "Both");

    private static List<String> healthy() {
        return Dumps.healthy();
    }

    private static List<String> damaged() {
        return Dumps.damaged();
    }

    @ParameterizedTest
    @MethodSource("healthy")
    void findsNothingWrongWithAHealthyStore(String name) {
        StoreReading reading = Dumps.reading(name);

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.sound()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("healthy")
    void readsTheHeader(String name) {
        Json header = Dumps.expected(name).get("header");

        assertThat(Dumps.reading(name).header())
                .isEqualTo(
                        new StoreHeader(
                                "PHP_SM",
                                header.get("start").number(),
                                header.get("end").number(),
                                header.get("free").number(),
                                header.get("total").number()));
    }

    @ParameterizedTest
    @MethodSource("healthy")
    void findsEverySlot(String name) {
        List<String> expected =
                Dumps.expected(name).get("slots").list().stream()
                        .map(slot ->
                                row(
                                        slot.get("key").number(),
                                        slot.get("offset").number(),
                                        slot.get("length").number(),
                                        slot.get("next").number(),
                                        slot.get("serializedHex").text()))
                        .toList();

        assertThat(rows(Dumps.reading(name))).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("healthy")
    void readsAValueWherePhpDoes(String name) {
        List<Boolean> phpReads =
                Dumps.expected(name).get("slots").list().stream()
                        .map(slot -> slot.get("phpReads").bool())
                        .toList();

        assertThat(Dumps.reading(name).slots())
                .extracting(slot -> slot.decoded() instanceof Decoded.Value)
                .isEqualTo(phpReads);
    }

    @ParameterizedTest
    @MethodSource("healthy")
    void readsTheValuesPhpReads(String name) {
        StoreReading reading = Dumps.reading(name);
        List<Json> expected = Dumps.expected(name).get("slots").list();
        for (int i = 0; i < expected.size(); i++) {
            Json tree = expected.get(i).get("tree");
            if (!tree.isNull()
                    && reading.slots().get(i).decoded() instanceof Decoded.Value(var value, _)) {
                assertThat(new Tree(value).matches(value, tree))
                        .as("slot %s: %s", expected.get(i).get("key"), value)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("healthy")
    void givesTheTypeWordPhpGives(String name) {
        StoreReading reading = Dumps.reading(name);
        List<Json> expected = Dumps.expected(name).get("slots").list();
        for (int i = 0; i < expected.size(); i++) {
            String phpType = expected.get(i).get("phpType").text();
            if (reading.slots().get(i).decoded() instanceof Decoded.Value(var value, _)
                    && Set.of("null", "bool", "int", "float", "string", "array")
                            .contains(phpType)) {
                assertThat(value.typeName()).isEqualTo(phpType);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void givesExactlyTheExpectedProblems(String name) {
        Set<String> expected =
                Dumps.expected(name).get("expectedProblems").list().stream()
                        .map(Json::text)
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(codes(Dumps.reading(name))).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void walksADamagedChainAsPhpDoes(String name) {
        List<String> expected =
                Dumps.expected(name).get("chainAsPhpWalksIt").list().stream()
                        .map(slot ->
                                row(
                                        slot.get("key").number(),
                                        slot.get("offset").number(),
                                        slot.get("length").number(),
                                        slot.get("next").number(),
                                        slot.get("payloadHex").isNull()
                                                ? "impossible"
                                                : slot.get("payloadHex").text()))
                        .toList();

        assertThat(rows(Dumps.reading(name))).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void everyPartOfADamagedStoreLiesInsideTheSegment(String name) {
        long size = Dumps.bytes(name).length;

        assertThat(Dumps.reading(name).parts())
                .allSatisfy(part -> {
                    assertThat(part.offset()).isBetween(0L, size);
                    assertThat(part.length()).isBetween(0L, size - part.offset());
                    assertThat(part.contentOffset() + part.contentLength())
                            .isBetween(part.offset(), part.end());
                });
    }

    private static Set<String> codes(StoreReading reading) {
        return reading.problems().stream()
                .map(Problem::code)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> rows(StoreReading reading) {
        List<String> rows = new ArrayList<>();
        for (Slot slot : reading.slots()) {
            byte[] payload = slot.payload();
            rows.add(
                    row(
                            slot.key(),
                            slot.offset(),
                            slot.lengthBytes(),
                            slot.strideBytes(),
                            payload == null ? "impossible" : HexFormat.of().formatHex(payload)));
        }
        return rows;
    }

    private static String row(long key, long offset, long length, long stride, String payload) {
        return "key %d at %d, %d bytes, stride %d: %s"
                .formatted(key, offset, length, stride, payload);
    }

    /// Compares a value with a description of what a script sees, where references are resolved.
    private static final class Tree {
        private final List<PhpValue> numbered = new ArrayList<>();

        Tree(PhpValue root) {
            number(root);
        }

        private void number(PhpValue value) {
            if (!(value instanceof PhpValue.VariableRef)) {
                numbered.add(value);
            }
            elements(value).forEach(entry -> number(entry.value()));
        }

        private static List<PhpValue.Entry> elements(PhpValue value) {
            return switch (value) {
                case PhpValue.Array array -> array.asPhpSees();
                case PhpValue.Obj object -> object.properties();
                default -> List.of();
            };
        }

        boolean matches(PhpValue value, Json tree) {
            return switch (value) {
                case PhpValue.Null _ -> type(tree, "null");
                case PhpValue.Bool bool ->
                        type(tree, "bool") && tree.get("v").bool() == bool.value();
                case PhpValue.Int whole ->
                        type(tree, "int") && tree.get("v").number() == whole.value();
                case PhpValue.Float real -> type(tree, "float") && bits(tree) == bits(real.value());
                case PhpValue.Str text ->
                        type(tree, "string")
                                && tree.get("hex")
                                        .text()
                                        .equals(HexFormat.of().formatHex(text.bytes()));
                case PhpValue.Array _ ->
                        type(tree, "array") && elementsMatch(value, tree.get("entries").list());
                case PhpValue.Obj object -> objectMatches(object, tree);
                case PhpValue.Custom custom ->
                        type(tree, "object") && tree.get("class").text().equals(custom.className());
                case PhpValue.Enum one ->
                        type(tree, "enum")
                                && tree.get("class").text().equals(one.className())
                                && tree.get("case").text().equals(one.caseName());
                case PhpValue.ObjectRef same -> matches(meant(same.number()), tree);
                case PhpValue.VariableRef same -> matches(meant(same.number()), tree);
            };
        }

        private PhpValue meant(long number) {
            return numbered.get((int) number - 1);
        }

        private boolean objectMatches(PhpValue.Obj object, Json tree) {
            if (!type(tree, "object")) {
                return false;
            }
            String name = tree.get("class").text();
            List<Json> properties = tree.get("props").list();
            if (name.equals("__PHP_Incomplete_Class")) {
                String missing = properties.getFirst().get("v").get("utf8").text();
                return missing.equals(object.className())
                        && elementsMatch(object, properties.subList(1, properties.size()));
            }
            return name.equals(object.className())
                    && (CHANGE_THEMSELVES.contains(name) || elementsMatch(object, properties));
        }

        private boolean elementsMatch(PhpValue value, List<Json> expected) {
            List<PhpValue.Entry> elements = elements(value);
            if (elements.size() != expected.size()) {
                return false;
            }
            for (int i = 0; i < expected.size(); i++) {
                PhpValue.Entry entry = elements.get(i);
                Json wanted = expected.get(i);
                boolean keyMatches =
                        wanted.has("k")
                                ? matches(entry.key(), wanted.get("k"))
                                : wanted.get("mangledNameHex").text().equals(name(entry.key()));
                if (!keyMatches || !matches(entry.value(), wanted.get("v"))) {
                    return false;
                }
            }
            return true;
        }

        private static String name(PhpValue.Key key) {
            byte[] bytes =
                    switch (key) {
                        case PhpValue.Int whole -> whole.text().getBytes(StandardCharsets.US_ASCII);
                        case PhpValue.Str text -> text.bytes();
                    };
            return HexFormat.of().formatHex(bytes);
        }

        private static boolean type(Json tree, String type) {
            return tree.get("t").text().equals(type);
        }

        private static long bits(Json tree) {
            return bits(
                    Double.longBitsToDouble(
                            Long.parseUnsignedLong(tree.get("bitsHex").text(), 16)));
        }

        private static long bits(double value) {
            return Double.doubleToLongBits(value);
        }
    }
}
