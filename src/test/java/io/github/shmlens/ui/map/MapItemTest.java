package io.github.shmlens.ui.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.segment.Attachment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MapItemTest {

    private final List<Attachment> seen = new ArrayList<>();

    private void process(int pid, String command, String user) {
        seen.add(new Attachment(pid, command, user, 0x7f00, 1, true, pid == 1));
    }

    private void many(int count, int firstPid, String command) {
        for (int i = 0; i < count; i++) {
            process(firstPid + i, command, "www-data");
        }
    }

    private List<MapItem> arranged(long outOfSight, int most) {
        return MapItem.arrange(Holder.of(seen), outOfSight, most);
    }

    @Test
    void whatFitsIsShownByItselfThisWindowFirst() {
        process(9, "php", "ada");
        process(1, "java", "ada");
        assertThat(arranged(0, 2)).extracting(MapItem::key).containsExactly("pid 1", "pid 9");
    }

    @Test
    void severalMappingsAreOneProcess() {
        process(9, "php", "ada");
        seen.add(new Attachment(9, "php", "ada", 0x8f00, 1, false, false));
        Holder one = Holder.of(seen).getFirst();
        assertThat(one.mappings()).hasSize(2);
        assertThat(one.rights()).isEqualTo("rw");
        assertThat(one.addresses()).isEqualTo("0x7f00  +1");
    }

    @Test
    void whatDoesNotFitIsGroupedByCommandAndUser() {
        process(1, "java", "ada");
        many(30, 100, "php-fpm");
        process(500, "php-fpm", "root");
        assertThat(arranged(0, 10))
                .extracting(item -> item.holders().size())
                .containsExactly(1, 30, 1);
    }

    @Test
    void smallGroupsGiveWayBeforeLargeOnesAndThisWindowNever() {
        process(1, "java", "ada");
        for (int kind = 0; kind < 50; kind++) {
            many(kind + 1, 1000 * (kind + 1), "worker" + kind);
        }
        List<MapItem> items = arranged(0, 10);
        assertThat(items).hasSize(10);
        assertThat(items.getFirst().key()).isEqualTo("pid 1");
        assertThat(items.getLast()).isInstanceOf(MapItem.Rest.class);
        assertThat(items.stream().mapToInt(item -> item.holders().size()).sum())
                .isEqualTo(seen.size());
        assertThat(items)
                .filteredOn(MapItem.Alike.class::isInstance)
                .allSatisfy(item -> assertThat(item.holders().size()).isGreaterThan(42));
    }

    @Test
    void attachesOutOfSightHaveACardOfTheirOwn() {
        many(3, 100, "php");
        assertThat(arranged(2, 4)).hasSize(4).last().isEqualTo(new MapItem.OutOfSight(2));
        assertThat(arranged(2, 3)).hasSize(2).last().isEqualTo(new MapItem.OutOfSight(2));
    }

    @Test
    void nobodyIsNoCard() {
        assertThat(arranged(0, 10)).isEmpty();
    }
}
