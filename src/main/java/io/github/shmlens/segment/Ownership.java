package io.github.shmlens.segment;

/// Whose a segment is, and what its mode lets others do: what `IPC_SET` (or chown and chmod)
/// changes.
public record Ownership(Principal owner, Principal group, Mode mode) {

    public static Ownership of(SegmentFacts facts) {
        return new Ownership(facts.owner(), facts.group(), facts.mode());
    }

    /// Whether the kernel tells them apart no more: names are only what numbers are called.
    public boolean isSame(Ownership other) {
        return owner.id() == other.owner.id()
                && group.id() == other.group.id()
                && mode.equals(other.mode);
    }

    /// `owner www-data, group www-data, mode 0660`.
    public String text() {
        return "owner %s, group %s, mode %s".formatted(owner.name(), group.name(), mode.octal());
    }
}
