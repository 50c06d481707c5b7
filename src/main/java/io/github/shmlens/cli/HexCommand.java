package io.github.shmlens.cli;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// A hex dump: offset, sixteen bytes, text. Rows equal to the one above are left out, as a star.
@Command(name = "hex", sortOptions = false, description = "Shows a segment's bytes.")
@Examples({"shmlens hex 987654 --offset 40 --length 256", "shmlens hex posix:/sensor"})
final class HexCommand implements Callable<Integer> {

    private static final int ROW = 16;
    private static final int CHUNK = 1 << 16;
    private static final int PIECE = 4096;
    private static final String PLAIN = "\u001b[0m";

    private final Session session;

    @Parameters(index = "0", paramLabel = "TARGET", description = "The segment.")
    String target = "";

    @Mixin StretchOptions stretch = new StretchOptions();

    @Option(names = "--json", description = "Print JSON, an object a line: offset and bytes.")
    boolean json;

    HexCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws ShmException, BadInput {
        StretchOptions.Stretch asked = stretch.asked();
        Session.Found found = session.found(target);
        try (AttachedSegment segment = session.source().attach(found.id(), Access.READ_ONLY)) {
            StretchOptions.Stretch there =
                    asked.within(segment.sizeBytes(), session.name(found.id()));
            long from = there.offset();
            long end = from + there.length();
            if (json) {
                write(segment, from, end);
            } else {
                String format = Formats.of(segment);
                if (format != null) {
                    session.console()
                            .note("%s holds %s".formatted(session.name(found.id()), format));
                }
                show(segment, from, end);
            }
        }
        return ExitCode.DONE;
    }

    /// Every byte, in pieces that a script can hold whatever the segment's size.
    private void write(AttachedSegment segment, long from, long end) throws ShmException {
        byte[] piece = new byte[(int) Math.min(PIECE, end - from)];
        for (long at = from; at < end; at += piece.length) {
            long offset = at;
            int held = (int) Math.min(piece.length, end - at);
            segment.readResident(at, piece, 0, held);
            Json.print(
                    session.console(),
                    out -> {
                        out.writeStartObject();
                        out.writeNumberProperty("offset", offset);
                        out.writeStringProperty("bytes", HexFormat.of().formatHex(piece, 0, held));
                        out.writeEndObject();
                    });
        }
    }

    private void show(AttachedSegment segment, long from, long end) throws ShmException {
        Console console = session.console();
        byte[] chunk = new byte[(int) Math.min(CHUNK, end - from)];
        byte[] above = {};
        boolean starred = false;
        for (long at = from; at < end; at += chunk.length) {
            int held = (int) Math.min(chunk.length, end - at);
            segment.readResident(at, chunk, 0, held);
            for (int in = 0; in < held; in += ROW) {
                byte[] row = Arrays.copyOfRange(chunk, in, Math.min(in + ROW, held));
                boolean last = at + in + row.length == end;
                if (Arrays.equals(row, above) && !last) {
                    if (!starred) {
                        console.line("*");
                    }
                    starred = true;
                } else {
                    console.line(line(at + in, row, console.colours()));
                    starred = false;
                }
                above = row;
            }
        }
    }

    private static String line(long at, byte[] row, boolean colours) {
        StringBuilder line = new StringBuilder("%08x ".formatted(at));
        StringBuilder text = new StringBuilder();
        for (int in = 0; in < ROW; in++) {
            line.append(in == ROW / 2 ? "  " : " ");
            if (in >= row.length) {
                line.append("  ");
                continue;
            }
            int one = row[in] & 0xff;
            String hue = colours ? hue(one) : "";
            String end = colours ? PLAIN : "";
            line.append(hue).append("%02x".formatted(one)).append(end);
            boolean printable = one >= 0x20 && one < 0x7f;
            text.append(hue).append(printable ? (char) one : '.').append(end);
        }
        return line.append("  |").append(text).append('|').toString();
    }

    /// One colour for each kind of byte: zero, printable, white space, other ASCII, the rest.
    private static String hue(int one) {
        if (one == 0) {
            return "\u001b[90m";
        }
        if (one > 0x20 && one < 0x7f) {
            return "\u001b[36m";
        }
        if (one == ' ' || one == '\t' || one == '\n' || one == '\r') {
            return "\u001b[32m";
        }
        return one < 0x80 ? "\u001b[35m" : "\u001b[33m";
    }
}
