package io.github.shmlens.ui.hex;

import io.github.shmlens.layout.Part;
import java.util.ArrayList;
import java.util.List;

class OccupancyStripTest {
    static List<Part> many(int count, int length) {
        List<Part> parts = new ArrayList<>();
        parts.add(Part.header(0, 40));
        for (int i = 0; i < count; i++) {
            long at = 40 + (long) i * length;
            parts.add(new Part(Part.Kind.ENTRY, i, at, length, at + 24, length - 32));
        }
        return parts;
    }
}
