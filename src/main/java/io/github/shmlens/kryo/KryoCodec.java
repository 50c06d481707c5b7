package io.github.shmlens.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.DefaultClassResolver;
import io.github.shmlens.kryo.KryoValue.Width;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Counted;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Envelopes to values and back.
///
/// The body is one value as `Kryo.writeClassAndObject` writes it: a class number, then the object.
/// The numbers are fixed: Kryo's own for the scalars (int 0, String 1, float 2, boolean 3, byte 4,
/// char 5, short 6, long 7, double 8; written plus two), then bytes 10, list 11, map 12, record 13.
/// Strings, bytes and the composed kinds are written by serializers of our own:
///
/// ```
/// string  varint bytes, UTF-8            list    varint count, value…
/// bytes   varint bytes, bytes            map     varint count, (key value)…
///                                        record  string name, varint count, (string value)…
/// ```
///
/// Whatever the bytes are, reading one envelope allocates no more than a small multiple of its
/// length, nests no deeper than [#MOST_DEPTH], makes at most [#MOST_VALUES] values, loads no class
/// and throws nothing.
///
/// Any thread.
public final class KryoCodec {

    /// Lists, maps and records inside each other.
    public static final int MOST_DEPTH = 64;

    /// Values in one envelope, keys counted.
    public static final int MOST_VALUES = 1_000_000;

    private static final int MIN_BUFFER_BYTES = 256;

    static {
        // Kryo then keeps away from sun.misc.Unsafe, about which newer JDKs warn on the terminal.
        if (System.getProperty("kryo.unsafe") == null) {
            System.setProperty("kryo.unsafe", "false");
        }
    }

    /// A Kryo serves one thread at a time and is dear to make.
    private static final ConcurrentLinkedQueue<KryoCodec> IDLE = new ConcurrentLinkedQueue<>();

    private final Kryo kryo = new Kryo(new KnownClasses(), null);
    private int values;

    private KryoCodec() {
        kryo.setRegistrationRequired(true);
        // One more than the containers: the scalar in the innermost one is an object to Kryo, too.
        kryo.setMaxDepth(MOST_DEPTH + 1);
        kryo.register(String.class, new Strings(), 1);
        kryo.register(byte[].class, new ByteArrays(), 10);
        kryo.register(KryoValue.Listing.class, new Lists(), 11);
        kryo.register(KryoValue.Mapping.class, new Maps(), 12);
        kryo.register(KryoValue.Tuple.class, new Records(), 13);
    }

    /// The envelope that holds a value.
    ///
    /// @throws BadInput when it nests too deep, has too many values, is too long, or a string has
    ///   half of a surrogate pair
    public static byte[] encode(KryoValue value) throws BadInput {
        KryoCodec codec = take();
        try {
            return codec.write(value);
        } finally {
            IDLE.offer(codec);
        }
    }

    /// The value in an envelope.
    public static KryoDecoded decode(byte[] envelope) {
        String trouble = Envelope.trouble(envelope);
        if (trouble != null) {
            return new KryoDecoded.Unreadable(trouble);
        }
        KryoCodec codec = take();
        try {
            return codec.read(envelope);
        } finally {
            IDLE.offer(codec);
        }
    }

    private static KryoCodec take() {
        KryoCodec idle = IDLE.poll();
        return idle == null ? new KryoCodec() : idle;
    }

    /// Whether bytes begin as an envelope does; cheap.
    public static boolean mayBeEnvelope(byte[] bytes) {
        return Envelope.begins(bytes);
    }

    private byte[] write(KryoValue value) throws BadInput {
        Output out = new Output(MIN_BUFFER_BYTES, Envelope.MOST_BODY_BYTES);
        values = 0;
        try {
            put(out, value);
            return Envelope.seal(out.getBuffer(), out.position());
        } catch (Refused refused) {
            throw new BadInput(refused.why);
        } catch (KryoException refused) {
            throw Envelope.tooLong();
        } finally {
            kryo.reset();
        }
    }

    private KryoDecoded read(byte[] envelope) {
        int length = envelope.length - Envelope.HEADER_BYTES;
        values = 0;
        try {
            Input in = new Input(envelope, Envelope.HEADER_BYTES, length);
            KryoValue value = next(in);
            int left = in.limit() - in.position();
            return left == 0
                    ? new KryoDecoded.Value(value)
                    : new KryoDecoded.Unreadable(
                            Counted.of(left, "byte follows", "bytes follow") + " the value");
        } catch (Refused refused) {
            return new KryoDecoded.Unreadable(refused.why);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError hostile) {
            // Kryo answers damaged bytes with exceptions of every kind. The checksum was right, so
            // somebody wrote them on purpose, or with another version.
            return new KryoDecoded.Unreadable("the bytes are not those of a value");
        } finally {
            kryo.reset();
        }
    }

    private void put(Output out, KryoValue value) {
        count();
        switch (value) {
            case KryoValue.Null _ -> kryo.writeClassAndObject(out, null);
            case KryoValue.Bool(boolean set) -> kryo.writeClassAndObject(out, set);
            case KryoValue.Whole(long whole, Width width) ->
                    kryo.writeClassAndObject(
                            out,
                            switch (width) {
                                case BYTE -> (Object) (byte) whole;
                                case SHORT -> (short) whole;
                                case INT -> (int) whole;
                                case LONG -> whole;
                            });
            case KryoValue.Real(double real, boolean single) ->
                    kryo.writeClassAndObject(out, single ? (Object) (float) real : (Object) real);
            case KryoValue.Letter(char letter) -> kryo.writeClassAndObject(out, letter);
            case KryoValue.Text(String text) -> kryo.writeClassAndObject(out, text);
            case KryoValue.Bytes(byte[] bytes) -> kryo.writeClassAndObject(out, bytes);
            case KryoValue.Listing list -> writeComposed(out, list);
            case KryoValue.Mapping map -> writeComposed(out, map);
            case KryoValue.Tuple tuple -> writeComposed(out, tuple);
        }
    }

    private void writeComposed(Output out, KryoValue value) {
        if (kryo.getDepth() >= MOST_DEPTH) {
            throw tooDeep();
        }
        kryo.writeClassAndObject(out, value);
    }

    private KryoValue next(Input in) {
        count();
        if (kryo.getDepth() > MOST_DEPTH) {
            throw tooDeep();
        }
        return switch (kryo.readClassAndObject(in)) {
            case null -> KryoValue.NULL;
            case Boolean set -> new KryoValue.Bool(set);
            case Byte whole -> new KryoValue.Whole(whole, Width.BYTE);
            case Short whole -> new KryoValue.Whole(whole, Width.SHORT);
            case Integer whole -> new KryoValue.Whole(whole, Width.INT);
            case Long whole -> new KryoValue.Whole(whole, Width.LONG);
            case Float real -> new KryoValue.Real(real, true);
            case Double real -> new KryoValue.Real(real, false);
            case Character letter -> new KryoValue.Letter(letter);
            case String text -> new KryoValue.Text(text);
            case byte[] bytes -> new KryoValue.Bytes(bytes);
            case KryoValue composed -> composed;
            case Object other -> throw new Refused("a value is of no known kind: " + other);
        };
    }

    private void count() {
        if (++values > MOST_VALUES) {
            throw new Refused("it has more than %,d values".formatted(MOST_VALUES));
        }
    }

    private static Refused tooDeep() {
        return new Refused("it nests deeper than %d levels".formatted(MOST_DEPTH));
    }

    /// A count of things that take at least so many bytes each.
    private static int count(Input in, int leastBytes) {
        int count = in.readVarInt(true);
        int left = in.limit() - in.position();
        if (count < 0 || count > left / leastBytes) {
            throw new Refused("a length is greater than the bytes left");
        }
        return count;
    }

    private static void putText(Output out, String text) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            out.writeVarInt(bytes.remaining(), true);
            out.writeBytes(bytes.array(), bytes.arrayOffset(), bytes.remaining());
        } catch (CharacterCodingException half) {
            throw new Refused("a string has half of a surrogate pair");
        }
    }

    private static String text(Input in) {
        byte[] bytes = in.readBytes(count(in, 1));
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException notText) {
            throw new Refused("a string is not UTF-8");
        }
    }

    private static final class Strings extends Serializer<String> {
        @Override
        public void write(Kryo ours, Output out, String value) {
            putText(out, value);
        }

        @Override
        public String read(Kryo ours, Input in, Class<? extends String> type) {
            return text(in);
        }
    }

    private static final class ByteArrays extends Serializer<byte[]> {
        @Override
        public void write(Kryo ours, Output out, byte[] value) {
            out.writeVarInt(value.length, true);
            out.writeBytes(value);
        }

        @Override
        public byte[] read(Kryo ours, Input in, Class<? extends byte[]> type) {
            return in.readBytes(count(in, 1));
        }
    }

    private final class Lists extends Serializer<KryoValue.Listing> {
        @Override
        public void write(Kryo ours, Output out, KryoValue.Listing list) {
            out.writeVarInt(list.elements().size(), true);
            list.elements().forEach(element -> put(out, element));
        }

        @Override
        public KryoValue.Listing read(
                Kryo ours, Input in, Class<? extends KryoValue.Listing> type) {
            int count = count(in, 1);
            List<KryoValue> elements = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                elements.add(next(in));
            }
            return new KryoValue.Listing(elements);
        }
    }

    private final class Maps extends Serializer<KryoValue.Mapping> {
        @Override
        public void write(Kryo ours, Output out, KryoValue.Mapping map) {
            out.writeVarInt(map.entries().size(), true);
            for (KryoValue.Entry entry : map.entries()) {
                put(out, entry.key());
                put(out, entry.value());
            }
        }

        @Override
        public KryoValue.Mapping read(
                Kryo ours, Input in, Class<? extends KryoValue.Mapping> type) {
            int count = count(in, 2);
            List<KryoValue.Entry> entries = new ArrayList<>();
            Set<KryoValue.Key> keys = new HashSet<>();
            for (int i = 0; i < count; i++) {
                if (!(next(in) instanceof KryoValue.Key key)) {
                    throw new Refused("a key of a map is no scalar");
                }
                if (!keys.add(key)) {
                    throw new Refused("a map has a key twice");
                }
                entries.add(new KryoValue.Entry(key, next(in)));
            }
            return new KryoValue.Mapping(entries);
        }
    }

    private final class Records extends Serializer<KryoValue.Tuple> {
        @Override
        public void write(Kryo ours, Output out, KryoValue.Tuple tuple) {
            putText(out, tuple.name());
            out.writeVarInt(tuple.members().size(), true);
            for (KryoValue.Member member : tuple.members()) {
                putText(out, member.name());
                put(out, member.value());
            }
        }

        @Override
        public KryoValue.Tuple read(Kryo ours, Input in, Class<? extends KryoValue.Tuple> type) {
            String name = text(in);
            int count = count(in, 2);
            List<KryoValue.Member> members = new ArrayList<>();
            Set<String> names = new HashSet<>();
            for (int i = 0; i < count; i++) {
                String member = text(in);
                if (!names.add(member)) {
                    throw new Refused("a record has a component twice");
                }
                members.add(new KryoValue.Member(member, next(in)));
            }
            return new KryoValue.Tuple(name, members);
        }
    }

    /// Kryo asks for a class by its name even where registration is required; a name in shared
    /// memory never becomes a class.
    private static final class KnownClasses extends DefaultClassResolver {
        @Override
        protected Registration readName(Input in) {
            throw new Refused("a class is named where only numbers are allowed");
        }

        @Override
        public Registration readClass(Input in) {
            Registration known = super.readClass(in);
            if (known != null && known.getType() == void.class) {
                throw new Refused("a value is of no known kind");
            }
            return known;
        }
    }

    /// Ends reading or writing from any depth.
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String why;

        private Refused(String why) {
            super(why, null, false, false);
            this.why = why;
        }
    }
}
