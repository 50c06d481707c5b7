package io.github.shmlens.ui.slots;

import io.github.shmlens.kryo.KryoSlot;
import io.github.shmlens.kryo.KryoValue;
import io.github.shmlens.php.Decoded;
import io.github.shmlens.php.PhpDecoder;
import io.github.shmlens.php.PhpText;
import io.github.shmlens.php.PhpValue;
import io.github.shmlens.ui.text.Texts;
import org.jspecify.annotations.Nullable;

/// What is said about a slot in one line.
final class SlotText {

    private static final Texts TEXTS = Texts.of(SlotText.class);

    /// What a value that does not decode is called.
    static final String RAW = "raw";

    private static final int HEX_BYTES = 32;

    private SlotText() {}

    static String type(Decoded decoded) {
        KryoValue kryo = KryoSlot.in(decoded);
        if (kryo != null) {
            return KryoSlot.typeName(kryo);
        }
        return switch (decoded) {
            case Decoded.Value(var value, _) -> value.typeName();
            case Decoded.Unreadable _ -> RAW;
        };
    }

    static String value(Decoded decoded, byte @Nullable [] payload, int maxChars) {
        return switch (KryoSlot.shown(decoded)) {
            case Decoded.Value(var value, _) -> PhpText.oneLine(value, maxChars);
            case Decoded.Unreadable(String why, _) ->
                    payload == null ? TEXTS.say("value.no-bytes", why) : hex(payload, HEX_BYTES);
        };
    }

    /// Type and value.
    static String typed(byte[] payload, int maxChars) {
        Decoded decoded = PhpDecoder.decode(payload);
        String type = type(decoded);
        String value = value(decoded, payload, maxChars);
        return value.isEmpty() || value.equals(type) ? type : type + " " + value;
    }

    /// What a copied value is: a string's own text, anything else as it is shown.
    static String copied(PhpValue value, int maxChars) {
        String text = value instanceof PhpValue.Str string ? string.utf8() : null;
        return text == null ? PhpText.oneLine(value, maxChars) : text;
    }

    /// The first bytes as hex digits with gaps.
    static String hex(byte[] bytes, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(bytes.length, most); i++) {
            if (i > 0) {
                text.append(' ');
            }
            text.append("0123456789abcdef".charAt(bytes[i] >> 4 & 0xf));
            text.append("0123456789abcdef".charAt(bytes[i] & 0xf));
        }
        return text.append(bytes.length > most ? " …" : "").toString();
    }

    /// How long ago, as short as it can be said: `now`, `5s`, `3m`, `2h`, `4d`.
    static String age(long nanos) {
        long seconds = nanos / 1_000_000_000;
        if (seconds < 1) {
            return TEXTS.say("age.now");
        }
        if (seconds < 60) {
            return TEXTS.say("age.seconds", seconds);
        }
        if (seconds < 3600) {
            return TEXTS.say("age.minutes", seconds / 60);
        }
        return seconds < 86_400
                ? TEXTS.say("age.hours", seconds / 3600)
                : TEXTS.say("age.days", seconds / 86_400);
    }

    /// How long ago, in words: `just now`, `0.4 s ago`, `3 min ago`.
    static String ago(long nanos) {
        long tenths = nanos / 100_000_000;
        if (tenths < 1) {
            return TEXTS.say("ago.now");
        }
        if (tenths < 100) {
            return TEXTS.say("ago.tenths", tenths / 10, tenths % 10);
        }
        long seconds = tenths / 10;
        if (seconds < 120) {
            return TEXTS.say("ago.seconds", seconds);
        }
        return seconds < 7200
                ? TEXTS.say("ago.minutes", seconds / 60)
                : TEXTS.say("ago.hours", seconds / 3600);
    }
}
