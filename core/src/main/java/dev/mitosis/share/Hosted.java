package dev.mitosis.share;

import dev.mitosis.Pool;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReadWriteLock;

/// Ready-made objects by which the items of a pool, and whoever uses it, work together.
///
/// ```java
/// BlockingQueue<Page> pages = Hosted.queue(pool, 100);
/// Task<Void> fetching = pool.applyAsync(() -> fetchAll(pages));     // they travel
/// for (Page page; (page = pages.take()) != LAST; ) { ... }
/// ```
/// They are captured by lambdas, and are items, results and parts of records, in the workers of any
/// pool of this process, and in its children. They end with the pool that they were made with; a
/// call after that throws [dev.mitosis.PoolClosedException].
///
/// **Waiting.** Whatever waits can be interrupted, as a time-out or a cancel of its item does, and
/// ends when its own process dies, or the one that hosts it. An item that waits keeps its worker:
/// if all workers wait for what only a queued item would do, they wait for ever; where they are
/// processes, a warning says so. Of one process some 16,000 threads wait at a time, and as many for
/// locks; whoever comes after that waits for one of those to be done.
///
/// **Cost.** Locks, queues and counters lie in shared memory, and are as fast as that unless
/// somebody has to be woken. All else is [Pool#host], at some hundred microseconds a call.
public final class Hosted {
    private static final int LARGEST_QUEUE = 1_000_000;

    private Hosted() {}

    /// Makes a lock.
    ///
    /// @param pool the pool that hosts it
    /// @return the lock
    public static SharedLock lock(Pool pool) {
        var memory = SharedMemory.create(Cell.bytes(1));
        var cell = new Cell(memory);
        return new SharedLock(cell, host(pool, memory, WaitingRoom.class, new Porch(cell, 1)));
    }

    /// Hosts what ends some memory with the pool, or ends that at once if it cannot be hosted.
    private static <I> I host(Pool pool, SharedMemory memory, Class<I> type, I object) {
        try {
            return pool.host(type, object);
        } catch (RuntimeException | Error e) {
            memory.close();
            throw e;
        }
    }

    /// Makes a lock for many readers or one writer, reentrant; a reader cannot become a writer.
    ///
    /// Whoever waits to write goes before those who come to read. What a process holds when it dies
    /// is unlocked; if it was writing, all who take the lock get an [AbandonedLockException] until
    /// one of them has held it to write. There are no conditions.
    ///
    /// @param pool the pool that hosts it
    /// @return the lock
    public static ReadWriteLock readWriteLock(Pool pool) {
        return new SharedReadWriteLock(pool.host(Turnstile.class, new ReadersWriter()));
    }

    /// Makes a semaphore.
    ///
    /// @param pool the pool that hosts it
    /// @param permits how many there are at first
    /// @return the semaphore
    public static SharedSemaphore semaphore(Pool pool, int permits) {
        return pool.host(SharedSemaphore.class, new Permits(permits));
    }

    /// Makes a latch.
    ///
    /// @param pool the pool that hosts it
    /// @param count how often it is to be counted down
    /// @return the latch
    public static SharedLatch latch(Pool pool, int count) {
        require(count >= 0, "a latch counts down from 0 or more, not from ", count);
        return pool.host(SharedLatch.class, new Latch(count));
    }

    /// Makes a barrier.
    ///
    /// @param pool the pool that hosts it
    /// @param parties how many wait for each other
    /// @return the barrier
    public static SharedBarrier barrier(Pool pool, int parties) {
        require(parties >= 1, "a barrier waits for at least one, not for ", parties);
        return pool.host(SharedBarrier.class, new Barrier(parties));
    }

    /// Makes an event, which is not set.
    ///
    /// @param pool the pool that hosts it
    /// @return the event
    public static SharedEvent event(Pool pool) {
        return pool.host(SharedEvent.class, new Event());
    }

    /// Makes a queue, first in, first out.
    ///
    /// An element is copied when it is added, and once more when it is taken. It takes some memory
    /// at once, 256 bytes an element up to 4 MiB, and whatever has no room there goes by way of the
    /// hosting process; one of more than about 128 MiB is refused. Whoever dies has added or taken
    /// an element, or not; nobody else notices. Its iterator goes over a copy, and removes nothing.
    ///
    /// @param <T> the type of an element
    /// @param pool the pool that hosts it
    /// @param capacity how many elements it has at most, up to 1,000,000
    /// @return the queue
    public static <T> BlockingQueue<T> queue(Pool pool, int capacity) {
        require(capacity >= 1 && capacity <= LARGEST_QUEUE,
                "a shared queue has a capacity of 1 to " + LARGEST_QUEUE + ", not ", capacity);
        var memory = SharedMemory.create(QueueMemory.bytes(capacity));
        var porch = new Porch(new Cell(memory), QueueMemory.DOORS);
        var room = host(pool, memory, WaitingRoom.class, porch);
        var depot = pool.host(Depot.class, new Stock()); // or the pool, and all with it, is closed
        return new SharedQueue<>(new QueueHandle(memory, room, depot, capacity));
    }

    /// Makes a map. Keys are compared in this process, by `equals`; neither they nor values are
    /// null. The values that it returns are copies, here too: to change one changes nothing in the
    /// map. Keys are not copied here, and must not change.
    ///
    /// Functions, of `merge` and the like, run where they are called, again if the value was
    /// changed meanwhile: they should have no other effect. Its views show what there is when they
    /// are asked, and copy all of it for that.
    ///
    /// @param <K> the type of a key
    /// @param <V> the type of a value
    /// @param pool the pool that hosts it
    /// @return the map
    @SuppressWarnings("unchecked") // a table of anything
    public static <K, V> ConcurrentMap<K, V> map(Pool pool) {
        return new SharedMap<>((Table<K>) pool.host(Table.class, new Rows<K>()));
    }

    /// Makes a counter that is 0.
    ///
    /// @param pool the pool that hosts it
    /// @return the counter
    public static SharedCounter counter(Pool pool) {
        var memory = SharedMemory.create(Long.BYTES);
        host(pool, memory, Ending.class, new Ending.Of(memory));
        return new SharedCounter(new Cell(memory));
    }

    private static void require(boolean is, String what, int number) {
        if (!is) {
            throw new IllegalArgumentException(what + number);
        }
    }
}
