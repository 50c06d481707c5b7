package io.github.shmlens.ui.theme;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    0, 0 B
                    1023, 1023 B
                    1024, 1.0 KiB
                    1536, 1.5 KiB
                    10188, 9.9 KiB
                    10239, 10 KiB
                    10240, 10 KiB
                    1048575, 1.0 MiB
                    67108864, 64 MiB
                    68719476736, 64 GiB
                    9223372036854775807, 8.0 EiB
                    """)
    void sizesHaveThreeDigitsOrSo(long bytes, String shown) {
        assertThat(Figures.size(bytes)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0",
                "9999 | 9,999",
                "10000 | 10k",
                "999999 | 999k",
                "1000000 | 1.0M",
                "9999999 | 9.9M",
                "10000000 | 10M"
            })
    void countsFitANarrowPlace(long number, String shown) {
        assertThat(Figures.count(number)).isEqualTo(shown);
    }

    @Test
    void anExactSizeGroupsItsDigitsLikeEveryCountOfBytes() {
        assertThat(Figures.exactSize(1)).isEqualTo("1 byte");
        assertThat(Figures.exactSize(999)).isEqualTo("999 bytes");
        assertThat(Figures.exactSize(65_536)).isEqualTo("65,536 bytes");
    }
}
