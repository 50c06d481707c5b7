package io.github.shmlens.segment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CountedTest {

    @Test
    void onlyOneIsOne() {
        assertThat(Counted.bytes(1)).isEqualTo("1 byte");
        assertThat(Counted.bytes(0)).isEqualTo("0 bytes");
        assertThat(Counted.bytes(-1)).isEqualTo("-1 bytes");
        assertThat(Counted.bytes(Long.MAX_VALUE)).isEqualTo("9223372036854775807 bytes");
        assertThat(Counted.of(1, "process is", "processes are")).isEqualTo("1 process is");
        assertThat(Counted.of(2, "process is", "processes are")).isEqualTo("2 processes are");
    }
}
