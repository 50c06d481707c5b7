package io.github.shmlens.fields;

/// A type that a text gives a name.
///
/// @param name as declarations use it: `struct sensor`, `sensor_t`
/// @param line where, from 1
public record DeclaredType(String name, CType type, int line) {}
