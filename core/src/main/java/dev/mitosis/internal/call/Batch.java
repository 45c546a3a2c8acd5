package dev.mitosis.internal.call;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Items that were taken from the input together, and their outcomes.
///
/// A *unit* is what has one outcome: an item, or in a fold the whole block. Normally one strip
/// brings the outcomes of all units; after a death several do, and single units may have an
/// [Substitute].
final class Batch {
    private final long base;
    private final long bytes;
    private final int items;
    private final byte @Nullable [] lent;

    // owned by the consumer
    private int readers = 1;

    // guarded by the call's lock
    private List<Strip> strips = List.of(); // a new one for each change: nearly all have one
    private @Nullable Map<Integer, Substitute> substitutes;
    private boolean released;

    // written under the call's lock, read by the consumer without it
    private volatile int units;
    private volatile boolean substituted;

    /// Makes a batch.
    ///
    /// @param base the place of its first item in the input
    /// @param units how many outcomes it will have
    /// @param cut its items
    Batch(long base, int units, Input.Cut cut) {
        this.base = base;
        this.bytes = cut.bytes();
        this.items = cut.count();
        this.lent = cut.lent();
        this.units = units;
    }

    long base() {
        return base;
    }

    long bytes() {
        return bytes;
    }

    int items() {
        return items;
    }

    /// Drops the outcomes that nobody has read, since something else stood in their place, and
    /// those that still come.
    ///
    /// @return how many bytes they are
    long release() {
        released = true;
        long dropped = 0;
        for (var strip : strips) {
            dropped += strip.dropUnread();
        }
        return dropped;
    }

    boolean isReleased() {
        return released;
    }

    /// {@return the array that holds its items, if it is to be used again and nobody needs it now:
    ///     all outcomes have been read, and all came from the first worker}
    byte @Nullable [] lent() {
        return substituted || strips.size() > 1 ? null : lent;
    }

    int units() {
        return units;
    }

    void moreUnits(int more) {
        int before = units; // under the lock: no update is lost
        units = before + more;
    }

    void add(Strip strip, @Nullable Strip after) {
        if (strips.isEmpty()) {
            strips = List.of(strip);
            return;
        }
        var more = new ArrayList<>(strips);
        more.add(after == null ? more.size() : more.indexOf(after) + 1, strip);
        strips = more;
    }

    /// {@return a strip whose part holds all items of the batch from its own first on, or null}
    @Nullable Strip anyStrip() {
        return strips.isEmpty() ? null : strips.getFirst();
    }

    /// {@return the strip that brings, or brought, the outcome of a unit, or null}
    @Nullable Strip stripAt(int unit) {
        for (var strip : strips) {
            if (unit >= strip.from() && unit < strip.to()) {
                return strip;
            }
        }
        return null;
    }

    /// {@return the first strip after that of a unit that has an outcome of its first, or null}
    @Nullable Strip availableAfter(int unit) {
        for (var strip : strips) {
            if (strip.from() > unit && strip.available() > 0) {
                return strip;
            }
        }
        return null;
    }

    /// Counts readers that come or go; for the consumer.
    ///
    /// @return how many there are
    int readers(int more) {
        readers += more;
        return readers;
    }

    boolean hasSubstitutes() {
        return substituted;
    }

    @Nullable Substitute substitute(int unit) {
        return substitutes == null ? null : substitutes.get(unit);
    }

    void substitute(int unit, Substitute with) {
        if (substitutes == null) {
            substitutes = new HashMap<>();
        }
        substitutes.put(unit, with);
        substituted = true;
    }

    int substitutesIn(int from, int to) {
        if (substitutes == null) {
            return 0;
        }
        int count = 0;
        for (int unit : substitutes.keySet()) {
            count += unit >= from && unit < to ? 1 : 0;
        }
        return count;
    }
}
