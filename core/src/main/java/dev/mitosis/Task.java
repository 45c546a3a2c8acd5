package dev.mitosis;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A call that runs in worker processes, as a [CompletableFuture].
///
/// **Errors.** [#get()] wraps the [ItemException] in an
/// [java.util.concurrent.ExecutionException], [#join()] in a
/// [java.util.concurrent.CompletionException].
/// **Cancelling.** `cancel(true)` interrupts what runs, and kills the worker if that does not help
/// within the grace; the task is done at once, the worker's seat returns later, the pool lives on.
/// `cancel(false)` cancels only what has not started. Completing a task from outside
/// ([#complete], [#orTimeout], ...) cancels the same way as `cancel(true)`.
/// **Threads.** Dependents are plain completable futures; they run on the pool's callback
/// executor, never on a thread that serves workers.
///
/// @param <R> the type of the result
public final class Task<R> extends CompletableFuture<R> {
    /// How a pool cancels the work behind a task.
    @FunctionalInterface
    public interface Canceller {
        /// Cancels the work.
        ///
        /// @param started whether also work that has started
        /// @return whether the work is cancelled; false only if it has started and was to be kept
        boolean cancel(boolean started);
    }

    /// The end of a task that its pool holds.
    ///
    /// @param <R> the type of the result
    public static final class Source<R> {
        private final Task<R> task;

        /// Makes a task.
        ///
        /// @param callbacks runs the dependents
        /// @param canceller cancels the work; called at most once
        public Source(Executor callbacks, Canceller canceller) {
            this.task = new Task<>(callbacks, canceller);
        }

        /// {@return the task}
        public Task<R> task() {
            return task;
        }

        /// Completes the task; call it on the callback executor, where dependents will run.
        ///
        /// @param value the result
        public void complete(R value) {
            task.finish(value);
        }

        /// Fails the task; call it on the callback executor, where dependents will run.
        ///
        /// @param failure why
        public void fail(Throwable failure) {
            if (failure instanceof CancellationException) {
                task.finishCancelled();
            } else {
                task.finishExceptionally(failure);
            }
        }
    }

    private final Executor callbacks;
    private final Canceller canceller;

    private Task(Executor callbacks, Canceller canceller) {
        this.callbacks = callbacks;
        this.canceller = canceller;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (isDone()) {
            return isCancelled();
        }
        if (mayInterruptIfRunning) {
            // Guard against race with what the interrupted item throws: this task is done first
            return super.cancel(true) ? cancelWork() : isCancelled();
        }
        return canceller.cancel(false) && (super.cancel(false) || isCancelled());
    }

    @Override
    public boolean complete(R value) {
        return super.complete(value) && cancelWork();
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        return super.completeExceptionally(failure) && cancelWork();
    }

    @Override
    public CompletableFuture<R> completeAsync(
            Supplier<? extends R> supplier, Executor executor) {
        executor.execute(() -> complete(supplier.get()));
        return this;
    }

    /// Refused: a task has one outcome.
    @Override
    public void obtrudeValue(R value) {
        throw new UnsupportedOperationException("a task has one outcome; it cannot be replaced");
    }

    /// Refused: a task has one outcome.
    @Override
    public void obtrudeException(Throwable failure) {
        throw new UnsupportedOperationException("a task has one outcome; it cannot be replaced");
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }

    @Override
    public Executor defaultExecutor() {
        return callbacks;
    }

    private boolean cancelWork() {
        canceller.cancel(true);
        return true;
    }

    private void finish(@Nullable R value) {
        super.complete(value);
    }

    private void finishCancelled() {
        super.cancel(false);
    }

    private void finishExceptionally(Throwable failure) {
        super.completeExceptionally(failure);
    }
}
