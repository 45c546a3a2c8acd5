package dev.mitosis.bench.orphans;

/// What the workers of a program are doing when it is killed.
enum Doing {
    /// They start; some may not be there yet.
    STARTING,

    /// They wait for work.
    IDLE,

    /// They run short items, one after another.
    BUSY,

    /// Each is in a loop without calls, in which the JVM sees no reason to stop.
    LOOPING,

    /// Each blocks in native code, in `pause`.
    NATIVE
}
