package dev.mitosis.bench.storm;

import dev.mitosis.Pool;
import dev.mitosis.PoolStats;
import dev.mitosis.bench.common.Processes;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Kills random workers of a pool at random moments, on a thread of its own.
///
/// Each kill has its place among the results read, and then a random delay; so kills spread over
/// the whole storm, however long that takes. Only a worker that takes items is killed: one that
/// starts has none.
final class Killer {
    private static final long LONGEST_DELAY = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LOOK_AGAIN = TimeUnit.MICROSECONDS.toNanos(500);

    /// A kill.
    ///
    /// @param pid who was killed
    /// @param seat whose replacement will sit there
    /// @param time when, by [System#nanoTime()]
    record Kill(long pid, int seat, long time) {}

    private final Pool pool;
    private final int[] places;
    private final SplittableRandom random;
    private final Thread thread;

    // written by the killer's thread, read by any
    private final Map<Long, Kill> kills = new ConcurrentHashMap<>();

    // written by the thread that reads results
    private volatile int read;
    private volatile boolean over;

    // written by the killer's thread
    private volatile int next = Integer.MAX_VALUE;

    private Killer(Pool pool, int[] places, SplittableRandom random) {
        this.pool = pool;
        this.places = places;
        this.random = random;
        this.thread = Thread.ofPlatform().daemon().name("killer").unstarted(this::killAll);
    }

    /// Starts to kill.
    ///
    /// @param pool whose workers
    /// @param kills how many
    /// @param items over how many results
    /// @param seed decides on victims and moments
    static Killer start(Pool pool, int kills, int items, long seed) {
        var random = new SplittableRandom(seed);
        // The last tenth is left for what is late.
        int[] places = random.ints(kills, 0, Math.max(1, items - items / 10)).sorted().toArray();
        var killer = new Killer(pool, places, random);
        killer.thread.start();
        return killer;
    }

    /// Tells how many results have been read.
    void reached(int count) {
        read = count;
        if (count >= next) {
            LockSupport.unpark(thread);
        }
    }

    /// {@return who was killed, by process}
    Map<Long, Kill> kills() {
        return kills;
    }

    private void killAll() {
        for (int place : places) {
            next = place;
            while (read < place && !over) {
                LockSupport.park(this);
            }
            next = Integer.MAX_VALUE;
            LockSupport.parkNanos(random.nextLong(LONGEST_DELAY));
            killOne(random.nextInt(Integer.MAX_VALUE));
        }
    }

    private void killOne(int choice) {
        while (!over) {
            var victims = victims();
            if (!victims.isEmpty()) {
                kill(victims.get(choice % victims.size()));
                return;
            }
            LockSupport.parkNanos(LOOK_AGAIN);
        }
    }

    private void kill(PoolStats.Worker victim) {
        // Before it happens: the reader may be told of the death while this thread still sleeps.
        kills.put(victim.pid(), new Kill(victim.pid(), victim.number(), System.nanoTime()));
        if (!Processes.kill9(victim.pid())) {
            kills.remove(victim.pid());
        }
    }

    private List<PoolStats.Worker> victims() {
        return pool.stats().workers().stream().filter(this::isVictim).toList();
    }

    private boolean isVictim(PoolStats.Worker worker) {
        var takesItems = worker.state().equals("idle") || worker.state().equals("busy");
        return takesItems && worker.pid() > 0 && !kills.containsKey(worker.pid());
    }

    /// Ends the killing; when this returns nobody will be killed any more.
    void end() throws InterruptedException {
        over = true;
        LockSupport.unpark(thread);
        thread.join();
    }
}
