package io.github.shmlens.debuginfo;

/// A type that a program has.
///
/// @param name as declarations use it: `struct sensor`, `sensor_t`
/// @param source the source file that declares it; empty where the tool does not say
/// @param line in that file, from 1; 0 where the tool does not say
/// @param sizeBytes -1 where the tool does not say
public record ProgramType(String name, String source, int line, long sizeBytes) {}
