package dev.mitosis.internal.local;

import dev.mitosis.PoolConfig;
import dev.mitosis.internal.Deadline;
import dev.mitosis.internal.Said;
import dev.mitosis.internal.codec.Functions;
import dev.mitosis.WorkerStartException;
import dev.mitosis.internal.worker.Onboarding;
import dev.mitosis.spi.Bytes;
import dev.mitosis.spi.Crew;
import dev.mitosis.spi.CrewListener;
import dev.mitosis.spi.CrewListener.Death;
import dev.mitosis.spi.Job;
import dev.mitosis.spi.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// Threads of this JVM as workers: a thread that will not stop is abandoned and replaced.
public final class ThreadCrew implements Crew {
    private final PoolConfig config;
    private final CrewListener listener;
    private final int seats;
    private final AtomicReferenceArray<WorkerThread> threads;
    private final Map<Long, Long> skipped = new ConcurrentHashMap<>();
    private final List<Bytes> onboarding = new CopyOnWriteArrayList<>();
    private final AtomicLong starts = new AtomicLong();
    private boolean closed; // guarded by this

    /// Makes the crew.
    ///
    /// @param config must ask for nothing that needs a process
    /// @param listener is told what becomes of the threads
    public ThreadCrew(PoolConfig config, CrewListener listener) {
        LocalLimits.check("threads", config);
        this.config = config;
        this.listener = listener;
        this.seats = config.workers() > 0
                ? config.workers() : Runtime.getRuntime().availableProcessors();
        this.threads = new AtomicReferenceArray<>(seats);
    }

    @Override
    public int seats() {
        return seats;
    }

    @Override
    public boolean runsAtOnce() {
        return false;
    }

    @Override
    public boolean prefetches() {
        return false; // nothing travels: a lease that waits here could run elsewhere
    }

    @Override
    public void start() {
        for (int seat = 0; seat < seats; seat++) {
            fill(seat);
        }
    }

    /// Starts a thread, which whoever closes the crew sees either running or not at all.
    private synchronized void fill(int seat) {
        if (!closed) {
            var worker = new LocalWorker(seat, true, skipped);
            var thread = new WorkerThread(seat, starts.get() + 1, worker, this::welcome);
            if (threads.compareAndSet(seat, null, thread)) { // else one is there, or will fail
                starts.incrementAndGet();
                begin(thread);
            }
        }
    }

    private void begin(WorkerThread thread) {
        try {
            thread.start(this::ended, this::failed);
        } catch (RuntimeException | Error e) { // such as no more threads
            threads.compareAndSet(thread.seat(), thread, null);
            throw e;
        }
    }

    /// Has a worker follow one that is gone.
    private void refill(int seat) {
        try {
            fill(seat);
        } catch (RuntimeException | Error e) {
            listener.hopeless(new WorkerStartException(
                    "there can be no thread for a worker: " + Said.by(e), e));
        }
    }

    /// Runs what a new worker runs first, on its own thread.
    ///
    /// @return whether it is of use; otherwise it ends, and its seat is free for another attempt
    private boolean welcome(WorkerThread thread) {
        int onboarded = onboarding.size();
        try {
            var initializer = config.initializer();
            if (initializer != null) {
                copy(Functions.encode(initializer));
            }
            for (int i = 0; i < onboarded; i++) {
                copy(onboarding.get(i)); // may have been retracted meanwhile
            }
        } catch (Throwable e) {
            threads.compareAndSet(thread.seat(), thread, null);
            listener.hopeless(new WorkerStartException(
                    "the initializer of a worker threw " + Said.by(e), e));
            return false;
        }
        listener.ready(thread.seat(), thread.number(), onboarded);
        return true;
    }

    /// Runs a copy, as a process would.
    private static void copy(Bytes function) throws Exception {
        Onboarding.run(Functions.decode(function, ThreadCrew.class.getClassLoader()));
    }

    /// Runs what a worker runs last, on its own thread.
    private void bidFarewell() {
        var finalizer = config.finalizer();
        if (finalizer != null) {
            try {
                copy(Functions.encode(finalizer));
            } catch (Throwable e) {
                System.getLogger("dev.mitosis").log(System.Logger.Level.WARNING,
                        "the finalizer of a worker threw", e);
            }
        }
    }

    private void failed(WorkerThread thread, Throwable why) {
        abandon(thread, "ended with " + why);
    }

    /// A thread has left in order.
    private void ended(WorkerThread thread) {
        bidFarewell();
        if (threads.compareAndSet(thread.seat(), thread, null)) {
            listener.left(thread.seat());
            refill(thread.seat());
        }
    }

    @Override
    public int onboard(Bytes function) {
        onboarding.add(function);
        return onboarding.size();
    }

    @Override
    public void retract(int number) {
        onboarding.set(number - 1, Functions.nothing());
    }

    @Override
    public void lease(int seat, Lease lease) {
        var thread = threads.get(seat);
        if (thread != null && thread.number() == lease.pid()) { // else the listener is told of it
            lease.runBy(ProcessHandle.current().pid());
            thread.give(lease);
        }
    }

    @Override
    public void skip(long call, long fromIndex) {
        skipped.merge(call, fromIndex, Math::min);
    }

    @Override
    public void forget(Job job) {
        skipped.remove(job.call());
        for (int seat = 0; seat < seats; seat++) {
            var thread = threads.get(seat);
            if (thread != null) {
                thread.worker().forget(job);
            }
        }
    }

    @Override
    public long takeBack(int seat) {
        var thread = threads.get(seat);
        return thread == null ? -1 : thread.worker().takeBack();
    }

    @Override
    public long running(int seat) {
        var thread = threads.get(seat);
        return thread == null ? -1 : thread.worker().running();
    }

    @Override
    public void interrupt(int seat, long ticket) {
        var thread = threads.get(seat);
        if (thread != null) {
            thread.worker().interrupt(ticket);
        }
    }

    @Override
    public CompletableFuture<String> dump(int seat) {
        var thread = threads.get(seat);
        return CompletableFuture.completedFuture(
                thread == null ? "the worker has ended" : thread.worker().stack());
    }

    @Override
    public void kill(int seat, String why) {
        var thread = threads.get(seat);
        if (thread != null) {
            abandon(thread, why + " (its thread could only be abandoned)");
        }
    }

    private void abandon(WorkerThread thread, String why) {
        int seat = thread.seat();
        if (threads.compareAndSet(seat, thread, null)) {
            thread.abandon(running -> {
                listener.died(seat, new Death(ProcessHandle.current().pid(), running,
                        OptionalInt.empty(), why, null, null, List.of()));
                refill(seat);
            });
        }
    }

    @Override
    public void retire(int seat) {
        var thread = threads.get(seat);
        if (thread != null) {
            thread.leave();
        }
    }

    @Override
    public Status status(int seat) {
        return new Status(ProcessHandle.current().pid(),
                threads.get(seat) == null ? "gone" : "ready");
    }

    @Override
    public Traffic traffic() {
        return new Traffic(0, 0, starts.get());
    }

    @Override
    public void close(Duration patience) {
        synchronized (this) {
            closed = true;
        }
        var leaving = new ArrayList<WorkerThread>();
        for (int seat = 0; seat < seats; seat++) {
            var thread = threads.get(seat);
            if (thread != null) {
                leaving.add(thread);
                thread.leave();
            }
        }
        var deadline = Deadline.in(patience);
        for (var thread : leaving) {
            if (!thread.join(deadline)) {
                thread.abandon(_ -> {}); // nobody is to be told any more
            }
        }
    }
}
