package dev.mitosis.contract.verbs;

import dev.mitosis.RemoteCallable;
import dev.mitosis.RemoteExecutor;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.Inputs;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/// The verbs of an executor that do not return the future of one task.
final class Executing {
    // one task at a time has the JVM's handler of what nobody has caught
    private static final Semaphore HANDLER = new Semaphore(1);

    private Executing() {}

    /// {@return a task whose failure only a handler hears of}
    ///
    /// @param executor runs it
    /// @param work the task
    static Running start(RemoteExecutor executor, Work work) {
        HANDLER.acquireUninterruptibly();
        var before = Thread.getDefaultUncaughtExceptionHandler();
        var failure = new CompletableFuture<Object>();
        Thread.setDefaultUncaughtExceptionHandler((_, thrown) -> failure.completeExceptionally(thrown));
        try {
            executor.execute(() -> work.runUnchecked());
        } catch (RuntimeException e) {
            Thread.setDefaultUncaughtExceptionHandler(before);
            HANDLER.release();
            throw e;
        }
        return new Running() {
            @Override
            public List<Object> await() throws Exception {
                try {
                    executor.close();
                    Eventually.holds("it has ended, and its failure was reported", executor::isTerminated);
                    return List.of(failure.getNow((long) Work.PLACE));
                } catch (CompletionException e) {
                    throw new ExecutionException(e.getCause());
                } finally {
                    Thread.setDefaultUncaughtExceptionHandler(before);
                    HANDLER.release();
                }
            }

            @Override
            public boolean cancel() {
                executor.shutdownNow();
                return true;
            }
        };
    }

    /// {@return as many tasks as there are items}
    ///
    /// @param executor runs them
    /// @param work the tasks, by their numbers
    static Running all(RemoteExecutor executor, Work work) {
        var tasks = Inputs.upTo(Work.COUNT).stream().map(n -> task(work, n)).toList();
        return () -> {
            var all = new ArrayList<Object>();
            for (var future : executor.invokeAll(tasks)) {
                all.add(endOf(future, all.size()));
            }
            return all;
        };
    }

    private static RemoteCallable<Object> task(Work work, long number) {
        return () -> work.apply(number);
    }

    /// Each task is a call of its own, whose only item is item 0.
    private static Object endOf(Future<Object> future, int place) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            var failure = Failure.of(e.getCause());
            return failure.index() != 0 ? failure
                    : new Failure(place, failure.type(), failure.reason(), failure.message());
        }
    }

    /// {@return a task of which one result is wanted}
    ///
    /// @param executor runs it
    /// @param work the task
    static Running any(RemoteExecutor executor, Work work) {
        return Running.one(() -> executor.invokeAny(List.of(task(work, Work.PLACE))));
    }
}
