package dev.mitosis.internal.schedule;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// All seats of a pool, and which of them comes next; guarded by the dispatcher's lock.
///
/// What is asked for each part does not look at every seat: there are sets of seats, which are
/// brought up to date before they are looked at, by those that have changed.
final class Seats implements Iterable<Seat> {
    private final List<Seat> all;
    private final ArrayDeque<Seat> changed;

    // but for seats that have changed, all but the last are exact
    private final BitSet free = new BitSet();
    private final BitSet owing = new BitSet();
    private final BitSet sparing = new BitSet();
    private final BitSet perhapsRoomy = new BitSet(); // until looked at; set again by a change

    Seats(int count, boolean prefetches) {
        changed = new ArrayDeque<>(count);
        all = IntStream.range(0, count)
                .mapToObj(i -> new Seat(i, prefetches, changed::add)).toList();
    }

    private void noteChanges() {
        for (Seat seat; (seat = changed.poll()) != null; ) {
            seat.noted();
            free.set(seat.number, seat.isFree());
            owing.set(seat.number, seat.isOwing());
            sparing.set(seat.number, seat.hasSpare());
            perhapsRoomy.set(seat.number, seat.isOpen());
        }
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

    /// {@return whether each seat has a worker, and that runs what is meant}
    ///
    /// @param what whether a seat does
    boolean allRun(IntPredicate what) {
        return all.stream().allMatch(seat -> seat.isReady() && !seat.isIdle()
                && what.test(seat.number));
    }

    /// {@return a seat that may be given what only it may run, or null}
    @Nullable Seat owing() {
        noteChanges();
        return first(owing);
    }

    private @Nullable Seat first(BitSet some) {
        int number = some.nextSetBit(0);
        return number < 0 ? null : all.get(number);
    }

    /// {@return the seat with the least to do, the warmest first, or null if none has room}
    ///
    /// Time closes a seat, and only a change opens one: what has no room is not looked at again
    /// before it changes. Run times that turn out shorter are heeded then.
    @Nullable Seat roomiest() {
        noteChanges();
        Seat best = first(free);
        if (best != null) {
            return best;
        }
        for (int i = -1; (i = perhapsRoomy.nextSetBit(i + 1)) >= 0; ) {
            var seat = all.get(i);
            if (!seat.hasRoom()) {
                perhapsRoomy.clear(i);
            } else if (best == null || seat.load() < best.load()) {
                best = seat;
            }
        }
        return best;
    }

    /// {@return whether one seat has nothing to do, and another more than it runs}
    boolean areUneven() {
        noteChanges();
        return !free.isEmpty() && !sparing.isEmpty();
    }

    /// {@return the seat with more than it runs that is longest at its first part, or null}
    @Nullable Seat slowest() {
        noteChanges();
        return sparing.stream().mapToObj(all::get)
                .min(Comparator.comparingLong(Seat::headSince)).orElse(null);
    }

    /// {@return whether any seat has anything of a call}
    boolean have(Queue queue) {
        return all.stream().anyMatch(seat -> seat.has(queue));
    }

    /// {@return a seat whose worker has not run any item yet, or null}
    @Nullable Seat unused() {
        for (var seat : all) {
            if (seat.isUnused() && !seat.isSending()) {
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
