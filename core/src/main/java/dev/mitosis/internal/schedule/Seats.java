package dev.mitosis.internal.schedule;

import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// All seats of a pool, and which of them comes next; guarded by the dispatcher's lock.
final class Seats implements Iterable<Seat> {
    private final List<Seat> all;

    Seats(int count, boolean prefetches) {
        all = IntStream.range(0, count).mapToObj(i -> new Seat(i, prefetches)).toList();
    }

    Seat get(int number) {
        return all.get(number);
    }

    int size() {
        return all.size();
    }

    @Override
    public Iterator<Seat> iterator() {
        return all.iterator();
    }

    /// {@return the seat with the least to do, the warmest first, or null}
    ///
    /// @param orOwnWork whether a seat may also be chosen for what only it may run
    @Nullable Seat next(boolean orOwnWork) {
        Seat best = null;
        for (var seat : all) {
            if (orOwnWork && !seat.own.isEmpty() && seat.isReady() && !seat.sending) {
                return seat;
            }
            if (seat.hasRoom() && (best == null || seat.load() < best.load())) {
                best = seat;
            }
        }
        return best;
    }

    /// {@return a seat whose worker has not run any item yet, or null}
    @Nullable Seat unused() {
        for (var seat : all) {
            if (seat.isUnused() && !seat.sending) {
                return seat;
            }
        }
        return null;
    }

    /// Returns a seat whose worker is to be replaced, so that so many new workers will be there.
    ///
    /// @param wanted how many
    /// @return the seat with the least to do, or null if enough are on their way
    @Nullable Seat toRenew(int wanted) {
        int coming = 0;
        Seat best = null;
        for (var seat : all) {
            if (seat.isUnused() || seat.isComing()) {
                coming++;
            } else if (seat.isReady() && (best == null || seat.load() < best.load())) {
                best = seat;
            }
        }
        return coming < wanted ? best : null;
    }

    int busy() {
        int busy = 0;
        for (var seat : all) {
            busy += seat.isIdle() ? 0 : 1;
        }
        return busy;
    }
}
