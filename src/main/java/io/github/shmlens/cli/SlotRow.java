package io.github.shmlens.cli;

import io.github.shmlens.kryo.KryoJson;
import io.github.shmlens.kryo.KryoSlot;
import io.github.shmlens.kryo.KryoValue;
import io.github.shmlens.php.Decoded;
import io.github.shmlens.php.Ghost;
import io.github.shmlens.php.PhpJson;
import io.github.shmlens.php.PhpText;
import io.github.shmlens.php.PhpValue;
import io.github.shmlens.php.Slot;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Slots as `slots` and `get` show them.
final class SlotRow {

    /// Longest value in a table that nothing else bounds.
    private static final int VALUE_CHARS = 1000;

    static final Table<Slot> TABLE =
            new Table<>(
                    List.of(
                            Column.number("KEY", "key", Slot::key),
                            Column.<Slot>number("OFFSET", "offset", Slot::offset).ranked(2),
                            Column.<Slot>number("LENGTH", "lengthBytes", Slot::lengthBytes)
                                    .ranked(1),
                            Column.<Slot>number("STRIDE", "strideBytes", Slot::strideBytes)
                                    .ranked(3),
                            Column.text("", "codec", SlotRow::codec),
                            Column.text("TYPE", "type", SlotRow::shownType)
                                    .writtenAs((json, slot) -> Json.text(json, "type", type(slot))),
                            Column.<Slot>text("VALUE", "value", SlotRow::oneLine)
                                    .writtenAs(SlotRow::writeValue),
                            Column.text("", "serialized", SlotRow::serialized),
                            Column.text("", "raw", SlotRow::hex)));

    /// Ghosts: the same facts, and what became of the slot.
    static final Table<Ghost> GHOSTS = new Table<>(ghostColumns());

    private SlotRow() {}

    private static List<Column<Ghost>> ghostColumns() {
        List<Column<Ghost>> columns = new ArrayList<>();
        columns.add(Column.text("GHOST", "ghost", ghost -> ghost.kind().word()));
        TABLE.columns().forEach(column -> columns.add(column.of(Ghost::slot)));
        return columns;
    }

    static @Nullable PhpValue value(Slot slot) {
        return switch (slot.decoded()) {
            case Decoded.Value(PhpValue value, _) -> value;
            case Decoded.Unreadable _ -> null;
        };
    }

    private static String codec(Slot slot) {
        if (KryoSlot.in(slot.decoded()) != null) {
            return "kryo";
        }
        return value(slot) == null ? "raw" : "php";
    }

    private static @Nullable String type(Slot slot) {
        KryoValue kryo = KryoSlot.in(slot.decoded());
        if (kryo != null) {
            return kryo.typeName();
        }
        PhpValue value = value(slot);
        return value == null ? null : value.typeName();
    }

    /// In a table there is no column for the codec.
    private static @Nullable String shownType(Slot slot) {
        KryoValue kryo = KryoSlot.in(slot.decoded());
        return kryo == null ? type(slot) : KryoSlot.typeName(kryo);
    }

    static String oneLine(Slot slot) {
        return switch (KryoSlot.shown(slot.decoded())) {
            case Decoded.Value(PhpValue value, _) -> PhpText.oneLine(value, VALUE_CHARS);
            case Decoded.Unreadable(String why, _) -> "(does not decode: %s)".formatted(why);
        };
    }

    static void writeValue(JsonGenerator json, Slot slot) {
        json.writeName("value");
        KryoValue kryo = KryoSlot.in(slot.decoded());
        PhpValue value = value(slot);
        if (kryo != null) {
            KryoJson.write(kryo, json);
        } else if (value == null) {
            json.writeNull();
        } else {
            PhpJson.write(value, json);
        }
    }

    private static @Nullable String serialized(Slot slot) {
        byte[] payload = slot.payload();
        return payload == null ? null : Printable.utf8(payload);
    }

    private static @Nullable String hex(Slot slot) {
        byte[] payload = slot.payload();
        return payload == null ? null : HexFormat.of().formatHex(payload);
    }
}
