package dev.mitosis.share;

import java.util.concurrent.TimeUnit;

/// The flag itself.
final class Event extends Monitored implements SharedEvent {
    private volatile boolean set; // written under the lock

    @Override
    public void set() {
        change(() -> set = true);
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
        await(this::isSet, FOREVER, () -> {});
    }

    @Override
    public boolean await(long time, TimeUnit unit) throws InterruptedException {
        return await(this::isSet, unit.toNanos(time), () -> {});
    }
}
