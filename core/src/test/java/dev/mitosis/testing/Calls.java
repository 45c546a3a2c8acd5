package dev.mitosis.testing;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mitosis.Pool;
import dev.mitosis.PoolClosedException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/// Blocking calls made on a thread of their own, so that the test can go on.
public final class Calls {
    private Calls() {}

    /// Makes a call on another thread.
    ///
    /// @param <R> the type of its result
    /// @param call the call
    /// @return its future; cancelling it interrupts the thread
    public static <R> Future<R> start(Callable<R> call) {
        var future = new FutureTask<>(call);
        Thread.ofPlatform().daemon().name("caller").start(future);
        return future;
    }

    /// Waits for a call that must fail.
    ///
    /// @param <E> the type of the failure
    /// @param call the call
    /// @param type what it must throw
    /// @return what it threw
    public static <E extends Throwable> E failureOf(Future<?> call, Class<E> type) {
        return assertInstanceOf(type, assertThrows(ExecutionException.class, call::get).getCause());
    }

    /// Waits until a pool that is being closed takes no more calls.
    ///
    /// @param pool the pool
    public static void awaitRefusalBy(Pool pool) {
        Eventually.holds("calls are refused", () -> refuses(pool));
    }

    /// {@return whether a pool takes no more calls}
    ///
    /// @param pool the pool
    public static boolean refuses(Pool pool) {
        try {
            pool.applyAsync(() -> 0).cancel(true);
            return false;
        } catch (PoolClosedException e) {
            return true;
        }
    }
}
