package dev.mitosis.internal.schedule;

import org.jspecify.annotations.Nullable;

/// Chooses which part goes to which seat next; guarded by the dispatcher's lock.
final class Plan {
    private final Seats seats;
    private final Waiting waiting;
    private long batches;

    Plan(Seats seats, Waiting waiting) {
        this.seats = seats;
        this.waiting = waiting;
    }

    /// {@return how many parts were sent}
    long batches() {
        return batches;
    }

    /// Counts a part that is sent without being chosen here.
    void count() {
        batches++;
    }

    /// {@return whether nothing waits, a seat has nothing to do, and another more than it runs}
    boolean isUneven() {
        return seats.areUneven() && !waiting.isForAny();
    }

    /// {@return the call of an item that has not begun, or null if there is none}
    @Nullable Queue unbegun() {
        var queued = waiting.first();
        if (queued != null) {
            return queued;
        }
        for (var seat : seats) {
            var last = seat.hasSpare() ? seat.last() : null;
            if (last != null) {
                return last.queue;
            }
        }
        return null;
    }

    /// {@return what to do next, or null; a part is promised by its seat}
    @Nullable Step next() {
        if (waiting.alone() > 0) {
            var step = nextAlone();
            if (step != null) {
                return step;
            }
        }
        var seat = seats.owing();
        var part = seat == null ? null : seat.takeOwn();
        if (part == null && waiting.isForAny()) {
            seat = seats.roomiest();
            part = seat == null ? null : waiting.take();
        }
        if (seat != null && part != null) {
            return give(seat, part);
        }
        return isUneven() ? new Step.Help() : null;
    }

    /// An item that wants a new worker gets one that is there, or has one started.
    private @Nullable Step nextAlone() {
        var seat = seats.unused();
        var part = seat == null ? null : waiting.takeAlone();
        if (seat != null && part != null) {
            return give(seat, part);
        }
        var renewed = seats.toRenew(waiting.alone());
        if (renewed == null) {
            return null;
        }
        var _ = renewed.wear(); // it is ready
        return new Step.Renew(renewed);
    }

    private Step give(Seat seat, Part part) {
        seat.setSending(true);
        batches++;
        int most = seat.mostItems();
        return new Step.Send(seat, part, seat.promise(part), most);
    }
}
