package dev.mitosis.internal.call;

import dev.mitosis.CallInterruptedException;
import dev.mitosis.CallOptions;
import dev.mitosis.ItemException;
import dev.mitosis.OnError;
import dev.mitosis.RemoteRunnable;
import dev.mitosis.TaskFailedException;
import dev.mitosis.WorkerStartException;
import dev.mitosis.internal.Deadline;
import dev.mitosis.internal.codec.Kind;
import dev.mitosis.internal.codec.Records;
import dev.mitosis.internal.schedule.Attendance;
import dev.mitosis.internal.schedule.Part;
import dev.mitosis.internal.schedule.PartOwner;
import dev.mitosis.internal.schedule.Queue;
import dev.mitosis.internal.schedule.Signal;
import dev.mitosis.spi.CrewListener.Death;
import dev.mitosis.spi.Items;
import dev.mitosis.spi.Job;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One task on every live worker.
final class Everywhere implements PartOwner, Attendance {
    private static final Duration CHECK = Duration.ofSeconds(1);

    private final Engine engine;
    private final CallOptions options;
    private final RemoteRunnable task;
    private final Signal signal = new Signal();

    // set before the first part is made
    private @Nullable Queue queue;

    // set by whoever reports it, read by the caller
    private volatile @Nullable WorkerStartException failedStart;
    private volatile boolean lost; // whether a worker has gone before its end was known

    private final Set<Long> told = ConcurrentHashMap.newKeySet(); // seats whose end is known
    private final AtomicInteger ended = new AtomicInteger();
    private final ConcurrentLinkedQueue<ItemException> failures = new ConcurrentLinkedQueue<>();

    Everywhere(Engine engine, CallOptions options, RemoteRunnable task) {
        this.engine = engine;
        this.options = options;
        this.task = task;
    }

    /// Runs the task and waits until the worker on each seat has run it.
    void run() {
        var job = engine.job(options.withItemOutput(null), Job.Verb.MAP, new Tasks.OfRunnable(task),
                OnError.collect());
        engine.requireHere("everywhere is not possible", "an initializer runs in each of them");
        queue = new Queue(engine.dispatcher(), job, options, signal);
        watch(1);
        engine.promises().expect(this);
        try {
            engine.dispatcher().everywhere(job.function().bytes(), this);
            awaitAll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallInterruptedException(
                    "the thread that ran a task everywhere was interrupted; the task goes on");
        } finally {
            watch(-1);
            engine.promises().kept(this);
        }
        throwFailures();
    }

    private void watch(int more) {
        if (options.timeout() != null) {
            engine.dispatcher().watch().timedCalls(more);
        }
    }

    private void awaitAll() throws InterruptedException {
        while (ended.get() < engine.dispatcher().seats() && failedStart == null) {
            engine.ensureNotTerminated();
            signal.await(Deadline.in(CHECK));
        }
    }

    private void throwFailures() {
        if (lost) {
            engine.ensureNotTerminated(); // or else it would be a death
        }
        var hopeless = failedStart;
        if (hopeless != null) {
            throw hopeless;
        }
        var failure = failures.poll();
        if (failure != null) {
            failures.forEach(failure::addSuppressed);
            throw failure;
        }
    }

    @Override
    public Part part(int seat) {
        return new Part(java.util.Objects.requireNonNull(queue), this, new Items.Range(seat),
                new Part.Span(seat, 1), 1);
    }

    @Override
    public void attended(int seat) {
        end(seat);
    }

    @Override
    public void replied(Part part, byte[] records, int length, int items, boolean allOk) {
        for (int at = 0; at < length && !allOk; at = Records.after(records, at)) {
            if ((records[at] & ~Kind.HUGE) == Kind.FAILED) {
                var record = Arrays.copyOfRange(records, at, Records.after(records, at));
                fail(part, () -> new Verdict.Failed(Endings.readFailure(
                        record, Engine.contextLoader(), engine.resultFilter())));
                return;
            }
        }
        end(part.index());
    }

    @Override
    public void tookBack(Part part, int from, int most) {
        throw new IllegalStateException("each worker runs this itself");
    }

    @Override
    public void ended(Part part) {}

    @Override
    public void lost(Part part, boolean suspect, @Nullable Death death) {
        lost = true;
        if (suspect && death != null) {
            fail(part, () -> new Verdict.Died(death, part.seat()));
        } else {
            end(part.index()); // its replacement runs the task before its first item
        }
    }

    @Override
    public void expired(Part part, int at, CompletableFuture<String> dump) {
        var limit = options.timeout();
        if (limit != null) {
            fail(part, () -> new Verdict.TimedOut(limit, dump));
        }
    }

    /// The task has failed on a seat's worker, unless its end there is known: what was stopped at
    /// its time-out ends once more, and a replacement may come to run the task as well.
    private void fail(Part part, Supplier<Verdict> verdict) {
        if (told.add(part.index())) {
            engine.dispatcher().retract(this); // before its replacement is launched
            engine.callbacks().execute(() -> tell(part, verdict));
        }
    }

    private void tell(Part part, Supplier<Verdict> verdict) {
        var facts = new ItemException.Facts(
                part.index(), "the task of everywhere", 1, part.pid());
        try {
            failures.add(Endings.exception(facts, verdict.get()));
        } catch (Throwable e) { // such as a heap that it does not fit into
            failures.add(new TaskFailedException(facts, e));
        } finally {
            count();
        }
    }

    private void end(long seat) {
        if (told.add(seat)) {
            count();
        }
    }

    private void count() {
        ended.incrementAndGet();
        signal.raise();
    }

    @Override
    public Part cut(Part part, int count) {
        throw new IllegalStateException("a part of one item cannot be cut");
    }

    @Override
    public void withdrawn(Part part) {
        end(part.index());
    }

    @Override
    public void hopeless(WorkerStartException why) {
        failedStart = why;
        signal.raise();
    }
}
