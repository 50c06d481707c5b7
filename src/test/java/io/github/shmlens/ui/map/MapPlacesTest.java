package io.github.shmlens.ui.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MapPlacesTest {

    private static Bounds card(MapPlaces places, Point2D at) {
        return new BoundingBox(at.getX(), at.getY(), places.cardWidth(), places.cardHeight());
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 320, 180, 62",
        "620, 230, 180, 62",
        "600, 150, 130, 28",
        "626, 142, 202, 29",
        "2500, 1400, 180, 62"
    })
    void noTwoCardsTouchAndNoneLiesOnTheSegment(
            double width, double height, double cardWidth, double cardHeight) {
        MapPlaces places = MapPlaces.in(width, height, cardWidth, cardHeight, 8);
        List<Point2D> all = places.places();
        Bounds middle =
                new BoundingBox(
                        width / 2 - places.cardWidth() / 2,
                        height / 2 - cardHeight / 4,
                        places.cardWidth(),
                        cardHeight / 2);
        for (int one = 0; one < all.size(); one++) {
            Bounds card = card(places, all.get(one));
            assertThat(card.getMinX()).isGreaterThanOrEqualTo(0);
            assertThat(card.getMaxX()).isLessThanOrEqualTo(width);
            assertThat(card.getMinY()).isGreaterThanOrEqualTo(0);
            assertThat(card.getMaxY()).isLessThanOrEqualTo(height);
            assertThat(card.intersects(middle)).isFalse();
            for (int other = 0; other < one; other++) {
                assertThat(card.intersects(card(places, all.get(other)))).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 12})
    void someAreSpreadAndNoPlaceIsGivenTwice(int count) {
        MapPlaces places = MapPlaces.in(1000, 320, 180, 62, 12);
        List<Point2D> chosen = places.spread(count);
        assertThat(chosen).hasSize(count).doesNotHaveDuplicates();
        assertThat(chosen.getFirst().getX()).isGreaterThan(500);
        if (count == 2) {
            assertThat(chosen.getLast().getX()).isLessThan(500);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10})
    void aPictureWithoutRoomStillHasPlaces(int side) {
        assertThat(MapPlaces.in(side, side, 180, 62, 12).places()).hasSizeGreaterThanOrEqualTo(8);
    }
}
