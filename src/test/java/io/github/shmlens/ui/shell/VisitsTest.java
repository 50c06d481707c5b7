package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VisitsTest {

    private final Visits visits = new Visits();

    @Test
    void goesBackThroughTheJumpsAndForwardAgain() {
        visits.jump(0, 1000);
        visits.jump(1000, 5000);
        assertThat(visits.back(5000)).hasValue(1000);
        assertThat(visits.back(1000)).hasValue(0);
        assertThat(visits.back(0)).isEmpty();
        assertThat(visits.forward(0)).hasValue(1000);
        assertThat(visits.forward(1000)).hasValue(5000);
        assertThat(visits.forward(5000)).isEmpty();
    }

    @Test
    void aJumpForgetsWhatLayAhead() {
        visits.jump(0, 1000);
        visits.jump(1000, 5000);
        visits.back(5000);
        visits.jump(1000, 7000);
        assertThat(visits.aheadProperty().get()).isFalse();
        assertThat(visits.back(7000)).hasValue(1000);
    }

    @Test
    void comesBackToWhereTheCaretStoodAndNotOnlyToWhereItLanded() {
        visits.jump(0, 1000);
        visits.jump(1016, 5000);
        assertThat(visits.back(5000)).hasValue(1016);
    }

    @Test
    void whoStrayedFarIsLedBackToTheJumpFirst() {
        visits.jump(0, 1000);
        assertThat(visits.back(9000)).hasValue(1000);
        assertThat(visits.forward(1000)).hasValue(9000);
    }

    @Test
    void staysBounded() {
        for (int i = 0; i < 10_000; i++) {
            visits.jump(i * 100L, i * 100L + 100);
        }
        int back = 0;
        long here = 1_000_000;
        while (true) {
            var before = visits.back(here);
            if (before.isEmpty()) {
                break;
            }
            here = before.getAsLong();
            back++;
        }
        assertThat(back).isEqualTo(Visits.MOST - 1);
        assertThat(visits.backProperty().get()).isFalse();
        assertThat(visits.aheadProperty().get()).isTrue();
    }
}
