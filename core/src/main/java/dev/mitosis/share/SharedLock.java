package dev.mitosis.share;

import dev.mitosis.PoolClosedException;
import dev.mitosis.internal.Holdings;
import java.io.Serial;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/// A lock for threads of several processes, reentrant and without an order of those who wait:
/// [Hosted#lock].
///
/// **Owner.** In a worker it is the item, on its thread: what that leaves locked at its end is
/// unlocked then, and reported as a warning. Elsewhere it is a thread.
///
/// **Death.** When the process of the owner dies, the lock is free. Whoever takes it next, by
/// whatever method, holds it, and learns of it by an [AbandonedLockException]:
///
/// ```java
/// try {
///     lock.lock();
/// } catch (AbandonedLockException e) {
///     repair();                                  // the lock is held here, too
/// }
/// try {
///     change();
/// } finally {
///     lock.unlock();
/// }
/// ```
/// **Cost.** It lies in shared memory: a free lock takes some tens of nanoseconds. Who waits looks
/// for some microseconds, and then sleeps until it is woken through the process that hosts the
/// lock, which takes some hundred.
///
/// Every method that waits can be interrupted, [#lock] too.
public final class SharedLock extends Travelling implements Lock, Holdings.Holding {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Cell cell;
    private final transient WaitingRoom room;
    private final transient Mutex mutex;

    SharedLock(Cell cell, WaitingRoom room) {
        this.cell = cell;
        this.room = room;
        this.mutex = new Mutex(cell, room);
    }

    /// Takes the lock, waiting for it if need be.
    ///
    /// @throws AbandonedLockException if it had been left locked; it is held then
    /// @throws dev.mitosis.CallInterruptedException if this thread is interrupted meanwhile; it
    ///     stays so
    @Override
    public void lock() {
        Interruptible.await("a shared lock", this::lockInterruptibly);
    }

    /// Takes the lock, waiting for it if need be.
    ///
    /// @throws AbandonedLockException if it had been left locked; it is held then
    @Override
    public void lockInterruptibly() throws InterruptedException {
        acquire(Monitored.FOREVER);
    }

    /// Takes the lock if it is free, or this thread's.
    ///
    /// @throws AbandonedLockException if it had been left locked; it is held then
    @Override
    public boolean tryLock() {
        return again() || noted(mutex.tryTake());
    }

    /// Takes the lock if it is free in time.
    ///
    /// @throws AbandonedLockException if it had been left locked; it is held then
    @Override
    public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
        return acquire(unit.toNanos(time));
    }

    private boolean acquire(long nanos) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return again() || noted(mutex.take(nanos));
    }

    private boolean again() {
        if (!mutex.isMine()) {
            return false;
        }
        mutex.holds(Math.incrementExact(mutex.holds()));
        return true;
    }

    private boolean noted(Mutex.Taken taken) {
        if (taken.isMine()) {
            Holdings.here().add(this);
        }
        if (taken == Mutex.Taken.ABANDONED) {
            throw new AbandonedLockException(mutex.whoLeft());
        }
        return taken.isMine();
    }

    /// Gives the lock up, or one of several holds of it.
    ///
    /// @throws IllegalMonitorStateException if it is not this thread's
    @Override
    public void unlock() {
        requireMine();
        long holds = mutex.holds() - 1;
        if (holds > 0) {
            mutex.holds(holds);
        } else {
            release();
        }
    }

    private void release() {
        Holdings.here().remove(this);
        mutex.give();
    }

    private void requireMine() {
        boolean mine;
        try {
            mine = isHeldByCurrentThread();
        } catch (PoolClosedException e) { // closed while it was held
            Holdings.here().remove(this);
            throw e;
        }
        if (!mine) {
            Holdings.here().remove(this); // so it may have been here
            throw new IllegalMonitorStateException("this thread does not hold the lock");
        }
    }

    /// {@return whether this thread holds it}
    public boolean isHeldByCurrentThread() {
        return mutex.isMine();
    }

    /// Lets go of the lock, whoever takes it next is told; by the end of an item.
    @Override
    public void leave(String call, long index) {
        if (!isHeldByCurrentThread()) {
            return;
        }
        mutex.leave(index);
        room.complain("item " + index + (call.isEmpty() ? "" : " of call '" + call + "'")
                + " ended and left a shared lock locked; it was unlocked, and whoever takes it"
                + " next is told");
    }

    /// Makes a condition, which travels as the lock does.
    ///
    /// Those who wait are signalled in the order in which they came; to wait and to signal take
    /// some hundred microseconds each. A signal for a process that dies before it goes on is passed
    /// on. When the lock was left locked, one who waits for each condition takes it, to be told of
    /// it.
    @Override
    public Condition newCondition() {
        return new SharedCondition(this, room.newList());
    }

    WaitingRoom room() {
        return room;
    }

    /// Gives the lock up entirely.
    ///
    /// @return how often it was held
    long yieldAll() {
        requireMine();
        long holds = mutex.holds();
        release();
        return holds;
    }

    /// Takes the lock as often as it was held, whatever interrupts this thread.
    void regain(long holds) {
        var taken = mutex.takeUninterruptibly();
        mutex.holds(holds);
        noted(taken);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SharedLock that && that.cell.isSame(cell);
    }

    @Override
    public int hashCode() {
        return cell.hash();
    }

    @Override
    public String toString() {
        return "SharedLock[" + (Mutex.isFree(Mutex.ownerOf(cell)) ? "free" : "locked") + "]";
    }

    @Override
    public Record standIn() {
        return new LockHandle(cell.memory(), room);
    }
}
