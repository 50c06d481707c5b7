package io.github.shmlens.php;

import java.util.List;

/// The segment holds no store, one so damaged that writing would make it worse, or one in words
/// that are not ours. Nothing was changed.
public final class NotAStore extends Exception {

    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    public NotAStore(String sentence, List<Problem> problems) {
        super(sentence);
        this.problems = List.copyOf(problems);
    }

    /// One sentence without a final stop.
    public String sentence() {
        return String.valueOf(getMessage());
    }

    /// Whether there is a store, with something wrong in it that may be put right.
    public boolean damaged() {
        return !problems.isEmpty()
                && problems.stream()
                        .map(Problem::code)
                        .noneMatch(code ->
                                code.equals(Problem.TOO_SHORT) || code.equals(Problem.MAGIC));
    }

    /// What is wrong with the bytes.
    public List<Problem> problems() {
        return problems;
    }
}
