package dev.mitosis.internal.schedule;

import dev.mitosis.PoolConfig;
import dev.mitosis.WorkerStartException;
import dev.mitosis.spi.Bytes;
import dev.mitosis.spi.Crew;
import dev.mitosis.spi.CrewListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Gives the parts of all calls to the seats that have room, each call in its turn.
///
/// It has no thread of its own: whoever adds a part, or learns that a seat has room, dispatches.
/// Nothing foreign is called within its lock.
public final class Dispatcher implements CrewListener {
    private final ReentrantLock lock = new ReentrantLock();
    private final Crew crew;
    private final Seats seats;
    private final long budget;
    private final Watch watch;
    private final Handover handover;
    private final Stragglers stragglers;
    private final Standstill standstill;

    // guarded by lock
    private final Waiting waiting = new Waiting();
    private final Plan plan;
    private final Meetings meetings;
    private boolean hopeless;
    private long deaths;

    /// Makes the schedule of one pool, whose crew is made for its listener by `open`.
    public Dispatcher(PoolConfig config, java.util.function.Function<CrewListener, Crew> open) {
        budget = config.maxTasksPerWorker();
        var relay = new CrewRelay();
        crew = open.apply(relay);
        meetings = new Meetings(crew);
        seats = new Seats(crew.seats(), crew.prefetches());
        plan = new Plan(seats, waiting);
        handover = new Handover(lock, crew);
        stragglers = new Stragglers(lock, seats, plan, crew, this::dispatch);
        standstill = new Standstill(this, crew);
        watch = new Watch(this, crew, config.debugPort() > 0);
        relay.follow(this);
    }

    /// {@return the workers}
    public Crew crew() {
        return crew;
    }

    /// {@return how many seats there are}
    public int seats() {
        return seats.size();
    }

    /// {@return how many seats items are shared among now, at least one}
    public int staffed() {
        return Math.max(1, crew.staffed());
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
        Step step;
        lock.lock();
        try {
            wanted = part.index() < part.queue.limit;
            if (wanted) {
                waiting.add(part, first);
            }
            startAnew();
            step = plan.next();
        } finally {
            lock.unlock();
        }
        if (!wanted) {
            part.owner().withdrawn(part);
        }
        act(step);
    }

    /// Withdraws the items of a call from an index on: what waits is withdrawn now, what has not
    /// started yet is skipped by the workers.
    ///
    /// @param queue the call
    /// @param fromIndex the lowest index that is not wanted
    public void withdraw(Queue queue, long fromIndex) {
        List<Part> unwanted;
        lock.lock();
        try {
            if (fromIndex >= queue.limit) {
                return;
            }
            queue.limit = fromIndex;
            unwanted = waiting.takeOut(queue, fromIndex);
        } finally {
            lock.unlock();
        }
        queue.skip(fromIndex);
        unwanted.forEach(part -> part.owner().withdrawn(part));
        queue.raiseRoom();
    }

    /// Withdraws the parts of a call that have not been sent.
    ///
    /// @param queue the call
    /// @return whether there were any
    public boolean withdrawUnsent(Queue queue) {
        var unsent = locked(() -> waiting.takeOut(queue, 0));
        unsent.forEach(part -> part.owner().withdrawn(part));
        return !unsent.isEmpty();
    }

    /// Has a function run on each worker: now on those that are ready, by [Crew#onboard] on those
    /// that are starting or will be started.
    ///
    /// @param function the function, serialized
    /// @param attendance is told of each seat's worker, once
    public void everywhere(Bytes function, Attendance attendance) {
        var absent = locked(() -> {
            int number = crew.onboard(function);
            startAnew();
            return meetings.call(number, attendance, seats);
        });
        absent.forEach(attendance::attended);
        dispatch();
    }

    /// Has later workers no longer run a function of [#everywhere], which has failed.
    ///
    /// @param attendance who is told of it
    public void retract(Attendance attendance) {
        var _ = locked(() -> meetings.retract(attendance));
    }

    /// Has workers started again if all have been given up; under the lock.
    private void startAnew() {
        if (hopeless) {
            hopeless = false;
            seats.forEach(Seat::hope);
            crew.start();
        }
    }

    /// {@return what this dispatcher has counted}
    public Counts counts() {
        return locked(() -> Counts.of(seats, plan.batches(), deaths));
    }

    void ended(Part part, long nanos) {
        boolean due = false;
        int loss = 0;
        Step step;
        lock.lock();
        try {
            part.queue.size().learn(part.count(), nanos);
            if (part.seat() >= 0) {
                loss = seats.get(part.seat()).release(part);
                due = seats.get(part.seat()).isDue();
            }
            step = plan.next();
        } finally {
            lock.unlock();
        }
        if (due) {
            crew.retire(part.seat());
        }
        if (loss > 0) {
            part.owner().tookBack(part, part.made() - loss, stragglers.share(loss));
        }
        if (step != null) { // mostly there is none: what takes outcomes stays small when compiled
            act(step);
        }
    }

    /// Learns that a part is soon through, so that the next one should be on its way.
    void nearsEnd(Part part) {
        if (locked(seats.get(part.seat())::nearsEnd)) {
            dispatch();
        }
    }

    /// {@return whether any worker has items of a call}
    boolean isAtWork(Queue queue) {
        return locked(() -> seats.have(queue));
    }

    /// {@return the part of which a seat's worker runs the item with this ticket, or null}
    @Nullable Part running(int seat, long ticket) {
        return locked(() -> seats.get(seat).running(ticket));
    }

    /// {@return what a seat's worker is to run first of what it was given, or null}
    @Nullable Part first(int seat) {
        return locked(() -> seats.get(seat).first());
    }

    /// {@return what takes items back}
    Stragglers stragglers() {
        return stragglers;
    }

    /// {@return how many seats have work}
    public int busySeats() {
        return seats.busy(); // a hint
    }

    /// {@return whether parts wait and no seat has room}
    boolean isCrowded() {
        return locked(() -> waiting.isForAny() && seats.roomiest() == null);
    }

    /// {@return a call with items that have not begun, if no seat will begin with any; or null}
    ///
    /// @param waits whether the item of a seat waits, perhaps for ever
    @Nullable Queue standsStill(IntPredicate waits) {
        return locked(() -> seats.allRun(waits) ? plan.unbegun() : null);
    }

    private <T extends @Nullable Object> T locked(Supplier<T> look) {
        lock.lock();
        try {
            return look.get();
        } finally {
            lock.unlock();
        }
    }

    private void runNow(Part part) {
        lock.lock();
        try {
            plan.count();
            part.assign(0, ProcessHandle.current().pid(), 1);
            seats.get(0).ran(part.count());
        } finally {
            lock.unlock();
        }
        handover.run(part);
    }

    private void dispatch() {
        act(locked(plan::next));
    }

    /// Does what is to be done next, until there is nothing.
    private void act(@Nullable Step first) {
        for (Step step = first; step != null; ) {
            step = switch (step) {
                case Step.Send send -> send(send);
                case Step.Renew(Seat seat) -> {
                    replace(seat);
                    yield locked(plan::next);
                }
                case Step.Help() -> {
                    watch.helpSoon();
                    yield null;
                }
            };
        }
    }

    /// Starts the next worker of a seat that takes nothing more, and lets the present one go as
    /// soon as it has nothing to do.
    private void replace(Seat seat) {
        crew.prepare(seat.number);
        if (locked(seat::isDue)) {
            crew.retire(seat.number);
        }
    }

    /// Gives a part to a seat's worker.
    ///
    /// @return what to do next
    private @Nullable Step send(Step.Send step) {
        var seat = step.seat();
        boolean isOwn = step.part().owner() instanceof Attendance; // for this seat's worker alone
        var part = step.promised() || isOwn ? step.part() : handover.cut(step);
        boolean promised = step.promised() // false still if the worker has died, or was retired
                || locked(() -> seat.promise(part));
        if (promised) {
            handover.lease(seat, part);
        }
        boolean prepare;
        boolean due;
        Step next;
        lock.lock();
        try {
            seat.setSending(false);
            if (!promised && !isOwn) {
                part.holdTogether();
                waiting.add(part, true);
            }
            prepare = promised && seat.needsSuccessor();
            due = seat.isDue(); // Guard against race with the end of what was sent
            next = plan.next();
        } finally {
            lock.unlock();
        }
        part.queue.raiseRoom();
        if (prepare) {
            crew.prepare(seat.number);
        }
        if (due) {
            crew.retire(seat.number);
        }
        if (!promised && isOwn) {
            part.owner().lost(part, false, null);
        }
        return next;
    }

    @Override
    public void ready(int number, long pid, int onboarded) {
        var attended = locked(() -> {
            hopeless = false;
            seats.get(number).fill(pid, budget);
            return meetings.attend(seats.get(number), onboarded);
        });
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
        var lost = locked(() -> {
            deaths += death == null ? 0 : 1;
            return seats.get(number).vacate();
        });
        for (var part : lost) {
            part.owner().lost(part, death != null && part.isSuspect(death.running()), death);
        }
        dispatch();
    }

    @Override
    public void worn(int number) {
        var seat = seats.get(number);
        if (locked(seat::wear)) {
            replace(seat);
        }
    }

    @Override
    public void calls() {
        standstill.calls();
    }

    @Override
    public void gaveUp(int seat, WorkerStartException why) {
        var absent = locked(() -> {
            seats.get(seat).giveUp();
            return meetings.dismiss(seat);
        });
        absent.forEach(attendance -> attendance.hopeless(why));
        dispatch(); // an item that waits for a new worker needs another seat's
    }

    @Override
    public void hopeless(WorkerStartException why) {
        var absent = new ArrayList<Attendance>();
        var stranded = locked(() -> {
            hopeless = true;
            absent.addAll(meetings.dismiss());
            return waiting.takeAll();
        });
        stranded.forEach(part -> part.owner().hopeless(why));
        absent.forEach(attendance -> attendance.hopeless(why));
    }
}
