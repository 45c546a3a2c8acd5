package dev.mitosis.bench.storm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/// What the caller was told of each item, and when; for one thread, the one that reads.
final class Seen {
    /// How many attempts it took, where the verb does not tell.
    static final int UNKNOWN = 0;

    /// An item that died.
    ///
    /// @param item which
    /// @param pid with which process
    /// @param time when that could be read, by [System#nanoTime()]
    /// @param before when the result before it had been read, if these come in order
    record Death(int item, long pid, long time, long before) {}

    private final IntConsumer progress;
    private final boolean ordered;
    private final byte[] times;
    private final int[] attempts;
    private final List<Death> deaths = new ArrayList<>();
    private final List<String> oddities = new ArrayList<>();
    private int count;
    private long last = System.nanoTime();

    /// Begins.
    ///
    /// @param items how many items there are
    /// @param ordered whether they must come in order
    /// @param progress is told how many have come
    Seen(int items, boolean ordered, IntConsumer progress) {
        this.times = new byte[items];
        this.attempts = new int[items];
        this.ordered = ordered;
        this.progress = progress;
    }

    void requirePlace(long index, int value) {
        if (index != value) {
            oddities.add("the outcome of item " + index + " has the value of item " + value);
        }
    }

    void ok(int item, int tries) {
        count(item, tries);
    }

    void died(long index, long pid, int tries) {
        int item = (int) index;
        deaths.add(new Death(item, pid, System.nanoTime(), ordered ? last : Long.MIN_VALUE));
        count(item, tries);
    }

    void odd(long index, Object outcome) {
        oddities.add("item " + index + " ended as " + outcome);
        count((int) index, UNKNOWN);
    }

    private void count(int item, int tries) {
        if (ordered && item != count) {
            oddities.add("item " + item + " came at place " + count);
        }
        if (item < 0 || item >= times.length || times[item] > 0) {
            oddities.add("item " + item + " came once more");
        } else {
            times[item]++;
            attempts[item] = tries;
        }
        progress.accept(++count);
        last = System.nanoTime();
    }

    boolean has(int item) {
        return times[item] > 0;
    }

    /// Returns how often an item was tried, as the caller was told, or [#UNKNOWN].
    int attempts(int item) {
        return attempts[item];
    }

    int count() {
        return count;
    }

    List<Death> deaths() {
        return deaths;
    }

    List<String> oddities() {
        return oddities;
    }
}
