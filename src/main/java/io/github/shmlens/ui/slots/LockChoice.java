package io.github.shmlens.ui.slots;

import io.github.shmlens.segment.BadInput;
import io.github.shmlens.segment.LockFacts;
import io.github.shmlens.segment.Numbers;
import io.github.shmlens.segment.SegmentKey;
import io.github.shmlens.ui.text.Texts;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// Asks under which semaphore edits happen, or that they happen without one. Asks only; takes
/// nothing. On the FX thread only.
public final class LockChoice extends Region {

    private static final Texts TEXTS = Texts.of(LockChoice.class);

    /// Finds out how a semaphore stands, without touching it.
    public interface Lookup {

        /// Begins to look, and returns at once.
        ///
        /// @param answer to be called on the FX thread, at most once
        void ask(SegmentKey key, Consumer<Answer> answer);
    }

    /// What a lookup found.
    public sealed interface Answer {

        /// @param lock empty when no semaphore has this key
        record Looked(Optional<LockFacts> lock) implements Answer {}

        /// It could not be found out.
        ///
        /// @param why one sentence
        record Refused(String why) implements Answer {}
    }

    /// A window that waits longer for a write looks broken.
    private static final long LONGEST_SECONDS = 600;

    private static final Duration TYPING_PAUSE = Duration.millis(150);

    private final Lookup lookup;
    private final RadioButton under = new RadioButton(TEXTS.say("lock.under"));
    private final RadioButton without = new RadioButton(TEXTS.say("lock.without"));
    private final TextField keyField = new TextField();
    private final TextField limitField =
            new TextField(Long.toString(Locking.Under.USUAL_LIMIT.toSeconds()));
    private final Label limitProblem = Stylesheet.wrapped("", "lock-facts");
    private final Label facts = Stylesheet.wrapped("", "lock-facts");
    private Runnable onSaid = () -> {};
    private final ReadOnlyBooleanWrapper valid = new ReadOnlyBooleanWrapper(this, "valid", true);
    private final PauseTransition typing = new PauseTransition(TYPING_PAUSE);
    private final VBox content;
    private @Nullable SegmentKey key;
    private java.time.@Nullable Duration limit = Locking.Under.USUAL_LIMIT;
    // Answers can overtake each other; only the one to the last question counts.
    private int question;

    /// @param proposal the key to begin with: scripts often use the segment's own; null for POSIX
    ///   objects
    public LockChoice(@Nullable SegmentKey proposal, Lookup lookup) {
        this.lookup = lookup;
        getStyleClass().add("lock-choice");
        getStylesheets().add(Stylesheet.URL);

        ToggleGroup ways = new ToggleGroup();
        under.setToggleGroup(ways);
        under.setId("lock-under");
        without.setToggleGroup(ways);
        without.setId("lock-without");

        keyField.setId("lock-key");
        keyField.setPrefColumnCount(14);
        keyField.setPromptText("0x000f1206");
        keyField.setText(
                proposal == null || proposal.equals(SegmentKey.PRIVATE) ? "" : proposal.hex());
        Label keyLabel = new Label(TEXTS.say("lock.key"));
        keyLabel.setLabelFor(keyField);
        limitField.setId("lock-limit");
        limitField.setPrefColumnCount(4);
        Label limitLabel = new Label(TEXTS.say("lock.limit"));
        limitLabel.setLabelFor(limitField);
        HBox limitLine = new HBox(limitLabel, limitField, new Label(TEXTS.say("lock.seconds")));
        limitLine.getStyleClass().add("form-line");
        limitProblem.setId("lock-limit-problem");
        limitProblem.getStyleClass().add("field-problem");
        limitProblem.managedProperty().bind(limitProblem.textProperty().isNotEmpty());
        HBox keyLine = new HBox(keyLabel, keyField);
        keyLine.getStyleClass().add("form-line");
        facts.setId("lock-facts");

        Label what = Stylesheet.wrapped(TEXTS.say("lock.meaning"), "lock-meaning");
        VBox underBox = new VBox(what, keyLine, facts, limitLine, limitProblem);
        underBox.getStyleClass().add("lock-details");
        keyLine.disableProperty().bind(without.selectedProperty());
        limitLine.disableProperty().bind(without.selectedProperty());

        Label warning = Stylesheet.wrapped(TEXTS.say("lock.warning"), "lock-warning");
        VBox withoutBox = new VBox(warning);
        withoutBox.getStyleClass().add("lock-details");

        content = new VBox(under, underBox, without, withoutBox);
        content.getStyleClass().add("lock-content");
        getChildren().add(content);

        typing.setOnFinished(_ -> ask());
        keyField.textProperty().addListener((_, _, _) -> typed());
        limitField.textProperty().addListener((_, _, _) -> limitTyped());
        ways.selectedToggleProperty()
                .addListener((_, before, now) -> {
                    if (now == null && before != null) {
                        before.setSelected(true);
                    }
                    check();
                });
        under.setSelected(true);
        typed();
    }

    /// Whether [#locking] has an answer.
    public ReadOnlyBooleanProperty validProperty() {
        return valid.getReadOnlyProperty();
    }

    /// What was chosen; empty while the key is no key.
    public Optional<Locking> locking() {
        if (without.isSelected()) {
            return Optional.of(new Locking.Without());
        }
        SegmentKey semaphore = key;
        java.time.Duration most = limit;
        return semaphore == null || most == null
                ? Optional.empty()
                : Optional.of(new Locking.Under(semaphore, most));
    }

    /// Shows a choice made before.
    public void choose(Locking locking) {
        switch (locking) {
            case Locking.Under(SegmentKey semaphore, java.time.Duration most) -> {
                under.setSelected(true);
                limitField.setText(Long.toString(most.toSeconds()));
                keyField.setText(semaphore.hex());
            }
            case Locking.Without() -> without.setSelected(true);
        }
    }

    /// What is shown about a semaphore: one line.
    public static String tell(SegmentKey key, Optional<LockFacts> lock) {
        if (lock.isEmpty()) {
            return TEXTS.say("lock.none", key.hex());
        }
        LockFacts found = lock.get();
        StringBuilder line = new StringBuilder();
        if (!found.initialised()) {
            line.append(TEXTS.say("lock.unused", found.semid()));
        } else if (found.held()) {
            line.append(
                    found.lastPid() > 0
                            ? TEXTS.say("lock.held-by", found.lastOperator())
                            : TEXTS.say("lock.held"));
        } else {
            line.append(
                    found.lastPid() > 0
                            ? TEXTS.say("lock.free-by", found.lastOperator())
                            : TEXTS.say("lock.free"));
        }
        if (found.waiters() > 0) {
            line.append(" ").append(TEXTS.count("lock.waiters", found.waiters()));
        }
        return line.toString();
    }

    /// Told that it says something else by now, perhaps in more lines.
    void setOnSaid(Runnable action) {
        onSaid = action;
    }

    /// Puts the caret where typing begins.
    public void focusFirst() {
        if (under.isSelected()) {
            keyField.requestFocus();
            keyField.selectAll();
        } else {
            without.requestFocus();
        }
    }

    private void typed() {
        question++;
        String text = keyField.getText();
        if (text.isBlank()) {
            key = null;
            say(TEXTS.say("lock.ask"), false);
        } else {
            try {
                SegmentKey typed = SegmentKey.parse(text);
                if (typed.equals(SegmentKey.PRIVATE)) {
                    key = null;
                    say(TEXTS.say("lock.zero"), true);
                } else {
                    key = typed;
                    say(TEXTS.say("lock.looking", typed.hex()), false);
                    typing.playFromStart();
                }
            } catch (BadInput bad) {
                key = null;
                say(sentence(bad.sentence()), true);
            }
        }
        check();
    }

    private void limitTyped() {
        try {
            limit =
                    java.time.Duration.ofSeconds(
                            Numbers.parse("time", limitField.getText(), 0, LONGEST_SECONDS));
            limitProblem.setText("");
        } catch (BadInput bad) {
            limit = null;
            limitProblem.setText(sentence(bad.sentence()));
        }
        limitField.pseudoClassStateChanged(Pseudo.INVALID, limit == null);
        check();
    }

    private void ask() {
        SegmentKey asked = key;
        if (asked == null) {
            return;
        }
        int mine = ++question;
        lookup.ask(
                asked,
                answer -> {
                    if (mine != question) {
                        return;
                    }
                    switch (answer) {
                        case Answer.Looked(Optional<LockFacts> lock) ->
                                say(tell(asked, lock), false);
                        case Answer.Refused(String why) -> say(sentence(why), true);
                    }
                });
    }

    private void say(String text, boolean bad) {
        facts.setText(text);
        onSaid.run();
        facts.getStyleClass().remove("field-problem");
        keyField.pseudoClassStateChanged(Pseudo.INVALID, bad);
        if (bad) {
            facts.getStyleClass().add("field-problem");
        }
    }

    private void check() {
        valid.set(without.isSelected() || (key != null && limit != null));
    }

    static String sentence(String text) {
        if (text.isEmpty()) {
            return text;
        }
        String begun = Character.toUpperCase(text.charAt(0)) + text.substring(1);
        return begun.endsWith(".") ? begun : begun + ".";
    }

    @Override
    protected void layoutChildren() {
        content.resizeRelocate(0, 0, getWidth(), getHeight());
    }

    @Override
    protected double computePrefWidth(double height) {
        return content.prefWidth(height);
    }

    @Override
    protected double computePrefHeight(double width) {
        return content.prefHeight(width);
    }

    @Override
    protected double computeMinHeight(double width) {
        return content.minHeight(width);
    }
}
