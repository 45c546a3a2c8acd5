package dev.mitosis.internal.supervise;

import dev.mitosis.PoolConfig;
import dev.mitosis.RemoteRunnable;
import dev.mitosis.WorkerStartException;
import dev.mitosis.internal.Deadline;
import dev.mitosis.internal.Gone;
import dev.mitosis.internal.codec.Functions;
import dev.mitosis.internal.launch.ClassBytes;
import dev.mitosis.internal.launch.Machine;
import dev.mitosis.internal.link.Control;
import dev.mitosis.internal.link.ControlChannel;
import dev.mitosis.internal.link.Spin;
import dev.mitosis.spi.Bytes;
import dev.mitosis.spi.Crew;
import dev.mitosis.spi.CrewListener;
import dev.mitosis.spi.Job;
import dev.mitosis.spi.Lease;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Worker processes, one on each seat: what others ask of them, from any thread.
///
/// What becomes of the processes is decided by the [Supervisor], on its one thread.
public final class ProcessCrew implements Crew {
    private static final long NAP_NANOS = 500_000;
    private static final int NAPS = 2; // in vain

    private final int seats;
    private final Supervisor supervisor;
    private final ClassBytes classes = new ClassBytes();
    private final Resources resources;

    // the worker on each seat, from when it is ready until its end is known; set by the supervisor
    private final AtomicReferenceArray<@Nullable WorkerProcess> seated;
    private final MemoryWatch memory;
    private final Runnable tellsGone = this::tellGone;

    // used by whoever leads, most often one thread; it is no harm if two count together
    private final Spin spin = new Spin();

    /// Makes the crew; no process starts yet.
    ///
    /// @param config the pool's configuration
    /// @param listener is told what becomes of the workers
    public ProcessCrew(PoolConfig config, CrewListener listener) {
        MemoryWatch.requirePossible(config);
        var machine = Machine.here();
        seats = config.workers() > 0 ? config.workers() : machine.defaultWorkers();
        seated = new AtomicReferenceArray<>(seats);
        var loader = Thread.currentThread().getContextClassLoader();
        classes.add(loader);
        var initializer = encode(config.initializer()); // before there is anything to be given back
        var finalizer = encode(config.finalizer());
        try {
            resources = Resources.open(machine, config, seats, loader);
        } catch (IOException e) {
            throw new WorkerStartException(
                    "the folders and the socket of a pool cannot be made: " + e.getMessage(), e);
        }
        supervisor = new Supervisor(config, listener, resources, seated, classes);
        memory = new MemoryWatch(config, supervisor, seated);
        supervisor.greeter().functions(initializer, finalizer);
        begin(config);
    }

    /// Starts the threads, or gives back what there is.
    private void begin(PoolConfig config) {
        try {
            memory.begin(config);
            supervisor.begin();
        } catch (RuntimeException | Error e) { // such as no more threads
            memory.close();
            resources.close();
            throw e;
        }
    }

    private List<byte[]> encode(@Nullable RemoteRunnable function) {
        if (function == null) {
            return List.of();
        }
        classes.add(function.getClass().getClassLoader());
        return List.of(Functions.encode(function).toArray());
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
    public boolean tellsPrints() {
        return true;
    }

    @Override
    public void start() {
        supervisor.startAll();
        Gone.listen(tellsGone);
    }

    private void tellGone() {
        for (int seat = 0; seat < seats; seat++) {
            var worker = seated.get(seat);
            if (worker != null) {
                worker.send(ControlChannel.message(Control.GONE, 0));
            }
        }
    }

    @Override
    public int onboard(Bytes function) {
        return supervisor.greeter().onboard(function.toArray());
    }

    @Override
    public void retract(int number) {
        supervisor.greeter().retract(number, Functions.nothing().toArray());
    }

    @Override
    public void lease(int seat, Lease lease) {
        classes.add(lease.job().loader());
        var worker = seated.get(seat);
        if (worker == null || worker.pid() != lease.pid()) {
            return; // the listener was, or will be, told of the death
        }
        try {
            worker.link().give(lease);
            memory.worked(seat);
        } catch (IOException e) {
            supervisor.post(worker, new WorkerEvent.FellSilent()); // its socket tells that it ends
        } catch (RuntimeException | Error e) { // it may have got half of a frame
            worker.kill("was killed, since its link failed: " + e);
        }
    }

    @Override
    public long takeBack(int seat) {
        var worker = seated.get(seat);
        try {
            return worker == null ? -1 : worker.link().takeBack();
        } catch (RuntimeException | Error e) { // it may leave out what nobody else will run
            worker.kill("was killed, since its link failed: " + e);
            return -1;
        }
    }

    @Override
    public void lead(BooleanSupplier done, long nanos, @Nullable Nap nap)
            throws InterruptedException {
        var pumps = new Pump[seats];
        int count = 0;
        for (int seat = 0; seat < seats; seat++) {
            var worker = seated.get(seat);
            if (worker != null) {
                worker.pump().beginToLead(nap != null);
                pumps[count++] = worker.pump();
            }
        }
        int last = count;
        try {
            if (!spin.await(() -> poll(pumps, last, done), nanos) && nap != null) {
                naps(() -> poll(pumps, last, done), nap);
            }
        } finally {
            for (int i = 0; i < count; i++) {
                pumps[i].endLeading(nap != null);
            }
        }
    }

    /// Looks now and then, as long as that is not in vain: what comes meanwhile is taken together,
    /// and nobody has to be woken for it.
    private static void naps(BooleanSupplier look, Nap nap) throws InterruptedException {
        for (int i = 0; i < NAPS; i++) {
            nap.take(NAP_NANOS);
            if (look.getAsBoolean()) {
                return;
            }
        }
    }

    private static boolean poll(Pump[] pumps, int count, BooleanSupplier done) {
        for (int i = 0; i < count; i++) {
            pumps[i].poll();
        }
        return done.getAsBoolean();
    }

    @Override
    public void skip(long call, long fromIndex) {
        for (int seat = 0; seat < seats; seat++) {
            var worker = seated.get(seat);
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
            var worker = seated.get(seat);
            if (worker != null) {
                worker.link().forget(job.function().id());
            }
        }
    }

    @Override
    public long running(int seat) {
        var worker = seated.get(seat);
        return worker == null ? -1 : worker.running();
    }

    @Override
    public @Nullable Long waitingSince(int seat) {
        var worker = seated.get(seat);
        return worker == null ? null : worker.guest().waitingSince();
    }

    @Override
    public void interrupt(int seat, long ticket) {
        var worker = seated.get(seat);
        if (worker != null) {
            worker.send(ControlChannel.message(Control.INTERRUPT, 8).putLong(ticket));
        }
    }

    @Override
    public CompletableFuture<String> dump(int seat) {
        var worker = seated.get(seat);
        return worker == null
                ? CompletableFuture.completedFuture("the worker has ended") : worker.dump();
    }

    @Override
    public void kill(int seat, String why) {
        var worker = seated.get(seat);
        if (worker != null) {
            worker.kill(why);
        }
    }

    @Override
    public void prepare(int seat) {
        supervisor.prepare(seat);
    }

    @Override
    public void retire(int seat) {
        var worker = seated.get(seat);
        if (worker != null) {
            supervisor.prepare(seat);
            supervisor.post(worker, new WorkerEvent.ToldToLeave());
        }
    }

    @Override
    public Status status(int seat) {
        return supervisor.status(seat);
    }

    @Override
    public Traffic traffic() {
        return supervisor.greeter().traffic();
    }

    @Override
    public void close(Duration patience) {
        Gone.unlisten(tellsGone);
        supervisor.closing().close(Deadline.in(patience));
        memory.close();
    }
}
