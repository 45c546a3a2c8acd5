package dev.mitosis.share;

import java.util.concurrent.TimeUnit;

/// The count itself.
final class Latch extends Monitored implements SharedLatch {
    private volatile long count; // written under the lock

    Latch(int count) {
        this.count = count;
    }

    @Override
    public void countDown() {
        change(() -> count = Math.max(0, count - 1));
    }

    @Override
    public long getCount() {
        return count;
    }

    @Override
    public void await() throws InterruptedException {
        await(() -> count == 0, FOREVER, () -> {});
    }

    @Override
    public boolean await(long time, TimeUnit unit) throws InterruptedException {
        return await(() -> count == 0, unit.toNanos(time), () -> {});
    }
}
