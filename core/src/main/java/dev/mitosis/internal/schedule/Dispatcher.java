package dev.mitosis.internal.schedule;

import dev.mitosis.PoolConfig;
import dev.mitosis.WorkerStartException;
import dev.mitosis.spi.Bytes;
import dev.mitosis.spi.Crew;
import dev.mitosis.spi.CrewListener;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Gives the parts of all calls to the seats that have room, each call in its turn.
///
/// It has no thread of its own: whoever adds a part, or learns that a seat has room, dispatches.
/// Nothing foreign is called within its lock.
public final class Dispatcher implements CrewListener {
    private final ReentrantLock lock = new ReentrantLock();
    private final Crew crew;
    private final Seat[] seats;
    private final long budget;
    private final Watch watch;

    // guarded by lock
    private final ArrayDeque<Queue> round = new ArrayDeque<>();
    private final Meetings meetings = new Meetings();
    private boolean hopeless;
    private long batches;
    private long deaths;

    /// Makes the schedule of one pool, whose crew is made for its listener by `open`.
    public Dispatcher(PoolConfig config, java.util.function.Function<CrewListener, Crew> open) {
        budget = config.maxTasksPerWorker();
        var relay = new CrewRelay();
        crew = open.apply(relay);
        seats = new Seat[crew.seats()];
        for (int i = 0; i < seats.length; i++) {
            seats[i] = new Seat(i, crew.prefetches());
        }
        watch = new Watch(this, crew, config.debugPort() > 0);
        relay.follow(this);
    }

    /// {@return the workers}
    public Crew crew() {
        return crew;
    }

    /// {@return how many seats there are}
    public int seats() {
        return seats.length;
    }

    /// {@return what stops items}
    public Watch watch() {
        return watch;
    }

    /// Queues a part.
    ///
    /// @param part the part
    /// @param first whether before the other parts of its call
    public void add(Part part, boolean first) {
        if (crew.runsAtOnce()) {
            runNow(part);
            return;
        }
        boolean wanted;
        lock.lock();
        try {
            wanted = part.index() < part.queue.limit;
            if (wanted) {
                part.queue.add(part, first);
                list(part.queue);
            }
            if (hopeless) {
                hopeless = false;
                crew.start();
            }
        } finally {
            lock.unlock();
        }
        if (wanted) {
            dispatch();
        } else {
            part.owner().withdrawn(part);
        }
    }

    /// Withdraws the items of a call from an index on: what waits is withdrawn now, what has not
    /// started yet is skipped by the workers.
    ///
    /// @param queue the call
    /// @param fromIndex the lowest index that is not wanted
    public void withdraw(Queue queue, long fromIndex) {
        var unwanted = new ArrayList<Part>();
        lock.lock();
        try {
            if (fromIndex >= queue.limit) {
                return;
            }
            queue.limit = fromIndex;
            var kept = new ArrayList<Part>();
            for (Part part; (part = queue.take()) != null; ) {
                (part.index() >= fromIndex ? unwanted : kept).add(part);
            }
            kept.forEach(part -> queue.add(part, false));
        } finally {
            lock.unlock();
        }
        crew.skip(queue.job().call(), fromIndex);
        unwanted.forEach(part -> part.owner().withdrawn(part));
        queue.raiseRoom();
    }

    /// Withdraws the parts of a call that have not been sent.
    ///
    /// @param queue the call
    /// @return whether there were any
    public boolean withdrawUnsent(Queue queue) {
        var unsent = new ArrayList<Part>();
        lock.lock();
        try {
            for (Part part; (part = queue.take()) != null; ) {
                unsent.add(part);
            }
        } finally {
            lock.unlock();
        }
        unsent.forEach(part -> part.owner().withdrawn(part));
        return !unsent.isEmpty();
    }

    /// Has a function run on each worker: now on those that are ready, by [Crew#onboard] on those
    /// that are starting or will be started.
    ///
    /// @param function the function, serialized
    /// @param attendance is told of each seat's worker, once
    public void everywhere(Bytes function, Attendance attendance) {
        lock.lock();
        try {
            int number = crew.onboard(function);
            meetings.call(number, attendance, seats);
            if (hopeless) {
                hopeless = false;
                crew.start();
            }
        } finally {
            lock.unlock();
        }
        dispatch();
    }

    /// {@return what this dispatcher has counted}
    public Counts counts() {
        lock.lock();
        try {
            return Counts.of(seats, batches, deaths);
        } finally {
            lock.unlock();
        }
    }

    void ended(Part part, long nanos) {
        boolean leave;
        lock.lock();
        try {
            part.queue.size().learn(part.count(), nanos);
            leave = part.seat() >= 0 && seats[part.seat()].release(part);
        } finally {
            lock.unlock();
        }
        if (leave) {
            crew.retire(part.seat());
        }
        dispatch();
    }

    /// {@return the part of which a seat's worker runs the item with this ticket, or null}
    @Nullable Part running(int seat, long ticket) {
        lock.lock();
        try {
            return seats[seat].running(ticket);
        } finally {
            lock.unlock();
        }
    }

    /// {@return how many seats have work}
    public int busySeats() {
        return (int) Arrays.stream(seats).filter(seat -> !seat.isIdle()).count(); // a hint
    }

    /// {@return whether parts wait and no seat has room}
    boolean isCrowded() {
        lock.lock();
        try {
            return !round.isEmpty() && findSeat(false) == null;
        } finally {
            lock.unlock();
        }
    }

    private void runNow(Part part) {
        lock.lock();
        try {
            batches++;
            part.assign(0, ProcessHandle.current().pid(), 1);
            seats[0].ran(part.count());
        } finally {
            lock.unlock();
        }
        crew.lease(0, part);
    }

    private void dispatch() {
        for (Step step; (step = next()) != null; ) {
            var part = step.part();
            if (part.count() > step.most()) {
                part = part.owner().cut(part, step.most());
            }
            send(step.seat(), part);
            part.queue.raiseRoom();
        }
    }

    private void send(Seat seat, Part part) {
        boolean isOwn = part.owner() instanceof Attendance; // for this seat's worker alone
        boolean promised = promise(seat, part);
        if (promised) {
            crew.lease(seat.number, part);
        }
        lock.lock();
        try {
            seat.sending = false;
            if (!promised && !isOwn) {
                part.queue.add(part, true);
                list(part.queue);
            }
        } finally {
            lock.unlock();
        }
        if (!promised && isOwn) {
            part.owner().lost(part, false, null);
        }
    }

    private record Step(Seat seat, Part part, int most) {}

    private @Nullable Step next() {
        lock.lock();
        try {
            var seat = findSeat(true);
            var part = seat == null ? null : takeFor(seat);
            if (seat == null || part == null) {
                return null;
            }
            seat.sending = true;
            batches++;
            return new Step(seat, part, seat.mostItems());
        } finally {
            lock.unlock();
        }
    }

    /// {@return false if the worker has died since the seat was chosen}
    private boolean promise(Seat seat, Part part) {
        lock.lock();
        try {
            if (!seat.isReady() || part.count() > seat.mostItems()) {
                return false;
            }
            seat.promise(part);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// {@return the seat with the least to do, the warmest first, or null}
    private @Nullable Seat findSeat(boolean orOwnWork) {
        Seat best = null;
        for (var seat : seats) {
            if (orOwnWork && !seat.own.isEmpty() && seat.isReady() && !seat.sending) {
                return seat;
            }
            if (seat.hasRoom() && (best == null || seat.load() < best.load())) {
                best = seat;
            }
        }
        return best;
    }

    private @Nullable Part takeFor(Seat seat) {
        var own = seat.own.pollFirst();
        if (own != null) {
            return own;
        }
        for (Queue queue; (queue = round.pollFirst()) != null; ) {
            queue.listed = false;
            var part = queue.take();
            if (part != null) {
                if (!queue.pending.isEmpty()) {
                    list(queue);
                }
                return part;
            }
        }
        return null;
    }

    private void list(Queue queue) {
        if (!queue.listed) {
            queue.listed = true;
            round.addLast(queue);
        }
    }

    @Override
    public void ready(int number, long pid, int onboarded) {
        List<Attendance> attended;
        lock.lock();
        try {
            hopeless = false;
            var seat = seats[number];
            seat.fill(pid, budget);
            seat.own.clear();
            attended = meetings.attend(seat, onboarded);
        } finally {
            lock.unlock();
        }
        attended.forEach(attendance -> attendance.attended(number));
        dispatch();
    }

    @Override
    public void died(int number, Death death) {
        vacate(number, death);
    }

    @Override
    public void left(int number) {
        vacate(number, null);
    }

    private void vacate(int number, @Nullable Death death) {
        ArrayDeque<Part> lost;
        lock.lock();
        try {
            lost = seats[number].vacate();
            deaths += death == null ? 0 : 1;
        } finally {
            lock.unlock();
        }
        for (var part : lost) {
            boolean suspect = death != null && part.ticket() > 0
                    && death.running() >= part.ticket() + part.done()
                    && death.running() < part.ticket() + part.count();
            part.owner().lost(part, suspect, death);
        }
        dispatch();
    }

    @Override
    public void gaveUp(int seat, WorkerStartException why) {
        List<Attendance> absent;
        lock.lock();
        try {
            absent = meetings.dismiss(seat);
        } finally {
            lock.unlock();
        }
        absent.forEach(attendance -> attendance.hopeless(why));
    }

    @Override
    public void hopeless(WorkerStartException why) {
        var waiting = new ArrayList<Part>();
        List<Attendance> absent;
        lock.lock();
        try {
            hopeless = true;
            absent = meetings.dismiss();
            for (Queue queue; (queue = round.pollFirst()) != null; ) {
                queue.listed = false;
                for (Part part; (part = queue.take()) != null; ) {
                    waiting.add(part);
                }
            }
        } finally {
            lock.unlock();
        }
        waiting.forEach(part -> part.owner().hopeless(why));
        absent.forEach(attendance -> attendance.hopeless(why));
    }
}
