package io.github.shmlens.ui.inspect;

import io.github.shmlens.layout.ByteView;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// What the bytes at the hex caret mean as numbers, text and times. Read-only; every value can be
/// selected and copied. On the FX thread only.
public final class AtCursor extends Region {

    /// How many bytes [#show] looks at.
    public static final int BYTES = 16;

    private static final String NOTHING = "–";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    /// One line of the grid: what it is called, and what it says of bytes.
    private enum Fact {
        I8("i8", "signed, 8 bit"),
        U8("u8", "unsigned, 8 bit"),
        I16("i16", "signed, 16 bit"),
        U16("u16", "unsigned, 16 bit"),
        I32("i32", "signed, 32 bit"),
        U32("u32", "unsigned, 32 bit"),
        I64("i64", "signed, 64 bit"),
        U64("u64", "unsigned, 64 bit"),
        F32("f32", "IEEE 754 float, 32 bit"),
        F64("f64", "IEEE 754 float, 64 bit"),
        BITS("bits", "the byte in binary"),
        TEXT("text", "the bytes as UTF-8; a dot for what cannot be printed"),
        SECONDS("time s", "i64 as seconds since 1970, UTC"),
        MILLIS("time ms", "i64 as milliseconds since 1970, UTC");

        private final String label;
        private final String meaning;

        Fact(String label, String meaning) {
            this.label = label;
            this.meaning = meaning;
        }
    }

    private final BooleanProperty bigEndian = new SimpleBooleanProperty(this, "bigEndian", false);
    private final Map<Fact, TextField> fields = new EnumMap<>(Fact.class);
    private final Label where = new Label();
    private final Label history = new Label();
    private final VBox content;
    private byte[] bytes = new byte[0];
    private long offset = -1;

    public AtCursor() {
        getStyleClass().add("at-cursor");
        getStylesheets()
                .add(
                        Objects.requireNonNull(AtCursor.class.getResource("inspect.css"))
                                .toExternalForm());

        ToggleButton little = order("LE", "Little-endian: the lowest byte first");
        little.setId("order-le");
        ToggleButton big = order("BE", "Big-endian: the highest byte first");
        big.setId("order-be");
        ToggleGroup orders = new ToggleGroup();
        orders.getToggles().addAll(little, big);
        little.getStyleClass().add("left-pill");
        big.getStyleClass().add("right-pill");
        little.setSelected(true);
        orders.selectedToggleProperty()
                .addListener((_, before, now) -> {
                    // A group lets its chosen button be switched off; one order always holds.
                    if (now == null && before != null) {
                        before.setSelected(true);
                    } else {
                        bigEndian.set(now == big);
                    }
                });
        bigEndian.addListener((_, _, now) -> {
            (now ? big : little).setSelected(true);
            refresh();
        });

        where.getStyleClass().add("at-cursor-where");
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox head = new HBox(where, gap, little, big);
        head.getStyleClass().add("at-cursor-head");

        history.setId("at-cursor-history");
        history.setWrapText(true);
        history.getStyleClass().add("at-cursor-name");

        content = new VBox(head, history, grid());
        content.getStyleClass().add("at-cursor-content");
        getChildren().add(content);
        refresh();
    }

    /// Shows the bytes that begin at an offset of the segment.
    ///
    /// @param upTo16 the bytes from there on, up to [#BYTES]; fewer near the segment's end
    public void show(byte[] upTo16, long offset) {
        if (offset == this.offset && Arrays.equals(upTo16, bytes)) {
            return;
        }
        this.bytes = upTo16.clone();
        this.offset = offset;
        refresh();
    }

    /// How often and when the bytes there changed, in words.
    public void setHistory(String words) {
        history.setText(words);
    }

    /// Shows that there is no caret.
    public void clear() {
        setHistory("");
        show(new byte[0], -1);
    }

    /// Whether numbers are read with their highest byte first.
    public BooleanProperty bigEndianProperty() {
        return bigEndian;
    }

    private static ToggleButton order(String text, String meaning) {
        ToggleButton button = new ToggleButton(text);
        button.setTooltip(new Tooltip(meaning));
        button.setAccessibleText(meaning);
        button.getStyleClass().add("small");
        return button;
    }

    private GridPane grid() {
        GridPane grid = new GridPane();
        grid.getStyleClass().add("at-cursor-grid");
        for (int column = 0; column < 4; column++) {
            ColumnConstraints constraints = new ColumnConstraints();
            if (column % 2 == 1) {
                constraints.setHgrow(Priority.ALWAYS);
            } else {
                constraints.setMinWidth(USE_PREF_SIZE);
            }
            grid.getColumnConstraints().add(constraints);
        }
        int row = 0;
        for (int i = 0; i <= Fact.F64.ordinal(); i += 2) {
            place(grid, Fact.values()[i], 0, row, 1);
            place(grid, Fact.values()[i + 1], 2, row, 1);
            row++;
        }
        place(grid, Fact.BITS, 0, row, 1);
        place(grid, Fact.TEXT, 2, row, 1);
        row++;
        place(grid, Fact.SECONDS, 0, row, 3);
        row++;
        place(grid, Fact.MILLIS, 0, row, 3);
        return grid;
    }

    private void place(GridPane grid, Fact fact, int column, int row, int span) {
        Label label = new Label(fact.label);
        label.getStyleClass().add("at-cursor-name");
        label.setTooltip(new Tooltip(fact.meaning));
        TextField field = new TextField();
        field.setId("at-cursor-" + fact.name().toLowerCase(Locale.ROOT));
        field.setEditable(false);
        field.setPrefColumnCount(8);
        field.setMinWidth(40);
        field.getStyleClass().add("at-cursor-value");
        field.setAccessibleText(fact.meaning);
        label.setLabelFor(field);
        fields.put(fact, field);
        grid.add(label, column, row);
        grid.add(field, column + 1, row, span, 1);
    }

    private void refresh() {
        where.setText(
                offset < 0
                        ? "No byte chosen"
                        : "At 0x%x (%d)".formatted(offset, offset)
                                + (bytes.length == 0 ? ": not read" : ""));
        ByteView view = ByteView.of(bytes);
        ByteOrder order = bigEndian.get() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        for (Map.Entry<Fact, TextField> entry : fields.entrySet()) {
            String text = say(entry.getKey(), view, order);
            TextField field = entry.getValue();
            // A selection the user made lives as long as the value does.
            if (!text.equals(field.getText())) {
                field.setText(text);
            }
        }
    }

    private String say(Fact fact, ByteView view, ByteOrder order) {
        return switch (fact) {
            case I8 -> view.holds(0, 1) ? Integer.toString((byte) view.uint8(0)) : NOTHING;
            case U8 -> view.holds(0, 1) ? Integer.toString(view.uint8(0)) : NOTHING;
            case I16 -> view.holds(0, 2) ? Integer.toString((short) int16(view, order)) : NOTHING;
            case U16 -> view.holds(0, 2) ? Integer.toString(int16(view, order)) : NOTHING;
            case I32 -> view.holds(0, 4) ? Integer.toString(view.int32(0, order)) : NOTHING;
            case U32 -> view.holds(0, 4) ? Integer.toUnsignedString(view.int32(0, order)) : NOTHING;
            case I64 -> view.holds(0, 8) ? Long.toString(view.int64(0, order)) : NOTHING;
            case U64 -> view.holds(0, 8) ? Long.toUnsignedString(view.int64(0, order)) : NOTHING;
            case F32 ->
                    view.holds(0, 4)
                            ? Float.toString(Float.intBitsToFloat(view.int32(0, order)))
                            : NOTHING;
            case F64 ->
                    view.holds(0, 8)
                            ? Double.toString(Double.longBitsToDouble(view.int64(0, order)))
                            : NOTHING;
            case BITS -> view.holds(0, 1) ? bits(view.uint8(0)) : NOTHING;
            case TEXT -> bytes.length == 0 ? NOTHING : text(bytes);
            case SECONDS ->
                    view.holds(0, 8)
                            ? time(view.int64(0, order), seconds -> Instant.ofEpochSecond(seconds))
                            : NOTHING;
            case MILLIS ->
                    view.holds(0, 8)
                            ? time(view.int64(0, order), millis -> Instant.ofEpochMilli(millis))
                            : NOTHING;
        };
    }

    private static int int16(ByteView view, ByteOrder order) {
        return order == ByteOrder.LITTLE_ENDIAN
                ? view.uint8(0) | view.uint8(1) << 8
                : view.uint8(0) << 8 | view.uint8(1);
    }

    private static String bits(int value) {
        String digits = "0".repeat(8 - Integer.toBinaryString(value).length());
        String all = digits + Integer.toBinaryString(value);
        return all.substring(0, 4) + " " + all.substring(4);
    }

    private interface Clock {
        Instant at(long count);
    }

    private static String time(long count, Clock clock) {
        try {
            var at = clock.at(count).atOffset(ZoneOffset.UTC);
            // Beyond four digits a year it is a number that was never meant as a time.
            return at.getYear() < 1 || at.getYear() > 9999 ? NOTHING : TIME.format(at) + " UTC";
        } catch (DateTimeException _) {
            return NOTHING;
        }
    }

    /// As UTF-8 up to the first byte that is none; what has no glyph becomes a dot.
    static String text(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        int at = 0;
        while (at < bytes.length) {
            int length = sequenceLength(bytes[at] & 0xff);
            String letter = at + length <= bytes.length ? decode(bytes, at, length) : "";
            if (letter.isEmpty() || !Character.isDefined(letter.codePointAt(0))) {
                text.append('.');
                at++;
            } else {
                int type = Character.getType(letter.codePointAt(0));
                boolean visible =
                        type != Character.CONTROL
                                && type != Character.FORMAT
                                && type != Character.PRIVATE_USE
                                && type != Character.LINE_SEPARATOR
                                && type != Character.PARAGRAPH_SEPARATOR;
                text.append(visible ? letter : ".");
                at += length;
            }
        }
        return text.toString();
    }

    private static int sequenceLength(int first) {
        if (first < 0xc0) {
            return 1;
        }
        return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    }

    /// One letter, or nothing when the bytes are no UTF-8.
    private static String decode(byte[] bytes, int at, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, at, length))
                    .toString();
        } catch (CharacterCodingException _) {
            return "";
        }
    }

    @Override
    protected void layoutChildren() {
        content.resizeRelocate(0, 0, getWidth(), getHeight());
    }

    @Override
    protected double computePrefWidth(double height) {
        return content.prefWidth(height);
    }

    @Override
    protected double computePrefHeight(double width) {
        return content.prefHeight(width);
    }

    @Override
    protected double computeMinWidth(double height) {
        return content.minWidth(height);
    }

    @Override
    protected double computeMinHeight(double width) {
        return content.minHeight(width);
    }
}
