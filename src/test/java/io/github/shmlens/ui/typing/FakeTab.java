package io.github.shmlens.ui.typing;

import io.github.shmlens.php.Slot;
import io.github.shmlens.ui.hex.HexEdit;
import io.github.shmlens.ui.inspect.SlotPlace;
import io.github.shmlens.ui.slots.SlotEdit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;

/// A tab that only remembers what its views ask of it. Locked at first.
public final class FakeTab implements BytesPlace, SlotPlace {

    public final BooleanProperty unlocked = new SimpleBooleanProperty();
    public final List<HexEdit> edits = new CopyOnWriteArrayList<>();
    public final List<SlotEdit> stored = new CopyOnWriteArrayList<>();

    /// Changes of bytes in words, slots that are edited whole, notices, and `locked` for each hint.
    public final List<String> told = new CopyOnWriteArrayList<>();

    @Override
    public BooleanProperty unlocked() {
        return unlocked;
    }

    @Override
    public void hintLocked() {
        told.add("locked");
    }

    @Override
    public void commit(HexEdit edit, String words) {
        edits.add(edit);
        told.add(words);
    }

    @Override
    public void store(SlotEdit edit) {
        stored.add(edit);
    }

    @Override
    public void editWhole(Slot slot, String why) {
        told.add(slot.key() + " " + why);
    }

    @Override
    public void notice(String sentence) {
        told.add(sentence);
    }
}
