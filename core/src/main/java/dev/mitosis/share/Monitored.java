package dev.mitosis.share;

import dev.mitosis.PoolClosedException;
import dev.mitosis.internal.hosting.Attentive;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/// A hosted object that threads wait in: its state is under one lock, and every change wakes all.
abstract class Monitored implements Attentive {
    static final long FOREVER = Long.MAX_VALUE;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean ended; // guarded by lock

    /// Changes the state.
    final void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// {@return what is found under the lock, by what may change the state}
    final int read(IntSupplier look) {
        lock.lock();
        try {
            int found = look.getAsInt();
            changed.signalAll();
            return found;
        } finally {
            lock.unlock();
        }
    }

    /// {@return whether a condition has come true; what follows from that has been done then}
    ///
    /// @param condition looked at under the lock
    /// @param then done under the lock
    final boolean await(BooleanSupplier condition, long nanos, Runnable then)
            throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (!condition.getAsBoolean()) {
                if (ended) {
                    throw closed();
                }
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            then.run();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// {@return what is thrown to those who wait when the pool ends}
    static PoolClosedException closed() {
        return new PoolClosedException(
                "the pool was closed that hosted what this thread waited for");
    }

    @Override
    public void partyGone(int party, long pid) {}

    @Override
    public final void ended() {
        change(() -> ended = true);
    }
}
