package io.github.shmlens.ui.problem;

import io.github.shmlens.ui.text.Texts;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Hyperlink;
import javafx.scene.layout.VBox;

/// Several banners above a view that has little height to give: a line for the one that calls most
/// for attention, or was told last of those that do, and a word that there are more. FX thread.
public final class Banners extends VBox {

    private static final Texts TEXTS = Texts.of(Banners.class);

    private final List<Banner> all = new ArrayList<>();

    /// Of those that tell something, the one told last first.
    private final List<Banner> told = new ArrayList<>();

    private final Hyperlink more = new Hyperlink();
    private boolean open;

    public Banners() {
        more.setId("banners-more");
        more.getStyleClass().add("shm-banners-more");
        more.setMinHeight(USE_PREF_SIZE);
        more.setOnAction(_ -> {
            open = !open;
            more.setVisited(false);
            arrange();
        });
        getStyleClass().add("shm-banners");
        getStylesheets().add(io.github.shmlens.ui.theme.Theme.css(Banners.class, "problem.css"));
        getChildren().add(more);
        arrange();
    }

    /// Makes one of them.
    public Banner add() {
        Banner banner = Banner.ofOneLine();
        all.add(banner);
        getChildren().add(getChildren().size() - 1, banner);
        banner.setOnChange(() -> changed(banner));
        return banner;
    }

    private void changed(Banner banner) {
        if (!banner.showing()) {
            told.remove(banner);
        } else if (!told.contains(banner)) {
            told.addFirst(banner);
        }
        arrange();
    }

    private void arrange() {
        Banner first = null;
        for (Banner banner : told) {
            if (first == null || banner.weight().compareTo(first.weight()) > 0) {
                first = banner;
            }
        }
        int others = Math.max(0, told.size() - 1);
        if (others == 0) {
            open = false;
        }
        for (Banner banner : all) {
            banner.fold(!open && banner != first);
        }
        more.setText(open ? TEXTS.say("banners.fewer") : TEXTS.say("banners.more", others));
        more.setVisible(others > 0);
        more.setManaged(others > 0);
    }
}
