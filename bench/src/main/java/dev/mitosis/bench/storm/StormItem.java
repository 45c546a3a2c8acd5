package dev.mitosis.bench.storm;

import dev.mitosis.RemoteFunction;
import java.io.IOException;
import java.io.Serial;

/// What each item does: so much work, between two marks in the ledger of its process.
///
/// A class, not a record: a new worker takes as long as a dozen items to be able to read records.
final class StormItem implements RemoteFunction<Integer, Integer> {
    @Serial
    private static final long serialVersionUID = 1;

    private final String folder;
    private final int room;
    private final long rounds;

    /// Makes the function.
    ///
    /// @param folder where the ledgers of the storm are
    /// @param room how many marks a ledger holds
    /// @param rounds how much work
    StormItem(String folder, int room, long rounds) {
        this.folder = folder;
        this.room = room;
        this.rounds = rounds;
    }

    @Override
    public Integer apply(Integer item) throws IOException {
        var ledger = Ledger.in(folder, room);
        ledger.begin(item);
        long burnt = burn(rounds, item);
        ledger.end(item);
        return burnt == 0 ? -1 : item; // so that no compiler leaves the work out
    }

    /// Marsaglia's xorshift, of which a compiler can leave out no step. Of multiplications and
    /// additions it made one for 60: compiled, an item then took a thousandth of what it took
    /// before, and a storm measured how soon new workers compile.
    private static long burn(long rounds, long seed) {
        long x = seed | 1;
        for (long i = 0; i < rounds; i++) {
            x ^= x << 13;
            x ^= x >>> 7;
            x ^= x << 17;
        }
        return x;
    }

    /// Measures, in a worker, how many rounds take so long on a core of its own, when compiled.
    static long roundsIn(long nanos) {
        long rounds = 20_000;
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 500; i++) {
            long began = System.nanoTime();
            long burnt = burn(rounds, i);
            least = Math.min(least, burnt == 0 ? least : System.nanoTime() - began);
        }
        return Math.max(1, rounds * nanos / least);
    }
}
