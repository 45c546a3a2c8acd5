package dev.mitosis.internal.call;

import dev.mitosis.Pool;
import dev.mitosis.PoolClosedException;
import dev.mitosis.RemoteCallable;
import dev.mitosis.RemoteExecutor;
import dev.mitosis.SerializableRunnable;
import dev.mitosis.Task;
import dev.mitosis.internal.Deadline;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A pool as an executor service; it keeps the tasks that it has started, until they end.
final class PoolExecutor implements RemoteExecutor {
    private final Pool pool;
    private final Map<Task<?>, CompletableFuture<?>> running = new ConcurrentHashMap<>();

    // set by whoever shuts down, read by those who submit
    private volatile boolean shutdown;

    PoolExecutor(Pool pool) {
        this.pool = pool;
    }

    @Override
    public <R> Task<R> submit(RemoteCallable<R> task) {
        return keep(() -> pool.applyAsync(task), (_, _) -> {});
    }

    @Override
    public Task<?> submit(SerializableRunnable task) {
        return submit(new Plain<>(task, null));
    }

    @Override
    public void execute(SerializableRunnable task) {
        execute((Runnable) task);
    }

    @Override
    public <T> Future<T> submit(Callable<T> task) {
        requireSerializable(task);
        return submit((RemoteCallable<T>) new Called<>(task));
    }

    @Override
    public Future<?> submit(Runnable task) {
        return submit(task, null);
    }

    @Override
    public <T> Future<T> submit(Runnable task, @Nullable T result) {
        requireSerializable(task);
        return submit((RemoteCallable<T>) new Plain<>(task, result));
    }

    @Override
    public void execute(Runnable task) {
        requireSerializable(task);
        var plain = new Plain<>(task, null);
        var _ = keep(() -> pool.applyAsync((RemoteCallable<Object>) plain), PoolExecutor::report);
    }

    // -- many at once ------------------------------------------------------------------------

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks)
            throws InterruptedException {
        return invokeAll(tasks, Long.MAX_VALUE / 2, TimeUnit.NANOSECONDS);
    }

    @Override
    public <T> List<Future<T>> invokeAll(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException {
        var deadline = new Deadline(Deadline.now() + unit.toNanos(timeout));
        var futures = new ArrayList<Future<T>>(tasks.size());
        try {
            for (var task : tasks) {
                futures.add(submit(task));
            }
            for (var future : futures) {
                var _ = isDoneBy(future, deadline);
            }
            return futures;
        } finally {
            futures.forEach(future -> future.cancel(true)); // those that have not ended in time
        }
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> tasks)
            throws InterruptedException, ExecutionException {
        try {
            return invokeAny(tasks, Long.MAX_VALUE / 2, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("146 years have passed", e);
        }
    }

    @Override
    public <T> T invokeAny(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("invokeAny needs at least one task");
        }
        var deadline = new Deadline(Deadline.now() + unit.toNanos(timeout));
        var ended = new LinkedBlockingQueue<Future<T>>();
        var futures = new ArrayList<Future<T>>(tasks.size());
        try {
            for (var task : tasks) {
                requireSerializable(task);
                var future = submit((RemoteCallable<T>) new Called<>(task));
                futures.add(future);
                var _ = future.whenComplete((_, _) -> ended.add(future));
            }
            return firstGood(ended, futures.size(), deadline);
        } finally {
            futures.forEach(future -> future.cancel(true));
        }
    }

    private static <T> T firstGood(
            LinkedBlockingQueue<Future<T>> ended, int count, Deadline deadline)
            throws InterruptedException, ExecutionException, TimeoutException {
        Throwable failure = null;
        for (int i = 0; i < count; i++) {
            var next = ended.poll(deadline.left(), TimeUnit.NANOSECONDS);
            if (next == null) {
                throw new TimeoutException("no task ended well in time");
            }
            if (next.state() == Future.State.SUCCESS) {
                return next.resultNow();
            }
            failure = next.state() == Future.State.FAILED
                    ? next.exceptionNow() : new CancellationException();
        }
        throw new ExecutionException(failure);
    }

    private static boolean isDoneBy(Future<?> future, Deadline deadline)
            throws InterruptedException {
        try {
            future.get(deadline.left(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException | CancellationException e) {
            return true; // it has ended, which is all that matters here
        }
    }

    // -- its life ----------------------------------------------------------------------------

    @Override
    public void shutdown() {
        shutdown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown = true;
        running.keySet().forEach(task -> task.cancel(true));
        return List.of(); // what was queued is cancelled; its futures say so
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown && running.isEmpty();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        var deadline = new Deadline(Deadline.now() + unit.toNanos(timeout));
        for (var through : running.values()) {
            if (!isDoneBy(through, deadline)) {
                return false;
            }
        }
        return shutdown;
    }

    /// Starts a task, and counts it until its end has been told to whoever hears of it here.
    private <R> Task<R> keep(Supplier<Task<R>> start, BiConsumer<R, Throwable> hearer) {
        if (shutdown) {
            throw new RejectedExecutionException("the executor was shut down");
        }
        Task<R> task;
        try {
            task = start.get();
        } catch (PoolClosedException e) {
            throw new RejectedExecutionException(e.getMessage(), e);
        }
        running.put(task, new CompletableFuture<>());
        var _ = task.whenComplete((result, failure) -> through(task, hearer, result, failure));
        return task;
    }

    private <R> void through(Task<R> task, BiConsumer<R, Throwable> hearer, R result,
            Throwable failure) {
        try {
            hearer.accept(result, failure);
        } finally {
            var through = running.remove(task);
            if (through != null) {
                through.complete(null);
            }
        }
    }

    private static void requireSerializable(Object task) {
        java.util.Objects.requireNonNull(task, "task");
        if (!(task instanceof Serializable)
                || task instanceof CompletableFuture.AsynchronousCompletionTask) {
            throw new RejectedExecutionException("a task must be serializable to run in another"
                    + " process, " + task.getClass().getName() + " is not. A lambda is if it is"
                    + " given to RemoteExecutor itself; instead of CompletableFuture.supplyAsync"
                    + " (task, executor) use Pool.applyAsync(task)");
        }
    }

    private static void report(@Nullable Object result, @Nullable Throwable failure) {
        if (failure != null) {
            var thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
        }
    }

    /// A plain runnable as it travels.
    @SuppressWarnings("serial") // refused above if they are not serializable
    private record Plain<T>(Runnable task, @Nullable T result) implements RemoteCallable<T> {
        @Override
        @SuppressWarnings("NullAway") // a null result is what was asked for
        public T call() {
            task.run();
            return result;
        }
    }

    /// A plain callable as it travels.
    @SuppressWarnings("serial") // refused above if it is not serializable
    private record Called<T>(Callable<T> task) implements RemoteCallable<T> {
        @Override
        public T call() throws Exception {
            return task.call();
        }
    }
}
