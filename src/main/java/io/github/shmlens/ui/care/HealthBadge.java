package io.github.shmlens.ui.care;

import io.github.shmlens.ui.text.Texts;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Tells in a word and a sign whether the store is sound, and opens the [HealthPanel]. Takes no
/// room where there is no store. FX thread.
public final class HealthBadge extends ToggleButton {

    private static final Texts TEXTS = Texts.of(HealthBadge.class);

    /// How a store is.
    enum Health {
        SOUND(Feather.CHECK_CIRCLE, "shm-health-sound"),
        /// Only values are at fault; PHP writes some of those itself.
        VALUES(Feather.INFO, "shm-health-values"),
        DAMAGED(Feather.ALERT_TRIANGLE, "shm-health-damaged");

        private final Feather icon;
        private final String styleClass;

        Health(Feather icon, String styleClass) {
            this.icon = icon;
            this.styleClass = styleClass;
        }
    }

    private final FontIcon icon = new FontIcon(Feather.CHECK_CIRCLE);
    private final Tooltip tip = new Tooltip();

    public HealthBadge() {
        setId("health");
        getStyleClass().add("shm-health");
        getStylesheets().add(Stylesheet.URL);
        setGraphic(icon);
        setTooltip(tip);
        none();
    }

    /// There is no store to judge.
    void none() {
        setVisible(false);
        setManaged(false);
        setSelected(false);
    }

    void show(Health health, int findings) {
        setVisible(true);
        setManaged(true);
        String count = TEXTS.count("count.finding", findings);
        String text =
                switch (health) {
                    case SOUND -> TEXTS.say("badge.sound");
                    case VALUES -> count;
                    case DAMAGED -> TEXTS.say("badge.damaged", count);
                };
        String more =
                switch (health) {
                    case SOUND -> TEXTS.say("badge.no-finding");
                    case VALUES -> TEXTS.say("badge.values");
                    case DAMAGED -> TEXTS.say("badge.structure");
                };
        if (text.equals(getText())) {
            return;
        }
        setText(text);
        tip.setText(TEXTS.say("badge.tip", more));
        setAccessibleText(TEXTS.say("badge.name", text));
        icon.setIconCode(health.icon);
        getStyleClass().removeIf(name -> name.startsWith("shm-health-"));
        getStyleClass().add(health.styleClass);
    }
}
