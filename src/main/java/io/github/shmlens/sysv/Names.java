package io.github.shmlens.sysv;

import io.github.shmlens.segment.Principal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;

/// Names of users and groups. Remembers them for a while: a name service may be far away, and a
/// list asks for the same few again and again.
final class Names {

    private static final Duration REMEMBERED = Duration.ofMinutes(1);

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
