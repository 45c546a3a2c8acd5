package dev.mitosis.internal.schedule;

/// What a dispatcher has counted.
///
/// @param batches parts sent
/// @param deaths workers that died
/// @param items items given to each present worker
/// @param busy whether each worker has work
@SuppressWarnings("ArrayRecordComponent") // fresh arrays, never compared
public record Counts(long batches, long deaths, long[] items, boolean[] busy) {
    static Counts of(Seats seats, long batches, long deaths) {
        var items = new long[seats.size()];
        var busy = new boolean[seats.size()];
        for (var seat : seats) {
            items[seat.number] = seat.items();
            busy[seat.number] = !seat.isIdle();
        }
        return new Counts(batches, deaths, items, busy);
    }
}
