package io.github.shmlens.cli;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.Counted;
import io.github.shmlens.segment.Numbers;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which stretch of a segment a command goes through.
final class StretchOptions {

    @Option(
            names = "--offset",
            paramLabel = "N",
            defaultValue = "0",
            description = "Where to begin (default: 0).")
    String offset = "0";

    @Option(
            names = "--length",
            paramLabel = "N",
            description = "How many bytes; all to the end otherwise.")
    @Nullable String length;

    /// A stretch of bytes.
    record Stretch(long offset, long length) {

        /// What of it lies in a segment of this size.
        ///
        /// @param name of the segment, for the sentence that refuses
        Stretch within(long sizeBytes, String name) throws BadInput {
            if (offset > sizeBytes) {
                throw new BadInput(
                        "the offset %d lies behind the end: %s has %s"
                                .formatted(offset, name, Counted.bytes(sizeBytes)));
            }
            return new Stretch(offset, Math.min(length, sizeBytes - offset));
        }
    }

    /// What was typed.
    Stretch asked() throws BadInput {
        return new Stretch(
                Numbers.parse("offset", offset, 0, Long.MAX_VALUE),
                length == null ? Long.MAX_VALUE : Quantity.size("length", length, 0));
    }
}
