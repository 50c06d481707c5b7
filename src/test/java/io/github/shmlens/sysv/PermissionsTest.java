package io.github.shmlens.sysv;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.Rights;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PermissionsTest {

    private static final int OWNER = 10;
    private static final int CREATOR = 11;
    private static final int GROUP = 20;
    private static final int CREATOR_GROUP = 21;

    private static final long DAC_OVERRIDE = 1L << 1;
    private static final long DAC_READ_SEARCH = 1L << 2;
    private static final long FOWNER = 1L << 3;
    private static final long IPC_OWNER = 1L << 15;
    private static final long SYS_ADMIN = 1L << 21;

    private static SegmentRow row(int perms) {
        return new SegmentRow(
                1, 1, perms, 1, 1, 1, 0, OWNER, GROUP, CREATOR, CREATOR_GROUP, 0, 0, 0, 0, 0);
    }

    private static Rights segment(int perms, int uid, Set<Integer> groups, long capabilities) {
        return Permissions.segment(row(perms), new Credentials(uid, groups, capabilities));
    }

    @Test
    void letsOwnerAndCreatorDoWhatTheModeSays() {
        assertThat(segment(0600, OWNER, Set.of(1), 0)).isEqualTo(new Rights(true, true, true));
        assertThat(segment(0600, CREATOR, Set.of(1), 0)).isEqualTo(new Rights(true, true, true));
    }

    @Test
    void letsTheGroupsOfOwnerAndCreatorIn() {
        assertThat(segment(0640, 99, Set.of(1, GROUP), 0))
                .isEqualTo(new Rights(true, false, false));
        assertThat(segment(0640, 99, Set.of(CREATOR_GROUP), 0))
                .isEqualTo(new Rights(true, false, false));
    }

    @Test
    void letsOthersDoWhatTheLastBitsSay() {
        assertThat(segment(0666, 99, Set.of(1), 0)).isEqualTo(new Rights(true, true, false));
        assertThat(segment(0660, 99, Set.of(1), 0)).isEqualTo(new Rights(false, false, false));
    }

    @Test
    void asksOnlyTheFirstClassThatFits() {
        assertThat(segment(0066, OWNER, Set.of(GROUP), 0))
                .isEqualTo(new Rights(false, false, true));
        assertThat(segment(0606, 99, Set.of(GROUP), 0)).isEqualTo(new Rights(false, false, false));
    }

    @Test
    void needsReadingForWriting() {
        assertThat(segment(0622, 99, Set.of(1), 0)).isEqualTo(new Rights(false, false, false));
    }

    @Test
    void letsCapabilitiesLiftWhatTheyLift() {
        assertThat(segment(0, 99, Set.of(1), IPC_OWNER)).isEqualTo(new Rights(true, true, false));
        assertThat(segment(0, 99, Set.of(1), SYS_ADMIN)).isEqualTo(new Rights(false, false, true));
        assertThat(segment(0, 99, Set.of(1), DAC_OVERRIDE))
                .isEqualTo(new Rights(false, false, false));
    }

    private static final FileNode SHM = node(041777, 0, 0);

    private static FileNode node(int mode, int uid, int gid) {
        return new FileNode(27, 1, true, false, 1, mode, uid, gid, 1, 1, Instant.EPOCH);
    }

    private static Rights object(int mode, int uid, long capabilities) {
        return Permissions.file(
                node(0100000 | mode, OWNER, GROUP),
                SHM,
                new Credentials(uid, Set.of(1), capabilities));
    }

    @Test
    void letsTheOwnerOfAnObjectRemoveIt() {
        assertThat(object(0600, OWNER, 0)).isEqualTo(new Rights(true, true, true));
    }

    @Test
    void keepsOthersFromRemovingUnderAStickyBit() {
        assertThat(object(0666, 99, 0)).isEqualTo(new Rights(true, true, false));
        assertThat(object(0666, 99, FOWNER)).isEqualTo(new Rights(true, true, true));
    }

    @Test
    void letsCapabilitiesOpenObjects() {
        assertThat(object(0, 99, DAC_OVERRIDE)).isEqualTo(new Rights(true, true, false));
        assertThat(object(0, 99, DAC_READ_SEARCH)).isEqualTo(new Rights(true, false, false));
        assertThat(object(0, 99, IPC_OWNER)).isEqualTo(new Rights(false, false, false));
    }

    @Test
    void readsWhoAThreadIs() {
        Credentials who =
                Credentials.parse(
                        """
                        Name:	java
                        Uid:	1000	1001	1002	1003
                        Gid:	2000	2001	2002	2003
                        Groups:	4 24 4294967294\s
                        CapInh:	0000000000000000
                        CapEff:	000001ffffff8000
                        """
                                .lines()
                                .toList());
        assertThat(who.uid()).isEqualTo(1001);
        assertThat(who.groups()).containsExactlyInAnyOrder(2001, 4, 24, -2);
        assertThat(who.has(Credentials.Capability.CAP_IPC_OWNER)).isTrue();
        assertThat(who.has(Credentials.Capability.CAP_FOWNER)).isFalse();
    }

    @Test
    void readsWhoHasNoSupplementaryGroups() {
        Credentials who =
                Credentials.parse(
                        "Uid:\t0\t0\t0\t0\nGid:\t0\t0\t0\t0\nGroups:\t\nCapEff:\t0\n"
                                .lines()
                                .toList());
        assertThat(who.groups()).containsExactly(0);
    }
}
