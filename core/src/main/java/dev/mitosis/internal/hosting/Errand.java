package dev.mitosis.internal.hosting;

import dev.mitosis.CallInterruptedException;
import dev.mitosis.PoolClosedException;
import dev.mitosis.internal.Upstream;
import dev.mitosis.internal.codec.ByteSource;
import dev.mitosis.internal.codec.Kind;
import dev.mitosis.internal.codec.ValueReader;
import dev.mitosis.spi.Bytes;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// One call of an object that another process hosts, from the one that calls.
///
/// Whoever is interrupted while it waits has the call interrupted there, and still waits for what
/// comes of it: the object may have done already what it was asked for.
final class Errand {
    // Each is a thread of the host's, too, so there is an end to it; but what a wait waits for may
    // be for another to bring about that has to wait first.
    private static final int MOST_WAITING = 16 << 10;
    private static final int MOST_PROMPT = 1 << 10;

    /// How many may be under way from one process: that wait for locks, that may wait for anything
    /// else, and that do not wait.
    static final int MOST = 2 * MOST_WAITING + MOST_PROMPT;

    private static final Semaphore LOCKING = new Semaphore(MOST_WAITING);
    private static final Semaphore WAITING = new Semaphore(MOST_WAITING);
    private static final Semaphore PROMPT = new Semaphore(MOST_PROMPT);

    private final Upstream parent;
    private final CompletableFuture<ByteBuffer> answer = new CompletableFuture<>();

    private Errand(Upstream parent) {
        this.parent = parent;
    }

    /// Calls.
    ///
    /// @param object what to call
    /// @param method its method
    /// @param arguments the arguments
    /// @return what the method returns
    /// @throws Throwable what it throws
    static @Nullable Object run(
            HostedHandle object, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        var parent = Upstream.here();
        if (parent == null) {
            throw new PoolClosedException("the hosted " + object.type().getSimpleName()
                    + " is there no more: the pool that hosted it is closed, or was in a process"
                    + " that has not started this one");
        }
        var call = CallFrame.of(object, method, arguments, parent);
        if (Methods.isOneWay(method)) {
            parent.call(call, null);
            return null;
        }
        var errand = new Errand(parent);
        var room = enter(method);
        try {
            return errand.run(call);
        } finally {
            room.release();
        }
    }

    /// Whoever is interrupted calls all the same: it is the method that knows what to make of that,
    /// and one that waits is interrupted there at once.
    ///
    /// @return what it has entered
    private static Semaphore enter(Method method) {
        if (!Methods.isPrompt(method)) {
            var room = Methods.isLocking(method) ? LOCKING : WAITING;
            try {
                if (!room.tryAcquire()) {
                    room.acquire();
                }
                return room;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        PROMPT.acquireUninterruptibly();
        return PROMPT;
    }

    private @Nullable Object run(ByteBuffer call) throws Throwable {
        return read(answerTo(call)); // which may throw an InterruptedException of its own
    }

    private ByteBuffer answerTo(ByteBuffer call) {
        int number = parent.call(call, answer::complete);
        boolean interrupted = false;
        while (true) {
            try {
                var got = answer.get();
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                return got;
            } catch (InterruptedException e) {
                interrupted = true;
                parent.stop(number);
            } catch (ExecutionException e) {
                throw new AssertionError("nobody fails it", e);
            }
        }
    }

    private static @Nullable Object read(ByteBuffer answer) throws Throwable {
        byte[] record = new byte[answer.remaining()];
        answer.get(record);
        var loader = Thread.currentThread().getContextClassLoader();
        var reader = new ValueReader(ByteSource.of(Bytes.of(record)), loader, null);
        if (reader.nextKind() != Kind.FAILED) {
            return reader.read();
        }
        var failure = reader.readFailure();
        if (failure instanceof InterruptedException) {
            Thread.interrupted(); // it is told by the exception
        } else if (failure instanceof CallInterruptedException) {
            Thread.currentThread().interrupt();
        }
        throw failure;
    }
}
