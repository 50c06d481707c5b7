package io.github.shmlens.ui.slots;

import javafx.css.PseudoClass;

/// States that the style sheet knows.
final class Pseudo {

    static final PseudoClass INVALID = PseudoClass.getPseudoClass("invalid");
    static final PseudoClass UNREADABLE = PseudoClass.getPseudoClass("unreadable");
    static final PseudoClass FITS = PseudoClass.getPseudoClass("fits");

    static final PseudoClass CODE = PseudoClass.getPseudoClass("code");
    static final PseudoClass BUSY = PseudoClass.getPseudoClass("busy");

    private Pseudo() {}
}
