package io.github.shmlens.ui.shell;

import io.github.shmlens.segment.Target;
import io.github.shmlens.source.AttachedSegment;

/// Makes the content of a new tab.
@FunctionalInterface
public interface TabContentFactory {

    /// Called on the FX thread, with a segment attached a moment ago; must not block.
    ///
    /// @param asNamed how the user named it
    TabContent open(AttachedSegment segment, Target asNamed, Origin origin, TabHost host);
}
