package dev.mitosis.internal.worker;

/// Ends this worker when its parent is gone, whatever it is doing.
final class OrphanGuard {
    /// The exit status of a worker whose parent is gone.
    static final int ORPHANED = 75;

    private OrphanGuard() {}

    /// Ends this process at once.
    static void parentIsGone() {
        // It is tempting to exit politely, through shutdown hooks. But the hooks are the user's,
        // they may block, and nobody is left to kill us: workers would outlive their pool.
        Runtime.getRuntime().halt(ORPHANED);
    }
}
