package dev.mitosis.process;

import dev.mitosis.CallInterruptedException;
import dev.mitosis.ItemException;
import dev.mitosis.PoolConfig;
import dev.mitosis.RemoteCallable;
import dev.mitosis.WorkerStartException;
import dev.mitosis.internal.codec.Functions;
import dev.mitosis.internal.codec.ResultFilter;
import dev.mitosis.internal.supervise.ChildProcess;
import dev.mitosis.spi.Bytes;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/// One function in a JVM of its own, which ends when the function has returned.
///
/// ```java
/// try (var child = Child.start(() -> sum(1_000_000))) {
///     System.out.println(child.pid() + " says " + child.result());
/// }
/// ```
/// **Cost.** It starts a JVM: some tens of milliseconds, and a core of its own as long as that
/// runs. For many functions open a [dev.mitosis.Pool], whose workers are used again.
///
/// **Ends.** When the function has returned, the JVM ends as any does: after its threads that are
/// no daemons, and through its shutdown hooks. Its exit code is 0 then; 1 if the function threw,
/// with the stack trace on standard error; what was given to `System.exit`; or 128 + n after signal
/// n. It is never restarted. It does not outlive this JVM, whatever ends this.
///
/// **Errors.** [#result()] throws what became of the function; a child that nobody asks fails in
/// silence, but for what it prints. Its output comes line by line, tagged with its pid.
///
/// **Threads.** Safe for use by many. A thread that is interrupted in a method that waits throws
/// [CallInterruptedException]; its flag stays set, and the child goes on.
///
/// In a child, as in a worker, a pool is inline unless its configuration allows nesting; children
/// and pools may be nested two levels deep.
///
/// @param <R> the type of the result
public final class Child<R> implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final ChildProcess process;
    private final Duration patience;
    private final CompletableFuture<R> outcome;

    private Child(ChildProcess process, Duration patience, CompletableFuture<R> outcome) {
        this.process = process;
        this.patience = patience;
        this.outcome = outcome;
    }

    /// Starts a function in a process of its own; does not wait for anything it does.
    ///
    /// @param <R> the type of the result
    /// @param body the function; it and what it captures are serialized on this thread
    /// @return the child, to be closed
    /// @throws dev.mitosis.NotShippableException if the function cannot travel; nothing was started
    /// @throws WorkerStartException if no process can be started
    public static <R> Child<R> start(RemoteCallable<? extends R> body) {
        return start(c -> c, body);
    }

    /// As [#start(RemoteCallable)], with another heap, other flags, environment, folder or output.
    ///
    /// What says how a pool keeps its workers has no meaning here: how many they are is ignored,
    /// and limits that replace them are refused, as are initializer and finalizer. The close
    /// time-out is how long [#close()] waits before it kills.
    ///
    /// @param <R> the type of the result
    /// @param edit edits the default configuration
    /// @param body the function; it and what it captures are serialized on this thread
    /// @return the child, to be closed
    /// @throws IllegalArgumentException if the configuration asks for what only a pool has
    /// @throws dev.mitosis.NotShippableException if the function cannot travel; nothing was started
    /// @throws WorkerStartException if no process can be started
    public static <R> Child<R> start(
            UnaryOperator<PoolConfig> edit, RemoteCallable<? extends R> body) {
        var config = edit.apply(PoolConfig.defaults());
        requireOfChild(config);
        var closing = config.closeTimeout();

        var process = launch(config, Functions.encode(body), body.getClass());
        try {
            return new Child<>(process, closing == null ? PATIENCE : closing,
                    ChildOutcome.of(process, ResultFilter.of(config)));
        } catch (RuntimeException | Error e) { // such as no more threads: nobody could close it
            process.kill("was killed, since nobody could wait for it");
            throw e;
        }
    }

    private static void requireOfChild(PoolConfig config) {
        require(config.initializer() == null && config.finalizer() == null,
                "initializer or finalizer");
        require(config.maxTasksPerWorker() == Long.MAX_VALUE, "maxTasksPerWorker");
        require(config.recycleAbove() == 0, "recycleAbove");
        require(config.memoryLimit() == 0, "memoryLimit");
    }

    private static void require(boolean absent, String setting) {
        if (!absent) {
            throw new IllegalArgumentException("a child has no " + setting + "; a pool has");
        }
    }

    private static ChildProcess launch(PoolConfig config, Bytes function, Class<?> type) {
        try {
            return ChildProcess.start(config, function, type);
        } catch (IOException e) {
            throw new WorkerStartException("a child cannot be started: " + e.getMessage(), e);
        }
    }

    /// {@return its process}
    public long pid() {
        return process.process().pid();
    }

    /// {@return whether its process has not ended}
    public boolean isAlive() {
        return process.process().isAlive();
    }

    /// Waits for the end of its process, but no longer than that.
    ///
    /// @param time how long; zero or less looks once
    /// @return whether it has ended
    public boolean join(Duration time) {
        try {
            process.exit().get(Conversation.deadline(time).left(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            throw Conversation.interrupted("join; the child goes on");
        } catch (ExecutionException e) {
            throw new AssertionError("an exit does not fail", e);
        }
    }

    /// {@return the exit code of its process, 128 + n after signal n; empty while that is alive}
    public OptionalInt exitCode() {
        return process.exit().state() == Future.State.SUCCESS
                ? process.exit().join().exitCode() : OptionalInt.empty();
    }

    /// Waits for the function's result.
    ///
    /// @return the result
    /// @throws dev.mitosis.TaskFailedException if the function threw, which is the cause, or its
    ///     result cannot travel or be read
    /// @throws dev.mitosis.WorkerDiedException if the process ended without a result: by
    ///     `System.exit`, by a signal, or since it could not start; the report says which
    public R result() {
        try {
            return outcome.get();
        } catch (InterruptedException e) {
            throw Conversation.interrupted("result; the child goes on");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ItemException failure) {
                throw failure;
            }
            throw new AssertionError("there is no other failure", e);
        }
    }

    /// Asks its process to end, by SIGTERM: shutdown hooks run there.
    public void terminate() {
        var _ = process.process().toHandle().destroy();
    }

    /// Kills its process, by SIGKILL, and all that it has started.
    public void kill() {
        process.kill("was killed by its parent");
    }

    /// Ends its process, if it is alive, and waits until it is gone: by SIGTERM, and after five
    /// seconds, or the close time-out, by SIGKILL. One whose function has returned is given a
    /// second to end by itself first. Interrupted, it kills at once and keeps the flag set.
    /// Idempotent.
    @Override
    public void close() {
        if (process.result().isDone() && endsWithin(MOMENT)) {
            return;
        }
        if (isAlive()) {
            terminate();
        }
        if (!endsWithin(patience)) {
            kill();
            awaitEndOfKilled();
        }
    }

    private boolean endsWithin(Duration time) {
        try {
            return join(time);
        } catch (CallInterruptedException e) {
            return false;
        }
    }

    private void awaitEndOfKilled() {
        boolean interrupted = Thread.interrupted();
        try {
            if (!join(PATIENCE)) {
                System.getLogger("dev.mitosis").log(System.Logger.Level.WARNING,
                        "process {0,number,#} was killed and is still there", pid());
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Returns the result when its process has ended, or fails with what [#result()] throws.
    ///
    /// @return a future of its own; to cancel it does not end the child
    public CompletableFuture<R> onExit() {
        return process.exit().thenCompose(_ -> outcome).copy();
    }
}
