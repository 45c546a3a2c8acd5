package dev.mitosis.internal.schedule;

import dev.mitosis.internal.Deadline;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One worker's place, as the schedule sees it; all of it is guarded by the dispatcher's lock.
final class Seat {
    static final double FULL_NANOS = 1.5 * BatchSize.TARGET_NANOS; // with more it gets nothing yet
    private static final long OVERDUE_NANOS = 3 * BatchSize.TARGET_NANOS;
    private static final int MOST_PARTS = 256;
    private static final long MOST_BYTES = 8 << 20;
    private static final double WARM_UP_NANOS = 1e9; // within which a worker surely starts

    final int number;
    private final boolean prefetches;

    private final Consumer<Seat> whenChanged;
    private boolean changed; // since it was noted

    // parts that only this seat may run, such as what is run everywhere
    private final ArrayDeque<Part> own = new ArrayDeque<>();

    private final ArrayDeque<Part> inFlight = new ArrayDeque<>();
    private int inFlightItems;
    private long inFlightBytes;
    private int inFlightOwn; // parts that nobody else may run
    private @Nullable Queue lastDone; // whose part was through last
    private long headSince; // since when the first part in flight can have been running
    private @Nullable Deadline end; // by when a long first part is through, once it nears that
    private long pid;
    private boolean ready;
    private long tickets;
    private long budget;
    private long items;
    private boolean leaving; // takes nothing more
    private boolean retired; // was told so
    private boolean prepared; // the next worker is being started
    private boolean used; // has run more than what runs everywhere
    private boolean givenUp; // has no worker, and none will come
    private long readySince;
    private boolean stripped; // of what it may spare, until it gets more

    // true while one thread gives leases to this seat's worker: that keeps them in order
    private boolean sending;

    /// Makes a seat without a worker.
    ///
    /// @param whenChanged is told when what it has, or may take, may have changed since noted
    Seat(int number, boolean prefetches, Consumer<Seat> whenChanged) {
        this.number = number;
        this.prefetches = prefetches;
        this.whenChanged = whenChanged;
    }

    private void changed() {
        if (!changed) {
            changed = true;
            whenChanged.accept(this);
        }
    }

    /// Has its next change told again.
    void noted() {
        changed = false;
    }

    /// Keeps others from giving it anything, or no longer.
    void setSending(boolean sends) {
        sending = sends;
        changed();
    }

    boolean isSending() {
        return sending;
    }

    void addOwn(Part part) {
        own.add(part);
        changed();
    }

    /// {@return what only it may run, taken out, or null}
    @Nullable Part takeOwn() {
        return own.poll(); // whoever takes it sends it: the change that others see
    }

    /// {@return whether its worker could be given what only it may run, and there is some}
    boolean isOwing() {
        return !own.isEmpty() && isReady() && !sending;
    }

    void fill(long newPid, long newBudget) {
        own.clear();
        pid = newPid;
        ready = true;
        lastDone = null;
        tickets = 1;
        budget = newBudget;
        items = 0;
        leaving = false;
        retired = false;
        prepared = false;
        used = false;
        givenUp = false;
        readySince = Deadline.now();
        changed();
    }

    ArrayDeque<Part> vacate() {
        var left = new ArrayDeque<>(inFlight);
        left.addAll(own);
        own.clear();
        inFlight.clear();
        inFlightItems = 0;
        inFlightBytes = 0;
        inFlightOwn = 0;
        end = null;
        ready = false;
        pid = 0;
        changed();
        return left;
    }

    void giveUp() {
        givenUp = true;
    }

    /// Its workers are tried again.
    void hope() {
        givenUp = false;
    }

    boolean isGivenUp() {
        return givenUp;
    }

    /// {@return whether a new worker will come without more being done}
    boolean isComing() {
        return !givenUp && (!ready || leaving);
    }

    boolean isUnused() {
        return isReady() && !used && inFlight.isEmpty();
    }

    boolean isReady() {
        return ready && !leaving;
    }

    boolean hasRoom() {
        return isOpen() && (inFlight.isEmpty() || prefetches && mayPrefetch());
    }

    /// {@return whether it has nothing, and may have something}
    boolean isFree() {
        return isOpen() && inFlight.isEmpty();
    }

    /// {@return whether it may have something, if that is soon through with what it has}
    boolean isOpen() {
        return isReady() && !sending && budget > 0;
    }

    /// Whether what it has will be done so soon that more should wait at the worker. As long as
    /// run times are unknown, or no part of the running call has been through here yet, or one
    /// takes longer than it should, nothing is prefetched: an item behind a long one cannot move,
    /// and a worker whose rest was taken back does not read before it is through.
    private boolean mayPrefetch() {
        var first = inFlight.peekFirst();
        return first != null && !stripped && !first.isAlone()
                && first.queue == lastDone && endsSoon()
                && inFlight.size() < (first.queue.size().isGrowing() ? 2 : MOST_PARTS)
                && inFlightBytes < MOST_BYTES;
    }

    private boolean endsSoon() {
        if (end != null) {
            return inFlight.size() == 1 && !end.isOver();
        }
        double nanos = load();
        return nanos >= 0 && nanos <= FULL_NANOS && Deadline.now() - headSince <= OVERDUE_NANOS;
    }

    /// Learns that the first of its parts, a long one, is nearly through.
    ///
    /// @return whether it may have another
    boolean nearsEnd() {
        end = new Deadline(Deadline.now() + OVERDUE_NANOS);
        changed();
        return hasRoom();
    }

    /// {@return for how long it has work, nanoseconds, or -1 if that is unknown}
    double load() {
        var last = inFlight.peekLast();
        return last == null ? 0 : last.queue.size().expectedNanos(inFlightItems);
    }

    /// Promises to run a part, if its worker still may.
    ///
    /// @return whether it does
    boolean promise(Part part) {
        boolean isOwn = part.owner() instanceof Attendance; // needs no budget, as what runs first
        if (!isReady() || !isOwn && part.count() > budget) {
            return false;
        }
        part.assign(number, pid, tickets);
        headSince = inFlight.isEmpty() ? Deadline.now() : headSince;
        stripped = false;
        inFlight.addLast(part);
        inFlightItems += part.count();
        inFlightBytes += part.bytes();
        tickets += part.count();
        items += part.count();
        budget -= isOwn ? 0 : part.count();
        inFlightOwn += isOwn ? 1 : 0;
        used |= !isOwn;
        changed();
        return true;
    }

    /// Says once that the next worker should be started, since this one soon has run all it may.
    boolean needsSuccessor() {
        if (prepared || budget > WARM_UP_NANOS) {
            return false; // no item takes less than a nanosecond
        }
        double nanosPerItem = (double) (Deadline.now() - readySince) / Math.max(1, items);
        if (budget * nanosPerItem > WARM_UP_NANOS) {
            return false;
        }
        prepared = true;
        return true;
    }

    /// Takes nothing more.
    ///
    /// @return whether it has a worker that did until now
    boolean wear() {
        if (!isReady()) {
            return false;
        }
        leaving = true;
        prepared = true;
        changed();
        return true;
    }

    /// Says once that its worker has nothing left to do here, and should leave.
    boolean isDue() {
        if (!ready || retired || sending || !inFlight.isEmpty() || budget > 0 && !leaving) {
            return false;
        }
        leaving = true;
        retired = true;
        changed();
        return true;
    }

    void ran(int count) {
        items += count;
    }

    int mostItems() {
        return (int) Math.min(Integer.MAX_VALUE, budget);
    }

    /// Forgets a part that is through.
    ///
    /// @return how many of its items were taken back, and are to be seen to by the caller: its
    ///     worker was quicker than who has taken them back
    int release(Part part) {
        if (!inFlight.remove(part)) {
            return 0;
        }
        int loss = part.takeLoss();
        unpromise(loss);
        inFlightItems -= part.count();
        inFlightBytes -= part.bytes();
        inFlightOwn -= part.owner() instanceof Attendance ? 1 : 0;
        lastDone = part.queue;
        headSince = Deadline.now();
        end = null;
        changed();
        return loss;
    }

    /// Does not run some items after all.
    private void unpromise(int count) {
        inFlightItems -= count;
        items -= count;
        budget += count;
    }

    /// {@return whether it has anything of a call}
    boolean has(Queue queue) {
        return inFlight.stream().anyMatch(part -> part.queue == queue);
    }

    /// {@return whether it has more than it runs, of what could as well run elsewhere}
    boolean hasSpare() {
        var head = inFlight.peekFirst();
        return inFlightItems > 1 && inFlightOwn == 0 && !stripped && !sending
                && head != null && !head.isAlone()
                && (inFlight.size() > 1 || head.mayBeCut());
    }

    /// {@return since when the first part that it has can have been running}
    long headSince() {
        return headSince;
    }

    /// Items that were taken back: those of a part from one on.
    record Taken(Part part, int from) {
        int items() {
            return part.made() - from;
        }
    }

    /// Forgets items that were taken back from its worker.
    ///
    /// @param ticket the first of them
    /// @return the parts that they are of, the last first; of one it may keep items
    List<Taken> takeBack(long ticket) {
        stripped = true; // the rest it runs, or has claimed
        var taken = new ArrayList<Taken>();
        for (Part last; (last = inFlight.peekLast()) != null && last.ticket() >= ticket; ) {
            inFlight.removeLast();
            inFlightBytes -= last.bytes();
            unpromise(last.count());
            taken.add(new Taken(last, 0));
        }
        var last = inFlight.peekLast();
        int loss = last == null ? 0 : last.takeLoss();
        if (last != null && loss > 0) {
            unpromise(loss);
            taken.add(new Taken(last, last.made() - loss));
        }
        changed();
        return taken;
    }

    @Nullable Part first() {
        return inFlight.peekFirst();
    }

    @Nullable Part last() {
        return inFlight.peekLast();
    }

    @Nullable Part running(long ticket) {
        for (var part : inFlight) {
            if (ticket >= part.ticket() && ticket < part.ticket() + part.count()) {
                return part;
            }
        }
        return null;
    }

    boolean isIdle() {
        return inFlight.isEmpty();
    }

    long pid() {
        return pid;
    }

    long items() {
        return items;
    }
}
