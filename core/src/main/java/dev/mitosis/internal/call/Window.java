package dev.mitosis.internal.call;

import dev.mitosis.CallOptions;
import dev.mitosis.spi.Job;

/// How many items of a call may be under way, and how many of them one batch may take.
///
/// Under way is what has been taken from the input and not been handed out: a slow item holds up
/// those behind it, and a slow reader all.
final class Window {
    private static final long ITEMS = 65_536;
    private static final long NUMBERS = 1 << 20; // nothing is pulled, and each is 9 bytes
    private static final int BATCHES = 4; // of each worker, so that none waits for the window

    // Where frames are costly: how many an engine begins in the time that each is to run, which is
    // a hundred times what it takes to begin one, or more if there are more slots, each of which
    // has two workers here; and how many there are at least.
    private static final double BEGUN = 100;
    private static final double SLOTS = 0.5;
    private static final int FEWEST = 16;

    private Window() {}

    /// {@return how many items of a lazy call may be under way if its user does not say}
    ///
    /// @param workers how many the pool has
    static long of(CallOptions options, Job.Verb verb, int workers) {
        long frames = (long) BATCHES * workers * options.chunkSize();
        return Math.max(verb == Job.Verb.MAP_LONG ? NUMBERS : ITEMS, frames);
    }

    /// Returns how many items of a window one batch may take, so that there are some for all.
    ///
    /// @param window the window, in items
    /// @param workers how many the pool has
    static long share(long window, int workers) {
        return Math.max(1, window / ((long) BATCHES * workers));
    }

    /// Returns the same where frames are costly. If the window is too small for frames of a good
    /// size on all nodes, smaller frames keep the engine busy and not the nodes, and larger ones
    /// leave nodes without any: as many nodes as can be are busy if the window holds as many frames
    /// as are begun in the time that one runs.
    ///
    /// @param window the window, in items
    /// @param workers how many the pool has
    /// @param good how many items make a frame of a good size, 0 if that is not known
    static long shareOfFrames(long window, int workers, double good) {
        double begun = Math.max(BEGUN, SLOTS * workers);
        long balanced = (long) Math.sqrt(window * good / begun);
        return Math.max(share(window, workers), Math.min(balanced, window / FEWEST));
    }
}
