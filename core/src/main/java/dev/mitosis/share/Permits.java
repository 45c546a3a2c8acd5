package dev.mitosis.share;

import dev.mitosis.internal.hosting.Caller;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The permits themselves, and who holds how many.
final class Permits extends Monitored implements SharedSemaphore {
    private int available; // guarded by the lock

    // guarded by the lock: what each other process has taken and not given back, if that is more
    // than nothing
    private final Map<Integer, Integer> held = new HashMap<>();

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
        count(party, permits);
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
        change(() -> {
            available = Math.addExact(available, permits);
            count(party, -permits);
        });
    }

    private void count(int party, int permits) {
        if (party != Caller.HOST) {
            held.merge(party, permits, (before, more) -> Math.max(0, before + more));
        }
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
