package dev.mitosis.bench.torture;

import dev.mitosis.RemoteFunction;
import java.util.ArrayList;
import java.util.List;

/// The function of a call: which of its items does what follows from the seed.
///
/// @param seed decides
/// @param cheap how many of 10,000 items do something cheap
/// @param dear how many of 10,000 do something that costs a worker
/// @param objects whether results may be objects
/// @param endless whether items may run without end
record Deeds(long seed, int cheap, int dear, boolean objects, boolean endless)
        implements RemoteFunction<Long, Object> {
    private static final int OF = 10_000;

    @Override
    public Object apply(Long n) throws Exception {
        return act(n).perform(n, answer(n));
    }

    /// As [#apply], for verbs of numbers.
    long number(long n) throws Exception {
        return (Long) apply(n);
    }

    /// {@return what an item does}
    ///
    /// @param n the item
    Act act(long n) {
        long hash = mix(mix(seed) + n);
        long roll = Math.floorMod(hash, (long) OF);
        var acts = roll < dear ? dearActs() : cheapActs();
        return roll < dear + cheap ? acts.get(Math.floorMod(hash >> 32, acts.size())) : Act.ANSWER;
    }

    private List<Act> dearActs() {
        var acts = new ArrayList<>(Act.DEAR);
        if (endless) {
            acts.addAll(Act.ENDLESS);
        }
        return acts;
    }

    private List<Act> cheapActs() {
        var acts = new ArrayList<>(Act.CHEAP);
        if (objects) {
            acts.addAll(Act.OBJECTS);
        }
        return acts;
    }

    /// {@return what an item returns, if it returns; no two items of a call return the same}
    ///
    /// @param n the item
    long answer(long n) {
        return mix(n ^ seed);
    }

    /// {@return whether all items return}
    ///
    /// @param from the first
    /// @param to the one after the last
    boolean allAnswer(long from, long to) {
        for (long n = from; n < to; n++) {
            if (!act(n).answers()) {
                return false;
            }
        }
        return true;
    }

    /// Mixes bits; different numbers stay different (the end of SplitMix64).
    static long mix(long z) {
        long x = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
        return x ^ (x >>> 31);
    }
}
