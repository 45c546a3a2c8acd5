package dev.mitosis.bench.haul;

import dev.mitosis.bench.common.Resident;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Looks again and again at what processes have resident together, on a thread of its own.
final class Watch implements AutoCloseable {
    private static final long PERIOD_MILLIS = 250;

    private final List<Long> pids;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().daemon().name("watch").unstarted(this::run);

    // written by the thread, read when it has ended
    private double highest;

    private Watch(List<Long> pids) {
        this.pids = List.copyOf(pids);
    }

    /// Starts to look at processes that live until it is closed.
    static Watch of(List<Long> pids) {
        var watch = new Watch(pids);
        watch.thread.start();
        return watch;
    }

    private void run() {
        try {
            do {
                double sum = 0;
                for (long pid : pids) {
                    sum += Resident.mib(pid, Resident.PROPORTIONAL);
                }
                highest = Math.max(highest, sum);
            } while (!closed.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS));
        } catch (IOException e) {
            highest = Double.NaN; // a process is gone: then nothing is known
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts it", e);
        }
    }

    /// Ends it.
    ///
    /// @return the most that they had together at any look, MiB; what they share counts once
    double highest() throws InterruptedException {
        close();
        thread.join();
        return highest;
    }

    /// Has the thread end, soon.
    @Override
    public void close() {
        closed.countDown();
    }
}
