package io.github.shmlens.cli;

import io.github.shmlens.kryo.SlotInput;
import io.github.shmlens.segment.BadInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The type of a value, which is an argument or comes from standard input.
final class ValueType {

    private static final String STANDARD_INPUT = "-";

    @Option(
            names = "--as",
            paramLabel = "TYPE",
            description =
                    "string (default), int, float, bool, null (needs no VALUE), json "
                            + "(objects become PHP arrays), php (serialized text), raw (hex "
                            + "digits; from standard input the bytes themselves), kryo (JSON, "
                            + "kept as Java values; a string to PHP).")
    @Nullable String as;

    /// Whether there is one; null needs no word for itself.
    boolean given(@Nullable String value) throws BadInput {
        return value != null || type() == SlotInput.As.NULL;
    }

    /// Checks, before standard input is read, that there is one.
    void check(String command, @Nullable String value) throws BadInput {
        if (!given(value)) {
            throw new BadInput("missing VALUE; \"shmlens help %s\" explains".formatted(command));
        }
    }

    /// Whether a type was named.
    boolean typed() {
        return as != null;
    }

    /// The bytes as typed or read, whatever their type.
    byte[] text(@Nullable String value, Console console) throws BadInput, Refusal {
        return text(type(), value, console);
    }

    /// The bytes that PHP would store for it.
    byte[] payload(@Nullable String value, Console console) throws BadInput, Refusal {
        return payload(text(value, console));
    }

    /// The same for bytes that were typed or read already.
    byte[] payload(byte[] text) throws BadInput {
        return SlotInput.payload(type(), text);
    }

    private SlotInput.As type() throws BadInput {
        if (as == null) {
            return SlotInput.As.STRING;
        }
        for (SlotInput.As one : SlotInput.As.values()) {
            if (word(one).equals(as)) {
                return one;
            }
        }
        throw new BadInput(
                "there is no type \"%s\": %s"
                        .formatted(
                                as,
                                Arrays.stream(SlotInput.As.values())
                                        .map(ValueType::word)
                                        .collect(Collectors.joining(", "))));
    }

    private static String word(SlotInput.As type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    private static byte[] text(SlotInput.As type, @Nullable String value, Console console)
            throws BadInput, Refusal {
        if (value == null) {
            return new byte[0];
        }
        if (value.equals(STANDARD_INPUT)) {
            return standardInput(type, console);
        }
        if (type != SlotInput.As.RAW) {
            return value.getBytes(StandardCharsets.UTF_8);
        }
        return HexText.bytes(
                "raw value",
                value,
                "with VALUE - the bytes themselves are read from standard input");
    }

    /// A line end that a shell's `echo` adds belongs to no number and no JSON; in a string or in
    /// raw bytes it may be meant.
    private static byte[] standardInput(SlotInput.As type, Console console) throws Refusal {
        byte[] all;
        try {
            all = console.in().readAllBytes();
        } catch (IOException broken) {
            throw new Refusal(
                    ExitCode.OUR_FAULT, "standard input could not be read: " + broken.getMessage());
        }
        boolean exact =
                switch (type) {
                    case STRING, RAW -> true;
                    case INT, FLOAT, BOOL, NULL, JSON, PHP, KRYO -> false;
                };
        int end = all.length;
        if (!exact && end > 0 && all[end - 1] == '\n') {
            end--;
            if (end > 0 && all[end - 1] == '\r') {
                end--;
            }
        }
        return end == all.length ? all : Arrays.copyOf(all, end);
    }
}
