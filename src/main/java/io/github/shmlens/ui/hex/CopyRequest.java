package io.github.shmlens.ui.hex;

import io.github.shmlens.ui.text.Texts;

/// Bytes to be put on the clipboard that the view does not hold itself.
///
/// @param format how; [HexText] makes the text
public record CopyRequest(Selection selection, Format format) {

    private static final Texts TEXTS = Texts.of(CopyRequest.class);

    /// What the text on the clipboard looks like.
    public enum Format {
        HEX(TEXTS.say("copy.hex"), 4 << 20, true),
        TEXT(TEXTS.say("copy.text"), 4 << 20, true),
        C_ARRAY(TEXTS.say("copy.c"), 2 << 20, false),
        /// A method of a class file has room for no longer initialiser: 7 bytes of code an element,
        /// 65,535 in all.
        JAVA_ARRAY(TEXTS.say("copy.java"), 8 << 10, false),
        PHP_STRING(TEXTS.say("copy.php"), 2 << 20, false),
        BASE64(TEXTS.say("copy.base64"), 4 << 20, false);

        private final String words;
        private final int mostBytes;
        private final boolean showsUnread;

        Format(String words, int mostBytes, boolean showsUnread) {
            this.words = words;
            this.mostBytes = mostBytes;
            this.showsUnread = showsUnread;
        }

        /// As it is called in a sentence: `a C array`.
        public String words() {
            return words;
        }

        /// More is not copied in this form.
        public int mostBytes() {
            return mostBytes;
        }

        /// Whether the form has a sign for a byte that was not read. The others must be whole.
        public boolean showsUnread() {
            return showsUnread;
        }
    }
}
