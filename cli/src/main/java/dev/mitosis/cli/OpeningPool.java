package dev.mitosis.cli;

import dev.mitosis.Pool;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/// A pool that opens while something else is done.
///
/// **Ends.** [#close()] waits for the pool to be open and terminates it, unless it was
/// [closed in order][#finish()].
final class OpeningPool implements AutoCloseable {
    private final CompletableFuture<Pool> pool = new CompletableFuture<>();

    OpeningPool(Supplier<Pool> open) {
        Thread.ofPlatform().daemon().name("mitosis-open").start(() -> complete(open));
    }

    @SuppressWarnings("CatchingUnchecked") // passed on to whoever waits
    private void complete(Supplier<Pool> open) {
        try {
            pool.complete(open.get());
        } catch (RuntimeException | Error e) {
            pool.completeExceptionally(e);
        }
    }

    /// Waits for the pool.
    ///
    /// @throws Complaint if an option is refused
    Pool await() {
        try {
            return pool.join();
        } catch (CompletionException e) {
            throw reason(e);
        }
    }

    private static RuntimeException reason(CompletionException failure) {
        return switch (failure.getCause()) {
            case IllegalArgumentException refused -> new Complaint(refused.getMessage());
            case RuntimeException exception -> exception;
            case null, default -> failure;
        };
    }

    /// Closes the pool in order.
    void finish() {
        await().close();
    }

    @Override
    public void close() {
        pool.handle(OpeningPool::terminate).join();
    }

    private static boolean terminate(Pool opened, Throwable failure) {
        if (failure != null) {
            return false;
        }
        opened.terminate();
        return true;
    }
}
