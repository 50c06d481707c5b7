package io.github.shmlens.sysv;

import io.github.shmlens.segment.ShmException;
import jnr.constants.platform.Errno;

/// The kernel said no. Never leaves this room: whoever asked knows what was wanted and turns it
/// into an [ShmException].
final class Refused extends Exception {

    private static final long serialVersionUID = 1;

    private final Call call;
    private final int number;

    Refused(Call call, int number) {
        super(call.function() + ": " + Failures.name(number));
        this.call = call;
        this.number = number;
    }

    Refused(Call call, Errno errno) {
        this(call, errno.intValue());
    }

    boolean is(Errno errno) {
        return number == errno.intValue();
    }

    ShmException during(Attempt attempt) {
        return new ShmException(Failures.of(call, number, attempt), this);
    }
}
