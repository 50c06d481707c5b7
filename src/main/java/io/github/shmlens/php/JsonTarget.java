package io.github.shmlens.php;

import java.util.List;

/// Makes values of the parts of a JSON text, from the innermost out.
///
/// @param <T> what a value is
public interface JsonTarget<T> {

    T list(List<T> elements);

    /// @param names of the members in the order of the text, not necessarily different
    /// @param values as many as names
    T object(List<String> names, List<T> values);

    T text(String value);

    T integer(long value);

    T real(double value);

    T bool(boolean value);

    T nothing();
}
