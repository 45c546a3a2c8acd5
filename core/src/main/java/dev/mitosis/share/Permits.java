package dev.mitosis.share;

import dev.mitosis.internal.hosting.Caller;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The permits themselves, and who holds how many.
final class Permits extends Monitored implements SharedSemaphore {
    private int available; // guarded by the lock

    // guarded by the lock: what each process has taken and nobody has given back; and what was
    // given that nobody had taken, as by one who signals with a semaphore
    private final Map<Integer, Integer> held = new LinkedHashMap<>();
    private int surplus;

    Permits(int available) {
        this.available = available;
    }

    @Override
    public void acquire() throws InterruptedException {
        acquire(1);
    }

    @Override
    public void acquire(int permits) throws InterruptedException {
        tryAcquire(permits, FOREVER, TimeUnit.NANOSECONDS);
    }

    @Override
    public boolean tryAcquire() {
        int party = Caller.current().party(); // it does not wait, so no interrupt is heard
        return read(() -> available > 0 ? take(1, party) : 0) == 1;
    }

    private int take(int permits, int party) {
        available -= permits;
        int given = Math.min(surplus, permits);
        surplus -= given;
        if (permits > given) {
            held.merge(party, permits - given, Integer::sum);
        }
        return permits;
    }

    @Override
    public boolean tryAcquire(long time, TimeUnit unit) throws InterruptedException {
        return tryAcquire(1, time, unit);
    }

    @Override
    public boolean tryAcquire(int permits, long time, TimeUnit unit) throws InterruptedException {
        requireSome(permits);

        int party = Caller.current().party();
        return await(() -> available >= permits, unit.toNanos(time),
                () -> take(permits, party));
    }

    @Override
    public void release() {
        release(1);
    }

    @Override
    public void release(int permits) {
        requireSome(permits);

        int party = Caller.current().party();
        change(() -> giveBack(permits, party));
    }

    /// What one has taken another may give back: only the rest is given back when he dies.
    private void giveBack(int permits, int party) {
        available = Math.addExact(available, permits);
        int left = settle(party, permits);
        for (int other : List.copyOf(held.keySet())) {
            left = settle(other, left);
        }
        surplus += left;
    }

    /// {@return how many permits are left when a process has none of them any more}
    private int settle(int party, int permits) {
        int owed = held.getOrDefault(party, 0);
        if (permits >= owed) {
            held.remove(party);
            return permits - owed;
        }
        held.put(party, owed - permits);
        return 0;
    }

    private static void requireSome(int permits) {
        if (permits < 0) {
            throw new IllegalArgumentException("no semaphore has " + permits + " permits to give");
        }
    }

    @Override
    public int availablePermits() {
        return read(() -> available);
    }

    @Override
    public void partyGone(int party, long pid) {
        change(() -> {
            var left = held.remove(party);
            available += left == null ? 0 : left;
        });
    }
}
