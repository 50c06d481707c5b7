package io.github.shmlens.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The bytes that arguments came as. For those that are no text Java puts a sign of its own, and
/// that would be stored in their place.
final class RawArguments {

    private static final char SIGN = '\uFFFD';

    private RawArguments() {}

    /// The first argument that is no UTF-8.
    ///
    /// @param commandLine what the kernel has: each word with a zero byte behind it, the arguments
    ///   last
    /// @return its number, from 1; 0 where there is none, or nobody knows
    static int firstGarbled(Path commandLine, String... arguments) {
        if (List.of(arguments).stream().noneMatch(one -> one.indexOf(SIGN) >= 0)) {
            return 0;
        }
        List<ByteBuffer> words;
        try {
            words = words(Files.readAllBytes(commandLine));
        } catch (IOException notSeen) {
            return 0;
        }
        int before = words.size() - arguments.length;
        for (int at = 0; before >= 0 && at < arguments.length; at++) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(words.get(before + at));
            } catch (CharacterCodingException noText) {
                return at + 1;
            }
        }
        return 0;
    }

    private static List<ByteBuffer> words(byte[] bytes) {
        List<ByteBuffer> words = new ArrayList<>();
        int begin = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == 0) {
                words.add(ByteBuffer.wrap(bytes, begin, at - begin));
                begin = at + 1;
            }
        }
        return words;
    }
}
