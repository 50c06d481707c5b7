package io.github.shmlens.cli;

import io.github.shmlens.php.PhpValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// What the demo plays: a child process uploads files, one after another, and tells its parent how
/// far it is. Knows nothing of memory or time; it is moved on and says what each slot holds.
final class UploadScene {

    static final long PERCENT = 1;
    static final long FILE = 2;
    static final long BYTES = 3;
    static final long STATE = 4;
    static final long REPORT = 5;

    /// The one to edit: KiB a second.
    static final long SPEED = 6;

    static final long STATUS = 7;

    static final int SLOWEST = 1;
    static final int FASTEST = 5000;
    static final int FIRST_SPEED = 150;

    private static final long REST_MILLIS = 2000;

    private record Upload(String name, long size) {}

    private static final List<Upload> FILES =
            List.of(
                    new Upload("invoice-2026-11.pdf", 348_160),
                    new Upload("Übersicht.ods", 91_342),
                    new Upload("holiday/beach.jpg", 1_204_881),
                    new Upload("holiday/dinner.jpg", 987_004),
                    new Upload("notes.txt", 12_007),
                    new Upload("backup.tar.gz", 2_411_724));

    private static final long TOTAL = FILES.stream().mapToLong(Upload::size).sum();

    private int round = 1;
    private int current;
    private double sent;
    private long restMillis;
    private int speed = FIRST_SPEED;
    private String status = "";

    UploadScene() {
        status = obeyed();
    }

    /// Looks at the slot that people edit. What is no whole number in range is ignored, and said in
    /// the status slot.
    ///
    /// @param wish what the slot holds; null when it is gone or cannot be read
    void wish(@Nullable PhpValue wish) {
        OptionalInt number = wish == null ? OptionalInt.empty() : speed(wish);
        if (wish == null) {
            status = "slot %d (speed) is not there: still %d KiB/s".formatted(SPEED, speed);
        } else if (number.isEmpty()) {
            status =
                    "slot %d (speed) ignored, it is no whole number from %d to %d: still %d KiB/s"
                            .formatted(SPEED, SLOWEST, FASTEST, speed);
        } else {
            speed = number.getAsInt();
            status = obeyed();
        }
    }

    /// Lets time pass.
    void advance(long millis) {
        if (current == FILES.size()) {
            restMillis += millis;
            if (restMillis >= REST_MILLIS) {
                round++;
                current = 0;
                sent = 0;
                restMillis = 0;
            }
            return;
        }
        sent += speed * 1024.0 * millis / 1000;
        while (current < FILES.size() && sent >= FILES.get(current).size()) {
            sent -= FILES.get(current).size();
            current++;
        }
        if (current == FILES.size()) {
            sent = 0;
        }
    }

    int speed() {
        return speed;
    }

    /// What each slot holds now, the one that people edit left out.
    Map<Long, PhpValue> slots() {
        boolean done = current == FILES.size();
        Upload file = FILES.get(Math.min(current, FILES.size() - 1));
        long bytes = done ? file.size() : (long) sent;
        Map<Long, PhpValue> slots = new LinkedHashMap<>();
        slots.put(PERCENT, PhpValue.Int.of(sentInAll() * 100 / TOTAL));
        slots.put(FILE, PhpValue.Str.of(file.name()));
        slots.put(BYTES, PhpValue.Int.of(bytes));
        slots.put(STATE, PhpValue.Str.of(done ? "all files sent" : "uploading"));
        slots.put(REPORT, report(done));
        slots.put(STATUS, PhpValue.Str.of(status));
        return slots;
    }

    private PhpValue report(boolean done) {
        List<PhpValue.Entry> files = new ArrayList<>();
        for (int at = 0; at < FILES.size(); at++) {
            Upload file = FILES.get(at);
            long bytes = at < current ? file.size() : at == current ? (long) sent : 0;
            files.add(
                    new PhpValue.Entry(
                            PhpValue.Int.of(at),
                            array(
                                    entry("name", PhpValue.Str.of(file.name())),
                                    entry("size", PhpValue.Int.of(file.size())),
                                    entry("sent", PhpValue.Int.of(bytes)),
                                    entry(
                                            "state",
                                            PhpValue.Str.of(
                                                    at < current
                                                            ? "sent"
                                                            : at == current
                                                                    ? "uploading"
                                                                    : "waiting")))));
        }
        return array(
                entry("round", PhpValue.Int.of(round)),
                entry("done", new PhpValue.Bool(done)),
                entry("ratio", PhpValue.Float.of(sentInAll() * 1000 / TOTAL / 1000.0)),
                entry("error", PhpValue.NULL),
                entry("files", new PhpValue.Array(files)));
    }

    private long sentInAll() {
        return FILES.stream().limit(current).mapToLong(Upload::size).sum() + (long) sent;
    }

    private String obeyed() {
        return "slot %d (speed) says %d KiB/s".formatted(SPEED, speed);
    }

    private static OptionalInt speed(PhpValue wish) {
        long number;
        switch (wish) {
            case PhpValue.Int whole -> number = whole.value();
            case PhpValue.Str text -> {
                String digits = text.utf8();
                if (digits == null || !digits.strip().matches("[0-9]{1,9}")) {
                    return OptionalInt.empty();
                }
                number = Long.parseLong(digits.strip());
            }
            case PhpValue.Null _,
                    PhpValue.Bool _,
                    PhpValue.Float _,
                    PhpValue.Array _,
                    PhpValue.Obj _,
                    PhpValue.Custom _,
                    PhpValue.Enum _,
                    PhpValue.ObjectRef _,
                    PhpValue.VariableRef _ -> {
                return OptionalInt.empty();
            }
        }
        return number >= SLOWEST && number <= FASTEST
                ? OptionalInt.of((int) number)
                : OptionalInt.empty();
    }

    private static PhpValue.Entry entry(String key, PhpValue value) {
        return new PhpValue.Entry(PhpValue.Str.of(key), value);
    }

    private static PhpValue.Array array(PhpValue.Entry... entries) {
        return new PhpValue.Array(List.of(entries));
    }
}
