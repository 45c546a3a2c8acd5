package dev.mitosis.internal.call;

import dev.mitosis.CallOptions;
import dev.mitosis.OnError;
import dev.mitosis.PoolClosedException;
import dev.mitosis.PoolConfig;
import dev.mitosis.PoolStats;
import dev.mitosis.internal.Buffers;
import dev.mitosis.internal.Deadline;
import dev.mitosis.internal.codec.ResultFilter;
import dev.mitosis.internal.schedule.BatchSize;
import dev.mitosis.internal.schedule.Dispatcher;
import dev.mitosis.spi.Job;
import java.io.ObjectInputFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What all calls of one pool share, and the life of that pool.
///
/// ```text
///           close()            last call over, workers gone
///   OPEN ------------> CLOSING ----------------------------> CLOSED
///     `------------------- terminate() -----------------------^
/// ```
final class Engine {
    private static final Duration LEAVING = Duration.ofSeconds(10);

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final int GATHER_WINDOW = 256;

    private enum State { OPEN, CLOSING, CLOSED }

    private final PoolConfig config;
    private final Dispatcher dispatcher;
    private final ObjectInputFilter filter;
    private final ExecutorService callbacks = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("mitosis-callback-", 0).factory());
    private final AtomicLong callNumbers = new AtomicLong();
    private final AtomicInteger leaders = new AtomicInteger();
    private final Buffers buffers = new Buffers();
    private final FunctionCache functions = new FunctionCache();
    private final LongAdder itemsOk = new LongAdder();
    private final LongAdder itemsFailed = new LongAdder();
    private final Set<Call> calls = ConcurrentHashMap.newKeySet();
    private final Listeners listeners = new Listeners();
    private final Estate estate;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition quiet = lock.newCondition();
    private final Promises promises = new Promises(lock, quiet);

    // guarded by lock
    private State state = State.OPEN;
    private boolean crewClosed;

    Engine(PoolConfig config) {
        this.config = config;
        this.filter = ResultFilter.of(config);
        this.estate = new Estate(filter);
        this.dispatcher = new Dispatcher(config, listener ->
                config.backend().open(config, listener));
        dispatcher.crew().start();
    }

    PoolConfig config() {
        return config;
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    /// {@return arrays for items on their way}
    Buffers buffers() {
        return buffers;
    }

    ExecutorService callbacks() {
        return callbacks;
    }

    ObjectInputFilter resultFilter() {
        return filter;
    }

    /// {@return how many items of a lazy call may be under way if its user does not say}
    long defaultWindow(CallOptions options, Job.Verb verb) {
        return Window.of(options, verb, dispatcher.staffed());
    }

    /// {@return how many items of a window the next batch of a call may take}
    long share(long window, BatchSize size) {
        return dispatcher.crew().isHere() ? Window.share(window, dispatcher.staffed())
                : Window.shareOfFrames(window, dispatcher.staffed(), size.wanted());
    }

    /// {@return how many elements of a stream may be under way if its user does not say}
    int gatherWindow() {
        return GATHER_WINDOW * dispatcher.staffed();
    }

    PoolStats stats() {
        var counts = dispatcher.counts();
        var traffic = dispatcher.crew().traffic();
        var workers = new ArrayList<PoolStats.Worker>();
        for (int seat = 0; seat < dispatcher.staffed(); seat++) {
            var status = dispatcher.crew().status(seat);
            var state = !status.state().equals("ready") ? status.state()
                    : counts.busy()[seat] ? "busy" : "idle";
            workers.add(new PoolStats.Worker(seat, status.pid(), state, counts.items()[seat]));
        }
        return new PoolStats(itemsOk.sum(), itemsFailed.sum(), counts.batches(),
                traffic.bytesSent(), traffic.bytesReceived(), traffic.starts(), counts.deaths(),
                workers, dispatcher.crew().nodes());
    }

    static ClassLoader contextLoader() {
        var loader = Thread.currentThread().getContextClassLoader();
        return loader == null ? ClassLoader.getSystemClassLoader() : loader;
    }

    /// Serializes the function of a call.
    ///
    /// @param rule what to do about failures if the options do not say
    Job job(CallOptions options, Job.Verb verb, Object function, OnError rule) {
        ensureOpen();
        if (dispatcher.crew().runsAtOnce() && options.timeout() != null) {
            throw new IllegalArgumentException("timeout is not possible on the inline back-end:"
                    + " the function runs on the caller's own thread");
        }
        boolean printsWanted = options.itemOutput() != null;
        if (printsWanted && !dispatcher.crew().tellsPrints()) {
            throw new IllegalArgumentException("itemOutput needs worker processes: here items run"
                    + " within this JVM, and its System.out is everybody's");
        }
        return new Job(callNumbers.incrementAndGet(), options.name(), verb,
                functions.encode(function, options.functionLimit()), haltAfter(options, rule),
                function.getClass().getClassLoader(), printsWanted, options.listener() != null);
    }

    /// {@return after how many failures in one worker the call halts, whatever others do, or 0}
    private static int haltAfter(CallOptions options, OnError rule) {
        if (options.retries() > 0) {
            return 0; // whether a failure counts is known only after the last attempt
        }
        return switch (options.onError() == null ? rule : options.onError()) {
            case OnError.FailFast() -> 1;
            case OnError.HaltAfter(long count) -> (int) Math.min(count, Integer.MAX_VALUE);
            case OnError.Collect(), OnError.HaltAfterPercent(_) -> 0;
        };
    }

    void ensureOpen() {
        lock.lock();
        try {
            if (state != State.OPEN) {
                throw new PoolClosedException("the pool is closed and takes no new call");
            }
        } finally {
            lock.unlock();
        }
    }

    /// Lets a thread that waits for outcomes spin, if a core is left that no worker needs.
    ///
    /// @return whether it may; it says when it is through
    boolean leads() {
        return leaders.incrementAndGet() + dispatcher.busySeats() <= PROCESSORS;
    }

    /// A thread that asked whether it may spin has gone on.
    void led() {
        leaders.decrementAndGet();
    }

    /// Refuses what needs workers on this machine.
    void requireHere(String what, String instead) {
        if (!dispatcher.crew().isHere()) {
            throw new UnsupportedOperationException(
                    "the workers of this pool are on other machines: " + what + "; " + instead);
        }
    }

    /// Throws if no worker will ever run anything again.
    void ensureNotTerminated() {
        lock.lock();
        try {
            if (state == State.CLOSED) {
                throw new PoolClosedException("the pool was terminated");
            }
        } finally {
            lock.unlock();
        }
    }

    // -- calls come and go -------------------------------------------------------------------

    void began(Call call) {
        lock.lock();
        try {
            ensureOpen();
            calls.add(call);
        } finally {
            lock.unlock();
        }
        try {
            if (call.options().timeout() != null) {
                dispatcher.watch().timedCalls(1);
            }
        } catch (Throwable e) { // no thread for it, perhaps
            forget(call);
            throw e;
        }
    }

    void ended(Call call) {
        call.queue().forget();
        if (call.options().timeout() != null) {
            dispatcher.watch().timedCalls(-1);
        }
        forget(call);
    }

    private void forget(Call call) {
        lock.lock();
        try {
            calls.remove(call);
            quiet.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// {@return the listeners that callers wait for}
    Listeners listeners() {
        return listeners;
    }

    /// {@return the tasks that closing waits for}
    Promises promises() {
        return promises;
    }

    void counted(long ok, long failed) {
        itemsOk.add(ok);
        itemsFailed.add(failed);
    }

    // -- the end -----------------------------------------------------------------------------

    void close() {
        if (!advance(State.CLOSING)) {
            awaitClosed();
            return;
        }
        for (var call : calls) {
            call.closeEarly();
        }
        var limit = config.closeTimeout();
        boolean inTime;
        try {
            inTime = awaitQuiet(limit == null ? null : Deadline.in(limit));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            inTime = false;
        }
        if (inTime) {
            promises.awaitDelivered();
            shutDown(LEAVING);
        } else {
            terminate();
        }
    }

    void terminate() {
        if (!breakAllOff()) {
            awaitClosed();
        }
    }

    /// {@return whether nobody else has done that before}
    private boolean breakAllOff() {
        listeners.leave();
        boolean first = advance(State.CLOSED);
        if (first) {
            for (var call : calls) {
                call.breakOff(new PoolClosedException("the pool was terminated"));
            }
            estate.closeHosted(); // nobody is to get what killed workers leave
            shutDown(Duration.ZERO);
        }
        return first;
    }

    /// {@return what lives as long as the pool is open}
    Estate estate() {
        ensureOpen();
        return estate;
    }

    private void shutDown(Duration patience) {
        estate.closeShared();
        try {
            dispatcher.crew().close(patience);
        } finally { // whoever else closes it waits for that
            estate.closeHosted();
            dispatcher.watch().close();
            lock.lock();
            try {
                state = State.CLOSED;
                crewClosed = true;
                quiet.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /// {@return whether this call moved the pool}
    private boolean advance(State to) {
        lock.lock();
        try {
            if (state.compareTo(to) >= 0) {
                return false;
            }
            state = to;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitQuiet(@Nullable Deadline deadline) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!(calls.isEmpty() && promises.isEmpty()) && state != State.CLOSED) {
                if (deadline == null) {
                    quiet.await();
                } else if (quiet.awaitNanos(deadline.left()) <= 0) {
                    return false;
                }
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Waits for another thread that closes the pool; that one has the deadlines. An interrupt has
    /// the pool terminated, if nobody does that already.
    private void awaitClosed() {
        boolean interrupted = false;
        while (!isClosedWhenAwaited()) {
            interrupted = true;
            breakAllOff();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// {@return false if this thread was interrupted meanwhile}
    private boolean isClosedWhenAwaited() {
        lock.lock();
        try {
            while (!crewClosed) {
                quiet.await();
            }
            return true;
        } catch (InterruptedException e) {
            return false;
        } finally {
            lock.unlock();
        }
    }
}
