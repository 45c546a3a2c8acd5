package dev.mitosis.internal.schedule;

import dev.mitosis.internal.Deadline;
import dev.mitosis.spi.Crew;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Stops items that run longer than their time-out, or in vain: interrupt, grace, kill. Kills
/// workers that do not begin with such items.
///
/// One thread samples the seats every 10 ms, but only while there is something to watch.
public final class Watch {
    private static final Duration PERIOD = Duration.ofMillis(10);
    private static final System.Logger LOG = System.getLogger("dev.mitosis");
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(500);

    /// An item to be stopped.
    private record Doomed(
            int seat, Part part, long ticket, Deadline kill, boolean ifNeeded, String why) {}

    /// A call of which nothing is to run any more, from an index on.
    private record Halted(Queue queue, long from, boolean ifNeeded) {}

    private final Dispatcher dispatcher;
    private final Crew crew;
    private final boolean debugging;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // guarded by lock
    private final List<Doomed> doomed = new ArrayList<>();
    private final List<Halted> halted = new ArrayList<>(); // while workers have items of them
    private int timedCalls;
    private boolean helping;
    private boolean running;
    private boolean closed;

    // owned by the watching thread: what each seat ran when last seen, and since when
    private final Part[] seen;
    private final long[] seenTicket;
    private final long[] since;
    private final boolean[] expired;
    private final Stillness stillness;

    Watch(Dispatcher dispatcher, Crew crew, boolean debugging) {
        this.dispatcher = dispatcher;
        this.crew = crew;
        this.debugging = debugging;
        seen = new Part[crew.seats()];
        seenTicket = new long[crew.seats()];
        since = new long[crew.seats()];
        expired = new boolean[crew.seats()];
        stillness = new Stillness(dispatcher, crew);
    }

    /// Begins, or ends, to watch the items of a call that has a time-out.
    ///
    /// @param more 1 to begin, -1 to end
    public void timedCalls(int more) {
        if (debugging) {
            return;
        }
        lock.lock();
        try {
            wake(); // first: it fails if there can be no thread
            timedCalls += more;
        } finally {
            lock.unlock();
        }
    }

    /// Soon looks whether items wait behind a long one while a seat is idle.
    void helpSoon() {
        lock.lock();
        try {
            if (!helping) {
                wake();
                helping = true;
            }
        } catch (OutOfMemoryError e) {
            // there can be no thread now: whoever dispatches next tries again
        } finally {
            lock.unlock();
        }
    }

    /// Stops the items of a queue that seats run, from an index on: now, and later, since a worker
    /// may begin one before it hears that it should not.
    ///
    /// @param queue the call
    /// @param fromIndex the lowest index to stop
    /// @param ifNeeded whether, after the grace, only a seat that is needed is killed
    public void stop(Queue queue, long fromIndex, boolean ifNeeded) {
        var call = new Halted(queue, fromIndex, ifNeeded);
        stop(call);
        if (dispatcher.isAtWork(queue)) {
            lock.lock();
            try {
                halted.add(call);
                wake();
            } finally {
                lock.unlock();
            }
        }
    }

    private void stop(Halted call) {
        for (int seat = 0; seat < crew.seats(); seat++) {
            long ticket = crew.running(seat);
            var part = ticket < 0 ? null : dispatcher.running(seat, ticket);
            if (part != null && part.queue == call.queue()
                    && !isDoomed(part, ticket, call.ifNeeded())
                    && part.index() + (ticket - part.ticket()) >= call.from()) {
                stop(seat, part, ticket, call.ifNeeded(), "was killed, since its item was cancelled"
                        + " and did not end within the grace of " + part.queue.options().grace());
            }
        }
    }

    /// {@return whether an item is to be killed already, at least as surely as now}
    private boolean isDoomed(Part part, long ticket, boolean ifNeeded) {
        lock.lock();
        try {
            return doomed.stream().anyMatch(item -> item.part() == part && item.ticket() == ticket
                    && (ifNeeded || !item.ifNeeded()));
        } finally {
            lock.unlock();
        }
    }

    private void stopTheHalted() {
        List<Halted> calls;
        lock.lock();
        try {
            calls = List.copyOf(halted);
        } finally {
            lock.unlock();
        }
        for (var call : calls) {
            if (dispatcher.isAtWork(call.queue())) {
                stop(call);
                continue;
            }
            lock.lock();
            try {
                halted.remove(call);
            } finally {
                lock.unlock();
            }
        }
    }

    /// Ends the watch.
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void stop(int seat, Part part, long ticket, boolean ifNeeded, String why) {
        crew.interrupt(seat, ticket);
        var kill = Deadline.in(part.queue.options().grace());
        lock.lock();
        try {
            doomed.add(new Doomed(seat, part, ticket, kill, ifNeeded, why));
            wake();
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        if (!running && !closed) {
            Thread.ofPlatform().daemon().name("mitosis-watch").start(this::run);
            running = true; // not if there can be no thread: the next one tries again
        }
        changed.signalAll();
    }

    private void run() {
        long last = Deadline.now();
        while (stillNeeded()) {
            long now = Deadline.now();
            try {
                lookAround(last, now);
            } catch (RuntimeException | Error e) { // without this thread nothing is timed out
                LOG.log(System.Logger.Level.ERROR, "running items could not be looked at", e);
            }
            last = now;
        }
    }

    private void lookAround(long last, long now) {
        if (now - last > PAUSE) {
            // the machine slept or this process was stopped: nobody's time ran meanwhile
            for (int seat = 0; seat < since.length; seat++) {
                since[seat] += now - last;
            }
            stillness.pause(now - last);
        }
        for (int seat = 0; seat < crew.seats() && !debugging; seat++) {
            sample(seat, now);
        }
        stopTheHalted();
        killTheStubborn();
        dispatcher.stragglers().help();
    }

    @SuppressWarnings("WaitNotInLoop") // a sample too early does no harm
    private boolean stillNeeded() {
        expectNoHelp();
        boolean help = dispatcher.stragglers().areLikely();
        lock.lock();
        try {
            helping |= help; // or somebody has asked for it since
            if (closed || timedCalls == 0 && doomed.isEmpty() && halted.isEmpty() && !helping) {
                running = false;
                return false;
            }
            var _ = changed.awaitNanos(PERIOD.toNanos());
            return true;
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts the watch", e);
        } finally {
            lock.unlock();
        }
    }

    private void expectNoHelp() {
        lock.lock();
        try {
            helping = false;
        } finally {
            lock.unlock();
        }
    }

    private void sample(int seat, long now) {
        long ticket = crew.running(seat);
        var part = ticket < 0 ? null : dispatcher.running(seat, ticket);
        if (part == null) {
            stillness.rests(seat, now);
        } else {
            stillness.runs(seat);
        }
        if (part == null || part.queue.options().timeout() == null) {
            seen[seat] = null;
            return;
        }
        if (seen[seat] != part || seenTicket[seat] != ticket) {
            seen[seat] = part;
            seenTicket[seat] = ticket;
            since[seat] = now;
            expired[seat] = false;
            return;
        }
        var limit = part.queue.options().timeout();
        if (!expired[seat] && limit != null && now - since[seat] > Deadline.nanos(limit)) {
            expired[seat] = true;
            CompletableFuture<String> dump = crew.dump(seat);
            part.owner().expired(part, (int) (ticket - part.ticket()), dump);
            stop(seat, part, ticket, false, "was killed, since an item ran longer than its"
                    + " time-out of " + limit + " and did not end within the grace of "
                    + part.queue.options().grace());
        }
    }

    private void killTheStubborn() {
        List<Doomed> due = new ArrayList<>();
        boolean crowded = dispatcher.isCrowded();
        lock.lock();
        try {
            doomed.removeIf(this::isOver);
            for (var item : doomed) {
                if (item.kill().isOver() && (!item.ifNeeded() || crowded)) {
                    due.add(item);
                }
            }
            doomed.removeAll(due);
        } finally {
            lock.unlock();
        }
        for (var item : due) {
            if (!isOver(item)) { // a kill takes a while, and the next item may have begun meanwhile
                crew.kill(item.seat(), item.why());
            }
        }
    }

    private boolean isOver(Doomed item) {
        return crew.running(item.seat()) != item.ticket()
                || dispatcher.running(item.seat(), item.ticket()) != item.part();
    }
}
