package dev.mitosis.contract;

import static dev.mitosis.testing.Failures.failureOf;
import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.LongRange;
import dev.mitosis.WorkerContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What an item may ask about itself.
abstract class ContextContract extends PoolContract {
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100})
    void an_item_knows_its_index(int chunkSize) {
        var letters = upTo(50).stream().map(n -> "item " + n).toList();
        var indices = upTo(50).stream().map(n -> (long) n).toList();

        assertEquals(indices, pool().map(_ -> WorkerContext.current().index(), letters, chunkSize));
        assertEquals(0L, pool().apply(() -> WorkerContext.current().index()));
        assertEquals(0L, pool().<String, Long>apply(_ -> WorkerContext.current().index(), "x"));
    }

    @Test
    void a_number_of_a_range_knows_its_index() {
        var indices = pool().with(o -> o.withChunkSize(3))
                .mapToLong(_ -> WorkerContext.current().index(), LongRange.of(1_000, 1_010));

        assertEquals(upTo(10), java.util.Arrays.stream(indices).mapToObj(n -> (int) n).toList());
        assertEquals(45, pool().mapReduceLong(
                _ -> WorkerContext.current().index(), Long::sum, 0, LongRange.of(1_000, 1_010)));
        assertEquals(45L, pool().mapReduce(_ -> WorkerContext.current().index(), Long::sum, 0L, upTo(10)));
    }

    @Test
    void an_item_knows_its_worker_its_call_and_its_attempt() {
        var workers = Set.copyOf(pool().map(_ -> WorkerContext.current().worker(), upTo(50)));

        assertTrue(Set.copyOf(upTo(WORKERS)).containsAll(workers), workers.toString());
        assertEquals("name", pool().with(o -> o.withName("name")).apply(() -> WorkerContext.current().callName()));
        assertEquals(1, pool().apply(() -> WorkerContext.current().attempt()));
        assertEquals(false, pool().apply(() -> WorkerContext.current().isCancelled()));
    }

    @Test
    void there_is_no_context_outside_of_an_item() {
        assertThrows(IllegalStateException.class, WorkerContext::current);
        assertEquals(1, pool().apply(() -> 1));
        assertThrows(IllegalStateException.class, WorkerContext::current);
        var inCallback = pool().applyAsync(() -> 1).thenApply(_ -> WorkerContext.current());
        assertInstanceOf(IllegalStateException.class,
                assertThrows(CompletionException.class, inCallback::join).getCause());
    }

    private static List<Long> numbers() {
        var random = WorkerContext.current().random();
        return List.of(random.nextLong(), random.nextLong(), (long) random.nextInt(1_000));
    }

    @Test
    void random_numbers_depend_on_the_item_alone() throws Exception {
        var expected = pool().map(_ -> numbers(), upTo(20));

        assertEquals(20, Set.copyOf(expected).size(), "each item has numbers of its own");
        for (int chunkSize : List.of(1, 3, 20, 50)) {
            assertEquals(expected, pool().map(_ -> numbers(), upTo(20), chunkSize));
        }
        try (var other = open(c -> c.withWorkers(1))) {
            assertEquals(expected, other.map(_ -> numbers(), upTo(20)));
        }
        try (var inline = dev.mitosis.Pool.open(c -> c.withBackend(dev.mitosis.Backend.inline()))) {
            assertEquals(expected, inline.map(_ -> numbers(), upTo(20)));
        }
    }

    @Test
    void random_numbers_begin_anew_each_time_they_are_asked_for() {
        var twice = pool().apply(() -> new ArrayList<>(List.of(numbers(), numbers())));

        assertEquals(twice.get(0), twice.get(1));
        assertNotEquals(twice.getFirst().get(0), twice.getFirst().get(1));
    }

    @Test
    void random_numbers_are_the_same_at_each_attempt() {
        var failure = failureOf(() -> pool().with(o -> o.withRetries(2)).apply(() -> {
            throw new IOException(numbers().toString());
        }));

        assertEquals(pool().apply(() -> numbers()).toString(), failure.getCause().getMessage());
    }
}
