package dev.mitosis.internal.call;

import java.lang.ref.Cleaner;
import org.jspecify.annotations.Nullable;

/// Closes a pool that nobody can reach any more, with a warning that says where it was opened.
final class Abandonment implements Runnable {
    /// Runs what is to be done about things that became unreachable; one thread for the JVM.
    static final Cleaner CLEANER = Cleaner.create();

    private final Engine engine;
    private final Throwable opened = new Throwable("the pool was opened here");

    // set when the pool is opened, and used by whoever closes it
    private volatile Cleaner.@Nullable Cleanable watching;

    // set by whoever closes the pool
    private volatile boolean closed;

    Abandonment(Engine engine) {
        this.engine = engine;
    }

    void watch(Object root) {
        watching = CLEANER.register(root, this);
    }

    void cancel() {
        closed = true;
        var cleanable = watching;
        if (cleanable != null) {
            cleanable.clean();
        }
    }

    @Override
    public void run() {
        if (!closed) {
            System.getLogger("dev.mitosis").log(System.Logger.Level.WARNING,
                    "a pool was never closed, and is closed now that nobody can reach it", opened);
            Thread.ofPlatform().name("mitosis-close").daemon().start(engine::close);
        }
    }
}
