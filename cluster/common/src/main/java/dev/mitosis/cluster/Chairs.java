package dev.mitosis.cluster;

import dev.mitosis.WorkerStartException;
import dev.mitosis.internal.Deadline;
import dev.mitosis.spi.CrewListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// The seats of a pool on a cluster: how many there should be, and what is under way on each.
///
/// ```text
///   GONE --adjust--> READY --take--> BUSY --leave, freed--> READY, or GONE if there are too many
///                                         --leave dead, freed--> GONE --adjust--> ...
/// ```
/// The listener is never called within the lock.
final class Chairs {
    private static final int PER_SLOT = 2; // one runs, one waits at the engine
    private static final int MOST = 256; // unless there are more from the beginning
    private static final int GROWTH = 4;

    private enum State { GONE, READY, BUSY }

    private final CrewListener listener;
    private final int asked; // by the user, or 0
    private final State[] states;
    private final long[] openings; // the last of each seat, by which its worker is known
    private final @Nullable LeaseTrip[] trips;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // what the listener is to be told, in order; filled under lock, emptied by one thread at a time
    private final ConcurrentLinkedQueue<Runnable> news = new ConcurrentLinkedQueue<>();
    private final AtomicInteger untold = new AtomicInteger(); // calls of tell that are not over

    // guarded by lock
    private int wanted;
    private long opened; // seats, until now
    private boolean open;
    private boolean closed;

    Chairs(int asked, int slots, CrewListener listener) {
        this.asked = asked;
        this.listener = listener;
        wanted = wanted(slots);
        int most = asked > 0 ? asked : Math.max(MOST, GROWTH * wanted);
        states = new State[most];
        java.util.Arrays.fill(states, State.GONE);
        openings = new long[most];
        trips = new LeaseTrip[most];
    }

    private int wanted(int slots) {
        return asked > 0 ? asked : Math.max(1, PER_SLOT * slots);
    }

    int size() {
        return states.length;
    }

    /// {@return how many seats work is shared among}
    int wanted() {
        lock.lock();
        try {
            return Math.min(wanted, states.length);
        } finally {
            lock.unlock();
        }
    }

    boolean isReady(int seat) {
        lock.lock();
        try {
            return states[seat] != State.GONE;
        } finally {
            lock.unlock();
        }
    }

    /// Begins to take leases; the listener is told on another thread, since this one may hold its
    /// lock.
    void open() {
        lock.lock();
        try {
            open = true;
        } finally {
            lock.unlock();
        }
        Thread.ofVirtual().name("mitosis-seats").start(this::settle);
    }

    /// Has as many seats as there are slots for.
    ///
    /// @param slots says how many there are, under the lock: whoever adjusts last knows best
    void adjust(IntSupplier slots) {
        lock.lock();
        try {
            int now = slots.getAsInt();
            if (now > 0) { // else the engine may be about to replace what it has lost
                wanted = wanted(now);
            }
        } finally {
            lock.unlock();
        }
        settle();
    }

    /// Opens seats that are wanted, and closes those that are not, as far as they are free.
    private void settle() {
        lock.lock();
        try {
            for (int i = 0; i < states.length; i++) {
                int seat = i;
                boolean wants = open && !closed && seat < wanted;
                if (wants && states[seat] == State.GONE) {
                    states[seat] = State.READY;
                    long opening = ++opened;
                    openings[seat] = opening;
                    news.add(() -> listener.ready(seat, opening, 0));
                } else if (!wants && states[seat] == State.READY) {
                    vacate(seat);
                }
            }
        } finally {
            lock.unlock();
        }
        tell();
    }

    /// Closes a seat that the listener believes to have a worker; under the lock.
    private void vacate(int seat) {
        states[seat] = State.GONE;
        news.add(() -> listener.left(seat));
    }

    /// Tells the listener all that is new, unless another thread is just doing so and will tell
    /// this, too: what becomes of a seat is told in the order in which it was decided, but not
    /// under the lock, since the listener has one of its own.
    private void tell() {
        int calls = untold.getAndIncrement() == 0 ? 1 : 0;
        while (calls != 0) {
            for (Runnable next; (next = news.poll()) != null; ) {
                try {
                    next.run();
                } catch (RuntimeException | Error e) { // else nothing would be told any more
                    System.getLogger("dev.mitosis").log(System.Logger.Level.ERROR,
                            "what became of a seat could not be told", e);
                }
            }
            calls = untold.addAndGet(-calls);
        }
    }

    /// Begins a trip on a seat.
    ///
    /// @return false if the seat is gone, or has been opened once more since the lease was promised
    ///     to it: the listener was, or will be, told
    boolean take(int seat, LeaseTrip trip) {
        lock.lock();
        try {
            boolean promised = trip.lease().pid() == openings[seat];
            if (states[seat] != State.READY || closed || !promised) {
                return false;
            }
            states[seat] = State.BUSY;
            trips[seat] = trip;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Ends a trip, before anyone is told of its end.
    ///
    /// @param died whether a death is told, and until then nothing else of the seat
    /// @return false if its seat was given up meanwhile
    boolean leave(int seat, LeaseTrip trip, boolean died) {
        lock.lock();
        try {
            if (trips[seat] != trip) {
                return false;
            }
            trips[seat] = null;
            if (!died) { // whoever is told may give it the next lease at once
                states[seat] = State.READY;
            }
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// What was on a seat has been told of; it is used again if it is wanted.
    ///
    /// @param vacated whether the listener believes it to be without a worker
    void freed(int seat, boolean vacated) {
        if (vacated) {
            lock.lock();
            try {
                states[seat] = State.GONE;
            } finally {
                lock.unlock();
            }
        }
        settle();
    }

    /// A seat's worker is to be another: that is the node's business, only the seat begins anew.
    void renew(int seat) {
        lock.lock();
        try {
            if (states[seat] != State.READY) {
                return;
            }
            vacate(seat);
        } finally {
            lock.unlock();
        }
        settle();
    }

    /// Gives all seats up; what is under way on them is cancelled, and nobody told of its end.
    ///
    /// @param why what whoever waits is told, after that of each seat
    void giveUp(WorkerStartException why) {
        var ended = takeTrips();
        // Not under the lock: each waits until what has come of it is told. A seat that was left
        // before would have that run again which is just being settled.
        ended.values().forEach(LeaseTrip::abandon);
        lock.lock();
        try {
            ended.keySet().forEach(this::vacate);
            news.add(() -> listener.hopeless(why)); // a seat told to be ready would give hope again
        } finally {
            lock.unlock();
        }
        tell();
    }

    /// Takes no more, vacates the seats that are free, and takes from the others what is under way.
    ///
    /// @return that, by its seat
    private Map<Integer, LeaseTrip> takeTrips() {
        var ended = new HashMap<Integer, LeaseTrip>();
        lock.lock();
        try {
            open = false;
            for (int seat = 0; seat < states.length; seat++) {
                var trip = trips[seat];
                if (trip != null) {
                    trips[seat] = null;
                    ended.put(seat, trip);
                } else if (states[seat] == State.READY) {
                    vacate(seat);
                }
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        return ended;
    }

    /// {@return what is under way}
    List<LeaseTrip> trips() {
        lock.lock();
        try {
            var all = new ArrayList<LeaseTrip>();
            for (var trip : trips) {
                if (trip != null) {
                    all.add(trip);
                }
            }
            return all;
        } finally {
            lock.unlock();
        }
    }

    /// Takes no more, and waits until nothing is under way; cancels what is at the end of patience.
    void close(Duration patience) {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        var deadline = Deadline.in(patience);
        if (!awaitEmpty(deadline)) {
            trips().forEach(LeaseTrip::cancel);
        }
    }

    private boolean awaitEmpty(Deadline deadline) {
        lock.lock();
        try {
            while (!trips().isEmpty()) {
                if (!changed.await(deadline.left(), TimeUnit.NANOSECONDS)) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
