package io.github.shmlens.known;

import io.github.shmlens.layout.ByteView;
import io.github.shmlens.layout.Shape;
import io.github.shmlens.layout.Structure;
import io.github.shmlens.segment.Counted;

/// An object or array as JSON text and zeros behind it, as Perl's IPC::Shareable leaves it with the
/// serializer `json`: without a mark of its own, so that the text itself is what is recognised.
/// Source: IPC::Shareable 1.13, `_encode_json`; its `shmwrite` fills the segment with NULs.
final class JsonTextShape implements Shape {

    private static final int MOST_BYTES = 1 << 20;

    @Override
    public String format() {
        return "json-text";
    }

    @Override
    public boolean recognises(ByteView head, long segmentBytes) {
        JsonScan.Result scan = JsonScan.of(head);
        return switch (scan.verdict()) {
            case WHOLE -> zerosFrom(head, scan.end());
            // Of a longer one no byte was out of place so far, and it has begun in earnest.
            case BEGINNING -> head.size() >= Math.min(HEAD_BYTES, segmentBytes) && head.size() > 8;
            case NONE -> false;
        };
    }

    private static boolean zerosFrom(ByteView head, long from) {
        for (long at = from; at < head.size(); at++) {
            if (head.uint8(at) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public long extentBytes(ByteView head, long segmentBytes) {
        return Math.min(MOST_BYTES, segmentBytes);
    }

    @Override
    public Structure walk(ByteView copy, long segmentBytes) {
        Walk walk = Walk.little(copy, segmentBytes);
        JsonScan.Result scan = JsonScan.of(copy);
        boolean object = copy.size() > 0 && copy.uint8(0) == '{';
        walk.add(
                "text",
                0,
                scan.end(),
                object ? "JSON object" : "JSON array",
                Counted.of(scan.members().size(), "member"),
                scan.verdict() == JsonScan.Verdict.WHOLE ? "" : "not whole");
        int index = 0;
        for (JsonScan.Member member : scan.members()) {
            long length = member.valueEnd() - member.valueBegin();
            walk.add(
                    name(walk, member, index),
                    member.valueBegin(),
                    length,
                    type(member.first()),
                    walk.text(member.valueBegin(), length),
                    "");
            walk.entry(member.valueBegin(), length, member.valueBegin(), length);
            index++;
        }
        if (scan.verdict() == JsonScan.Verdict.WHOLE) {
            walk.free(scan.end(), segmentBytes);
        } else if (scan.verdict() == JsonScan.Verdict.BEGINNING && copy.size() < segmentBytes) {
            walk.remark("Only the first %d bytes were looked at.".formatted(copy.size()));
        } else {
            walk.wrong("The text is no JSON from %d on.".formatted(scan.end()));
        }
        walk.remark(
                "Perl's IPC::Shareable writes it so with the serializer json; nothing but the text tells.");
        return walk.end(format(), "JSON text");
    }

    private static String name(Walk walk, JsonScan.Member member, int index) {
        if (member.nameBegin() < 0) {
            return "[" + index + "]";
        }
        long length = member.nameEnd() - member.nameBegin();
        return length == 0 ? "\"\"" : walk.text(member.nameBegin(), length);
    }

    private static String type(char first) {
        return switch (first) {
            case '{' -> "JSON object";
            case '[' -> "JSON array";
            case '"' -> "JSON string";
            case 't', 'f' -> "JSON boolean";
            case 'n' -> "JSON null";
            default -> "JSON number";
        };
    }
}
