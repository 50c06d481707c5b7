package io.github.shmlens.ui.find;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.source.PatternText;
import io.github.shmlens.source.SearchPattern;
import io.github.shmlens.source.ValueType;
import io.github.shmlens.ui.hex.HexText;
import io.github.shmlens.ui.text.Texts;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// What can be looked for, as the chooser lists it.
sealed interface PatternKind {

    Texts TEXTS = Texts.of(PatternKind.class);

    HexFormat SPACED = HexFormat.ofDelimiter(" ");

    /// The chooser's words.
    String words();

    /// What the empty field shows.
    String prompt();

    SearchPattern read(String typed, boolean ignoreCase) throws BadInput;

    /// How many bytes a hit's preview is made of.
    int previewBytes(SearchPattern pattern);

    /// The bytes at a hit, for the eye.
    String preview(byte[] bytes);

    /// Every kind, the usual ones first.
    static List<PatternKind> all() {
        List<PatternKind> kinds = new ArrayList<>();
        kinds.add(new Text("UTF-8", StandardCharsets.UTF_8));
        kinds.add(new Text("UTF-16 LE", StandardCharsets.UTF_16LE));
        kinds.add(new Text("UTF-16 BE", StandardCharsets.UTF_16BE));
        kinds.add(new Hex());
        // A typed number says itself whether it is signed.
        ValueType.ALL.stream()
                .filter(type -> type.kind() != ValueType.Kind.UNSIGNED)
                .map(Number::new)
                .forEach(kinds::add);
        return kinds;
    }

    /// Text in an encoding.
    record Text(String name, Charset encoding) implements PatternKind {
        private static final int PREVIEW_BYTES = 48;

        @Override
        public String words() {
            return TEXTS.say("kind.text", name);
        }

        @Override
        public String prompt() {
            return TEXTS.say("prompt.text");
        }

        @Override
        public SearchPattern read(String typed, boolean ignoreCase) throws BadInput {
            return PatternText.text(typed, encoding, ignoreCase);
        }

        @Override
        public int previewBytes(SearchPattern pattern) {
            return Math.max(pattern.lengthBytes(), PREVIEW_BYTES);
        }

        @Override
        public String preview(byte[] bytes) {
            String text = new String(bytes, encoding);
            // Back and forth, so that one place decides what is readable.
            return HexText.text(text.getBytes(StandardCharsets.UTF_8)).replaceAll("\\s", " ");
        }
    }

    /// Bytes, some digits open.
    record Hex() implements PatternKind {
        private static final int PREVIEW_BYTES = 12;

        @Override
        public String words() {
            return TEXTS.say("kind.bytes");
        }

        @Override
        public String prompt() {
            return TEXTS.say("prompt.bytes");
        }

        @Override
        public SearchPattern read(String typed, boolean ignoreCase) throws BadInput {
            return PatternText.hex(typed);
        }

        @Override
        public int previewBytes(SearchPattern pattern) {
            return Math.max(pattern.lengthBytes(), PREVIEW_BYTES);
        }

        @Override
        public String preview(byte[] bytes) {
            return SPACED.formatHex(bytes);
        }
    }

    /// A number of a type; whole ones fit signed or unsigned, as typed.
    record Number(ValueType type) implements PatternKind {

        @Override
        public String words() {
            String name =
                    type.kind() == ValueType.Kind.FLOAT
                            ? TEXTS.say("kind.float")
                            : TEXTS.say("kind.integer");
            String order = type.order() == ByteOrder.LITTLE_ENDIAN ? " LE" : " BE";
            return TEXTS.say("kind.number", name, type.bits(), type.widthBytes() == 1 ? "" : order);
        }

        @Override
        public String prompt() {
            return type.kind() == ValueType.Kind.FLOAT
                    ? TEXTS.say("prompt.float")
                    : TEXTS.say("prompt.integer");
        }

        @Override
        public SearchPattern read(String typed, boolean ignoreCase) throws BadInput {
            return PatternText.number(typed, type);
        }

        @Override
        public int previewBytes(SearchPattern pattern) {
            return type.widthBytes();
        }

        @Override
        public String preview(byte[] bytes) {
            return "%s  (%s)".formatted(type.text(type.bits(bytes, 0)), SPACED.formatHex(bytes));
        }
    }
}
