package io.github.shmlens.api;

import io.github.shmlens.kryo.KryoValue;
import io.github.shmlens.kryo.KryoValue.Width;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The records a store knows: from an object to named components and back. Only what was made known
/// here is ever built; a name in shared memory chooses among these and nothing else.
final class RecordForm {

    private static final int MOST_DEPTH = 1000;

    private final Map<String, Known> byName = new HashMap<>();
    private final Map<Class<?>, Known> byType = new HashMap<>();

    private record Known(
            String name, RecordComponent[] components, Constructor<? extends Record> constructor) {}

    RecordForm(Map<String, Class<? extends Record>> records) {
        records.forEach((name, type) -> {
            Known known = known(name, type);
            byName.put(name, known);
            if (byType.put(type, known) != null) {
                throw new IllegalArgumentException(type.getName() + " has two names");
            }
        });
    }

    private static Known known(String name, Class<? extends Record> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < types.length; i++) {
            types[i] = components[i].getType();
            components[i].getAccessor().setAccessible(true);
        }
        try {
            Constructor<? extends Record> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return new Known(name, components, constructor);
        } catch (NoSuchMethodException noRecord) {
            throw new IllegalArgumentException(type.getName(), noRecord);
        }
    }

    /// @throws IllegalArgumentException for what has no Kryo value, an unknown record above all
    KryoValue kryo(@Nullable Object value) {
        return kryo(value, 0);
    }

    private KryoValue kryo(@Nullable Object value, int depth) {
        if (depth > MOST_DEPTH) {
            throw new IllegalArgumentException(
                    "the value nests deeper than %d levels".formatted(MOST_DEPTH));
        }
        return switch (value) {
            case null -> KryoValue.NULL;
            case KryoValue known -> known;
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
            case List<?> list -> {
                List<KryoValue> elements = new ArrayList<>(list.size());
                list.forEach(element -> elements.add(kryo(element, depth + 1)));
                yield new KryoValue.Listing(elements);
            }
            case Map<?, ?> map -> {
                List<KryoValue.Entry> entries = new ArrayList<>(map.size());
                map.forEach((key, element) -> {
                    if (!(kryo(key, depth + 1) instanceof KryoValue.Key plain)) {
                        throw new IllegalArgumentException(
                                "a key of a map must be a scalar, not " + key);
                    }
                    entries.add(new KryoValue.Entry(plain, kryo(element, depth + 1)));
                });
                yield new KryoValue.Mapping(entries);
            }
            case Record object -> tuple(object, depth);
            default ->
                    throw new IllegalArgumentException(
                            "a %s cannot be kept in a slot".formatted(value.getClass().getName()));
        };
    }

    private KryoValue tuple(Record object, int depth) {
        Known known = byType.get(object.getClass());
        if (known == null) {
            throw new IllegalArgumentException(
                    "the record %s is not known to this store: StoreOptions.record names it"
                            .formatted(object.getClass().getName()));
        }
        List<KryoValue.Member> members = new ArrayList<>();
        for (RecordComponent component : known.components()) {
            try {
                Object value = component.getAccessor().invoke(object);
                members.add(new KryoValue.Member(component.getName(), kryo(value, depth + 1)));
            } catch (IllegalAccessException | InvocationTargetException thrown) {
                throw new IllegalArgumentException(
                        "the component %s of %s cannot be read"
                                .formatted(component.getName(), known.name()),
                        thrown);
            }
        }
        return new KryoValue.Tuple(known.name(), members);
    }

    /// As [JavaValues#of], with the records that are known.
    @Nullable Object java(KryoValue value) throws WrongType {
        return switch (value) {
            case KryoValue.Tuple tuple -> byName.containsKey(tuple.name()) ? object(tuple) : tuple;
            case KryoValue.Listing(List<KryoValue> elements) -> {
                List<@Nullable Object> list = new ArrayList<>(elements.size());
                for (KryoValue element : elements) {
                    list.add(java(element));
                }
                yield Collections.unmodifiableList(list);
            }
            case KryoValue.Mapping(List<KryoValue.Entry> entries) -> {
                Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
                for (KryoValue.Entry entry : entries) {
                    map.put(java(entry.key()), java(entry.value()));
                }
                yield Collections.unmodifiableMap(map);
            }
            case KryoValue.Null _,
                    KryoValue.Bool _,
                    KryoValue.Whole _,
                    KryoValue.Real _,
                    KryoValue.Letter _,
                    KryoValue.Text _,
                    KryoValue.Bytes _ ->
                    JavaValues.of(value);
        };
    }

    private Record object(KryoValue.Tuple tuple) throws WrongType {
        Known known = byName.get(tuple.name());
        if (known == null) {
            throw new WrongType("no record is known by the name " + tuple.name());
        }
        Map<String, KryoValue> members = new HashMap<>();
        tuple.members().forEach(member -> members.put(member.name(), member.value()));
        RecordComponent[] components = known.components();
        if (members.size() != components.length) {
            throw new WrongType(
                    "the record %s has %d components here and %d in the slot"
                            .formatted(tuple.name(), components.length, members.size()));
        }
        @Nullable Object[] arguments = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            KryoValue member = members.get(components[i].getName());
            if (member == null) {
                throw new WrongType(
                        "the record %s in the slot has no component %s"
                                .formatted(tuple.name(), components[i].getName()));
            }
            arguments[i] = fitting(known, components[i], java(member));
        }
        try {
            return known.constructor().newInstance(arguments);
        } catch (ReflectiveOperationException | IllegalArgumentException refused) {
            throw new WrongType(
                    "the record %s does not take what the slot holds".formatted(tuple.name()),
                    refused);
        }
    }

    private static @Nullable Object fitting(
            Known known, RecordComponent component, @Nullable Object value) throws WrongType {
        Class<?> type = boxed(component.getType());
        boolean fits = value == null ? !component.getType().isPrimitive() : type.isInstance(value);
        if (!fits) {
            throw new WrongType(
                    "the component %s of the record %s is %s here and %s in the slot"
                            .formatted(
                                    component.getName(),
                                    known.name(),
                                    component.getType().getSimpleName(),
                                    value == null ? "null" : value.getClass().getSimpleName()));
        }
        return value;
    }

    static Class<?> boxed(Class<?> type) {
        return java.lang.invoke.MethodType.methodType(type).wrap().returnType();
    }
}
