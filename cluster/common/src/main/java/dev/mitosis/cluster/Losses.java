package dev.mitosis.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which items were lost with a node, and how often: an item may be what kills nodes.
///
/// What was lost is sent again in smaller pieces, each an eighth of the one before, until the item
/// is alone that is there whenever a node dies. Guarded by itself.
final class Losses {
    private static final int MOST = 3; // times that an item may be lost alone
    private static final int SHIFT = 3;

    /// Items that were lost together.
    private record Lost(long from, long to, int times) {
        boolean has(long index) {
            return from <= index && index < to;
        }
    }

    private final Map<Long, List<Lost>> calls = new HashMap<>();
    private int inARow;
    private long answers;

    /// {@return how many of some items to send together}
    ///
    /// @param call their call
    /// @param index the first
    /// @param count how many they are
    synchronized int step(long call, long index, int count) {
        int step = count;
        for (var lost : calls.getOrDefault(call, List.of())) {
            if (lost.from() < index + count && lost.to() > index) {
                long size = Math.max(1, (lost.to() - lost.from()) >> SHIFT);
                long before = lost.has(index) ? size : lost.from() - index;
                step = (int) Math.min(step, before);
            }
        }
        return step;
    }

    /// Counts items as lost.
    ///
    /// @param whole whether they cannot be sent in smaller pieces
    /// @return whether they are one piece that was lost too often
    synchronized boolean lost(long call, long index, int count, boolean whole) {
        inARow++;
        return note(call, index, count, whole);
    }

    /// Has items sent in smaller pieces, as if they were lost.
    synchronized void divide(long call, long index, int count) {
        var _ = note(call, index, count, false);
    }

    private boolean note(long call, long index, int count, boolean whole) {
        var all = calls.computeIfAbsent(call, _ -> new ArrayList<>());
        int times = 1;
        for (var lost : List.copyOf(all)) {
            if (lost.from() == index && lost.to() == index + count) {
                times = lost.times() + 1;
                all.remove(lost);
            }
        }
        all.add(new Lost(index, index + count, times));
        return (whole || count == 1) && times >= MOST;
    }

    /// {@return how many losses there were since a node has answered}
    synchronized int inARow() {
        return inARow;
    }

    /// A node has answered; or all is given up, and what comes next begins anew.
    synchronized void answered() {
        inARow = 0;
        answers++;
    }

    /// {@return how often that was}
    synchronized long answers() {
        return answers;
    }

    synchronized void forget(long call) {
        calls.remove(call);
    }
}
