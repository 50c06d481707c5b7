package io.github.shmlens.sysv;

/// The other end of what this process writes to.
public final class OtherEnd {

    private static final Kernel KERNEL = new Kernel();

    private OtherEnd() {}

    /// Whether a pipe or socket has nobody any more who could read what is written to it. Asks the
    /// kernel and writes nothing. False for files, and for terminals that are there. Any thread.
    ///
    /// @param descriptor of this process
    public static boolean closed(int descriptor) {
        return KERNEL.otherEndClosed(descriptor);
    }
}
