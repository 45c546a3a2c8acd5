package dev.mitosis.contract;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.NotShippableException;
import dev.mitosis.share.SharedDoubles;
import dev.mitosis.share.SharedLongs;
import dev.mitosis.share.SharedMemory;
import dev.mitosis.share.SharedStrings;
import dev.mitosis.testing.Gate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Shared memory in tasks.
abstract class SharingContract extends PoolContract {
    /// Needs no serialization of its own.
    record Part(String name, SharedLongs numbers, int from) {}

    @Test
    void a_handle_travels_in_a_lambda_and_both_sides_see_what_is_written() {
        try (var array = SharedLongs.create(100)) {
            array.set(0, 5);
            long seen = pool().apply(() -> {
                array.set(1, 7);
                return array.get(0);
            });
            assertEquals(5, seen);
            assertEquals(7, array.get(1));
        }
    }

    @Test
    void a_handle_travels_as_an_item_in_a_record_and_in_a_collection() {
        try (var array = SharedLongs.of(IntStream.range(0, 90).asLongStream().toArray())) {
            var parts = IntStream.range(0, 9).mapToObj(i -> array.slice(10L * i, 10L * i + 10)).toList();
            var sums = pool().map(part -> part.stream().sum(), parts);
            assertEquals(IntStream.range(0, 9).mapToObj(i -> 100L * i + 45).toList(), sums);

            var records = List.of(new Part("a", array, 3), new Part("b", array.readOnly(), 4));
            assertEquals(List.of("a3true", "b4false"), pool().map(part -> part.name()
                    + part.numbers().get(part.from()) + !part.numbers().isReadOnly(), records));

            var map = new java.util.HashMap<>(Map.of("all", new ArrayList<>(List.of(array))));
            assertEquals(List.of(89L), pool().map(given -> given.get("all").get(0).get(89), List.of(map)));
        }
    }

    @Test
    void a_handle_comes_back_as_a_result_and_is_the_same_memory() {
        try (var array = SharedDoubles.of(1, 2, 3)) {
            var back = pool().apply(given -> given.slice(1, 3), array);
            back.set(0, 20);

            assertEquals(2, back.length());
            assertEquals(20, array.get(1));
            back.close();
            assertEquals(20, array.get(1), "only that handle was closed");
        }
    }

    @Test
    void steps_of_many_workers_are_atomic() {
        try (var counter = SharedLongs.create(1)) {
            pool().map(i -> {
                for (int k = 0; k < 10_000; k++) {
                    counter.getAndAdd(0, 1);
                }
                return i;
            }, IntStream.range(0, 50).boxed().toList(), 1);
            assertEquals(500_000, counter.get(0));
        }
    }

    @Test
    void strings_and_plain_memory_travel() {
        try (var words = SharedStrings.of(List.of("one", "zwei", "\u4e09"));
                var memory = SharedMemory.create(1 << 16)) {
            assertEquals("one zwei \u4e09", pool().apply(() -> {
                memory.segment().setAtIndex(JAVA_LONG, 100, words.length());
                return words.get(0) + " " + words.get(1) + " " + words.get(2);
            }));
            assertEquals(3, memory.segment().getAtIndex(JAVA_LONG, 100));
        }
    }

    @Test
    void a_closed_handle_does_not_travel() {
        var array = SharedLongs.of(1);
        array.close();

        var thrown = assertThrows(NotShippableException.class, () -> pool().apply(() -> array.get(0)));
        assertTrue(thrown.getMessage().contains("this handle of shared memory is closed"),
                thrown::getMessage);
    }

    @Test
    void whoever_comes_after_the_owner_has_closed_is_told_so() throws Exception {
        var array = SharedLongs.of(1);
        try (var gate = Gate.create()) {
            var door = gate.door();
            var late = pool().applyAsync(given -> {
                door.pass("late");
                return given.get(0);
            }, array);
            var visitor = gate.arrival();
            array.close();
            visitor.release();

            var thrown = assertThrows(ExecutionException.class, late::get);
            var why = thrown.getCause().getCause();
            assertEquals(IllegalStateException.class, why.getClass());
            assertTrue(why.getMessage().endsWith(
                    " is gone: the process that owned it has closed it, or has ended"),
                    why::getMessage);
        }
    }
}
