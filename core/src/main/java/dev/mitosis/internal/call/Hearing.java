package dev.mitosis.internal.call;

import dev.mitosis.internal.codec.ByteSource;
import dev.mitosis.internal.codec.ValueReader;
import dev.mitosis.spi.Bytes;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Tells the listener of a call what its items emit, one message after another, on threads of the
/// pool's for callbacks.
///
/// Workers send no more than so many before some were heard, so the queue is bounded.
final class Hearing {
    private final Call call;
    private final Consumer<@Nullable Object> listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition heard = lock.newCondition();

    // guarded by lock
    private final ArrayDeque<Message> queue = new ArrayDeque<>();
    private boolean running; // a thread takes messages out
    private long taken; // messages put into the queue
    private long told; // those of them that the listener is through with
    private boolean left; // nobody waits any more
    private boolean complained;

    /// What one item has emitted.
    ///
    /// @param index the place of the item in the input
    /// @param value the value record
    /// @param heard is run when the listener has been told
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    record Message(long index, byte[] value, Runnable heard) {}

    private Hearing(Call call, Consumer<@Nullable Object> listener) {
        this.call = call;
        this.listener = listener;
    }

    /// {@return what tells a listener, or null if there is none}
    static @Nullable Hearing of(Call call, @Nullable Consumer<@Nullable Object> listener) {
        return listener == null ? null : new Hearing(call, listener);
    }

    /// Takes a message; by whoever serves its worker.
    void emitted(Message message) {
        boolean start;
        lock.lock();
        try {
            queue.add(message);
            taken++;
            start = !running;
            running = true;
        } finally {
            lock.unlock();
        }
        if (start) {
            orForget(() -> call.engine().callbacks().execute(() -> orForget(this::tellAll)));
        }
    }

    /// Nobody is to wait for what will not be told, such as when there can be no thread.
    private void orForget(Runnable tells) {
        try {
            tells.run();
        } catch (RuntimeException | Error e) {
            forgetAll();
            throw e;
        }
    }

    private void forgetAll() {
        lock.lock();
        try {
            queue.clear();
            told = taken;
            running = false;
            heard.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void tellAll() {
        for (Message message; (message = next()) != null; ) {
            try {
                if (call.broken() == null) { // else the pool was terminated, or nobody will come
                    tell(message);
                }
            } finally {
                message.heard().run();
            }
        }
    }

    private @Nullable Message next() {
        lock.lock();
        try {
            told = taken - queue.size(); // one after another
            heard.signalAll();
            var message = queue.poll();
            running = message != null;
            return message;
        } finally {
            lock.unlock();
        }
    }

    private void tell(Message message) {
        try {
            var source = ByteSource.of(Bytes.of(message.value()));
            listener.accept(new ValueReader(
                    source, call.loader(), call.engine().resultFilter()).read());
        } catch (Throwable e) {
            // the listener is beside the point: no item and no call is to fail for it
            complain(message, e);
        }
    }

    private void complain(Message message, Throwable thrown) {
        if (!complained) { // by one thread at a time
            complained = true;
            System.getLogger("dev.mitosis").log(System.Logger.Level.WARNING,
                    "the listener of a call could not be told what item " + message.index()
                            + " has emitted, or threw; it is told of the rest all the same, and"
                            + " what else goes wrong is not logged", thrown);
        }
    }

    /// Waits until the listener has been told of all that was emitted until now.
    ///
    /// @return whether it has; false if the pool was terminated before
    /// @throws InterruptedException if this thread is interrupted
    boolean awaitHeard() throws InterruptedException {
        var listeners = call.engine().listeners();
        listeners.await(this);
        try {
            return hasHeardAll();
        } finally {
            listeners.awaited(this);
        }
    }

    private boolean hasHeardAll() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long all = taken; // more may come for ever
            while (told < all && !left) {
                heard.await();
            }
            return told >= all;
        } finally {
            lock.unlock();
        }
    }

    /// Has nobody wait for the listener any more.
    void leave() {
        lock.lock();
        try {
            left = true;
            heard.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
