package io.github.shmlens.ui.map;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Point2D;

/// Places for cards around the middle of a picture, along its edges, so that no line from the
/// middle to a card crosses another card. Pure.
///
/// @param places the cards' upper left corners, clockwise from the upper left
record MapPlaces(
        double width, double height, double cardWidth, double cardHeight, List<Point2D> places) {

    /// Without a row and a column between the edges there is no middle.
    private static final int FEWEST = 3;

    MapPlaces {
        places = List.copyOf(places);
    }

    /// All places in a picture of this size. Cards are narrower where it is too narrow for them.
    ///
    /// @param gap least distance between two cards, and to the edge
    static MapPlaces in(
            double width, double height, double cardWidth, double cardHeight, double gap) {
        double most = (width - (FEWEST + 1) * gap) / FEWEST;
        return fitting(width, height, Math.clamp(most, 0, cardWidth), cardHeight, gap);
    }

    private static MapPlaces fitting(
            double width, double height, double cardWidth, double cardHeight, double gap) {
        int columns = Math.max(FEWEST, (int) ((width - gap) / (cardWidth + gap)));
        int rows = Math.max(FEWEST, (int) ((height - gap) / (cardHeight + gap)));
        List<Point2D> places = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
            places.add(at(column, 0));
        }
        for (int row = 1; row < rows - 1; row++) {
            places.add(at(columns - 1, row));
        }
        for (int column = columns - 1; column >= 0; column--) {
            places.add(at(column, rows - 1));
        }
        for (int row = rows - 2; row > 0; row--) {
            places.add(at(0, row));
        }
        double acrossStep = (width - 2 * gap - cardWidth) / (columns - 1);
        double downStep = (height - 2 * gap - cardHeight) / (rows - 1);
        return new MapPlaces(
                width,
                height,
                cardWidth,
                cardHeight,
                places.stream()
                        .map(cell ->
                                new Point2D(
                                        gap + cell.getX() * acrossStep,
                                        gap + cell.getY() * downStep))
                        .toList());
    }

    private static Point2D at(int column, int row) {
        return new Point2D(column, row);
    }

    /// As many of the places, spread evenly: the first to the right of the middle, the others
    /// clockwise.
    ///
    /// @param count at most as many as there are places
    List<Point2D> spread(int count) {
        List<Point2D> free = new ArrayList<>(places);
        List<Point2D> chosen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double wanted = 2 * Math.PI * i / count;
            Point2D nearest = free.getFirst();
            for (Point2D place : free) {
                if (apart(angle(place), wanted) < apart(angle(nearest), wanted) - 1e-9) {
                    nearest = place;
                }
            }
            free.remove(nearest);
            chosen.add(nearest);
        }
        return chosen;
    }

    /// Seen from the middle, as if the picture were square: a wide one has no crowded sides.
    private double angle(Point2D place) {
        double right = (place.getX() + cardWidth / 2 - width / 2) / width;
        double down = (place.getY() + cardHeight / 2 - height / 2) / height;
        return Math.atan2(down, right);
    }

    private static double apart(double one, double other) {
        double difference = Math.abs(one - other) % (2 * Math.PI);
        return Math.min(difference, 2 * Math.PI - difference);
    }
}
