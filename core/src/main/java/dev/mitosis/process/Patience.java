package dev.mitosis.process;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Closes something after a while, so that whoever is blocked in it comes back.
final class Patience implements AutoCloseable {
    private final CompletableFuture<Void> end;

    private Patience(CompletableFuture<Void> end) {
        this.end = end;
    }

    /// Closes a thing unless the patience is closed before.
    static Patience of(Duration time, Closeable thing) {
        // not the common pool: its threads may all be waiting for something of the user's
        var later = CompletableFuture.delayedExecutor(
                time.toMillis(), TimeUnit.MILLISECONDS, Thread::startVirtualThread);
        return new Patience(CompletableFuture.runAsync(() -> closeQuietly(thing), later));
    }

    static void closeQuietly(Closeable thing) {
        try {
            thing.close();
        } catch (IOException e) {
            System.getLogger("dev.mitosis").log(System.Logger.Level.DEBUG, "a socket", e);
        }
    }

    @Override
    public void close() {
        end.cancel(false);
    }
}
