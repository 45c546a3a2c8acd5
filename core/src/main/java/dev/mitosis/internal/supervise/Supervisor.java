package dev.mitosis.internal.supervise;

import dev.mitosis.PoolConfig;
import dev.mitosis.WorkerStartException;
import dev.mitosis.internal.Buffers;
import dev.mitosis.internal.Said;
import dev.mitosis.internal.launch.ClassBytes;
import dev.mitosis.internal.supervise.WorkerState.Reach;
import dev.mitosis.spi.Crew.Status;
import dev.mitosis.spi.CrewListener;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Keeps the seats filled: the one thread on which a pool's workers start, end and are replaced.
///
/// Everything that happens is an event in one queue; nothing polls. What an event makes of a worker
/// is said by [WorkerState]; here is what is done about it.
final class Supervisor {
    private static final Duration EXIT_AFTER_END = Duration.ofSeconds(2);
    private static final Duration KILL_AGAIN = Duration.ofSeconds(1);
    private static final Duration LEAVING = Duration.ofSeconds(10); // as when a pool is closed
    /// Why a process was killed that may have ended by itself, unless it says how.
    static final String SILENT = "was killed, since its sockets had ended and it had not";

    private static final System.Logger LOG = System.getLogger("dev.mitosis");

    private final PoolConfig config;
    private final CrewListener listener;
    private final Resources resources;
    private final AtomicReferenceArray<@Nullable WorkerProcess> seated;
    private final Greeter greeter;
    private final Closing closing;
    private final Buffers buffers = new Buffers();
    private final Strays strays;
    private final LinkedBlockingQueue<Runnable> events = new LinkedBlockingQueue<>();

    // set once, by the hook that ends the workers with this JVM
    private volatile boolean stranded;

    // owned by the supervisor's thread
    private final SeatLife[] seats;
    private boolean running = true;

    Supervisor(PoolConfig config, CrewListener listener, Resources resources,
            AtomicReferenceArray<@Nullable WorkerProcess> seated, ClassBytes classes) {
        this.config = config;
        this.listener = listener;
        this.resources = resources;
        strays = new Strays(resources.cookie());
        this.seated = seated;
        this.greeter = new Greeter(this, classes, config, resources);
        this.closing = new Closing(this);
        seats = new SeatLife[seated.length()];
        for (int i = 0; i < seats.length; i++) {
            seats[i] = new SeatLife(i);
        }
    }

    /// Starts the thread.
    ///
    /// @throws WorkerStartException if this JVM is exiting
    void begin() {
        closing.listenForExit();
        try {
            Thread.ofPlatform().daemon().name("mitosis-supervisor").start(this::run);
        } catch (RuntimeException | Error e) { // such as no more threads
            closing.stopListening();
            throw e;
        }
    }

    Greeter greeter() {
        return greeter;
    }

    Closing closing() {
        return closing;
    }

    Buffers buffers() {
        return buffers;
    }

    Status status(int seat) {
        var worker = seats[seat].worker();
        return worker == null
                ? new Status(0, "gone") : new Status(worker.pid(), worker.state().describe());
    }

    // -- events ------------------------------------------------------------------------------

    void post(Runnable event) {
        events.add(event);
    }

    void post(WorkerProcess worker, WorkerEvent event) {
        post(() -> happened(worker, event));
    }

    void startAll() {
        if (stranded) {
            // Not here: whoever asks holds a lock.
            Thread.ofVirtual().name("mitosis-stranded").start(this::strand);
        } else {
            post(() -> Stream.of(seats).forEach(SeatLife::begin));
        }
    }

    /// This JVM is exiting: whatever waits for a worker, now or later, waits in vain. A shutdown
    /// hook that makes a call would keep the JVM for ever.
    void strand() {
        stranded = true;
        listener.hopeless(Closing.exiting(null));
    }

    /// Has a successor started, which takes the seat when its worker is gone.
    void prepare(int seat) {
        post(() -> seats[seat].wantSuccessor());
    }

    /// A worker says that it had better be replaced.
    void worn(WorkerProcess worker) {
        post(() -> {
            if (seated.get(worker.seat) == worker) {
                listener.worn(worker.seat);
            }
        });
    }

    /// A worker has exited, and not all of its output could be read: if that is since it has left
    /// something behind, that is killed.
    void outlived(WorkerProcess worker) {
        post(() -> strays.kill(worker.start));
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
            } catch (RuntimeException | Error e) { // without this thread no seat is filled again
                LOG.log(System.Logger.Level.ERROR,
                        "an event of a worker could not be dealt with", e);
            }
        }
    }

    private long untilNextDeadline() {
        long next = closing.left();
        for (var seat : seats) {
            next = Math.min(next, seat.processes()
                    .mapToLong(WorkerProcess::untilDeadline).min().orElse(Long.MAX_VALUE));
            if (!closing.hasBegun()) {
                next = Math.min(next, seat.untilStart());
            }
        }
        return next;
    }

    private void checkDeadlines() {
        for (var seat : seats) {
            seat.processes().filter(worker -> worker.untilDeadline() <= 0).forEach(this::late);
            if (seat.isToStart() && !closing.hasBegun()) {
                start(seat);
            }
        }
        if (closing.hasBegun()) {
            running = !closing.isOver();
        }
    }

    private void late(WorkerProcess worker) {
        var why = worker.process.isAlive() ? whyLate(worker.state()) : null;
        resources.reserve().lend(() -> kill(worker, why));
    }

    private @Nullable String whyLate(WorkerState state) {
        return switch (state) {
            case WorkerState.Leaving _ -> "was killed, since it did not leave within " + LEAVING;
            case WorkerState.Launched _, WorkerState.Preparing _ ->
                    "was killed, since it did not start within " + config.startTimeout()
                            + trouble();
            case WorkerState.Doomed _, WorkerState.Drained _ -> SILENT;
            default -> null;
        };
    }

    /// Kills a worker, and again after a while if it is still there: too many open files, which
    /// prevent that, may be fewer then.
    private static void kill(WorkerProcess worker, @Nullable String why) {
        worker.deadlineIn(KILL_AGAIN);
        worker.kill(why);
    }

    private String trouble() {
        var trouble = resources.server().trouble();
        return trouble == null ? ""
                : "; its connections could not be accepted: " + Said.by(trouble);
    }

    Stream<WorkerProcess> processes() {
        return Stream.of(seats).flatMap(SeatLife::processes);
    }

    // -- one worker --------------------------------------------------------------------------

    void happened(WorkerProcess worker, WorkerEvent event) {
        var before = worker.state();
        var now = before.after(event);
        if (event instanceof WorkerEvent.Arrived) {
            worker.memory().unlink(); // it has mapped it
        }
        if (now.equals(before)) {
            if (event instanceof WorkerEvent.Arrived) {
                worker.disconnect(); // its sockets came too late
            }
            return;
        }
        worker.enter(now);
        switch (now) {
            case WorkerState.Launched _ -> { }
            case WorkerState.Preparing _ -> worker.startPump();
            case WorkerState.Warm _ -> warm(worker);
            case WorkerState.Ready _ -> {
                seated.set(worker.seat, worker);
                listener.ready(worker.seat, worker.pid(), worker.onboarded());
            }
            case WorkerState.Leaving(Reach reach) -> leaving(worker, reach);
            case WorkerState.Doomed _ -> doomed(worker, event);
            case WorkerState.Drained _ -> worker.deadlineIn(EXIT_AFTER_END);
            case WorkerState.Gone _ -> {
                worker.noDeadline();
                worker.disconnect();
            }
            case WorkerState.Ended(Reach reach, int status) -> ended(worker, reach, status);
        }
    }

    private void warm(WorkerProcess worker) {
        worker.noDeadline();
        var seat = seats[worker.seat];
        seat.succeeded();
        if (seat.worker() == worker) {
            happened(worker, new WorkerEvent.SeatIsFree());
        }
    }

    /// It has nothing to do any more but to run the finalizer, which is foreign code.
    private void leaving(WorkerProcess worker, Reach reach) {
        if (reach == Reach.LEFT) {
            return;
        }
        if (!closing.hasBegun()) { // which has a deadline for all
            worker.deadlineIn(LEAVING);
        }
        try {
            worker.link().leave();
        } catch (IOException e) {
            post(worker, new WorkerEvent.FellSilent()); // its socket tells that it ends
        } catch (RuntimeException e) {
            worker.kill("was killed, since its link failed: " + e);
        }
    }

    private static void doomed(WorkerProcess worker, WorkerEvent event) {
        switch (event) {
            case WorkerEvent.Arrived _ -> worker.startPump();
            case WorkerEvent.FellSilent _ -> worker.deadlineIn(EXIT_AFTER_END);
            case WorkerEvent.WasKilled _ -> worker.deadlineIn(KILL_AGAIN);
            case WorkerEvent.ToldToLeave _ -> kill(worker, "was killed, since the pool was closed");
            default -> kill(worker, "was killed, since it said what cannot be: " + event);
        }
    }

    private void ended(WorkerProcess worker, Reach reach, int status) {
        worker.disconnect();
        long item = worker.giveBack();
        resources.server().forget(worker.start);
        seated.compareAndSet(worker.seat, worker, null);
        var seat = seats[worker.seat];
        seat.remove(worker);
        switch (reach) {
            case STARTING -> startFailed(
                    seat, greeter.startFailure(worker, status), worker.initializerFailure());
            case WARM -> seat.refill();
            case READY, LEAVING, LEFT -> {
                seat.refill();
                if (reach == Reach.LEFT && item < 0) {
                    listener.left(worker.seat);
                } else {
                    var death = greeter.death(worker, status, item);
                    LOG.log(System.Logger.Level.DEBUG, () -> "worker " + worker.seat
                            + " (process " + worker.pid() + ") has died: " + death.cause());
                    listener.died(worker.seat, death);
                }
            }
        }
        var next = seat.worker();
        if (next != null && next.state() instanceof WorkerState.Warm) {
            happened(next, new WorkerEvent.SeatIsFree());
        }
        if (closing.hasBegun()) {
            strays.trustNobody();
            strays.kill(worker.start); // this thread may end after that
        } else { // when the next worker has been started
            post(() -> strays.kill(worker.start));
        }
    }

    /// {@return who learns what becomes of the workers}
    CrewListener listener() {
        return listener;
    }

    // -- starting ----------------------------------------------------------------------------

    private void start(SeatLife seat) {
        if (seat.wasStartedBefore() && resources.classesHaveChanged()) {
            LOG.log(System.Logger.Level.WARNING, "class files have changed since the workers of"
                    + " this pool were started; all of them are replaced, so that they run the"
                    + " same code");
            Stream.of(seats).filter(other -> seated.get(other.number) != null)
                    .forEach(other -> listener.worn(other.number));
        }
        var start = seat.nextStart();
        try {
            seat.started(greeter.launch(start));
        } catch (IOException e) {
            startFailed(seat, "the process could not be started: " + e.getMessage(), e);
        } catch (RuntimeException | Error e) { // such as no more threads; nobody else would see it
            startFailed(seat, "the process could not be started: " + e, e);
        }
    }

    private void startFailed(SeatLife seat, String why, @Nullable Throwable cause) {
        LOG.log(System.Logger.Level.DEBUG, "a worker could not be started: " + why);
        if (closing.hasBegun() || !seat.failed()) {
            return;
        }
        boolean anyLeft = Stream.of(seats).anyMatch(other -> other != seat && other.hasHope());
        var last = new WorkerStartException("no worker can be started: the last of "
                + seat.failures() + " attempts failed, " + why, cause);
        if (anyLeft) {
            listener.gaveUp(seat.number, last);
        } else {
            listener.hopeless(last);
        }
    }

    boolean isEmpty() {
        return Stream.of(seats).allMatch(SeatLife::isEmpty);
    }

    Resources resources() {
        return resources;
    }
}
