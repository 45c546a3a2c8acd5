package dev.mitosis.internal.supervise;

import dev.mitosis.PoolConfig;
import dev.mitosis.WorkerStartException;
import dev.mitosis.internal.Buffers;
import dev.mitosis.internal.Deadline;
import dev.mitosis.internal.launch.ClassBytes;
import dev.mitosis.internal.link.CorruptLinkException;
import dev.mitosis.spi.Crew.Status;
import dev.mitosis.spi.Crew.Traffic;
import dev.mitosis.spi.CrewListener;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Keeps the seats filled: the one thread on which a pool's workers start, end and are replaced.
///
/// ```text
///   vacant --start--> starting --hello, ready--> ready --leave--> leaving
///     ^                  |                         |                 |
///     |                  | failed, late, exited    | exited          | exited
///     `------------------+-------------------------+-----------------'
/// ```
/// Everything that happens is an event in one queue; nothing polls.
final class Supervisor {
    private static final Duration EXIT_AFTER_END = Duration.ofMillis(100);

    private final PoolConfig config;
    private final CrewListener listener;
    private final Resources resources;
    private final AtomicReferenceArray<WorkerProcess> ready;
    private final Greeter greeter;
    private final Thread exitHook;
    private final LinkedBlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
    private final List<byte[]> onboarding = new CopyOnWriteArrayList<>();
    private final LongAdder bytesSent = new LongAdder();
    private final LongAdder bytesReceived = new LongAdder();
    private final LongAdder starts = new LongAdder();
    private final Buffers buffers = new Buffers();
    private final CountDownLatch gone = new CountDownLatch(1);

    // owned by the supervisor's thread
    private final SeatLife[] seats;
    private @Nullable Deadline closing;
    private boolean running = true;

    // set before the first start
    private List<byte[]> initializers = List.of();
    private List<byte[]> finalizers = List.of();

    Supervisor(PoolConfig config, CrewListener listener, Resources resources,
            AtomicReferenceArray<WorkerProcess> ready, ClassBytes classes) {
        this.config = config;
        this.listener = listener;
        this.resources = resources;
        this.ready = ready;
        this.greeter = new Greeter(this, classes, bytesSent, bytesReceived, Greeter.heap(config));
        seats = new SeatLife[ready.length()];
        for (int i = 0; i < seats.length; i++) {
            seats[i] = new SeatLife(i);
        }
        exitHook = Thread.ofPlatform().name("mitosis-exit").unstarted(this::exit);
        Runtime.getRuntime().addShutdownHook(exitHook);
        Thread.ofPlatform().daemon().name("mitosis-supervisor").start(this::run);
    }

    void initializer(byte[] function) {
        initializers = List.of(function);
    }

    void finalizer(byte[] function) {
        finalizers = List.of(function);
    }

    int onboard(byte[] function) {
        onboarding.add(function);
        return onboarding.size();
    }

    Buffers buffers() {
        return buffers;
    }

    Traffic traffic() {
        return new Traffic(bytesSent.sum(), bytesReceived.sum(), starts.sum());
    }

    Status status(int seat) {
        var worker = seats[seat].worker;
        return worker == null ? new Status(0, "gone")
                : new Status(worker.pid(), ready.get(seat) == worker ? "ready"
                        : worker.wasReady ? "leaving" : "starting");
    }

    // -- events ------------------------------------------------------------------------------

    void post(Runnable event) {
        events.add(event);
    }

    void startAll() {
        post(() -> {
            for (var seat : seats) {
                seat.failures = 0;
                seat.next = new Deadline(Deadline.now());
            }
        });
    }

    void retire(WorkerProcess worker, SeatLink link) {
        post(() -> leave(worker, link));
    }

    private void run() {
        while (running) {
            try {
                var event = events.poll(untilNextDeadline(), TimeUnit.NANOSECONDS);
                if (event != null) {
                    event.run();
                }
                checkDeadlines();
            } catch (InterruptedException e) {
                throw new AssertionError("nobody interrupts the supervisor", e);
            } catch (RuntimeException e) {
                System.getLogger("dev.mitosis").log(System.Logger.Level.ERROR,
                        "an event of a worker could not be dealt with", e);
            }
        }
    }

    private long untilNextDeadline() {
        long next = Long.MAX_VALUE;
        for (var seat : seats) {
            var worker = seat.worker;
            if (worker != null && worker.deadline.nanos() != Long.MAX_VALUE) {
                next = Math.min(next, worker.deadline.left());
            } else if (worker == null && seat.next != null && closing == null) {
                next = Math.min(next, seat.next.left());
            }
        }
        return closing == null ? next : Math.min(next, closing.left());
    }

    private void checkDeadlines() {
        if (closing != null && closing.isOver()) {
            killAll();
        }
        for (var seat : seats) {
            var worker = seat.worker;
            if (worker != null && worker.deadline.nanos() != Long.MAX_VALUE
                    && worker.deadline.isOver()) {
                worker.deadline = new Deadline(Long.MAX_VALUE);
                worker.kill(worker.wasReady ? null
                        : "was killed, since it did not start within " + config.startTimeout());
            } else if (worker == null && seat.next != null && seat.next.isOver()
                    && closing == null) {
                start(seat);
            }
        }
        if (closing != null) {
            finishIfGone();
        }
    }

    // -- starting ----------------------------------------------------------------------------

    private void start(SeatLife seat) {
        seat.next = null;
        var start = new LinkServer.Start(seat.number, seat.starts++);
        try {
            seat.worker = greeter.launch(start, config, resources);
            starts.increment();
        } catch (IOException e) {
            startFailed(seat, "the process could not be started: " + e.getMessage(), e);
        }
    }

    /// The worker's sockets are there, and it has said hello.
    void arrived(WorkerProcess worker, SeatLink link, Pump pump) {
        deleteMemoryFile(worker);
        if (worker.exitStatus == null) {
            worker.link = link;
            worker.pump = pump;
            pump.start();
        }
    }

    /// The worker's control socket has ended, or was misused.
    void silent(WorkerProcess worker) {
        if (worker.exitStatus == null && worker.deadline.nanos() == Long.MAX_VALUE) {
            worker.deadline = Deadline.in(EXIT_AFTER_END);
        }
    }

    /// The worker has run what it was to run first.
    void ready(WorkerProcess worker, int onboarded) {
        if (worker.link == null || closing != null || worker.killed) {
            return;
        }
        worker.wasReady = true;
        worker.deadline = new Deadline(Long.MAX_VALUE);
        seats[worker.seat].failures = 0;
        ready.set(worker.seat, worker);
        listener.ready(worker.seat, worker.pid(), onboarded);
    }

    List<byte[]> initializers() {
        return initializers;
    }

    List<byte[]> finalizers() {
        return finalizers;
    }

    List<byte[]> onboarding() {
        return onboarding;
    }

    private void startFailed(SeatLife seat, String why, @Nullable Throwable cause) {
        seat.failures++;
        var wait = SeatLife.backoff(seat.failures);
        if (seat.failures < SeatLife.MOST_FAILURES) {
            seat.next = Deadline.in(wait);
            return;
        }
        boolean anyLeft = false;
        for (var other : seats) {
            anyLeft |= other != seat && (other.worker != null || other.next != null);
        }
        var last = new WorkerStartException("no worker can be started: the last of "
                + seat.failures + " attempts failed, " + why, cause);
        if (anyLeft) {
            listener.gaveUp(seat.number, last);
        } else {
            listener.hopeless(last);
        }
    }

    // -- ending ------------------------------------------------------------------------------

    void exited(WorkerProcess worker, int status) {
        worker.exitStatus = status;
        ready.compareAndSet(worker.seat, worker, null);
        worker.disconnect();
        if (worker.link == null) {
            worker.drained = true;
        }
        endIfOver(worker);
    }

    /// The pump has taken the last outcomes out.
    void drained(WorkerProcess worker, @Nullable CorruptLinkException corrupt) {
        worker.drained = true;
        ready.compareAndSet(worker.seat, worker, null);
        if (corrupt != null) {
            worker.kill("was killed, since it sent what cannot be: " + corrupt.getMessage());
        }
        if (worker.exitStatus == null) {
            worker.deadline = Deadline.in(EXIT_AFTER_END);
        }
        endIfOver(worker);
    }

    private void endIfOver(WorkerProcess worker) {
        var status = worker.exitStatus;
        if (status == null || !worker.drained) {
            return;
        }
        long running = worker.link == null ? -1 : worker.link.running();
        if (worker.pump != null) {
            worker.pump.unmap();
        } else {
            worker.memory.close();
            deleteMemoryFile(worker);
        }
        resources.server().forget(worker.start);
        var seat = seats[worker.seat];
        seat.worker = null;
        if (!worker.wasReady) {
            startFailed(seat, greeter.startFailure(worker, status), worker.initializerFailure);
        } else {
            seat.next = new Deadline(Deadline.now());
            tell(worker, status, running);
        }
        Strays.kill(resources.cookie(), worker.start);
    }

    private void tell(WorkerProcess worker, int status, long running) {
        if (worker.saidLeft && running < 0) {
            listener.left(worker.seat);
        } else {
            listener.died(worker.seat, greeter.death(worker, status, running));
        }
    }

    private void leave(WorkerProcess worker, SeatLink link) {
        ready.compareAndSet(worker.seat, worker, null);
        try {
            link.leave();
        } catch (IOException | RuntimeException e) {
            worker.kill("was killed, since its link failed: " + e);
        }
    }

    void close(Deadline patience) {
        post(() -> beginToClose(patience));
        try {
            gone.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            post(() -> beginToClose(new Deadline(Deadline.now())));
            awaitGone();
        }
    }

    /// Waits for killed processes, which is bounded, whatever happens to this thread.
    private void awaitGone() {
        boolean done = false;
        while (!done) {
            try {
                done = gone.await(1, TimeUnit.SECONDS);
                break;
            } catch (InterruptedException e) {
                done = gone.getCount() == 0;
            }
        }
        Thread.currentThread().interrupt();
    }

    private void beginToClose(Deadline patience) {
        if (!running) {
            return;
        }
        closing = patience;
        for (var seat : seats) {
            var worker = seat.worker;
            if (worker != null && worker.link != null && worker.wasReady) {
                leave(worker, worker.link);
            } else if (worker != null) {
                worker.kill("was killed, since the pool was closed");
            }
        }
    }

    private void finishIfGone() {
        for (var seat : seats) {
            if (seat.worker != null) {
                return;
            }
        }
        running = false;
        try {
            Runtime.getRuntime().removeShutdownHook(exitHook);
        } catch (IllegalStateException e) {
            // the JVM is exiting, and the hook with it
        }
        resources.close();
        gone.countDown();
    }

    private void killAll() {
        for (var seat : seats) {
            var worker = seat.worker;
            if (worker != null) {
                worker.killed = true;
                worker.kill("was killed, since the pool was terminated");
            }
        }
    }

    /// Ends the workers with this JVM, and cleans up behind them, within two seconds.
    private void exit() {
        killAll();
        post(() -> beginToClose(new Deadline(Deadline.now())));
        try {
            var _ = gone.await(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deleteMemoryFile(WorkerProcess worker) {
        try {
            Files.deleteIfExists(resources.memoryFile(worker.start));
        } catch (IOException e) {
            System.getLogger("dev.mitosis").log(System.Logger.Level.WARNING,
                    "the memory of a link could not be unlinked", e);
        }
    }
}
