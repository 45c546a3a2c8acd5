package dev.mitosis.internal.local;

import dev.mitosis.PoolConfig;
import dev.mitosis.spi.Bytes;
import dev.mitosis.spi.Crew;
import dev.mitosis.spi.CrewListener;
import dev.mitosis.spi.Job;
import dev.mitosis.spi.Lease;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/// The caller's own thread as the only worker: for debuggers and tests.
public final class InlineCrew implements Crew {
    private final CrewListener listener;
    private final Map<Long, Long> skipped = new ConcurrentHashMap<>();

    /// Makes the crew.
    ///
    /// @param config must ask for nothing that needs a process
    /// @param listener is told at once that the worker is ready
    public InlineCrew(PoolConfig config, CrewListener listener) {
        this(listener);
        LocalLimits.check("inline", config);
        LocalLimits.require("inline", "initializer", config.initializer() == null);
        LocalLimits.require("inline", "finalizer", config.finalizer() == null);
    }

    /// Makes the crew in a place where processes were asked for, but are not allowed.
    ///
    /// @param listener is told at once that the worker is ready
    public InlineCrew(CrewListener listener) {
        this.listener = listener;
    }

    @Override
    public int seats() {
        return 1;
    }

    @Override
    public boolean runsAtOnce() {
        return true;
    }

    @Override
    public void start() {
        listener.ready(0, ProcessHandle.current().pid(), 0);
    }

    @Override
    public int onboard(Bytes function) {
        return 0;
    }

    @Override
    public void lease(int seat, Lease lease) {
        new LocalWorker(0, false, skipped).run(lease);
    }

    @Override
    public void skip(long call, long fromIndex) {
        skipped.put(call, fromIndex);
    }

    @Override
    public void forget(Job job) {
        skipped.remove(job.call());
    }

    @Override
    public long running(int seat) {
        return -1;
    }

    @Override
    public void interrupt(int seat, long ticket) {}

    @Override
    public CompletableFuture<String> dump(int seat) {
        return CompletableFuture.completedFuture("the function runs on the caller's own thread");
    }

    @Override
    public void kill(int seat, String why) {}

    @Override
    public void retire(int seat) {}

    @Override
    public Status status(int seat) {
        return new Status(ProcessHandle.current().pid(), "ready");
    }

    @Override
    public Traffic traffic() {
        return new Traffic(0, 0, 1);
    }

    @Override
    public void close(Duration patience) {}
}
