package dev.mitosis.internal.schedule;

import dev.mitosis.internal.Deadline;
import dev.mitosis.spi.Crew;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// Takes items back that wait at a worker behind a long one, while another worker has nothing to
/// do.
///
/// How long an item will run is known when it has run. So what looked like a millisecond of work
/// may hold up what was sent with it, and after it; the watch looks now and then whether it does.
final class Stragglers {
    private static final long OVERDUE_NANOS = 3 * BatchSize.TARGET_NANOS;

    private final ReentrantLock lock; // the dispatcher's
    private final Seats seats;
    private final Plan plan;
    private final Crew crew;
    private final Runnable whenFree;

    /// Makes one.
    ///
    /// @param whenFree run when a seat may have room again
    Stragglers(ReentrantLock lock, Seats seats, Plan plan, Crew crew, Runnable whenFree) {
        this.whenFree = whenFree;
        this.lock = lock;
        this.seats = seats;
        this.plan = plan;
        this.crew = crew;
    }

    /// {@return whether there may be something to take back soon}
    boolean areLikely() {
        lock.lock();
        try {
            return plan.isUneven();
        } finally {
            lock.unlock();
        }
    }

    /// Takes back what waits at the seat that needs it most; nothing if no seat does.
    void help() {
        Seat seat;
        lock.lock();
        try {
            seat = plan.isUneven() ? seats.slowest() : null;
            if (seat != null && seat.headSince() > Deadline.now() - OVERDUE_NANOS) {
                seat = null;
            }
            if (seat != null) {
                seat.setSending(true); // nobody gives it anything meanwhile
            }
        } finally {
            lock.unlock();
        }
        if (seat != null) {
            takeBack(seat, limitOf(seat));
        }
    }

    /// {@return the ticket of the first item that a seat's worker will not run, or -1 if it will
    /// run all: also one that cannot be asked, as for a full heap, or it would get nothing more}
    private long limitOf(Seat seat) {
        try {
            return crew.takeBack(seat.number);
        } catch (RuntimeException | Error e) { // not even told here: that needs heap, too
            return -1;
        }
    }

    private void takeBack(Seat seat, long ticket) {
        List<Seat.Taken> taken;
        boolean due;
        lock.lock();
        try {
            taken = seat.takeBack(ticket < 0 ? Long.MAX_VALUE : ticket);
        } finally {
            seat.setSending(false);
            due = seat.isDue();
            lock.unlock();
        }
        if (due) {
            crew.retire(seat.number);
        }
        int items = taken.stream().mapToInt(Seat.Taken::items).sum();
        int most = share(items);
        for (var each : taken) { // the last first: each is queued before the others
            each.part().owner().tookBack(each.part(), each.from(), most);
        }
        whenFree.run();
    }

    /// {@return how many of some items that were taken back to give to a worker together}
    int share(int items) {
        return Math.max(1, items / (2 * seats.size()));
    }
}
