package io.github.shmlens.ui.map;

import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Looks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Point2D;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Line;
import org.jspecify.annotations.Nullable;

/// A segment in the middle and whoever has it mapped around it. A whole line leads to processes
/// that can write, a dashed one to those that only read. FX thread.
///
/// The arrow keys go from card to card while it has the focus.
final class MapPicture extends Region {

    private static final Texts TEXTS = Texts.of(MapPicture.class);

    private static final double GAP_EM = 0.9;
    private static final double CARD_WIDTH_EM = 17;
    private static final double CARD_HEIGHT_EM = 4.7;
    private static final double COMPACT_WIDTH_EM = 16.6;
    private static final double COMPACT_HEIGHT_EM = 2.1;
    private static final double MIDDLE_WIDTH_EM = 14;
    private static final double MIDDLE_HEIGHT_EM = 4.6;

    private final Label name = new Label();
    private final Label facts = new Label();
    private final VBox middle = new VBox(name, facts);
    private final ReadOnlyObjectWrapper<@Nullable MapItem> chosen =
            new ReadOnlyObjectWrapper<>(this, "chosen");
    private final Map<String, MapCard> cards = new LinkedHashMap<>();
    private final Map<String, Line> lines = new LinkedHashMap<>();
    private List<Holder> holders = List.of();
    private long outOfSight;
    private double em;
    private boolean compact;

    MapPicture(double em) {
        this.em = em;
        setId("map-picture");
        getStyleClass().add("shm-map");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.NODE);
        name.getStyleClass().addAll(Looks.MONO, "shm-map-name");
        facts.getStyleClass().add("shm-map-more");
        name.setMinWidth(0);
        facts.setMinWidth(0);
        middle.getStyleClass().add("shm-map-segment");
        middle.setAlignment(Pos.CENTER);
        getChildren().add(middle);
        setMinSize(0, 0);
        setPrefSize(600, 300);
        widthProperty().subscribe(this::arrange);
        heightProperty().subscribe(this::arrange);
        addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        setOnMousePressed(_ -> requestFocus());
    }

    /// @param segmentName what a user calls the segment
    /// @param segmentFacts its size and the like, one line
    /// @param unseen attaches that are counted and not found
    void show(String segmentName, String segmentFacts, List<Holder> around, long unseen) {
        name.setText(segmentName);
        facts.setText(segmentFacts);
        holders = List.copyOf(around);
        outOfSight = unseen;
        arrange();
    }

    void em(double pixels) {
        em = pixels;
        arrange();
    }

    /// The card that the user chose; null for none.
    ReadOnlyObjectProperty<@Nullable MapItem> chosenProperty() {
        return chosen.getReadOnlyProperty();
    }

    /// Chooses the card that a process is in; where there is none, no card.
    void choose(int pid) {
        for (MapCard card : cards.values()) {
            if (card.item().holders().stream().anyMatch(one -> one.pid() == pid)) {
                choose(card.item());
                return;
            }
        }
        choose((MapItem) null);
    }

    private void choose(@Nullable MapItem item) {
        chosen.set(item);
        mark();
    }

    private void mark() {
        MapItem now = chosen.get();
        for (MapCard card : cards.values()) {
            card.chosen(now != null && card.item().key().equals(now.key()));
        }
        setAccessibleText(
                now == null
                        ? TEXTS.say("picture.spoken", cards.size())
                        : TEXTS.say("picture.spoken.chosen", cards.size(), now.key()));
    }

    private void key(KeyEvent event) {
        if (event.isControlDown() || event.isAltDown() || event.isMetaDown()) {
            return;
        }
        List<MapCard> all = new ArrayList<>(cards.values());
        int at = all.indexOf(chosenCard());
        int next =
                switch (event.getCode()) {
                    case RIGHT, DOWN -> at + 1;
                    case LEFT, UP -> at <= 0 ? all.size() - 1 : at - 1;
                    case HOME -> 0;
                    case END -> all.size() - 1;
                    default -> -1;
                };
        if (next < 0 || all.isEmpty()) {
            return;
        }
        event.consume();
        choose(all.get(next % all.size()).item());
    }

    private @Nullable MapCard chosenCard() {
        MapItem now = chosen.get();
        return now == null ? null : cards.get(now.key());
    }

    /// Finds out what fits, and keeps the cards that stay.
    private void arrange() {
        if (getWidth() <= 0 || getHeight() <= 0) {
            return;
        }
        int wanted = holders.size() + (outOfSight > 0 ? 1 : 0);
        int large = tooLow() ? 0 : places(false).places().size();
        int small = places(true).places().size();
        List<MapItem> items = MapItem.arrange(holders, outOfSight, wanted <= large ? large : small);
        // Where processes were put together, few cards may be left, and there is room again.
        compact = items.size() > large;
        Map<String, MapCard> before = new LinkedHashMap<>(cards);
        cards.clear();
        for (MapItem item : items) {
            MapCard known = before.get(item.key());
            MapCard card = known == null ? made(item) : known;
            card.show(item);
            card.compact(compact);
            cards.put(item.key(), card);
        }
        lines.keySet().retainAll(cards.keySet());
        List<Node> below = new ArrayList<>();
        for (MapCard card : cards.values()) {
            Line line = lines.computeIfAbsent(card.item().key(), _ -> new Line());
            line.getStyleClass().setAll("shm-map-line", lineStyle(card));
            below.add(line);
        }
        below.add(middle);
        below.addAll(cards.values());
        if (!below.equals(getChildren())) {
            getChildren().setAll(below);
        }
        MapItem now = chosen.get();
        if (now != null) {
            chosen.set(successor(now));
        }
        mark();
        requestLayout();
    }

    private static String lineStyle(MapCard card) {
        if (card.item() instanceof MapItem.OutOfSight) {
            return "shm-map-line-unknown";
        }
        return card.writable() ? "shm-map-line-writes" : "shm-map-line-reads";
    }

    /// The same card as it is now, or the one that the same process has come to.
    private @Nullable MapItem successor(MapItem before) {
        MapCard same = cards.get(before.key());
        if (same != null) {
            return same.item();
        }
        if (before instanceof MapItem.One(Holder holder)) {
            for (MapCard card : cards.values()) {
                if (card.item().holders().stream().anyMatch(one -> one.pid() == holder.pid())) {
                    return card.item();
                }
            }
        }
        return null;
    }

    private MapCard made(MapItem item) {
        MapCard card = new MapCard(item);
        card.setOnMouseClicked(_ -> choose(card.item()));
        return card;
    }

    /// Three rows of large cards, and the segment between them, need this much.
    private boolean tooLow() {
        return getHeight() < em * (3 * CARD_HEIGHT_EM + 4 * GAP_EM);
    }

    private MapPlaces places(boolean small) {
        return MapPlaces.in(
                getWidth(),
                getHeight(),
                em * (small ? COMPACT_WIDTH_EM : CARD_WIDTH_EM),
                em * (small ? COMPACT_HEIGHT_EM : CARD_HEIGHT_EM),
                em * GAP_EM);
    }

    @Override
    protected void layoutChildren() {
        MapPlaces places = places(compact);
        double width = Math.min(em * MIDDLE_WIDTH_EM, places.cardWidth());
        double height = em * (compact ? MIDDLE_HEIGHT_EM * 0.75 : MIDDLE_HEIGHT_EM);
        double centreX = snapPositionX(getWidth() / 2);
        double centreY = snapPositionY(getHeight() / 2);
        middle.resizeRelocate(
                snapPositionX(centreX - width / 2),
                snapPositionY(centreY - height / 2),
                snapSizeX(width),
                snapSizeY(height));
        List<Point2D> chosenPlaces = places.spread(Math.min(cards.size(), places.places().size()));
        int at = 0;
        for (MapCard card : cards.values()) {
            Point2D place = chosenPlaces.get(at++);
            card.resizeRelocate(
                    snapPositionX(place.getX()),
                    snapPositionY(place.getY()),
                    snapSizeX(places.cardWidth()),
                    snapSizeY(places.cardHeight()));
            Line line = lines.get(card.item().key());
            if (line != null) {
                line.setStartX(centreX);
                line.setStartY(centreY);
                line.setEndX(place.getX() + places.cardWidth() / 2);
                line.setEndY(place.getY() + places.cardHeight() / 2);
            }
        }
    }
}
