package io.github.shmlens.debuginfo;

import io.github.shmlens.fields.Abi;
import java.util.List;

/// A type as a program has it.
///
/// @param name as the declarations name it: `struct sensor`, `sensor_t`
/// @param text C declarations: the type and before it all that it needs
/// @param abi whose layout the program has
/// @param sizeBytes as the tool says, and as the declarations come out
/// @param notes what was not taken over as it is, each a sentence without a final stop
public record TakenType(String name, String text, Abi abi, long sizeBytes, List<String> notes) {

    public TakenType {
        notes = List.copyOf(notes);
    }
}
