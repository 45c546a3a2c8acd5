package dev.mitosis.share;

import java.util.concurrent.TimeUnit;

/// The flag itself. Whoever waits when it is set goes on, even if it is cleared at once.
final class Event extends Monitored implements SharedEvent {
    // written under the lock
    private volatile boolean set;
    private volatile long times; // that it was set

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
    public void set() {
        change(() -> {
            set = true;
            times++;
        });
    }

    @Override
    public void clear() {
        change(() -> set = false);
    }

    @Override
    public boolean isSet() {
        return set;
    }

    @Override
    public void await() throws InterruptedException {
        await(FOREVER, TimeUnit.NANOSECONDS);
    }

    @Override
    public boolean await(long time, TimeUnit unit) throws InterruptedException {
        long before = times;
        return await(() -> set || times != before, unit.toNanos(time), () -> {});
    }
}
