package dev.mitosis.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mitosis.LongRange;
import dev.mitosis.RemoteFunction;
import dev.mitosis.Task;
import dev.mitosis.testing.Gate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Items that the caller changes once they have been taken.
abstract class LastingItemsContract extends PoolContract {
    private static final int ITEMS = 60;
    private static final RemoteFunction<byte[], Integer> FIRST_AND_LAST = b -> b[0] + 1000 * b[b.length - 1];

    private static final List<Integer> ALL =
            IntStream.range(0, ITEMS).mapToObj(i -> i + 1000 * i).toList();

    /// An input that makes each item in the same array.
    private static Iterable<byte[]> refilled(int length) {
        byte[] buffer = new byte[length];
        return () -> IntStream.range(0, ITEMS).mapToObj(i -> filled(buffer, i)).iterator();
    }

    private static byte[] filled(byte[] buffer, int value) {
        Arrays.fill(buffer, (byte) value);
        return buffer;
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 16 << 10, 300 << 10})
    void a_task_has_the_array_as_it_was_when_it_was_begun(int length) throws Exception {
        byte[] buffer = new byte[length];
        var tasks = new ArrayList<Task<Integer>>();
        try (var gate = Gate.create()) {
            var door = gate.door();
            Task<List<Void>> all = pool().mapAsync(n -> {
                door.pass(n);
                return null;
            }, LongRange.of(0, WORKERS), 1);
            var arrivals = List.of(gate.arrival(), gate.arrival(), gate.arrival());
            for (int i = 0; i < ITEMS; i++) {
                tasks.add(pool().applyAsync(FIRST_AND_LAST, filled(buffer, i)));
            }
            arrivals.forEach(Gate.Visitor::release);
            all.get();
        }
        var seen = new ArrayList<Integer>();
        for (var task : tasks) {
            seen.add(task.get());
        }
        assertEquals(ALL, seen);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 16 << 10, 300 << 10})
    void an_input_may_fill_one_array_again_and_again(int length) throws Exception {
        assertEquals(ALL, pool().map(FIRST_AND_LAST, refilled(length)));
        assertEquals(ALL, pool().map(FIRST_AND_LAST, refilled(length), 7));
        assertEquals(ALL, pool().mapAsync(FIRST_AND_LAST, refilled(length)).get());
        try (var results = pool().imap(FIRST_AND_LAST, refilled(length))) {
            var seen = new ArrayList<Integer>();
            results.forEachRemaining(seen::add);
            assertEquals(ALL, seen);
        }
    }

    record Page(int number, byte[] bytes) {}

    @Test
    void an_array_in_a_record_may_be_filled_again() {
        Iterable<byte[]> arrays = refilled(20_000);
        Iterable<Page> pages = () -> {
            var from = arrays.iterator();
            return IntStream.range(0, ITEMS).mapToObj(i -> new Page(i, from.next())).iterator();
        };
        try (var results = pool().imap((Page page) -> page.bytes()[9] - page.number(), pages)) {
            results.forEachRemaining(difference -> assertEquals(0, difference));
        }
    }
}
