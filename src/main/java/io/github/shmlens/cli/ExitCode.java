package io.github.shmlens.cli;

/// What a command says to the script that ran it. A promise: additions are fine, changes are not.
final class ExitCode {

    static final int DONE = 0;

    /// No such segment or slot, already there, not a store, findings, other bytes than expected.
    static final int NO = 1;

    static final int WRONG_USAGE = 2;

    /// Does not fit, or a limit of the kernel. What was there before still is.
    static final int NO_ROOM = 3;

    static final int TIMED_OUT = 4;

    static final int OUR_FAULT = 70;

    static final int NOT_PERMITTED = 77;

    /// A signal came while something was written. The process ends with that signal's own code.
    static final int STOPPED = 143;

    /// Whoever read our output went away; what a shell reports for SIGPIPE.
    static final int NOBODY_READS = 141;

    private ExitCode() {}
}
