package io.github.shmlens.ui.map;

import io.github.shmlens.ui.text.Texts;
import io.github.shmlens.ui.theme.Looks;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// One card of the picture: a process, some that are alike, or what is out of sight.
final class MapCard extends VBox {

    private static final Texts TEXTS = Texts.of(MapCard.class);
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("selected");

    private final Label title = new Label();
    private final Label number = new Label();
    private final Label chip = new Label();
    private final Label second = new Label();
    private final Label third = new Label();
    private final Tooltip tip = new Tooltip();
    private MapItem item;

    MapCard(MapItem item) {
        this.item = item;
        getStyleClass().add("shm-map-card");
        setAccessibleRole(AccessibleRole.TEXT);
        title.getStyleClass().add("shm-map-title");
        title.setMinWidth(0);
        // A long command gives way; the pid tells who it is.
        number.getStyleClass().add("shm-map-title");
        number.setMinWidth(Region.USE_PREF_SIZE);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        chip.getStyleClass().add(Looks.CHIP);
        chip.setMinWidth(Region.USE_PREF_SIZE);
        second.getStyleClass().add("shm-map-more");
        second.setMinWidth(0);
        third.getStyleClass().addAll("shm-map-more", Looks.MONO);
        third.setMinWidth(0);
        HBox first = new HBox(title, number, gap, chip);
        first.getStyleClass().add("shm-map-first");
        first.setAlignment(Pos.CENTER_LEFT);
        getChildren().setAll(first, second, third);
        setAlignment(Pos.CENTER_LEFT);
        Tooltip.install(this, tip);
        show(item);
    }

    MapItem item() {
        return item;
    }

    /// Small cards have one line.
    void compact(boolean wanted) {
        second.setManaged(!wanted);
        second.setVisible(!wanted);
        third.setManaged(!wanted && !third.getText().isEmpty());
        third.setVisible(third.isManaged());
    }

    void chosen(boolean now) {
        pseudoClassStateChanged(CHOSEN, now);
    }

    /// Whether its line to the segment is drawn whole: somebody there can write.
    boolean writable() {
        return item.holders().stream().anyMatch(Holder::writable);
    }

    void show(MapItem next) {
        item = next;
        getStyleClass().removeAll("shm-map-self", "shm-map-unseen", "shm-map-many");
        chip.setVisible(true);
        chip.setManaged(true);
        switch (next) {
            case MapItem.One(Holder holder) -> {
                if (holder.self()) {
                    getStyleClass().add("shm-map-self");
                }
                say(
                        holder.self() ? TEXTS.say("card.self") : holder.command(),
                        Integer.toString(holder.pid()),
                        holder.rights(),
                        withContainer(holder.user(), holder.container()),
                        holder.addresses());
            }
            case MapItem.Alike alike -> {
                getStyleClass().add("shm-map-many");
                say(
                        alike.command(),
                        TEXTS.say("card.alike", alike.holders().size()),
                        rights(),
                        withContainer(alike.user(), alike.container()),
                        "");
            }
            case MapItem.Rest rest -> {
                getStyleClass().add("shm-map-many");
                long commands = rest.holders().stream().map(Holder::command).distinct().count();
                say(
                        TEXTS.say("card.rest"),
                        Integer.toString(rest.holders().size()),
                        rights(),
                        TEXTS.say("card.rest.commands", commands),
                        "");
            }
            case MapItem.OutOfSight(long attaches) -> {
                getStyleClass().add("shm-map-unseen");
                say(
                        TEXTS.say("card.unseen"),
                        Long.toString(attaches),
                        "",
                        TEXTS.say("card.unseen.why"),
                        "");
            }
        }
    }

    private String rights() {
        long writers = item.holders().stream().filter(Holder::writable).count();
        return writers == 0 ? "ro" : writers == item.holders().size() ? "rw" : "rw, ro";
    }

    private static String withContainer(String user, String container) {
        return container.isEmpty() ? user : user + " · " + container;
    }

    private void say(String head, String figure, String rights, String more, String mono) {
        title.setText(head);
        number.setText(figure);
        chip.setText(rights);
        chip.setVisible(!rights.isEmpty());
        chip.setManaged(!rights.isEmpty());
        second.setText(more);
        third.setText(mono);
        String all = head + " " + figure;
        for (String part : new String[] {rights, more, mono}) {
            all = part.isEmpty() ? all : all + "\n" + part;
        }
        tip.setText(all);
        setAccessibleText(all.replace("\n", ", "));
    }
}
