package io.github.shmlens.source;

import io.github.shmlens.segment.Target;
import org.jspecify.annotations.Nullable;

/// A search for files that a key could have been made of. ftok(3) keeps 16 bits of a file's inode
/// number and 8 of its device, so what is found is never certain: of files that have nothing to do
/// with the key, one in 65,536 on a device that fits gives it by accident.
public interface KeySearch {

    /// How many files it takes on average until one fits by accident.
    int FILES_PER_ACCIDENT = 1 << 16;

    /// Told what is found and how far the search is. Called on the searching thread.
    interface Listener {

        /// A file that gives the key: as `ftok:PATH:PROJECT`, or as `inode:PATH` where the whole
        /// number of the inode is the key. Each is told once.
        ///
        /// @param whose the process that uses the file, where one that has the segment attached,
        ///   made it or used it last does: such a hit is far more likely than others; null for a
        ///   file that was only met on the way
        void found(Target target, @Nullable String whose);

        /// Called now and then; false ends the search.
        ///
        /// @param files looked at so far
        boolean goOn(long files);
    }

    /// @param files how many files were looked at
    /// @param candidates how many of them lie on a device that fits the key
    /// @param closedFolders how many folders did not let us in
    /// @param whole false when the listener ended the search
    record Outcome(long files, long candidates, long closedFolders, boolean whole) {

        /// How many hits are to be expected by accident alone.
        public double expectedAccidents() {
            return (double) candidates / FILES_PER_ACCIDENT;
        }
    }
}
