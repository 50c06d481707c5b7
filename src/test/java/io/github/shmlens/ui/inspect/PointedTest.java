package io.github.shmlens.ui.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.Attachment;
import java.util.List;
import org.junit.jupiter.api.Test;

class PointedTest {

    private static final long BASE = 0x7f12_0000_0000L;

    private static Attachment mapping(int pid, long address, long length, boolean self) {
        return new Attachment(pid, "php", "root", address, length, true, self);
    }

    @Test
    void anAddressInAMappingLeadsToTheOffsetBehindIt() {
        Pointed found = Pointed.of(BASE + 0x40, 8192, List.of(mapping(7, BASE, 8192, false)), true);
        assertThat(found.words()).isEqualTo("offset 0x40, as mapped by php (7)");
        assertThat(found.offset()).hasValue(0x40);
    }

    @Test
    void forksThatShareTheAddressAgree() {
        Pointed found =
                Pointed.of(
                        BASE + 8,
                        8192,
                        List.of(
                                mapping(7, BASE, 8192, false),
                                mapping(8, BASE, 8192, false),
                                mapping(9, BASE + 0x10000, 8192, true)),
                        true);
        assertThat(found.words()).isEqualTo("offset 0x8, as mapped by php (7) and 1 more");
        assertThat(found.offset()).hasValue(8);
    }

    @Test
    void whereItIsNotCertainNoOffsetIsClaimed() {
        List<Attachment> parts =
                List.of(mapping(7, BASE, 4096, false), mapping(7, BASE + 4096, 4096, false));
        assertThat(Pointed.of(BASE + 4100, 8192, parts, true).offset()).isEmpty();
        assertThat(Pointed.of(BASE + 4, 8192, List.of(mapping(7, BASE, 8192, false)), false))
                .isEqualTo(
                        new Pointed(
                                "inside the mapping of php (7)", java.util.OptionalLong.empty()));
        // The last page of a mapping lies partly behind the segment's end.
        assertThat(
                        Pointed.of(BASE + 5000, 4100, List.of(mapping(7, BASE, 8192, false)), true)
                                .offset())
                .isEmpty();
    }

    @Test
    void aSmallNumberMayBeAnOffsetAndMostAreNothing() {
        assertThat(Pointed.of(0x80, 8192, List.of(), true).offset()).hasValue(0x80);
        assertThat(Pointed.of(8192, 8192, List.of(), true)).isEqualTo(Pointed.NOWHERE);
        assertThat(Pointed.of(-1, 8192, List.of(mapping(7, BASE, 8192, false)), true))
                .isEqualTo(Pointed.NOWHERE);
        assertThat(Pointed.of(0, 8192, List.of(), true).words()).isEqualTo("null");
    }
}
