package dev.mitosis.share;

import dev.mitosis.internal.hosting.Attentive;
import dev.mitosis.internal.hosting.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongPredicate;

/// The waiting room of some shared memory, in the process that has made that.
final class Porch implements WaitingRoom, Attentive {
    private static final int MOST_LISTS = 10_000;

    private final Cell cell;
    private final ReentrantLock lock = new ReentrantLock();
    private final Door[] doors;

    // guarded by lock
    private final List<Waiters> lists = new ArrayList<>();
    private boolean ended;

    /// Those who wait for one word; guarded by the lock.
    private static final class Door {
        final Condition changed;
        int waiting;

        Door(Condition changed) {
            this.changed = changed;
        }
    }

    Porch(Cell cell, int doors) {
        this.cell = cell;
        this.doors = new Door[doors];
        for (int i = 0; i < doors; i++) {
            this.doors[i] = new Door(lock.newCondition());
        }
    }

    @Override
    public int party() {
        return Caller.current().party();
    }

    @Override
    public boolean await(long owner, long nanos) throws InterruptedException {
        return await(Mutex.DOOR, owner, nanos);
    }

    @Override
    public boolean await(int door, long seen, long nanos) throws InterruptedException {
        var here = doors[door];
        lock.lockInterruptibly();
        try {
            here.waiting++;
            return await(here, door, seen, nanos);
        } finally {
            here.waiting--;
            if (!ended) {
                cell.set(Cell.flag(door), here.waiting > 0 ? 1 : 0);
            }
            lock.unlock();
        }
    }

    private boolean await(Door here, int door, long seen, long nanos) throws InterruptedException {
        long left = nanos;
        while (true) {
            ensureOpen();
            cell.set(Cell.flag(door), 1); // each time: a knock has put it at 2
            if (cell.get(Cell.word(door)) != seen) {
                return true;
            }
            if (left <= 0) {
                return false;
            }
            left = here.changed.awaitNanos(left);
        }
    }

    private void ensureOpen() {
        if (ended) {
            throw Monitored.closed();
        }
    }

    @Override
    public void knock(int door) {
        lock.lock();
        try {
            doors[door].changed.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void complain(String what) {
        lock.lock();
        try {
            wakeOneOfEach();
        } finally {
            lock.unlock();
        }
        System.getLogger("dev.mitosis").log(System.Logger.Level.WARNING, what);
    }

    // -- lists -------------------------------------------------------------------------------

    @Override
    public int newList() {
        lock.lock();
        try {
            if (lists.size() >= MOST_LISTS) {
                throw new IllegalStateException("a lock has at most " + MOST_LISTS + " conditions");
            }
            lists.add(new Waiters(lock));
            return lists.size() - 1;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long join(int list) {
        lock.lock();
        try {
            ensureOpen();
            return lists.get(list).join(Caller.current().party());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean awaitSignal(int list, long ticket, long nanos) throws InterruptedException {
        lock.lock(); // who is interrupted has joined, and is to leave
        try {
            boolean signalled = lists.get(list).await(ticket, nanos);
            if (!signalled) {
                ensureOpen();
            }
            return signalled;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void wentOn(int list, long ticket) {
        lock.lock();
        try {
            lists.get(list).wentOn(ticket);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void signal(int list, int most) {
        lock.lock();
        try {
            lists.get(list).signal(most);
        } finally {
            lock.unlock();
        }
    }

    // -- what becomes of callers -------------------------------------------------------------

    @Override
    public void partyGone(int party, long pid) {
        lock.lock();
        try {
            lists.forEach(list -> list.partyGone(party));
        } finally {
            lock.unlock();
        }
        abandon(owner -> owner >>> 32 == party, pid);
    }

    @Override
    public void threadGone(Caller caller) {
        long word = Mutex.word(caller.party(), caller.thread());
        abandon(owner -> owner == word, ProcessHandle.current().pid());
    }

    /// Guard against race with the end of the memory: that is closed under the lock, too.
    private void abandon(LongPredicate gone, long pid) {
        lock.lock();
        try {
            if (ended) {
                return;
            }
            long owner = Mutex.ownerOf(cell);
            if (gone.test(owner)) {
                Mutex.abandon(cell, owner, pid, Mutex.DIED);
                wakeOneOfEach();
            }
            for (var door : doors) {
                door.changed.signalAll(); // one of those who were woken may be the one that is gone
            }
        } finally {
            lock.unlock();
        }
    }

    /// Whoever would have signalled is gone, or was late: one must take the lock to learn of it.
    private void wakeOneOfEach() {
        lists.forEach(list -> list.signal(1));
    }

    @Override
    public void ended() {
        lock.lock();
        try {
            ended = true;
            for (var door : doors) {
                door.changed.signalAll();
            }
            lists.forEach(Waiters::end);
            Mutex.close(cell);
            cell.memory().close();
        } finally {
            lock.unlock();
        }
    }
}
