package io.github.shmlens.bench;

import java.util.List;

/// One comparison with a peer, or a few that share their setting.
interface BenchCase {

    /// The names of the rows that [#run] yields; any of them on the command line chooses the case.
    List<String> names();

    /// Whether it measures a window, which the launcher starts with options of its own.
    default boolean inWindow() {
        return false;
    }

    /// Measures. Ours and the peer's take turns in the same minute, so that what else the machine
    /// does meets both; [Rounds] sees to that.
    List<Row> run() throws Exception;
}
