package io.github.shmlens.debuginfo;

/// Why there are no types to be had. The message is one sentence without a final stop that says
/// what to do.
public final class NoTypes extends Exception {

    private static final long serialVersionUID = 1;

    private final Why why;

    /// Closed on purpose: every caller answers every case.
    public enum Why {
        /// Neither gdb nor pahole is on the PATH.
        NO_TOOL,
        /// The program was built without, or it was taken out.
        NO_DEBUG_INFO,
        NOT_PERMITTED,
        /// No such type, or one of a name that C cannot say.
        NO_SUCH_TYPE,
        TIMED_OUT,
        /// No file of a program whose layouts are known here.
        NO_PROGRAM,
        /// The tool failed, or it says otherwise than we read what it says.
        NOT_BELIEVED
    }

    NoTypes(Why why, String sentence) {
        super(sentence);
        this.why = why;
    }

    public Why why() {
        return why;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
