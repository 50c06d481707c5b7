package io.github.shmlens.ui.fields;

import io.github.shmlens.fields.Abi;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Numbers;
import io.github.shmlens.ui.theme.TargetFile;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The overlays of one target, as a small text file of the user's. One line each, with tabs between
/// ABI, offset, count, type, sequence, file, formats and the declarations, each written as
/// [TargetFile#escaped] does. Lines that make no sense here stay in the file as they are. Blocks:
/// for threads that may.
final class OverlayFile {

    /// More are not shown.
    static final int MOST = 32;

    private static final String KIND = "structures";
    private static final int MOST_BYTES = 64 << 20;
    private static final int PARTS = 8;

    private final TargetFile file;

    /// @param target how the segment is spelled; one spelling, one file
    OverlayFile(Path folder, String target) {
        this.file = new TargetFile(folder, target, KIND, MOST_BYTES);
    }

    Path path() {
        return file.path();
    }

    List<Overlay> read() throws IOException {
        return overlays(file.read());
    }

    /// Changes what the file holds now and writes it whole or not at all.
    List<Overlay> change(UnaryOperator<List<Overlay>> how) throws IOException {
        return overlays(
                file.change(lines -> {
                    List<Overlay> before = new ArrayList<>();
                    List<String> others = new ArrayList<>();
                    for (String line : lines) {
                        Optional<Overlay> one =
                                before.size() < MOST ? overlay(line) : Optional.empty();
                        one.ifPresentOrElse(before::add, () -> others.add(line));
                    }
                    List<String> after = new ArrayList<>();
                    how.apply(before).forEach(one -> after.add(line(one)));
                    after.addAll(others);
                    return after;
                }));
    }

    private static List<Overlay> overlays(List<String> lines) {
        return lines.stream().flatMap(line -> overlay(line).stream()).limit(MOST).toList();
    }

    static String line(Overlay overlay) {
        Path path = overlay.file();
        String formats =
                new TreeMap<>(overlay.formats())
                        .entrySet().stream()
                                .map(one -> one.getKey() + "=" + one.getValue())
                                .collect(Collectors.joining(";"));
        return Stream.of(
                        overlay.abi().text(),
                        "0x%x".formatted(overlay.offset()),
                        overlay.count(),
                        overlay.type(),
                        overlay.sequence(),
                        path == null ? "" : path.toString(),
                        formats,
                        overlay.text())
                .map(TargetFile::escaped)
                .collect(Collectors.joining("\t"));
    }

    static Optional<Overlay> overlay(String line) {
        List<String> parts =
                Arrays.stream(line.split("\t", -1)).map(TargetFile::unescaped).toList();
        Optional<Abi> abi = Abi.named(parts.getFirst());
        if (parts.size() != PARTS || abi.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Overlay(
                            abi.get(),
                            Numbers.parse("offset", parts.get(1), 0, Long.MAX_VALUE),
                            parts.get(2),
                            parts.get(3),
                            parts.get(4),
                            parts.get(5).isEmpty() ? null : Path.of(parts.get(5)),
                            formats(parts.get(6)),
                            parts.get(7)));
        } catch (BadInput | InvalidPathException none) {
            return Optional.empty();
        }
    }

    private static Map<String, String> formats(String text) {
        Map<String, String> formats = new TreeMap<>();
        for (String one : text.split(";", -1)) {
            int at = one.lastIndexOf('=');
            if (at >= 0) {
                formats.put(one.substring(0, at), one.substring(at + 1));
            }
        }
        return formats;
    }
}
