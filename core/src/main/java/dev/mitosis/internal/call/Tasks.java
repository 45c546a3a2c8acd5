package dev.mitosis.internal.call;

import dev.mitosis.CallOptions;
import dev.mitosis.OnError;
import dev.mitosis.RemoteCallable;
import dev.mitosis.RemoteFunction;
import dev.mitosis.RemoteRunnable;
import dev.mitosis.Task;
import dev.mitosis.internal.call.BatchReader.State;
import dev.mitosis.internal.Wrapping;
import dev.mitosis.spi.Job;
import java.io.Serial;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// Single tasks, and calls that run in the background.
@SuppressWarnings("NullAway") // items and results are the user's: null is legal among them
final class Tasks {
    /// The item of a task that has none: what messages say of it.
    static final String NO_INPUT = "a task without input";

    private Tasks() {}

    /// A task with a result, as a function of nothing. No record: a worker whose first object is
    /// one prepares for 6 ms to read records.
    static final class OfCallable<R>
            implements RemoteFunction<@Nullable Object, R>, Wrapping {
        @Serial
        private static final long serialVersionUID = 1;

        private final RemoteCallable<? extends R> task;

        OfCallable(RemoteCallable<? extends R> task) {
            this.task = task;
        }

        @Override
        public Object wrapped() {
            return task;
        }

        @Override
        public R apply(@Nullable Object nothing) throws Exception {
            return task.call();
        }
    }

    /// A task without a result, as a function of nothing.
    static final class OfRunnable
            implements RemoteFunction<@Nullable Object, @Nullable Void>, Wrapping {
        @Serial
        private static final long serialVersionUID = 1;

        private final RemoteRunnable task;

        OfRunnable(RemoteRunnable task) {
            this.task = task;
        }

        @Override
        public Object wrapped() {
            return task;
        }

        @Override
        public @Nullable Void apply(@Nullable Object nothing) throws Exception {
            task.run();
            return null;
        }
    }

    /// Starts a task that needs no thread while it runs.
    static <R> Task<R> start(
            Engine engine, CallOptions options, RemoteFunction<?, ?> fn, @Nullable Object item) {
        java.util.Objects.requireNonNull(fn, "fn");
        var job = engine.job(options, Job.Verb.MAP, fn, OnError.collect());
        return new Single<R>(engine, options, job).start(item);
    }

    /// A task under way.
    private static final class Single<R> {
        private final Engine engine;
        private final Call call;
        private final Task.Source<R> source;

        Single(Engine engine, CallOptions options, Job job) {
            this.engine = engine;
            var shape = new CallShape(1, false, OnError.collect(), this::over);
            call = new Call(engine, job, options, shape);
            source = new Task.Source<>(engine.callbacks(), this::cancel);
        }

        Task<R> start(@Nullable Object item) {
            engine.promises().expect(source.task());
            try {
                engine.began(call); // from now on it may end at any moment
            } catch (Throwable e) {
                engine.promises().kept(source.task());
                throw e;
            }
            new Feeder(call, new SingleInput(item, false)).step();
            call.endInput(null);
            return source.task();
        }

        private boolean cancel(boolean started) {
            if (started) {
                call.cancel(true);
                return true;
            }
            return engine.dispatcher().withdrawUnsent(call.queue());
        }

        private void over() {
            engine.callbacks().execute(this::tell);
        }

        private void tell() {
            try {
                deliver();
            } catch (Throwable e) { // such as a full heap: whoever waits learns that
                engine.promises().delivers(source.task());
                source.fail(e);
                engine.promises().delivered(source.task());
            }
        }

        /// All is heard before the task is done.
        private void awaitListener() {
            try {
                if (call.hearing != null) {
                    call.hearing.awaitHeard();
                }
            } catch (InterruptedException e) {
                throw new AssertionError("nobody interrupts a callback's thread", e);
            }
        }

        @SuppressWarnings("unchecked") // it is what the function returned
        private void deliver() {
            var cursor = new OrderedCursor(call, false);
            var state = cursor.next();
            var broken = call.broken();
            awaitListener();
            engine.promises().delivers(source.task());
            if (state == State.VALUE) {
                source.complete((R) cursor.read().value());
            } else if (state == State.VERDICT && broken == null) {
                source.fail(Endings.exception(call, cursor.read()));
            } else {
                source.fail(broken == null ? new CancellationException() : broken);
            }
            engine.promises().delivered(source.task());
        }
    }

    /// Reads a call on a virtual thread of its own, as a task.
    static <R> Task<R> background(Engine engine, Call call, Callable<R> reading) {
        var runner = new Background<>(engine, call, reading);
        runner.thread.start();
        return runner.source.task();
    }

    private static final class Background<R> implements Runnable {
        private final Engine engine;
        private final Call call;
        private final Callable<R> reading;
        private final Task.Source<R> source;
        private final Thread thread;
        private volatile boolean cancelled; // set before the call is, read after it was read

        Background(Engine engine, Call call, Callable<R> reading) {
            this.engine = engine;
            this.call = call;
            this.reading = reading;
            source = new Task.Source<>(engine.callbacks(), this::cancel);
            engine.promises().expect(source.task());
            thread = Thread.ofVirtual().name("mitosis-call").unstarted(this);
        }

        @Override
        public void run() {
            R result = null;
            Throwable failure = null;
            try {
                result = reading.call();
                if (cancelled) {
                    failure = new CancellationException(); // it may have ended before the last item
                }
            } catch (Throwable e) {
                failure = e;
            }
            engine.promises().delivers(source.task());
            if (failure == null) {
                source.complete(result);
            } else {
                source.fail(failure);
            }
            engine.promises().delivered(source.task());
        }

        private boolean cancel(boolean started) {
            if (started) {
                cancelled = true;
                call.cancel(true); // at once: the thread may take its time to hear of it
                thread.interrupt();
            }
            return started;
        }
    }
}
