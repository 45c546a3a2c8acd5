package dev.mitosis.internal.supervise;

import dev.mitosis.PoolConfig;
import dev.mitosis.RemoteRunnable;
import dev.mitosis.WorkerStartException;
import dev.mitosis.internal.Deadline;
import dev.mitosis.internal.codec.Functions;
import dev.mitosis.internal.launch.ClassBytes;
import dev.mitosis.internal.launch.JvmLauncher;
import dev.mitosis.internal.launch.Machine;
import dev.mitosis.internal.link.Bell;
import dev.mitosis.internal.link.Control;
import dev.mitosis.internal.link.ControlChannel;
import dev.mitosis.spi.Bytes;
import dev.mitosis.spi.Crew;
import dev.mitosis.spi.CrewListener;
import dev.mitosis.spi.Job;
import dev.mitosis.spi.Lease;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// Worker processes, one on each seat: what others ask of them, from any thread.
///
/// What becomes of the processes is decided by the [Supervisor], on its one thread.
public final class ProcessCrew implements Crew {
    private final int seats;
    private final Supervisor supervisor;
    private final ClassBytes classes = new ClassBytes();
    private final Resources resources;

    // the link of each ready worker; set by the supervisor
    private final AtomicReferenceArray<WorkerProcess> ready;

    /// Makes the crew; no process starts yet.
    ///
    /// @param config the pool's configuration
    /// @param listener is told what becomes of the workers
    public ProcessCrew(PoolConfig config, CrewListener listener) {
        // It is tempting to take these and do nothing yet. But a limit that does not hold is worse
        // than none: somebody relies on it.
        requireUnset("recycleAbove", config.recycleAbove());
        requireUnset("memoryLimit", config.memoryLimit());
        var machine = Machine.here();
        seats = config.workers() > 0 ? config.workers() : machine.defaultWorkers();
        ready = new AtomicReferenceArray<>(seats);
        var loader = Thread.currentThread().getContextClassLoader();
        classes.add(loader);
        try {
            resources = Resources.open(machine, JvmLauncher.of(config, seats, loader));
        } catch (IOException e) {
            throw new WorkerStartException(
                    "the folders and the socket of a pool cannot be made: " + e.getMessage(), e);
        }
        supervisor = new Supervisor(config, listener, resources, ready, classes);
        addFunctions(config);
    }

    private static void requireUnset(String setting, long value) {
        if (value != 0) {
            throw new IllegalArgumentException(setting + " is not enforced by this version; limit"
                    + " the heap with withHeap");
        }
    }

    private void addFunctions(PoolConfig config) {
        var initializer = config.initializer();
        if (initializer != null) {
            supervisor.initializer(encode(initializer));
        }
        var finalizer = config.finalizer();
        if (finalizer != null) {
            supervisor.finalizer(encode(finalizer));
        }
    }

    private byte[] encode(RemoteRunnable function) {
        classes.add(function.getClass().getClassLoader());
        return Flat.of(Functions.encode(function));
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
    public void start() {
        supervisor.startAll();
    }

    @Override
    public int onboard(Bytes function) {
        return supervisor.onboard(Flat.of(function));
    }

    @Override
    public void lease(int seat, Lease lease) {
        classes.add(lease.job().loader());
        var worker = ready.get(seat);
        var link = worker == null ? null : worker.link;
        if (link == null || link.pid() != lease.pid()) {
            return; // the listener was, or will be, told of the death
        }
        try {
            link.give(lease);
        } catch (IOException | RuntimeException e) {
            worker.kill("was killed, since its link failed: " + e);
        }
    }

    @Override
    public void lead(BooleanSupplier done, long nanos) {
        var pumps = new ArrayList<Pump>(seats);
        for (int seat = 0; seat < seats; seat++) {
            var worker = ready.get(seat);
            var pump = worker == null ? null : worker.pump;
            if (pump != null) {
                pump.beginToLead();
                pumps.add(pump);
            }
        }
        try {
            Bell.spin(() -> {
                pumps.forEach(Pump::poll);
                return done.getAsBoolean();
            }, nanos);
        } finally {
            pumps.forEach(Pump::endLeading);
        }
    }

    @Override
    public void skip(long call, long fromIndex) {
        for (int seat = 0; seat < seats; seat++) {
            var worker = ready.get(seat);
            if (worker != null) {
                worker.send(ControlChannel.message(Control.SKIP, 16)
                        .putLong(call).putLong(fromIndex));
            }
        }
    }

    @Override
    public void giveBack(byte[] records) {
        supervisor.buffers().giveBack(records);
    }

    @Override
    public void forget(Job job) {
        if (job.function().kept()) {
            return;
        }
        for (int seat = 0; seat < seats; seat++) {
            var worker = ready.get(seat);
            var link = worker == null ? null : worker.link;
            if (link != null) {
                link.forget(job.function().id());
            }
        }
    }

    @Override
    public long running(int seat) {
        var worker = ready.get(seat);
        var link = worker == null ? null : worker.link;
        return link == null ? -1 : link.running();
    }

    @Override
    public void interrupt(int seat, long ticket) {
        var worker = ready.get(seat);
        if (worker != null) {
            worker.send(ControlChannel.message(Control.INTERRUPT, 8).putLong(ticket));
        }
    }

    @Override
    public CompletableFuture<String> dump(int seat) {
        var worker = ready.get(seat);
        return worker == null
                ? CompletableFuture.completedFuture("the worker has ended") : worker.dump();
    }

    @Override
    public void kill(int seat, String why) {
        var worker = ready.get(seat);
        if (worker != null) {
            worker.kill(why);
        }
    }

    @Override
    public void retire(int seat) {
        var worker = ready.get(seat);
        var link = worker == null ? null : worker.link;
        if (link != null) {
            supervisor.retire(worker, link);
        }
    }

    @Override
    public Status status(int seat) {
        return supervisor.status(seat);
    }

    @Override
    public Traffic traffic() {
        return supervisor.traffic();
    }

    @Override
    public void close(Duration patience) {
        supervisor.close(Deadline.in(patience));
    }
}
