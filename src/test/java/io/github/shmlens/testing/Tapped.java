package io.github.shmlens.testing;

import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.SegmentSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/// A source whose segments let a test do something after each write, or another call, on its
/// thread.
public final class Tapped {

    private Tapped() {}

    /// Something that happens.
    public interface Tap {
        void passed() throws Exception;
    }

    /// The same source; what is attached from now on is tapped.
    public static SegmentSource source(SegmentSource inner, Tap tap) {
        return source(inner, "write", tap);
    }

    /// As the other, where another method of what is attached is tapped.
    public static SegmentSource source(SegmentSource inner, String method, Tap tap) {
        return of(
                SegmentSource.class,
                inner,
                "attach",
                segment ->
                        of(
                                AttachedSegment.class,
                                segment,
                                method,
                                done -> {
                                    tap.passed();
                                    return done;
                                }));
    }

    private interface Then {
        @Nullable Object of(@Nullable Object result) throws Exception;
    }

    private static <T> T of(Class<T> type, @Nullable Object inner, String method, Then then) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, called, arguments) -> {
                            try {
                                Object result = called.invoke(inner, arguments);
                                return called.getName().equals(method) ? then.of(result) : result;
                            } catch (InvocationTargetException thrown) {
                                throw thrown.getCause();
                            }
                        }));
    }
}
