package io.github.shmlens.sysv;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Numbers;
import io.github.shmlens.segment.Principal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntFunction;

/// Names of users and groups. Remembers them for a while: a name service may be far away, and a
/// list asks for the same few again and again.
final class Names {

    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    /// The one above it, all ones, means "as it is" to the kernel.
    private static final long MOST_ID = 0xffff_fffeL;

    private record Remembered(Principal principal, long atNanos) {
        boolean fresh() {
            return System.nanoTime() - atNanos < REMEMBERED.toNanos();
        }
    }

    private final Kernel kernel;
    private final Map<Integer, Remembered> users = new ConcurrentHashMap<>();
    private final Map<Integer, Remembered> groups = new ConcurrentHashMap<>();

    Names(Kernel kernel) {
        this.kernel = kernel;
    }

    Principal user(int uid) {
        return named(uid, users, kernel::userName);
    }

    Principal group(int gid) {
        return named(gid, groups, kernel::groupName);
    }

    Principal userNamed(String text) throws BadInput {
        return asked("user", text, kernel::userId, this::user);
    }

    Principal groupNamed(String text) throws BadInput {
        return asked("group", text, kernel::groupId, this::group);
    }

    /// A name comes first: some hosts have users whose names are digits.
    private static Principal asked(
            String what,
            String text,
            Function<String, OptionalInt> byName,
            IntFunction<Principal> byId)
            throws BadInput {
        String name = text.strip();
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw new BadInput("the %s needs a name or a number".formatted(what));
        }
        OptionalInt id = byName.apply(name);
        if (id.isPresent()) {
            return byId.apply(id.getAsInt());
        }
        if (!Character.isDigit(name.charAt(0))) {
            throw new BadInput("this host has no %s \"%s\"".formatted(what, name));
        }
        return byId.apply((int) Numbers.parse(what, name, 0, MOST_ID));
    }

    private static Principal named(
            int id, Map<Integer, Remembered> known, IntFunction<Optional<String>> ask) {
        Remembered before = known.get(id);
        if (before != null && before.fresh()) {
            return before.principal();
        }
        String name = ask.apply(id).orElseGet(() -> Integer.toUnsignedString(id));
        Principal principal = new Principal(id, name);
        known.put(id, new Remembered(principal, System.nanoTime()));
        return principal;
    }
}
