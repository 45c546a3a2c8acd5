package dev.mitosis.share;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The barrier itself. A process that dies while it waits is interrupted here, which breaks it.
final class Barrier extends Monitored implements SharedBarrier {
    private final int parties;

    // guarded by the lock
    private Round round = new Round();

    /// One time that all wait for each other.
    private static final class Round {
        int arrived;
        boolean complete;
        boolean broken;
    }

    Barrier(int parties) {
        this.parties = parties;
    }

    @Override
    public int await() throws InterruptedException, BrokenBarrierException {
        try {
            return await(FOREVER, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("nobody lives that long", e);
        }
    }

    @Override
    public int await(long time, TimeUnit unit)
            throws InterruptedException, BrokenBarrierException, TimeoutException {
        if (Thread.interrupted()) {
            change(() -> round.broken = true);
            throw new InterruptedException();
        }
        var mine = new Round[1];
        int missing = read(() -> arrive(mine));
        var now = mine[0];
        boolean inTime = false;
        try {
            inTime = await(() -> now.complete || now.broken, unit.toNanos(time), () -> {});
        } finally {
            if (!inTime) {
                change(() -> now.broken |= !now.complete);
            }
        }
        if (!inTime && !now.complete) {
            throw new TimeoutException("the others did not come to the barrier in time");
        }
        if (!now.complete) {
            throw new BrokenBarrierException("the barrier is broken: one who waited was"
                    + " interrupted, ran out of time or died, or it was reset");
        }
        return missing;
    }

    private int arrive(Round[] mine) {
        var now = round;
        mine[0] = now;
        if (now.broken) {
            return 0;
        }
        now.arrived++;
        if (now.arrived == parties) {
            now.complete = true;
            round = new Round();
        }
        return parties - now.arrived;
    }

    @Override
    public int getParties() {
        return parties;
    }

    @Override
    public int getNumberWaiting() {
        return read(() -> round.broken ? 0 : round.arrived);
    }

    @Override
    public boolean isBroken() {
        return read(() -> round.broken ? 1 : 0) == 1;
    }

    @Override
    public void reset() {
        change(() -> {
            round.broken = true;
            round = new Round();
        });
    }
}
