package dev.mitosis.internal.worker;

import dev.mitosis.internal.launch.SelfKill;
import java.time.Duration;

/// Ends this worker when its parent is gone, whatever it is doing.
final class OrphanGuard {
    /// The exit status of a worker whose parent is gone.
    static final int ORPHANED = 75;

    private static final Duration PATIENCE = Duration.ofMillis(200);

    private OrphanGuard() {}

    /// Ends this process at once.
    static void parentIsGone() {
        // It is tempting to exit politely, through shutdown hooks. But the hooks are the user's,
        // they may block, and nobody is left to kill us: workers would outlive their pool. Even a
        // halt may wait for a thread that does not come to a safepoint; a signal from outside waits
        // for nobody.
        var killer = Thread.ofPlatform().daemon().start(SelfKill::start);
        try {
            killer.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the halt comes all the sooner
        }
        Runtime.getRuntime().halt(ORPHANED);
    }
}
