package io.github.shmlens.known;

import io.github.shmlens.layout.Shape;
import java.util.List;

/// The layouts this room knows, those with the surest mark first.
public final class KnownLayouts {

    /// All of them. Each may be asked on any thread.
    public static final List<Shape> ALL =
            List.of(
                    new ShareableShape(),
                    new HsperfdataShape(),
                    new PostgresqlShape(),
                    new XwdShape(),
                    new NtpClockShape(),
                    new BoostShape(),
                    new ShareableListShape(),
                    new ShareLiteShape(),
                    new JsonTextShape());

    private KnownLayouts() {}
}
