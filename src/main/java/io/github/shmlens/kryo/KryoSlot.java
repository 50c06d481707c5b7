package io.github.shmlens.kryo;

import io.github.shmlens.php.Decoded;
import io.github.shmlens.php.PhpEncoder;
import io.github.shmlens.php.PhpValue;
import io.github.shmlens.segment.BadInput;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A Kryo value in a store: to PHP it is a string, which it can keep, copy and hand on.
public final class KryoSlot {

    private KryoSlot() {}

    /// The Kryo value in what was read of a slot; null when it is anything else, a string with a
    /// damaged envelope included.
    public static @Nullable KryoValue in(Decoded decoded) {
        return decoded instanceof Decoded.Value(PhpValue.Str(byte[] bytes, _), _)
                        && KryoCodec.mayBeEnvelope(bytes)
                        && KryoCodec.decode(bytes) instanceof KryoDecoded.Value(KryoValue value)
                ? value
                : null;
    }

    /// What is to be shown for what was read of a slot: a Kryo value as PHP would have it, all else
    /// as it is.
    public static Decoded shown(Decoded decoded) {
        KryoValue value = in(decoded);
        return value == null ? decoded : new Decoded.Value(asPhp(value), false);
    }

    /// What kind of value it is, for people: `kryo map`.
    public static String typeName(KryoValue value) {
        return "kryo " + value.typeName();
    }

    /// The payload of a slot that holds a value.
    ///
    /// @throws BadInput as [KryoCodec#encode]
    public static byte[] payload(KryoValue value) throws BadInput {
        return PhpEncoder.encode(PhpValue.Str.of(KryoCodec.encode(value)));
    }

    /// The value as PHP would have it, to be shown the same way: lists and maps as arrays, records
    /// as objects.
    public static PhpValue asPhp(KryoValue value) {
        return switch (value) {
            case KryoValue.Null _ -> PhpValue.NULL;
            case KryoValue.Bool(boolean set) -> new PhpValue.Bool(set);
            case KryoValue.Whole(long whole, _) -> PhpValue.Int.of(whole);
            case KryoValue.Real real -> real(real);
            case KryoValue.Letter(char letter) -> PhpValue.Str.of(String.valueOf(letter));
            case KryoValue.Text(String text) -> PhpValue.Str.of(text);
            case KryoValue.Bytes(byte[] bytes) -> PhpValue.Str.of(bytes);
            case KryoValue.Listing(List<KryoValue> elements) -> list(elements);
            case KryoValue.Mapping(List<KryoValue.Entry> entries) -> map(entries);
            case KryoValue.Tuple(String name, List<KryoValue.Member> members) ->
                    new PhpValue.Obj(
                            PhpValue.Str.of(name),
                            members.stream()
                                    .map(member ->
                                            new PhpValue.Entry(
                                                    PhpValue.Str.of(member.name()),
                                                    asPhp(member.value())))
                                    .toList());
        };
    }

    private static PhpValue real(KryoValue.Real real) {
        // A float's own digits: 0.1f is not 0.10000000149011612.
        return PhpValue.Float.of(
                real.single() && Double.isFinite(real.value())
                        ? Double.parseDouble(real.text())
                        : real.value());
    }

    private static PhpValue list(List<KryoValue> elements) {
        List<PhpValue.Entry> entries = new ArrayList<>(elements.size());
        for (KryoValue element : elements) {
            entries.add(new PhpValue.Entry(PhpValue.Int.of(entries.size()), asPhp(element)));
        }
        return new PhpValue.Array(entries);
    }

    /// To PHP 1 and "1" are the same key. A map that has both is shown as a list of pairs.
    private static PhpValue map(List<KryoValue.Entry> entries) {
        List<PhpValue.Entry> shown = new ArrayList<>(entries.size());
        Set<PhpValue.Key> keys = new HashSet<>();
        for (KryoValue.Entry entry : entries) {
            PhpValue.Key key = key(entry.key());
            keys.add(PhpValue.arrayKey(key));
            shown.add(new PhpValue.Entry(key, asPhp(entry.value())));
        }
        return keys.size() == shown.size()
                ? new PhpValue.Array(shown)
                : list(
                        entries.stream()
                                .<KryoValue>map(entry ->
                                        new KryoValue.Listing(List.of(entry.key(), entry.value())))
                                .toList());
    }

    private static PhpValue.Key key(KryoValue.Key key) {
        return switch (key) {
            case KryoValue.Whole(long whole, _) -> PhpValue.Int.of(whole);
            case KryoValue.Bool(boolean set) -> PhpValue.Str.of(Boolean.toString(set));
            case KryoValue.Real real -> PhpValue.Str.of(real.text());
            case KryoValue.Letter(char letter) -> PhpValue.Str.of(String.valueOf(letter));
            case KryoValue.Text(String text) -> PhpValue.Str.of(text);
        };
    }
}
