package dev.mitosis.internal.supervise;

import dev.mitosis.internal.link.ControlChannel;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Sends messages to a worker without ever waiting for it; one that does not read is found out.
///
/// What this side has to say is short, and so many messages may wait before the worker is given up.
/// What the worker has asked for may be large and much at once, without any fault of its own: for
/// that the thread that serves it waits, and meanwhile does not listen to it either.
final class ControlSender {
    /// How many messages may wait.
    static final int MOST = 16_384;

    /// How many bytes may wait before answers do.
    static final long MOST_BYTES = 64 << 20;

    private final ControlChannel channel;
    private final Duration patience;
    private final Runnable overflow;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final Condition written = lock.newCondition();

    // guarded by lock
    private final ArrayDeque<ByteBuffer> queue = new ArrayDeque<>();
    private long bytes; // of what is in the queue, or being written
    private boolean over;

    /// Makes a sender and its thread.
    ///
    /// @param channel where to
    /// @param patience how long nothing may be read while answers wait for room
    /// @param overflow told once, when the worker has not read for so long that it is given up
    ControlSender(ControlChannel channel, String name, Duration patience, Runnable overflow) {
        this.channel = channel;
        this.patience = patience;
        this.overflow = overflow;
        this.thread = Thread.ofVirtual().name(name).start(this::run);
    }

    /// Sends a short message; for any thread, none of which waits.
    void send(ByteBuffer message) {
        boolean full;
        lock.lock();
        try {
            full = !over && queue.size() >= MOST;
            add(message, full);
        } finally {
            lock.unlock();
        }
        if (full) {
            overflow.run();
        }
    }

    /// Sends what the worker has asked for; for the thread that serves it, which waits while too
    /// much has not been read.
    ///
    /// @throws InterruptedIOException if the thread is interrupted
    void answer(ByteBuffer message) throws InterruptedIOException {
        boolean inVain = false;
        lock.lock();
        try {
            while (isCrowded() && !inVain) {
                inVain = written.awaitNanos(patience.toNanos()) <= 0 && isCrowded();
            }
            add(message, inVain);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        } finally {
            lock.unlock();
        }
        if (inVain) {
            overflow.run();
        }
    }

    void stop() {
        lock.lock();
        try {
            end();
        } finally {
            lock.unlock();
        }
        thread.interrupt();
    }

    /// {@return whether answers wait; there is always room left for other messages}
    private boolean isCrowded() {
        return !over && (bytes > MOST_BYTES || queue.size() >= MOST / 2);
    }

    private void add(ByteBuffer message, boolean tooMuch) {
        if (tooMuch) {
            end();
        }
        if (!over) {
            queue.add(message);
            bytes += message.capacity();
            added.signal();
        }
    }

    private void end() {
        over = true;
        queue.clear();
        written.signalAll();
    }

    // -- the thread --------------------------------------------------------------------------

    private void run() {
        try {
            while (true) {
                var message = take();
                channel.send(message);
                sent(message);
            }
        } catch (InterruptedException e) {
            // stopped: the worker is gone
        } catch (IOException e) {
            // the worker is gone: whoever reads from it will say so
        }
    }

    private ByteBuffer take() throws InterruptedException {
        lock.lock();
        try {
            while (queue.isEmpty()) {
                added.await();
            }
            return queue.remove();
        } finally {
            lock.unlock();
        }
    }

    private void sent(ByteBuffer message) {
        lock.lock();
        try {
            bytes -= message.capacity();
            written.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
