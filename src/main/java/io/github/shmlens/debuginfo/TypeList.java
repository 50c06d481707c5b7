package io.github.shmlens.debuginfo;

import java.util.List;

/// The types of one program that can be taken over, by name.
///
/// @param tool which was asked: `gdb`, `pahole`
/// @param leftOut how many have names that C cannot say: templates, names within namespaces
/// @param cut whether there are more than were read
public record TypeList(String tool, List<ProgramType> types, int leftOut, boolean cut) {

    public TypeList {
        types = List.copyOf(types);
    }
}
