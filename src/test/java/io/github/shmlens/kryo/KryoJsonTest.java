package io.github.shmlens.kryo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.shmlens.kryo.KryoValue.Whole;
import io.github.shmlens.kryo.KryoValue.Width;
import io.github.shmlens.segment.BadInput;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KryoJsonTest {

    @Test
    void anEmptyObjectIsAMapAndAnEmptyArrayAList() throws BadInput {
        assertThat(KryoJson.parse("[{}, []]"))
                .isEqualTo(
                        new KryoValue.Listing(
                                List.of(
                                        new KryoValue.Mapping(List.of()),
                                        new KryoValue.Listing(List.of()))));
    }

    @Test
    void whatJsonSaysComesBackAsItWas() throws BadInput {
        String json = "{\"id\":1,\"2\":[true,null,0.5,\"grün\"],\"empty\":{}}";
        assertThat(KryoJson.toJson(KryoJson.parse(json))).isEqualTo(json);
        assertThat(KryoJson.survives(KryoJson.parse(json))).isTrue();
    }

    @Test
    void theLaterOfTwoEqualNamesCounts() throws BadInput {
        assertThat(KryoJson.toJson(KryoJson.parse("{\"a\":1,\"b\":2,\"a\":3}")))
                .isEqualTo("{\"a\":3,\"b\":2}");
    }

    @Test
    void typesThatJsonDoesNotKeepAreShownAndDoNotSurvive() {
        KryoValue record =
                new KryoValue.Tuple(
                        "Point",
                        List.of(
                                new KryoValue.Member("x", new Whole(1, Width.INT)),
                                new KryoValue.Member("raw", new KryoValue.Bytes(new byte[] {-1})),
                                new KryoValue.Member("f", new KryoValue.Real(0.1f, true)),
                                new KryoValue.Member(
                                        "inf", new KryoValue.Real(Double.NEGATIVE_INFINITY, false)),
                                new KryoValue.Member(
                                        "m",
                                        new KryoValue.Mapping(
                                                List.of(
                                                        new KryoValue.Entry(
                                                                new Whole(7, Width.INT),
                                                                KryoValue.NULL))))));
        assertThat(KryoJson.toJson(record))
                .isEqualTo(
                        "{\"__class\":\"Point\",\"x\":1,\"raw\":{\"__bytes\":\"ff\"},\"f\":0.1,"
                                + "\"inf\":{\"__float\":\"-INF\"},\"m\":{\"__map\":[[7,null]]}}");
        assertThat(KryoJson.survives(record)).isFalse();
    }

    @Test
    void theErrorSaysWhere() {
        assertThatThrownBy(() -> KryoJson.parse("{\"a\": 1,}"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("line 1 column");
    }
}
