package dev.mitosis.share;

import dev.mitosis.internal.Deadline;
import dev.mitosis.internal.StandIn;
import java.io.Serial;
import java.io.Serializable;
import java.time.Duration;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/// A condition of a shared lock.
///
/// Whoever waits has joined the list before the lock is free: a signal that comes after that finds
/// him.
final class SharedCondition extends Travelling implements Condition {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient SharedLock lock;
    private final transient int list;

    /// What travels of it.
    private record Handle(SharedLock lock, int list) implements StandIn, Serializable {
        @Override
        public Object original() {
            return new SharedCondition(lock, list);
        }

        @Serial
        private Object readResolve() {
            return original();
        }
    }

    SharedCondition(SharedLock lock, int list) {
        this.lock = lock;
        this.list = list;
    }

    @Override
    public void await() throws InterruptedException {
        waitFor(Monitored.FOREVER);
    }

    @Override
    public boolean await(long time, TimeUnit unit) throws InterruptedException {
        return waitFor(unit.toNanos(time));
    }

    @Override
    public long awaitNanos(long nanos) throws InterruptedException {
        var deadline = Deadline.in(Duration.ofNanos(nanos));
        waitFor(nanos);
        return deadline.nanos() - Deadline.now();
    }

    @Override
    @SuppressWarnings("JavaUtilDate") // that is what a condition is asked with
    public boolean awaitUntil(Date deadline) throws InterruptedException {
        return waitFor(TimeUnit.MILLISECONDS.toNanos(
                deadline.getTime() - new Date().getTime()));
    }

    /// Waits; an interrupt of this thread ends that.
    ///
    /// @throws dev.mitosis.CallInterruptedException if this thread is interrupted
    @Override
    @SuppressWarnings("WaitNotInLoop") // the caller's loop is the one
    public void awaitUninterruptibly() {
        Interruptible.await("a condition of a shared lock", this::await);
    }

    private boolean waitFor(long nanos) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        requireMine();
        long ticket = lock.room().join(list);
        long holds = lock.yieldAll();
        boolean signalled = false;
        try {
            signalled = lock.room().awaitSignal(list, ticket, nanos);
            return signalled;
        } finally {
            regain(holds, signalled, ticket);
        }
    }

    /// Not before it has the lock has it used its signal.
    private void regain(long holds, boolean signalled, long ticket) {
        try {
            lock.regain(holds);
        } finally {
            if (signalled) {
                lock.room().wentOn(list, ticket);
            }
        }
    }

    private void requireMine() {
        if (!lock.isHeldByCurrentThread()) {
            throw new IllegalMonitorStateException("this thread does not hold the lock of the"
                    + " condition");
        }
    }

    @Override
    public void signal() {
        requireMine();
        lock.room().signal(list, 1);
    }

    @Override
    public void signalAll() {
        requireMine();
        lock.room().signal(list, Integer.MAX_VALUE);
    }

    @Override
    public Record standIn() {
        return new Handle(lock, list);
    }
}
