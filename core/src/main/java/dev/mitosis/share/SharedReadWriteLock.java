package dev.mitosis.share;

import dev.mitosis.internal.Holdings;
import java.io.Serializable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;

/// A lock for many readers or one writer in several processes: [Hosted#readWriteLock].
///
/// @param turnstile what is called
record SharedReadWriteLock(Turnstile turnstile) implements ReadWriteLock, Serializable {
    @Override
    public Lock readLock() {
        return new Side(this, false);
    }

    @Override
    public Lock writeLock() {
        return new Side(this, true);
    }

    /// One of its two locks.
    ///
    /// @param of the lock of which it is one
    /// @param writes whether it is the one to write
    private record Side(SharedReadWriteLock of, boolean writes)
            implements Lock, Serializable, Holdings.Holding {
        @Override
        public void lock() {
            Interruptible.await("a shared lock", this::lockInterruptibly);
        }

        @Override
        public void lockInterruptibly() throws InterruptedException {
            enter(Monitored.FOREVER);
        }

        @Override
        public boolean tryLock() {
            boolean interrupted = Thread.interrupted(); // it does not wait, so none is heard
            try {
                return enter(0);
            } catch (InterruptedException e) {
                interrupted = true;
                return false;
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        @Override
        public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
            return enter(unit.toNanos(time));
        }

        private boolean enter(long nanos) throws InterruptedException {
            var entry = nanos > 0
                    ? of.turnstile().enter(writes, nanos) : of.turnstile().tryEnter(writes);
            if (entry != Turnstile.Entry.NOT) {
                Holdings.here().add(this);
            }
            if (entry == Turnstile.Entry.ABANDONED) {
                throw new AbandonedLockException(of.turnstile().whoLeft()
                        + "; what it guards may be half changed. This thread holds the lock now");
            }
            return entry == Turnstile.Entry.FREE;
        }

        @Override
        public void unlock() {
            try {
                of.turnstile().leave(writes);
            } finally {
                Holdings.here().remove(this); // also if it is there no more
            }
        }

        @Override
        public void leave(String call, long index) {
            of.turnstile().abandon("item " + index
                    + (call.isEmpty() ? "" : " of call '" + call + "'")
                    + " ended and left a shared lock locked");
        }

        @Override
        public Condition newCondition() {
            throw new UnsupportedOperationException("a shared lock to read or to write has no"
                    + " conditions; Hosted.lock has");
        }
    }
}
