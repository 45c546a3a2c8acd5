package dev.mitosis.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/// Tells all in this process that something shared is gone, so that they let go of what they have
/// kept of it; a pool tells its workers, and in them this is told again.
///
/// Listeners are called on threads of any kind, find out by themselves what is gone, and return
/// soon.
public final class Gone {
    private static final List<Runnable> LISTENERS = new CopyOnWriteArrayList<>();
    private static final AtomicBoolean PENDING = new AtomicBoolean();
    private static final Executor TIDYING =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("mitosis-gone").factory());

    private Gone() {}

    /// Has a listener called from now on.
    ///
    /// @param listener the listener
    public static void listen(Runnable listener) {
        LISTENERS.add(listener);
    }

    /// Has a listener called no longer.
    ///
    /// @param listener the same object
    public static void unlisten(Runnable listener) {
        LISTENERS.remove(listener);
    }

    /// Tells all listeners.
    public static void tell() {
        LISTENERS.forEach(Runnable::run);
    }

    /// Tells all listeners soon, on another thread; once for all who ask meanwhile.
    public static void tellSoon() {
        if (!LISTENERS.isEmpty() && PENDING.compareAndSet(false, true)) {
            TIDYING.execute(() -> {
                PENDING.set(false);
                tell();
            });
        }
    }
}
