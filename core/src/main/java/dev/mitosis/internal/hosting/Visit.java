package dev.mitosis.internal.hosting;

import dev.mitosis.internal.Deadline;
import dev.mitosis.internal.codec.ByteSink;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A thread of this process that makes the calls of one thread of another, in their order.
final class Visit {
    private final Guest guest;
    private final Caller caller;
    private final boolean lasting;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();

    // guarded by lock
    private final ArrayDeque<Call> calls = new ArrayDeque<>();
    private int running; // the number of the call that may be interrupted, or 0
    private int stopped; // the number of the last call that was to be interrupted
    private boolean over;

    // written by the thread, read by whoever asks
    private volatile @Nullable Long busySince;

    /// One call.
    ///
    /// @param number its number
    /// @param frame the rest
    record Call(int number, CallFrame frame) {}

    Visit(Guest guest, Caller caller, boolean lasting) {
        this.guest = guest;
        this.caller = caller;
        this.lasting = lasting;
        this.thread = Thread.ofVirtual().name("mitosis-guest-" + caller.party())
                .unstarted(this::run);
        thread.start();
    }

    void add(Call call) {
        lock.lock();
        try {
            calls.add(call);
            added.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Interrupts a call, unless it is over.
    void interrupt(int number) {
        lock.lock();
        try {
            stopped = number;
            if (running == number) {
                thread.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Ends what runs, if it can be interrupted, and runs nothing more.
    void end() {
        lock.lock();
        try {
            over = true;
            calls.clear();
            added.signal();
            if (running != 0) {
                thread.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    @Nullable Long busySince() {
        return busySince;
    }

    // -- the thread --------------------------------------------------------------------------

    private void run() {
        Caller.visits(caller);
        for (Call call; (call = next()) != null; ) {
            busySince = Deadline.now();
            var answer = answer(call);
            busySince = null;
            guest.done(call);
            if (!call.frame().isOneWay() && !send(call, answer)) {
                return;
            }
            if (!lasting) {
                return;
            }
        }
    }

    private @Nullable Call next() {
        lock.lock();
        try {
            while (calls.isEmpty() && !over) {
                added.awaitUninterruptibly();
            }
            var call = over ? null : calls.remove();
            running = call == null ? 0 : call.number();
            if (call != null && call.number() == stopped) {
                thread.interrupt(); // it was to be before it had begun
            }
            return call;
        } finally {
            lock.unlock();
        }
    }

    /// Whatever is interrupted from now on, it is not the call that is over.
    private void settle() {
        lock.lock();
        try {
            running = 0;
            Thread.interrupted();
        } finally {
            lock.unlock();
        }
    }

    private ByteSink answer(Call call) {
        try {
            return make(call);
        } catch (Throwable e) {
            return CallFrame.failure(e);
        } finally {
            settle();
        }
    }

    private ByteSink make(Call call) throws Throwable {
        var resident = Hosting.HERE.find(call.frame().object());
        if (resident == null) {
            throw Resident.gone("object");
        }
        var method = Methods.of(resident.type).at(call.frame().method());
        if (method == null) {
            throw new IllegalArgumentException(resident.type + " has no method of this number");
        }
        thread.setContextClassLoader(resident.loader);
        var arguments = call.frame().arguments(
                method.getParameterCount(), resident.loader, guest.filter());
        return CallFrame.answer(resident.call(method, arguments), method);
    }

    private boolean send(Call call, ByteSink answer) {
        try {
            guest.replies().answer(call.number(), answer);
            return true;
        } catch (IOException e) {
            return false; // it is gone
        } finally {
            guest.answered(call);
        }
    }
}
