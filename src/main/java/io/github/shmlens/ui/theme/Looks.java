package io.github.shmlens.ui.theme;

/// Style classes of our own that more than one view uses; `theme.css` says what they look like. A
/// class that only one view knows stays in that view.
public final class Looks {

    /// Text in the fixed-width font: keys, ids, bytes.
    public static final String MONO = "shm-mono";

    /// A field's error, right under the field.
    public static final String FIELD_ERROR = "shm-field-error";

    /// A small word with a border: `dest`, `rw`.
    public static final String CHIP = "shm-chip";

    /// With [#CHIP]: something the user should notice.
    public static final String CHIP_WARNING = "shm-chip-warning";

    /// With [#CHIP]: attached in this window.
    public static final String CHIP_ACCENT = "shm-chip-accent";

    /// The round mark of a tab or row; the state's word, in lower case, is a further class:
    /// `shm-live`, `shm-paused`, `shm-lost`, `shm-file`.
    public static final String DOT = "shm-dot";

    /// A band across the top of a view that tells a
    /// [problem][io.github.shmlens.ui.problem.Problem].
    public static final String BANNER = "shm-banner";

    /// A question or form over the window.
    public static final String SHEET = "shm-sheet";

    /// The line at the foot of the window.
    public static final String STATUS_LINE = "shm-status-line";

    /// Names on the left of facts.
    public static final String FACT_NAME = "shm-fact-name";

    private Looks() {}
}
