package dev.mitosis.internal.worker;

import dev.mitosis.RemoteRunnable;

/// What a worker runs besides items: initializer, finalizer, and what runs everywhere.
public final class Onboarding {
    private Onboarding() {}

    /// Runs a function of either form in which such tasks travel.
    ///
    /// @param function a `RemoteRunnable`, or a `RemoteFunction` of nothing
    /// @throws Exception whatever it throws
    @SuppressWarnings("NullAway") // nothing is what it is a function of
    public static void run(Object function) throws Exception {
        if (function instanceof RemoteRunnable task) {
            task.run();
        } else {
            CurrentItem.function(function).apply(null);
        }
    }
}
