package io.github.shmlens.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StatusWordsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0 | 0", "4.06 | 4.1", "361.4 | 361", "30032837 | 30,032,837"})
    void aRateCanBeReadHoweverManyChangesThereAre(double perSecond, String told) {
        assertThat(StatusWords.rate(perSecond)).isEqualTo(told);
    }
}
