package dev.mitosis.contract;

import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.mitosis.CallOptions;
import dev.mitosis.LongRange;
import dev.mitosis.Pool;
import dev.mitosis.RemoteFunction;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.Ledger;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Items that were given to a worker together with a long one, or behind it, do not wait for it.
abstract class TakeBackContract extends PoolContract {
    private static final int ITEMS = 20_000;
    private static final int LONG = 7_777;
    // with a long item at most, since they were to run within microseconds
    private static final int CLAIMED = 256;

    @TempDir
    Path directory;

    /// The pool with a chunk size, or that of its own for 0.
    private Pool chunked(int chunkSize) {
        return chunkSize == 0 ? pool() : pool().with((CallOptions o) -> o.withChunkSize(chunkSize));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, ITEMS})
    void nearly_all_others_are_handed_out_while_one_item_runs(int chunkSize) throws Exception {
        try (var gate = Gate.create();
                var squares = chunked(chunkSize).imapUnordered(waiting(gate.door()), upTo(ITEMS))) {
            var seen = new TreeSet<Integer>();
            while (seen.size() < ITEMS - CLAIMED) {
                seen.add(squares.next());
            }
            assertFalse(seen.contains(LONG));

            gate.arrivalOf(LONG).release();

            squares.forEachRemaining(seen::add);
            assertEquals(upTo(ITEMS), List.copyOf(seen));
        }
    }

    private static RemoteFunction<Integer, Integer> waiting(Gate.Door door) {
        return n -> {
            if (n == LONG) {
                door.pass(LONG);
            }
            return n;
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, ITEMS})
    void no_item_starts_twice(int chunkSize) throws Exception {
        var ledger = Ledger.in(directory);
        try (var gate = Gate.create()) {
            var door = gate.door();
            var all = chunked(chunkSize).mapAsync(n -> {
                ledger.note(n);
                if (n % 100 == 0 && n < 300) {
                    door.pass(n);
                }
                return n;
            }, upTo(400));
            gate.arrival().release();
            gate.arrival().release();
            gate.arrival().release();

            assertEquals(upTo(400), all.get());
        }
        assertEquals(upTo(400), ledger.notes().stream().map(Integer::valueOf).sorted().toList());
    }

    @Test
    void a_pool_goes_on_with_all_its_workers_afterwards() throws Exception {
        for (int round = 0; round < 5; round++) {
            nearly_all_others_are_handed_out_while_one_item_runs(ITEMS);
            assertEquals(upTo(1_000), pool().map(n -> n, upTo(1_000)));
            assertEquals(499_500L, pool().mapReduceLong(n -> n, Long::sum, 0, LongRange.of(0, 1_000)));
            assertEquals(499_500, pool().mapReduce(n -> n, Integer::sum, 0, upTo(1_000)));
        }
        assertEquals(0, pool().stats().deaths());
    }
}
