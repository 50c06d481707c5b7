package io.github.shmlens.php;

import io.github.shmlens.layout.ByteView;
import io.github.shmlens.segment.BadInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Segments that real PHP made, and what a reader must find in them.
final class Dumps {

    private static final Path FOLDER = Path.of("src/test/resources/php-segments");

    private Dumps() {}

    /// Stores as PHP leaves them, one of them 32-bit PHP.
    static List<String> healthy() {
        return names("[0-9][0-9]-.*").toList();
    }

    /// Stores damaged by hand.
    static List<String> damaged() {
        return names("c[0-9][0-9]-.*").toList();
    }

    static List<String> traces() {
        return names("trace-.*").toList();
    }

    static byte[] bytes(String name) {
        try {
            return Files.readAllBytes(FOLDER.resolve(name + ".bin"));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    static StoreReading reading(String name) {
        byte[] bytes = bytes(name);
        return StoreReading.of(ByteView.of(bytes), bytes.length);
    }

    /// Payloads of a healthy store that PHP reads.
    static List<byte[]> readablePayloads() {
        List<byte[]> payloads = new ArrayList<>();
        for (String name : healthy()) {
            for (Json slot : expected(name).get("slots").list()) {
                if (slot.get("phpReads").bool()) {
                    payloads.add(slot.get("serializedHex").hex());
                }
            }
        }
        return payloads;
    }

    static Json expected(String name) {
        try {
            String text = Files.readString(FOLDER.resolve(name + ".json"));
            return new Json(plain(PhpJson.parse(text)));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        } catch (BadInput broken) {
            throw new AssertionError(name, broken);
        }
    }

    private static Stream<String> names(String pattern) {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".json"))
                    .map(file -> file.substring(0, file.length() - ".json".length()))
                    .filter(name -> name.matches(pattern))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static @Nullable Object plain(PhpValue value) {
        if (!(value instanceof PhpValue.Array array)) {
            return switch (value) {
                case PhpValue.Bool bool -> bool.value();
                case PhpValue.Int whole -> Long.toString(whole.value());
                case PhpValue.Str text -> new String(text.bytes(), StandardCharsets.UTF_8);
                default -> null;
            };
        }
        boolean list =
                array.entries().stream().allMatch(entry -> entry.key() instanceof PhpValue.Int);
        if (list) {
            List<@Nullable Object> items = new ArrayList<>();
            array.entries().forEach(entry -> items.add(plain(entry.value())));
            return items;
        }
        Map<String, @Nullable Object> members = new HashMap<>();
        for (PhpValue.Entry entry : array.entries()) {
            members.put(String.valueOf(plain(entry.key())), plain(entry.value()));
        }
        return members;
    }

    /// A value of a JSON text, asked for by a test that knows its kind.
    record Json(@Nullable Object value) {

        Json get(String name) {
            return new Json(((Map<?, ?>) present()).get(name));
        }

        boolean has(String name) {
            return ((Map<?, ?>) present()).containsKey(name);
        }

        List<Json> list() {
            return ((List<?>) present()).stream().map(Json::new).toList();
        }

        boolean isNull() {
            return value == null;
        }

        boolean bool() {
            return (Boolean) present();
        }

        String text() {
            return (String) present();
        }

        /// Numbers may be written as strings, because they have 64 bit.
        long number() {
            return Long.parseLong(text());
        }

        byte[] hex() {
            return HexFormat.of().parseHex(text());
        }

        private Object present() {
            if (value == null) {
                throw new AssertionError("the expected value is null");
            }
            return value;
        }
    }
}
