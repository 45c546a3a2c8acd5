package dev.mitosis;

import java.util.concurrent.ExecutorService;

/// A pool as an [ExecutorService], whose tasks run in worker processes.
///
/// As a plain `ExecutorService` it takes serializable tasks only. The overloads added here make
/// plain lambdas serializable: `executor.submit(() -> work())`. Shutting it down ends this view,
/// never the pool.
public interface RemoteExecutor extends ExecutorService {
    /// Submits a task with a result.
    ///
    /// @param <R> the type of the result
    /// @param task the task
    /// @return its future
    <R> Task<R> submit(RemoteCallable<R> task);

    /// Submits a task without a result.
    ///
    /// @param task the task
    /// @return its future
    Task<?> submit(SerializableRunnable task);

    /// Runs a task at some time; what it throws goes to the thread's uncaught-exception handler.
    ///
    /// @param task the task
    void execute(SerializableRunnable task);
}
