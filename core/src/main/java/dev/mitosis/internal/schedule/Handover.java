package dev.mitosis.internal.schedule;

import dev.mitosis.spi.Crew;
import dev.mitosis.spi.CrewListener.Death;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;

/// What is asked of a call and of a worker when a part goes from one to the other.
///
/// Whoever dispatches serves all calls. So nothing is thrown here, such as for a heap that is full:
/// it costs the worker, and the part is given to another.
final class Handover {
    private final ReentrantLock lock; // the dispatcher's
    private final Crew crew;

    Handover(ReentrantLock lock, Crew crew) {
        this.lock = lock;
        this.crew = crew;
    }

    /// Cuts a part to what its seat's worker may have.
    ///
    /// @return the part to be sent; if it cannot be cut, the whole, and its seat takes nothing more
    Part cut(Step.Send step) {
        try {
            return step.part().owner().cut(step.part(), step.most());
        } catch (RuntimeException | Error e) {
            wear(step.seat());
            return step.part();
        }
    }

    private void wear(Seat seat) {
        lock.lock();
        try {
            var _ = seat.wear();
        } finally {
            lock.unlock();
        }
    }

    /// Gives a part to the worker that has promised to run it. One that has got half of it, or
    /// perhaps nothing, can be given no other.
    void lease(Seat seat, Part part) {
        try {
            crew.lease(seat.number, part);
        } catch (RuntimeException | Error e) {
            kill(seat, e);
        }
    }

    private void kill(Seat seat, Throwable why) {
        try {
            crew.kill(seat.number, "was killed, since it could not be given work: " + why);
        } catch (RuntimeException | Error e) {
            System.getLogger("dev.mitosis").log(System.Logger.Level.WARNING,
                    "worker " + seat.number + " could neither be given work nor be killed", e);
        }
    }

    /// Has a part run on this thread. What that does not end with outcomes, as when a result is too
    /// large for the heap, nobody else would tell of.
    void run(Part part) {
        try {
            crew.lease(0, part);
        } catch (RuntimeException | Error e) {
            long running = part.ticket() + part.done();
            part.owner().lost(part, part.isSuspect(running), new Death(part.pid(), running,
                    OptionalInt.empty(), "ended with " + e, null, null, List.of()));
        }
    }
}
