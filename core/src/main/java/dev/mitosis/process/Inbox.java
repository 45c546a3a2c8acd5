package dev.mitosis.process;

import dev.mitosis.internal.Deadline;
import dev.mitosis.internal.link.Message;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What one end of a connection has been sent and has not received yet; for many threads.
///
/// It holds messages only as a whole: whoever waits, looks or is interrupted sees none in part.
final class Inbox implements Sink {
    /// Who puts a message waits while there are so many bytes; one message always finds room.
    static final long ROOM = 1 << 20;

    private static final int HEAD = 64; // what a message takes besides its body, about

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition taken = lock.newCondition();

    // guarded by lock
    private final ArrayDeque<Message> messages = new ArrayDeque<>();
    private final List<Semaphore> watchers = new ArrayList<>();
    private long bytes;
    private boolean discarded; // nobody takes anything any more
    private @Nullable End end;
    private @Nullable String refusal; // why this process takes nothing any more

    @Override
    public void put(Message message) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            while (bytes >= ROOM && !discarded && end == null) {
                taken.await();
            }
            if (discarded || end != null) {
                throw (end == null ? End.CLOSED : end).refusal();
            }
            messages.add(message);
            bytes += sizeOf(message);
            tell();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void end(End why) {
        lock.lock();
        try {
            end = end == null ? why : end;
            taken.signalAll();
            tell();
        } finally {
            lock.unlock();
        }
    }

    /// Takes nothing any more, and forgets what is there.
    void discard() {
        lock.lock();
        try {
            discarded = true;
            messages.clear();
            bytes = 0;
            taken.signalAll();
            tell();
        } finally {
            lock.unlock();
        }
    }

    /// Lets this process take nothing any more; the first reason counts.
    ///
    /// @param why what those are told who try
    void refuse(String why) {
        lock.lock();
        try {
            refusal = refusal == null ? why : refusal;
            tell();
        } finally {
            lock.unlock();
        }
    }

    private static long sizeOf(Message message) {
        return HEAD + message.body().size();
    }

    private void tell() {
        arrived.signalAll();
        watchers.forEach(Semaphore::release);
    }

    /// Waits for a message, for the user.
    ///
    /// @param kind what it has to be; one of another kind stays
    /// @return the message, or null if none came in time
    /// @throws IOException if none will come
    @Nullable Message take(Message.Kind kind, Deadline deadline)
            throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            if (!await(deadline)) {
                return null;
            }
            var next = messages.peek();
            if (next != null && next.kind() != kind) {
                throw new ProtocolException(next.kind() == Message.Kind.BYTES
                        ? "the next message is bytes: receiveBytes takes it"
                        : "the next message is an object: receive takes it");
            }
            return remove();
        } finally {
            lock.unlock();
        }
    }

    /// Waits for a message, to pass it on to where this end is now.
    ///
    /// @throws IOException if none will come
    Message forward() throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            while (messages.isEmpty() && end == null && !discarded) {
                arrived.await();
            }
            return remove();
        } finally {
            lock.unlock();
        }
    }

    private Message remove() throws IOException {
        var message = messages.poll();
        if (message == null) {
            throw (end == null ? End.CLOSED : end).exception();
        }
        bytes -= sizeOf(message);
        taken.signalAll();
        return message;
    }

    /// Waits until there is a message, or there will be none.
    ///
    /// @return whether it is so now
    boolean awaitReady(Deadline deadline) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            return await(deadline);
        } finally {
            lock.unlock();
        }
    }

    private boolean await(Deadline deadline) throws InterruptedException {
        while (true) {
            ensureNotRefused();
            if (!messages.isEmpty() || end != null) {
                return true;
            }
            if (deadline.isOver()) {
                return false;
            }
            var _ = arrived.awaitNanos(deadline.left());
        }
    }

    /// {@return whether there is a message, or there will be none}
    boolean isReady() {
        lock.lock();
        try {
            ensureNotRefused();
            return !messages.isEmpty() || end != null;
        } finally {
            lock.unlock();
        }
    }

    /// Makes sure that this process may still use this end.
    ///
    /// @throws IllegalStateException if it may not
    void ensureUsable() {
        lock.lock();
        try {
            ensureNotRefused();
        } finally {
            lock.unlock();
        }
    }

    private void ensureNotRefused() {
        if (refusal != null) {
            throw new IllegalStateException(refusal);
        }
    }

    /// Has a semaphore released whenever something changes.
    void watch(Semaphore bell) {
        lock.lock();
        try {
            watchers.add(bell);
        } finally {
            lock.unlock();
        }
    }

    /// Releases it no longer.
    void unwatch(Semaphore bell) {
        lock.lock();
        try {
            watchers.remove(bell);
        } finally {
            lock.unlock();
        }
    }
}
