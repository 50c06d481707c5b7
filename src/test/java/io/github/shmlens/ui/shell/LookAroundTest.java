package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.Access;
import io.github.shmlens.segment.SegmentId;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.segment.ShmException;
import io.github.shmlens.segment.ShmFailure;
import io.github.shmlens.segment.Target;
import io.github.shmlens.source.AttachedSegment;
import io.github.shmlens.source.SegmentSource;
import io.github.shmlens.testing.FakeSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/// How often the mappings of all processes are read.
class LookAroundTest {

    private final FakeSource host = new FakeSource();
    private final SegmentKey key = new SegmentKey(0xf1206);
    private int scans;

    private final SegmentSource counting =
            (SegmentSource)
                    Proxy.newProxyInstance(
                            getClass().getClassLoader(),
                            new Class<?>[] {SegmentSource.class},
                            (_, method, arguments) -> {
                                scans += method.getName().equals("attachments") ? 1 : 0;
                                try {
                                    return method.invoke(host, arguments);
                                } catch (InvocationTargetException thrown) {
                                    throw thrown.getCause();
                                }
                            });

    static final class Deaf implements LookAround.Listener {
        @Override
        public void seen(Surroundings now) {}

        @Override
        public void superseded() {}

        @Override
        public void nameless(boolean onlyOurs) {}

        @Override
        public void failed(ShmFailure failure) {}
    }

    private LookAround around(SegmentId id) throws ShmException {
        AttachedSegment segment = host.attach(id, Access.READ_ONLY);
        return new LookAround(counting, segment, Target.of(id), new Deaf());
    }

    @Test
    void theyAreReadAgainOnlyWhenTheKernelCountsAnotherAttachOrSomebodyAsks() throws ShmException {
        SegmentId.Sysv id = host.add(key, 4096);
        try (LookAround around = around(id)) {
            for (int i = 0; i < 5; i++) {
                assertThat(around.look().attachments().seen()).hasSize(1);
            }
            assertThat(scans).isEqualTo(1);
            host.othersAttach(id, 71, "php");
            assertThat(around.look().attachments().others()).hasSize(1);
            assertThat(scans).isEqualTo(2);
            around.look();
            assertThat(scans).isEqualTo(2);
            around.now();
            around.look();
            assertThat(scans).isEqualTo(3);
        }
    }

    @Test
    void ofObjectsTheKernelCountsNothing() throws ShmException {
        SegmentId.Posix id = host.addObject("/sensor", 4096);
        try (LookAround around = around(id)) {
            around.look();
            around.look();
        }
        assertThat(scans).isEqualTo(2);
    }
}
