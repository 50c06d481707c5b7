package io.github.shmlens.cli;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Counted;
import io.github.shmlens.segment.Numbers;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.PatternText;
import io.github.shmlens.source.SearchHits;
import io.github.shmlens.source.SearchListener;
import io.github.shmlens.source.SearchOutcome;
import io.github.shmlens.source.SearchPattern;
import io.github.shmlens.source.SearchRequest;
import io.github.shmlens.source.ValueType;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Every place where something lies.
@Command(
        name = "find",
        sortOptions = false,
        description = "Finds text, bytes or numbers, and prints their offsets.",
        footerHeading = "%nPATTERN is one of:%n",
        footer = {
            "  --text   Hello                text as it is (the default)",
            "  --hex    \"50 48 ?? 4? ?f\"     bytes; ? is any digit",
            "  --int    42  -1  0x2a  10..20 a whole number, or all between two",
            "  --float  3.14  1.5..2         the nearest float, or all between two",
            "           ~3.14                all that round to these digits",
            "",
            "Exit code 0 when something was found, 1 when nothing was. Pages that nobody ever",
            "touched are not looked at: zeros in them are no hits."
        })
@Examples({
    "shmlens find 987654 Hello",
    "shmlens find 0x7000 --hex \"50 48 ?? 4? ?f\"",
    "shmlens find 0x7000 --float 20.0..25.5 --width 32"
})
final class FindCommand implements Callable<Integer> {

    private static final List<String> ENCODINGS = List.of("utf-8", "utf-16le", "utf-16be");
    private static final List<String> ORDERS = List.of("le", "be");
    private static final int TEXT_MOST = 120;

    private final Session session;

    @Parameters(index = "0", paramLabel = "TARGET", description = "The segment.")
    String target = "";

    @Parameters(index = "1", paramLabel = "PATTERN", description = "What to look for.")
    String pattern = "";

    /// What the pattern is; at most one.
    static final class Kind {
        @Option(names = "--text", description = "PATTERN is text (the default).")
        boolean text;

        @Option(names = "--hex", description = "PATTERN is bytes in hex digits, ? for any digit.")
        boolean hex;

        @Option(names = "--int", description = "PATTERN is a whole number or a range.")
        boolean integer;

        @Option(names = "--float", description = "PATTERN is a floating-point number or a range.")
        boolean floating;
    }

    @ArgGroup Kind kind = new Kind();

    @Option(
            names = "--width",
            paramLabel = "BITS",
            description = "Of a number: 8, 16, 32 or 64 (default: 32; --float: 64).")
    @Nullable String width;

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            description = "Of a number's bytes: le or be (default: this host's).")
    @Nullable String order;

    @Option(
            names = "--encoding",
            paramLabel = "NAME",
            description = "Of text: utf-8, utf-16le or utf-16be (default: utf-8).")
    @Nullable String encoding;

    @Option(
            names = {"-i", "--ignore-case"},
            description = "ASCII letters of a text fit in both cases.")
    boolean ignoreCase;

    @Option(
            names = "--align",
            paramLabel = "N",
            description = "Only at offsets that are a multiple of this power of two (default: 1).")
    String align = "1";

    @Mixin StretchOptions stretch = new StretchOptions();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Stop after so many hits, and say when there are more.")
    @Nullable String limit;

    @Option(
            names = "--json",
            description = "One JSON object a line: offset, and the bytes found there.")
    boolean json;

    FindCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws ShmException, BadInput {
        SearchPattern wanted = wanted();
        int alignment = alignment();
        StretchOptions.Stretch asked = stretch.asked();
        long hits =
                limit == null ? Long.MAX_VALUE : Numbers.parse("limit", limit, 1, Long.MAX_VALUE);
        Session.Found found = session.found(target);
        try (AttachedSegment segment = session.source().attach(found.id(), Access.READ_ONLY)) {
            StretchOptions.Stretch there =
                    asked.within(segment.sizeBytes(), session.name(found.id()));
            SearchRequest request =
                    new SearchRequest(wanted, there.offset(), there.length(), alignment, hits);
            SearchOutcome outcome;
            try (Progress progress = session.console().progress("find", request.length())) {
                outcome = segment.search(request, new Printing(wanted, progress));
            }
            tell(outcome);
            return outcome.hits() > 0 ? ExitCode.DONE : ExitCode.NO;
        }
    }

    // ---- what was asked

    private SearchPattern wanted() throws BadInput {
        boolean number = kind.integer || kind.floating;
        refuse(!number && width != null, "--width", "a number: add --int or --float");
        refuse(!number && order != null, "--order", "a number: add --int or --float");
        boolean text = !number && !kind.hex;
        refuse(!text && encoding != null, "--encoding", "text");
        refuse(!text && ignoreCase, "--ignore-case", "text");
        if (number) {
            return PatternText.number(pattern, type());
        }
        if (kind.hex) {
            return PatternText.hex(pattern);
        }
        return PatternText.text(pattern, charset(), ignoreCase);
    }

    private static void refuse(boolean useless, String option, String what) throws BadInput {
        if (useless) {
            throw new BadInput("%s goes with a PATTERN that is %s".formatted(option, what));
        }
    }

    private ValueType type() throws BadInput {
        int least = kind.floating ? 32 : 8;
        String typed = width == null ? (kind.floating ? "64" : "32") : width;
        int bits = (int) Numbers.parse("width", typed, least, 64);
        if (Integer.bitCount(bits) != 1) {
            throw new BadInput(
                    "the width %d is none: numbers have %s bits"
                            .formatted(bits, kind.floating ? "32 or 64" : "8, 16, 32 or 64"));
        }
        ByteOrder bytes = ByteOrder.nativeOrder();
        if (order != null) {
            bytes =
                    one("order", order, ORDERS).equals("le")
                            ? ByteOrder.LITTLE_ENDIAN
                            : ByteOrder.BIG_ENDIAN;
        }
        return new ValueType(
                kind.floating ? ValueType.Kind.FLOAT : ValueType.Kind.SIGNED,
                bits / Byte.SIZE,
                bytes);
    }

    private Charset charset() throws BadInput {
        String name = encoding == null ? "utf-8" : one("encoding", encoding, ENCODINGS);
        return switch (name) {
            case "utf-16le" -> StandardCharsets.UTF_16LE;
            case "utf-16be" -> StandardCharsets.UTF_16BE;
            default -> StandardCharsets.UTF_8;
        };
    }

    private static String one(String what, String typed, List<String> of) throws BadInput {
        String name = typed.toLowerCase(java.util.Locale.ROOT);
        if (!of.contains(name)) {
            throw new BadInput(
                    "the %s \"%s\" is none of %s".formatted(what, typed, String.join(", ", of)));
        }
        return name;
    }

    private int alignment() throws BadInput {
        int most = SearchRequest.MOST_ALIGNMENT;
        int typed = (int) Numbers.parse("alignment", align, 1, most);
        if (Integer.bitCount(typed) != 1) {
            throw new BadInput("the alignment %d is no power of two".formatted(typed));
        }
        return typed;
    }

    // ---- what was found

    private final class Printing implements SearchListener {
        private final SearchPattern wanted;
        private final Progress progress;

        Printing(SearchPattern wanted, Progress progress) {
            this.wanted = wanted;
            this.progress = progress;
        }

        @Override
        public void found(SearchHits hits) {
            Console console = session.console();
            int width = wanted.lengthBytes();
            for (int i = 0; i < hits.count(); i++) {
                long at = hits.offsets()[i];
                if (json) {
                    byte[] bytes = Arrays.copyOfRange(hits.bytes(), i * width, (i + 1) * width);
                    Json.print(
                            console,
                            out -> {
                                out.writeStartObject();
                                out.writeNumberProperty("offset", at);
                                out.writeStringProperty("bytes", HexFormat.of().formatHex(bytes));
                                out.writeEndObject();
                            });
                } else {
                    console.line(Long.toString(at));
                }
            }
            if (console.terminal()) {
                console.flush();
            }
        }

        @Override
        public boolean goOn(long doneBytes, long ofBytes) {
            progress.done(doneBytes);
            return true;
        }
    }

    private void tell(SearchOutcome outcome) {
        Console console = session.console();
        if (outcome.end() == SearchOutcome.End.MORE_THAN_LIMIT) {
            console.note(
                    "more than %s: the rest is not shown"
                            .formatted(Counted.of(outcome.hits(), "hit")));
        }
        if (outcome.hits() == 0) {
            String what = pattern.length() > TEXT_MOST ? "the pattern" : "\"" + pattern + "\"";
            String where =
                    outcome.lookedAtBytes() == 0 && outcome.skippedBytes() > 0
                            ? ": all of it was never touched or is swapped out"
                            : " in " + Counted.bytes(outcome.lookedAtBytes()) + skipped(outcome);
            console.note("%s was not found%s".formatted(what, where));
        } else if (outcome.skippedBytes() > 0 && console.terminal()) {
            console.note(
                    "looked at %s%s"
                            .formatted(Counted.bytes(outcome.lookedAtBytes()), skipped(outcome)));
        }
    }

    private static String skipped(SearchOutcome outcome) {
        return outcome.skippedBytes() == 0
                ? ""
                : "; %s"
                        .formatted(
                                Counted.of(
                                        outcome.skippedBytes(),
                                        "more was never touched or is swapped out",
                                        "more were never touched or are swapped out"));
    }
}
