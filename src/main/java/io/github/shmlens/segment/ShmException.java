package io.github.shmlens.segment;

/// Carries a [ShmFailure] up to whoever can answer it. Checked, so that nobody forgets.
public final class ShmException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient ShmFailure failure;

    public ShmException(ShmFailure failure) {
        super(failure.toString());
        this.failure = failure;
    }

    public ShmException(ShmFailure failure, Throwable cause) {
        super(failure.toString(), cause);
        this.failure = failure;
    }

    public ShmFailure failure() {
        return failure;
    }
}
