package dev.mitosis.internal.hosting;

import dev.mitosis.internal.codec.ByteSink;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.net.ProtocolException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A process that calls what this one hosts.
///
/// The thread for which it is there, and on which its items run, has one thread here that makes
/// its calls, as long as the process lives: so that what belongs to a thread, as many a lock does,
/// belongs to it. Each call of another thread has one of its own.
public final class Guest {
    // twice what it has at a time: one that was answered is counted for a moment still
    static final int MOST_CALLS = 2 * Errand.MOST;
    private static final int MOST_ONE_WAYS = 64 << 10;

    private static final AtomicInteger PARTIES = new AtomicInteger(Caller.HOST);

    private final int party = PARTIES.incrementAndGet();
    private final long pid;
    private final Replies replies;
    private final ObjectInputFilter filter;
    private final Map<Integer, Visit> visits = new ConcurrentHashMap<>();
    private final AtomicInteger oneWays = new AtomicInteger();

    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Visit lasting; // written under the lock
    private volatile boolean gone; // written under the lock

    // set before the process is there
    private volatile Runnable whenItCalls = () -> {};

    /// Takes answers to the process.
    @FunctionalInterface
    public interface Replies {
        /// Sends an answer, and may wait meanwhile.
        ///
        /// @param number of the call
        /// @param answer a record
        /// @throws IOException if the process cannot be reached any more
        void answer(int number, ByteSink answer) throws IOException;
    }

    /// Makes one.
    ///
    /// @param pid the process
    /// @param filter checks what it sends
    /// @param replies takes answers
    public Guest(long pid, ObjectInputFilter filter, Replies replies) {
        this.pid = pid;
        this.filter = filter;
        this.replies = replies;
    }

    int party() {
        return party;
    }

    ObjectInputFilter filter() {
        return filter;
    }

    Replies replies() {
        return replies;
    }

    /// Takes a call; on the thread that serves the process, which does not wait for it. What is
    /// read from a process when that is gone is nobody's call any more: what it took would be lost.
    ///
    /// @param number its number
    /// @param frame the rest
    /// @throws ProtocolException if it cannot be believed
    public void call(int number, ByteBuffer frame) throws ProtocolException {
        try {
            var call = new Visit.Call(number, CallFrame.read(frame));
            ensureFew();
            lock.lock();
            try {
                if (!gone) {
                    give(call);
                }
            } finally {
                lock.unlock();
            }
        } catch (BufferUnderflowException e) {
            throw new ProtocolException("a call that is too short");
        }
    }

    private void ensureFew() throws ProtocolException {
        // one-way calls come before or after others of their thread, which wait
        if (visits.size() >= MOST_CALLS || oneWays.get() > MOST_ONE_WAYS) {
            throw new ProtocolException("more calls of hosted objects than it may make");
        }
    }

    private void give(Visit.Call call) throws ProtocolException {
        if (call.frame().isOneWay()) {
            oneWays.incrementAndGet();
        } else if (visits.containsKey(call.number())) {
            throw new ProtocolException("a second call of the number " + call.number());
        }
        var visit = call.frame().isLasting() ? lasting : null;
        if (visit == null) {
            visit = new Visit(this, new Caller(party, call.frame().thread()),
                    call.frame().isLasting());
            lasting = call.frame().isLasting() ? visit : lasting;
        }
        if (!call.frame().isOneWay()) {
            visits.put(call.number(), visit);
        }
        visit.add(call);
        if (call.frame().isLasting()) {
            whenItCalls.run();
        }
    }

    /// A call is over. If its process was gone before that, what it has done is undone.
    void done(Visit.Call call) {
        if (call.frame().isOneWay()) {
            oneWays.decrementAndGet();
        }
        if (gone) {
            Hosting.HERE.partyGone(party, pid);
        }
    }

    /// The answer of a call is sent; until then it counts, or whoever reads none could have any
    /// number of them wait here.
    void answered(Visit.Call call) {
        visits.remove(call.number());
    }

    /// Interrupts a call, if it is not over.
    ///
    /// @param number its number
    public void stop(int number) {
        var visit = visits.get(number);
        if (visit != null) {
            visit.interrupt(number);
        }
    }

    /// {@return since when the thread that runs its items is in a call, or null if it is not}
    public @Nullable Long waitingSince() {
        var visit = lasting;
        return visit == null ? null : visit.busySince();
    }

    /// Has somebody told whenever that thread is about to call.
    ///
    /// @param told returns soon
    public void whenItCalls(Runnable told) {
        whenItCalls = told;
    }

    /// The process is gone: ends its calls, and tells all objects. Idempotent.
    public void gone() {
        lock.lock();
        try {
            if (gone) {
                return;
            }
            gone = true;
            var last = lasting;
            if (last != null) {
                last.end();
            }
            visits.values().forEach(Visit::end);
        } finally {
            lock.unlock();
        }
        Hosting.HERE.partyGone(party, pid);
    }
}
