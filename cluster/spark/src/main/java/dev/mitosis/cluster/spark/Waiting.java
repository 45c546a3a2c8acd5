package dev.mitosis.cluster.spark;

import dev.mitosis.CallInterruptedException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waits while a pool is opened.
final class Waiting {
    private Waiting() {}

    /// Waits for something, but not for ever.
    ///
    /// @throws CallInterruptedException if the thread is interrupted, which it stays
    static <T> T await(CompletableFuture<T> future, Duration time)
            throws ExecutionException, TimeoutException {
        try {
            return future.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var interrupted = new CallInterruptedException("interrupted while Spark was started");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    /// {@return why what was waited for has failed}
    static Throwable cause(ExecutionException e) {
        return Objects.requireNonNull(e.getCause(), "futures name their causes");
    }
}
