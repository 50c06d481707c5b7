package io.github.shmlens.sysv;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MappingTest {

    private static List<Mapping> parsed(String text) {
        return Mapping.parse(text.lines().toList());
    }

    private static final String MAPS =
            """
            559c2f0b4000-559c2f0d8000 r--p 00000000 fe:00 1048601                    /usr/bin/php8.2
            7f1a00000000-7f1a00021000 rw-p 00000000 00:00 0\s
            7f1a10000000-7f1a10001000 rw-s 00000000 00:01 3                          /SYSV000f1206 (deleted)
            7f1a10002000-7f1a10003000 r--s 00000000 00:01 3                          /SYSV000f1206 (deleted)
            7f1a10004000-7f1a10005000 rw-s 00000000 00:01 3                          /dev/zero (deleted)
            7f1a20000000-7f1a20200000 rw-s 00000000 00:11 32771                      /SYSV00000000 (deleted)
            7f1a30000000-7f1a30001000 rw-s 00000000 00:1b 17                         /dev/shm/a b
            7f1a30002000-7f1a30003000 rw-p 00000000 00:1b 17                         /dev/shm/a b
            """;

    @Test
    void findsSegmentsByNameAndInode() {
        assertThat(parsed(MAPS).stream().filter(one -> one.shows(3)))
                .extracting(Mapping::start, Mapping::writable)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(0x7f1a10000000L, true),
                        org.assertj.core.groups.Tuple.tuple(0x7f1a10002000L, false));
    }

    @Test
    void findsSegmentsOfHugePagesOnTheirOtherDevice() {
        assertThat(parsed(MAPS).stream().filter(one -> one.shows(32771))).hasSize(1);
    }

    @Test
    void findsObjectsByInodeAndDeviceUnderWhateverPath() {
        assertThat(parsed(MAPS).stream().filter(one -> one.shows(node(0x1b, 17), "/elsewhere")))
                .hasSize(1);
    }

    @Test
    void findsObjectsByInodeAndPathWhereTheDeviceIsAnother() {
        assertThat(parsed(MAPS).stream().filter(one -> one.shows(node(0x99, 17), "/dev/shm/a b")))
                .hasSize(1);
    }

    @Test
    void takesNoOtherFileWithTheSameInode() {
        assertThat(parsed(MAPS).stream().filter(one -> one.shows(node(0x99, 17), "/elsewhere")))
                .isEmpty();
    }

    private static FileNode node(long device, long inode) {
        return new FileNode(device, inode, true, false, 1, 0100600, 0, 0, 1, 1, Instant.EPOCH);
    }

    @Test
    void joinsWhatMprotectCutUp() {
        List<Mapping> joined =
                Mapping.joined(
                        parsed(
                                """
                                7f0000000000-7f0000001000 r--s 00000000 00:01 3 /SYSV00000000 (deleted)
                                7f0000001000-7f0000002000 rw-s 00001000 00:01 3 /SYSV00000000 (deleted)
                                7f0000002000-7f0000004000 r--s 00002000 00:01 3 /SYSV00000000 (deleted)
                                """));
        assertThat(joined).hasSize(1);
        assertThat(joined.getFirst().end() - joined.getFirst().start()).isEqualTo(0x4000);
        assertThat(joined.getFirst().writable()).isTrue();
    }

    @Test
    void keepsTwoAttachesSideBySideApart() {
        assertThat(
                        Mapping.joined(
                                parsed(
                                        """
                                        7f0000000000-7f0000001000 rw-s 00000000 00:01 3 /SYSV00000000 (deleted)
                                        7f0000001000-7f0000002000 rw-s 00000000 00:01 3 /SYSV00000000 (deleted)
                                        """)))
                .hasSize(2);
    }

    @Test
    void knowsDevicesAsTheMapsWriteThem() {
        // makedev(0xfe, 0) and makedev(259, 0x12345), in Linux's split encoding
        assertThat(node(0xfe00, 1).major()).isEqualTo(0xfe);
        assertThat(node(0xfe00, 1).minor()).isZero();
        FileNode large = node(0x103L << 8 | 0x45 | 0x12300L << 12, 1);
        assertThat(large.major()).isEqualTo(0x103);
        assertThat(large.minor()).isEqualTo(0x12345);
    }
}
